"""Samples of orders at several sizes: drawing, the switching rules, the verdict, the list.

    make bench, or: python bench/sampling.py [--sizes 1000 10000 30000]

Orders with an accepted sample each, of 40 members and five components, and half of them of one member and one component: the
switching rules look at all of those. Orders and samples are filled in by SQL, all else is the addon's own code. No figure is a
test: machines differ; the exponent of one run says how a time grows.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from _scratch import scratch


def main(asked: Namespace) -> None:
    """Make, measure, drop: one database, filled up to each size in turn."""
    with scratch("bench_sampling", "wcm_mapping", "wcm_network", "wcm_qc") as call:
        call("_sampling_in_odoo.py", "measure", *sorted(asked.sizes))


if __name__ == "__main__":
    parser = ArgumentParser(description="Samples of orders at several sizes.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10000, 30000])
    main(parser.parse_args())
