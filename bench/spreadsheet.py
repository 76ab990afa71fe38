"""The funder's spreadsheet of 1,000, 10,000 and 100,000 charges: seconds, and memory of the process that makes it.

    make bench ARGS=spreadsheet, or: python bench/spreadsheet.py [--sizes 1000 10000 100000]

34 homes with Odoo's own receipts and bills, and copies of the bills' lines, each charged to one of ten budget lines of one
grant; a third have a file as evidence. Downloaded as things stand, closed, and made again from what was frozen, each in a
process of its own that has loaded Odoo and nothing else: `before` is what that takes, `peak` the most it had in memory.
No figure is a test: machines differ, and the ratio of two lines of one run says more than either.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from _scratch import scratch

HOMES = 34


def main(asked: Namespace) -> None:
    """A database for each size."""
    print(f"{'rows':>10}  {'way':<36} {'s':>8} {'processor s':>12} {'before MB':>10} {'peak MB':>8} {'file MB':>8}")
    for size in asked.sizes:
        with scratch("bench_spreadsheet", "wcm_mapping", "wcm_network", "wcm_qc") as call:
            call("_outcomes_in_odoo.py", "fill", asked.homes, size)
            for way in ("live", "close", "again"):
                call("_outcomes_in_odoo.py", "spreadsheet", size, way)


if __name__ == "__main__":
    parser = ArgumentParser(description="The funder's spreadsheet at several sizes.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--homes", type=int, default=HOMES)
    main(parser.parse_args())
