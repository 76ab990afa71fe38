"""Receipt of a whole shipment beside plain Odoo receiving the same blocks.

    make bench, or: python bench/receive.py [--blocks 20 60]

Both ways start from the same shipment of one scratch database, one after the other in one process, and leave the same
records (tests/test_receive_together.py of wcm_network compares every field). Plain Odoo is given the serial numbers and
the sheets as a person gives them, line by line, and validates each receipt by its own button; ours writes the history
of each block besides. The table of a run is kept in README.md. No figure is a test: machines differ, the ratio says
more.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from _scratch import scratch


def main(asked: Namespace) -> None:
    """Make, measure, drop."""
    with scratch("bench_receive", "wcm_mapping", "wcm_network", "wcm_qc") as call:
        call("_receive_in_odoo.py", "measure", *asked.blocks)


if __name__ == "__main__":
    parser = ArgumentParser(description="Receipt of a shipment, ours beside plain Odoo.")
    parser.add_argument("--blocks", type=int, nargs="+", default=[20, 60])
    main(parser.parse_args())
