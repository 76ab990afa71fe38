"""A programme from records: 34 homes imported, 40 members, 156 weeks; how long Odoo takes around the planner.

    make bench, or: python bench/planning_records.py [--seconds 60]

Makes a scratch database from the project's own template, fills it from a fixed seed, measures inside Odoo and drops it
again: import of the pipeline, the planner's question, its answer, the pictures. Figures are illustrative. The table of
a run is kept in README.md.
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

SCRATCH = "bench_records"


def main(asked: Namespace) -> None:
    """Make, measure, drop."""
    bootstrap()
    with locked(SCRATCH):
        database.copy(database.TEMPLATE, SCRATCH)
        try:
            odoo_run.install(SCRATCH, ("wcm_network",))
            odoo_run.call(SCRATCH, ROOT / "bench" / "_records_in_odoo.py", "measure", str(asked.seconds))
        finally:
            database.drop(SCRATCH)


if __name__ == "__main__":
    parser = ArgumentParser(description="A programme of three years, from records and back.")
    parser.add_argument("--seconds", type=int, default=60, help="for the planner to think")
    main(parser.parse_args())
