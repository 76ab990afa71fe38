"""Seeded synthetic planning problems in five sizes; every hard thing at once.

    python bench/planning_sizes.py [--sizes demonstration programme] [--seeds 3] [--seconds 60] [--threads 2]
    python bench/planning_sizes.py --sizes programme region national --seeds 1 --peers --again 2
    python bench/planning_sizes.py --write problem.json --sizes national --seeds 0

The table: first plan (seconds, and of processor time), cost, proven gap, processor time to a gap of 15 %,
memory and, where `--peers` names the size, how much cheaper than three greedy plans of the same run
(`planning_peers.py`; in money, with units left out at their penalty, and these units). With `--again` so many seconds for a plan after
the facility that makes most has failed (`planning_again.py`). Last, how time and memory grow with demand lines.

Illustrative numbers, drawn and not measured. Homes come at an even pace over the years, in
stages; each stage needs its components in one week on site. Capacity is set so that about
`load` of it is needed on average. Members and sites lie on a square of 400 km; carrying costs
grow with the distance. All instances have set-ups (money and hours), smallest batches, first
articles, opening costs, at most three facilities per demand, a largest share of the hours for
each facility and a least share of the making for community businesses.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from math import hypot, isfinite, log
from multiprocessing import get_context
from pathlib import Path
from random import Random
from resource import RUSAGE_SELF, getrusage
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "addons" / "wcm_network"))

import planning_again  # these need the path above
from planning import Problem, solve
from planning_peers import PEERS, saved

PROCESSES = ("cnc", "assembly")


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything.

    :ivar makes: share of the items that one facility can make
    :ivar lines: demand lines of one home
    :ivar units: most units of one line
    """

    facilities: int
    homes: int
    sites: int
    items: int
    periods: int
    makes: float
    lines: int
    units: int
    load: float = 0.6


SIZES = {
    "demonstration": Size(12, 1, 1, 60, 26, 0.4, 75, 15, load=0.05),
    "tight": Size(12, 1, 1, 60, 26, 0.4, 75, 15),
    "programme": Size(40, 34, 6, 120, 156, 0.3, 90, 12),
    "region": Size(200, 180, 25, 160, 156, 0.15, 120, 12),
    "national": Size(1000, 1000, 100, 200, 156, 0.08, 150, 12),
}


def problem(size: Size, seed: int) -> dict[str, Any]:
    """Problem JSON, format 1."""
    draw = Random(seed)
    items = [f"block-{number}" for number in range(size.items)]
    hours = {item: {"cnc": draw.uniform(0.2, 0.8), "assembly": draw.uniform(0.4, 1.4)} for item in items}
    sites = {f"site-{number}": _spot(draw) for number in range(size.sites)}
    members = {f"member-{number}": _spot(draw) for number in range(size.facilities)}
    made = _made(draw, size, list(members), items)
    demands = _demands(draw, size, items, list(sites))
    work = _work(demands, hours)
    return {
        "format": 1,
        "periods": size.periods,
        "facilities": [_facility(draw, size, number, name, work) for number, name in enumerate(members)],
        "items": [{"id": item, "holding_cost": round(draw.uniform(0.1, 0.6), 2)} for item in items],
        "demands": demands,
        "options": [_option(draw, member, item, hours[item]) for member in members for item in made[member]],
        "transport": [
            _transport(member, site, hypot(here[0] - there[0], here[1] - there[1]), made[member])
            for member, here in members.items()
            for site, there in sites.items()
        ],
        "policies": {"min_group_share": {"community": 0.5}, "max_facilities_per_demand": 3},
    }


def _spot(draw: Random) -> tuple[float, float]:
    return draw.uniform(0, 400), draw.uniform(0, 400)


def _made(draw: Random, size: Size, members: list[str], items: list[str]) -> dict[str, list[str]]:
    """Items by member; every item has at least three makers."""
    made = {member: set(draw.sample(items, round(size.items * size.makes))) for member in members}
    for item in items:
        for member in draw.sample(members, 3):
            made[member].add(item)
    return {member: sorted(made[member]) for member in members}


def _demands(draw: Random, size: Size, items: list[str], sites: list[str]) -> list[dict[str, Any]]:
    """Homes are finished one after the other; the lines of a home fall due in four stages."""
    rows = []
    for home in range(size.homes):
        last = 10 + (size.periods - 11) * (home + 1) // size.homes
        kinds = [items[line % len(items)] for line in draw.sample(range(size.lines * 2), size.lines)]
        for line, item in enumerate(kinds):
            due = max(2, last - draw.choice((0, 2, 4, 6)))
            rows.append(
                {
                    "id": f"home-{home}/{line}",
                    "item": item,
                    "quantity": draw.randint(2, size.units),
                    "release": max(0, due - draw.randint(4, 12)),
                    "due": due,
                    "site": sites[home % len(sites)],
                    "single_source": draw.random() < 0.05,
                    "unmet_cost": 5000,
                }
            )
    return rows


def _work(demands: list[dict[str, Any]], hours: dict[str, dict[str, float]]) -> dict[str, float]:
    return {name: sum(row["quantity"] * hours[row["item"]][name] for row in demands) for name in PROCESSES}


def _facility(draw: Random, size: Size, number: int, name: str, work: dict[str, float]) -> dict[str, Any]:
    """Weekly hours around an even share; one week in twenty is closed; half are community businesses."""
    big = draw.uniform(0.4, 1.8)
    capacity = {}
    for process, hours in work.items():
        even = big * hours / size.load / size.facilities / size.periods
        capacity[process] = [
            0.0 if draw.random() < 0.05 else round(even * draw.uniform(0.7, 1.3) + 2.0, 1) for _ in range(size.periods)
        ]
    return {
        "id": name,
        "capacity": capacity,
        "opening_cost": round(draw.uniform(100, 600), 2),
        "groups": ["community" if number % 2 == 0 else "sme"],
        "max_share": 0.4 if size.facilities < 100 else 0.05,
    }


def _option(draw: Random, member: str, item: str, hours: dict[str, float]) -> dict[str, Any]:
    return {
        "facility": member,
        "item": item,
        "unit_cost": round(sum(hours.values()) * draw.uniform(20, 40), 2),
        "hours": {process: round(each * draw.uniform(0.8, 1.3), 3) for process, each in hours.items()},
        "setup_cost": round(draw.uniform(10, 40), 2),
        "setup_hours": {"cnc": round(draw.uniform(0.2, 0.8), 2)},
        "first_article_cost": round(draw.uniform(30, 150), 2),
        "min_batch": draw.choice((1, 2, 3, 4)),
    }


def _transport(member: str, site: str, km: float, items: list[str]) -> dict[str, Any]:
    return {
        "facility": member,
        "site": site,
        "cost_per_unit": {item: round(0.5 + km * 0.04 * (1 + index % 3 / 4), 2) for index, item in enumerate(items)},
    }


HEAD = (
    f"{'size':<14} {'seed':>4} {'lines':>7} {'first s':>7} {'cpu':>5} {'s':>6} {'cost':>12} {'bound':>12} {'gap':>6} {'cpu 15%':>7} "
    f"{'left':>5} {'MB':>6} {' '.join(f'{name:>18}' for name in PEERS)}"
)
Grown = tuple[float, float, float, float]
"""Demand lines, processor seconds to the first plan and to the gap, memory in MB."""


def row(name: str, seed: int, asked: Namespace) -> Grown:
    """Print one line of the table, with `--again` one more."""
    size = SIZES[name] if asked.load is None else replace(SIZES[name], load=asked.load)
    question = Problem.from_json(problem(size, seed))
    watch = planning_again.Watch()
    result = solve(question, seconds=asked.seconds, gap=asked.gap, threads=asked.threads, seed=seed, progress=watch)
    memory = getrusage(RUSAGE_SELF).ru_maxrss / 1024
    left = sum(unplaced.quantity for unplaced in result.unplaced)
    print(
        f"{name:<14} {seed:>4} {len(question.demands):>7} {result.seconds_to_first:>7.2f} {watch.first:>5.2f} {result.seconds:>6.1f} "
        f"{result.cost:>12,.0f} {result.bound:>12,.0f} {result.gap:>6.2%} {watch.reached:>7.1f} {left:>5} {memory:>6.0f} "
        f"{' '.join(f'{each:>18}' for each in (saved(question, result) if name in asked.peers else ()))}",
        flush=True,
    )
    if asked.again:
        seconds = asked.again, asked.seconds
        print(
            planning_again.HEAD,
            planning_again.again(name, seed, question, result, seconds, asked.threads),
            sep="\n",
            flush=True,
        )
    return len(question.demands), watch.first, watch.reached, memory


def exponent(pairs: list[tuple[float, float]]) -> str:
    """Least squares in logarithms: 1 grows as the number of lines does; without what never came."""
    pairs = [(x, y) for x, y in pairs if isfinite(y)]
    xs, ys = [log(x) for x, _ in pairs], [log(max(1e-3, y)) for _, y in pairs]
    spread = sum((x - sum(xs) / len(xs)) ** 2 for x in xs)
    if not spread:
        return "-"
    return f"{sum((x - sum(xs) / len(xs)) * (y - sum(ys) / len(ys)) for x, y in zip(xs, ys, strict=True)) / spread:.2f}"


def main(asked: Namespace) -> None:
    """Each line in a process of its own, so that memory is its own."""
    if asked.write:
        Path(asked.write).write_text(json.dumps(problem(SIZES[asked.sizes[0]], asked.seeds)), encoding="utf-8")
        return
    print(HEAD, flush=True)
    pairs = [(name, seed) for name in asked.sizes for seed in range(asked.seeds)]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        found = [pool.submit(row, name, seed, asked).result() for name, seed in pairs]
    words = ("first plan", "gap of 15 %", "memory")
    grown = [f"{word} {exponent([(row[0], row[at]) for row in found])}" for at, word in enumerate(words, 1)]
    print(f"exponents (processor time, memory, against demand lines): {', '.join(grown)}")


if __name__ == "__main__":
    parser = ArgumentParser(description="The planner at four sizes.")
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=["demonstration", "programme"])
    parser.add_argument("--peers", nargs="*", choices=SIZES, default=["demonstration", "programme"])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--gap", type=float, default=0.01)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--load", type=float, help="share of all hours that is needed, instead of the size's own")
    parser.add_argument("--again", type=float, default=0.0, help="seconds for a plan after one facility has failed")
    parser.add_argument("--write", help="write the problem of the first size to this file; --seeds is its seed")
    main(parser.parse_args())
