"""Release of work orders beside plain Odoo creating and confirming the same purchase and manufacturing orders.

    make bench, or: python bench/release.py [--orders 200]

Both ways start from the same work orders of one scratch database, one after the other in one process, and leave the same
records (tests/test_release_together.py of wcm_network compares every field). Plain Odoo creates and confirms each
purchase order by its own buttons; ours makes serial numbers, labels and part histories besides. The table of a run is
kept in README.md. No figure is a test: machines differ, the ratio says more.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from _scratch import scratch


def main(asked: Namespace) -> None:
    """Make, measure, drop."""
    with scratch("bench_release", "wcm_mapping", "wcm_network", "wcm_qc") as call:
        call("_release_in_odoo.py", "measure", *asked.orders)


if __name__ == "__main__":
    parser = ArgumentParser(description="Release of work orders, ours beside plain Odoo.")
    parser.add_argument("--orders", type=int, nargs="+", default=[200])
    main(parser.parse_args())
