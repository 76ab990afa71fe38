"""Charts and counts of quality at several sizes: control chart, capability, Pareto, yields, the night's search.

    make bench, or: python bench/quality.py [--sizes 1000 10000 100000]

40 members of two machines each, 20 control plans of four measurements and a look; each inspection has five results. Parts,
inspections and results are filled in by SQL, all else is the addon's own code. The table of a run is kept in README.md.
No figure is a test: machines differ; the exponent of one run says how a time grows.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from _scratch import scratch


def main(asked: Namespace) -> None:
    """Make, measure, drop: one database, filled up to each size in turn, so that the ratios are of one run."""
    with scratch("bench_quality", "wcm_mapping", "wcm_network", "wcm_qc") as call:
        call("_quality_in_odoo.py", "measure", *sorted(asked.sizes))


if __name__ == "__main__":
    parser = ArgumentParser(description="Quality charts at several sizes.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10000, 100000])
    main(parser.parse_args())
