"""Published instances through `python -m planning`, compared with what is known.

    python bench/planning_published.py [--seconds 30] [--threads 2] [--only PART-OF-NAME] [--data FOLDER]

Every plan is checked by `python -m planning.check`. `over` is the cost over the best known
value, `gap` what the planner proves, `all s` the whole command with reading and writing.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ADDON = ROOT / "addons" / "wcm_network"
LOCATION = {
    "cap71": 932615.750, "cap72": 977799.400, "cap73": 1010641.450, "cap74": 1034976.975,
    "cap101": 796648.437, "cap102": 854704.200, "cap103": 893782.112, "cap104": 928941.750,
    "capa 8000": 19240822.449, "capa 10000": 18438046.543, "capa 12000": 17765201.949, "capa 14000": 17160439.012,
}  # fmt: skip
HEAD = f"| {'instance':<12} | {'value':>13} | {'known':>13} | {'over':>7} | {'bound':>13} | {'gap':>7} | {'first s':>7} | {'s':>5} | {'all s':>5} |"


def instances(data: Path) -> list[tuple[str, str, list[str], float]]:
    """Name, converter, its input, best known value."""
    with (data / "gap" / "known.csv").open() as file:
        rows = [(row["Path"], float(row["Best known solution value"])) for row in csv.DictReader(file)]
    jobs = [(Path(path).name, "convert_gap.py", [str(data / "gap" / path)], known) for path, known in rows]
    for name, known in LOCATION.items():
        file_name, *capacity = name.split()
        source = [str(data / "cflp" / f"{file_name}.txt"), *capacity]
        jobs.append((name, "convert_cflp.py", source, known))
    return jobs


def run(folder: Path, converter: str, source: list[str], asked: Namespace) -> tuple[dict[str, Any], float]:
    """The plan of one instance and the seconds of the whole command."""
    problem, plan = str(folder / "problem.json"), str(folder / "plan.json")
    path, *capacity = source
    _python([str(ROOT / "bench" / converter), path, problem, *capacity])
    began = monotonic()
    limits = ["--seconds", str(asked.seconds), "--threads", str(asked.threads), "--gap", "0"]
    _python(["-m", "planning", problem, plan, *limits])
    seconds = monotonic() - began
    _python(["-m", "planning.check", problem, plan])
    answer: dict[str, Any] = json.loads(Path(plan).read_text())
    return answer, seconds


def _python(arguments: list[str]) -> None:
    subprocess.run([sys.executable, *arguments], cwd=ADDON, check=True, stderr=subprocess.DEVNULL)


def line(name: str, plan: dict[str, Any], known: float, seconds: float) -> str:
    """One row of the table."""
    return (
        f"| {name:<12} | {plan['cost']:>13,.3f} | {known:>13,.3f} | {plan['cost'] / known - 1:>7.3%} "
        f"| {plan['bound']:>13,.3f} | {plan['gap']:>7.3%} | {plan['seconds_to_first']:>7.2f} "
        f"| {plan['seconds']:>5.1f} | {seconds:>5.1f} |"
    )


def main(asked: Namespace) -> None:
    """Print the table, then mean and worst by family."""
    if not asked.data.is_dir():
        return print(f"published instances: no folder {asked.data}, nothing measured")
    over: dict[str, list[float]] = defaultdict(list)
    print(HEAD)
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for name, converter, source, known in instances(asked.data):
        if asked.only in name:
            with TemporaryDirectory() as folder:
                plan, seconds = run(Path(folder), converter, source, asked)
            over["location" if "cap" in name else name[0].upper()].append(plan["cost"] / known - 1)
            print(line(name, plan, known, seconds), flush=True)
    for family, shares in over.items():
        print(f"{family}: mean {sum(shares) / len(shares):.3%} over the best known, worst {max(shares):.3%}")
    return print(f"load of the machine at the end: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    parser = ArgumentParser(description="Published instances against their known values.")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only", default="")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data" / "bench")
    main(parser.parse_args())
