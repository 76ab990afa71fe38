"""The mapping addon with 1,000, 10,000 and 100,000 synthetic spaces: how long what people do takes, and how it grows.

    make bench, or: python bench/mapping.py [--sizes 1000 10000 100000] [--questions 60] [--public]

Makes a scratch database from the project's own template, fills it by SQL from a fixed seed, measures inside Odoo and
drops it again. "database" is the time spent in PostgreSQL, "all" what the caller waits for; milliseconds, median and
95th percentile; "growth" is the median against the size before; the exponents of growth come last. The table of a run is
kept in README.md. No figure is a test: machines differ.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from _scratch import scratch


def main(asked: Namespace) -> None:
    """Make, measure, drop."""
    with scratch("bench_mapping", "wcm_mapping") as call:
        if asked.public:
            call("_mapping_in_odoo.py", "measure_public", *asked.sizes)
            return
        call("_mapping_in_odoo.py", "measure", asked.questions, *asked.sizes)
        call("_import_in_odoo.py", "measure", *asked.imports)


if __name__ == "__main__":
    parser = ArgumentParser(description="Finder, capacity, map and list at three sizes.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--imports", type=int, nargs="+", default=[1_000, 10_000], help="rows of the imported files")
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--public", action="store_true", help="the public map alone")
    main(parser.parse_args())
