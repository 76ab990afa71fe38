"""The demonstration's size: the planner against greedy, same instances, same run.

    python bench/planning_demo.py [--seeds 3] [--seconds 10] [--gap 0.01] [--threads 2]

8 facilities, 12 items, 12 weeks, 24 demands; set-ups, smallest batches of 2, first
articles, carbon price. Two rounds: "cheapest" with at most 3 facilities per demand, and
"60 % community" with at most 40 % of the hours at one facility besides. The peers, greedy
(earliest due date, marginal cost) and cheapest first, do not look at shares, and what they leave out (left) is not in their
cost: both make the saving look smaller than it is.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "addons" / "wcm_network"), str(Path(__file__).parent)]

from planning import Problem, Result, cheapest_first, greedy, solve  # noqa: E402  # needs the path above
from planning.account import costs_of, lines_of  # noqa: E402
from planning.ledger import Ledger  # noqa: E402
from planning.routes import Route, routes_of  # noqa: E402
from planning_instances import demonstration  # noqa: E402

HEAD = f"{'policy':<14} {'load':>4} {'seed':>4} {'cost':>10} {'bound':>10} {'gap':>6} {'first s':>7} {'s':>6} {'left':>5} {'greedy':>10} {'left':>5} {'saved':>6} {'cheapest':>10} {'left':>5} {'saved':>6}"


def variants(seed: int, load: float) -> dict[str, dict[str, Any]]:
    """The same instance without and with share policies."""
    full = demonstration(seed, load=load)
    policies = {key: value for key, value in full["policies"].items() if key != "min_group_share"}
    free = [{**row, "max_share": None} for row in full["facilities"]]
    return {"cheapest": {**full, "policies": policies, "facilities": free}, "60 % community": full}


def peer(problem: Problem, method: Callable[[Problem, list[Route]], Ledger]) -> tuple[float, int]:
    """Cost of a greedy plan without the penalty of what is left out, and units left out."""
    routes = routes_of(problem)
    plan = method(problem, routes)
    placed = sum(plan.placed.values())
    return costs_of(plan, lines_of(plan, routes)).spend, sum(row.quantity for row in problem.demands) - placed


def row(name: str, load: float, seed: int, result: Result, problem: Problem) -> str:
    """One line of the table."""
    left = sum(unplaced.quantity for unplaced in result.unplaced)
    peers = [peer(problem, method) for method in (greedy, cheapest_first)]
    rivals = " ".join(f"{cost:>10,.0f} {out:>5} {1 - result.costs.spend / cost:>6.1%}" for cost, out in peers)
    return (
        f"{name:<14} {load:4.2f} {seed:>4} {result.costs.spend:>10,.0f} {result.bound:>10,.0f} {result.gap:>6.2%} "
        f"{result.seconds_to_first:>7.2f} {result.seconds:>6.2f} {left:>5} {rivals}"
    )


def main(asked: Namespace) -> None:
    """Print the table."""
    print(HEAD)
    for load in (0.25, 0.4):
        for seed in range(asked.seeds):
            for name, data in variants(seed, load).items():
                problem = Problem.from_json(data)
                result = solve(problem, seconds=asked.seconds, gap=asked.gap, threads=asked.threads, seed=seed)
                print(row(name, load, seed, result, problem), flush=True)


if __name__ == "__main__":
    parser = ArgumentParser(description="Planner against greedy at the demonstration's size.")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--gap", type=float, default=0.01)
    parser.add_argument("--threads", type=int, default=2)
    main(parser.parse_args())
