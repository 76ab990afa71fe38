"""A programme from records: 34 homes imported, 40 members, 156 weeks; how long Odoo takes around the planner.

    make bench, or: python bench/planning_records.py [--seconds 60]

Makes a scratch database from the project's own template, fills it from a fixed seed, measures inside Odoo and drops it
again: import of the pipeline, the planner's question, its answer, the pictures. Figures are illustrative. The table of
a run is kept in README.md.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from _scratch import scratch


def main(asked: Namespace) -> None:
    """Make, measure, drop."""
    with scratch("bench_records", "wcm_network") as call:
        call("_records_in_odoo.py", "measure", asked.seconds)


if __name__ == "__main__":
    parser = ArgumentParser(description="A programme of three years, from records and back.")
    parser.add_argument("--seconds", type=int, default=60, help="for the planner to think")
    main(parser.parse_args())
