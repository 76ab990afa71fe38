"""Release of work orders beside plain Odoo creating and confirming the same purchase and manufacturing orders.

    make bench, or: python bench/release.py [--orders 200] [--received 40]

Both ways start from the same work orders of one scratch database, one after the other in one process, and leave the same
records (tests/test_release_together.py of wcm_network compares every field). Plain Odoo creates and confirms each
purchase order by its own buttons; ours makes serial numbers, labels and part histories besides. The table of a run is
kept in README.md. No figure is a test: machines differ, the ratio says more.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from setup import database, odoo_run  # noqa: E402  # needs the path above
from setup.bootstrap import bootstrap  # noqa: E402
from setup.layout import locked  # noqa: E402

SCRATCH = "bench_release"


def main(asked: Namespace) -> None:
    """Make, measure, drop."""
    bootstrap()
    with locked(SCRATCH):
        database.copy(database.TEMPLATE, SCRATCH)
        try:
            odoo_run.install(SCRATCH, ("wcm_mapping", "wcm_network", "wcm_qc"))
            odoo_run.call(SCRATCH, ROOT / "bench" / "_release_in_odoo.py", "measure", *map(str, asked.orders))
        finally:
            database.drop(SCRATCH)


if __name__ == "__main__":
    parser = ArgumentParser(description="Release of work orders, ours beside plain Odoo.")
    parser.add_argument("--orders", type=int, nargs="+", default=[200])
    main(parser.parse_args())
