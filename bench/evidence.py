"""The evidence pack of a home at several sizes: gathering, PDF, zip, and the check of it by its own program.

    make bench, or: python bench/evidence.py [--sizes 100 1000]

Parts with one check of five results and a photo of 60 kB, six steps of history and a drawing each order, as bench/quality.py
fills them in; one home in a database of its own for each size. What was found is kept in README.md. No figure is a test:
machines differ.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from _scratch import scratch


def main(asked: Namespace) -> None:
    """Make, measure, drop."""
    print(f"{'parts':>6} {'step':<34} {'s':>8} {'processor s':>12} {'queries a part':>15}")
    for size in asked.sizes:
        with scratch("bench_evidence", "wcm_mapping", "wcm_network", "wcm_qc") as call:
            call("_evidence_in_odoo.py", "measure", size)


if __name__ == "__main__":
    parser = ArgumentParser(description="The evidence pack of a home at several sizes.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000])
    main(parser.parse_args())
