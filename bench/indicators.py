"""The page “What came of it” at one home and at 34: queries and time, and the ratio of the two.

    make bench ARGS=indicators, or: python bench/indicators.py [--homes 1 34]

Homes of two members each, with Odoo's own receipts and bills, and a report of jobs of each of twelve members; a database
for each number of homes, the network beside them the same. Median of five, with nothing known before; each figure of the
page with all the ways to split it. No figure is a test: machines differ, and the ratio says more.
"""

from __future__ import annotations

import json
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

from _scratch import scratch


def main(asked: Namespace) -> None:
    """A database for each number of homes; the last column is the last of them over the first."""
    runs = [_measure(homes) for homes in asked.homes]
    print("".join([f"{'':<32}", *(f"{run['homes']:>25} homes" for run in runs)]))
    print("".join([f"{'':<32}", *(f"{'queries':>11}{'ms':>9}{'cpu ms':>11}" for _run in runs), f"{'queries x':>11}{'ms x':>7}"]))
    for what in runs[0]["found"]:
        each = [run["found"][what] for run in runs]
        cells = "".join(f"{queries:>11}{wall:>9.0f}{processor:>11.0f}" for queries, wall, processor in each)
        print(f"{what:<32}{cells}{each[-1][0] / each[0][0]:>11.2f}{each[-1][1] / each[0][1]:>7.2f}", flush=True)


def _measure(homes: int) -> dict:
    with scratch("bench_indicators", "wcm_mapping", "wcm_network", "wcm_qc") as call, tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "page.json")
        call("_outcomes_in_odoo.py", "fill", homes)
        call("_outcomes_in_odoo.py", "indicators", homes, told)
        return json.loads(told.read_text())


if __name__ == "__main__":
    parser = ArgumentParser(description="The page of indicators by homes.")
    parser.add_argument("--homes", type=int, nargs="+", default=[1, 34])
    main(parser.parse_args())
