"""Parts and their histories: event rate, recall, hold all, release and verification, and how they grow.

    make bench, or: python bench/parts.py [--sizes 1000 10000 100000]

34 homes, 40 members, 88 components; each part has a lot of sheets that 25 parts share, one of two machines of its
member and six steps of history. Parts are filled in by SQL, all else is the addon's own code. The table of a run is kept
in README.md. No figure is a test: machines differ.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from _scratch import scratch


def main(asked: Namespace) -> None:
    """Make, measure, drop; each size in a database of its own."""
    for size in asked.sizes:
        with scratch("bench_parts", "wcm_mapping", "wcm_network", "wcm_qc") as call:
            call("_parts_in_odoo.py", "measure", size)


if __name__ == "__main__":
    parser = ArgumentParser(description="Parts and their histories at several sizes.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10000, 100000])
    main(parser.parse_args())
