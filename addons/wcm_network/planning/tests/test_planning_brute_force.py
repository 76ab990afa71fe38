"""Seeded random small problems against every plan there is."""

from typing import Any

import pytest
from planning import check, solve
from planning.tests.planning_brute import cheapest
from planning.tests.planning_makers import kept, problem, random_small


@pytest.mark.parametrize("seed", range(60))
def test_the_plan_is_as_cheap_as_the_best_of_all_plans(seed: int) -> None:
    is_cheapest(random_small(seed))


@pytest.mark.parametrize("seed", range(40))
def test_a_plan_that_moves_little_is_as_cheap_as_the_best_of_all_plans(seed: int) -> None:
    is_cheapest(kept(random_small(seed), seed))


def is_cheapest(data: dict[str, Any]) -> None:
    result = solve(problem(data), gap=0.0, seconds=20)
    check(problem(data), result)
    assert result.cost == pytest.approx(cheapest(data), abs=1e-4)
    assert result.bound <= result.cost
    assert result.status == "optimal"


@pytest.mark.parametrize("seed", range(20))
def test_locking_the_answer_gives_it_again(seed: int) -> None:
    data = random_small(seed)
    first = solve(problem(data), gap=0.0)
    lines = [{k: getattr(line, k) for k in ("demand", "facility", "period", "quantity")} for line in first.lines]
    again = solve(problem(data | {"locks": lines}), gap=0.0)
    assert again.cost == pytest.approx(first.cost, abs=1e-4)


@pytest.mark.parametrize("seed", range(20))
def test_more_capacity_never_costs_more(seed: int) -> None:
    data = random_small(seed)
    before = solve(problem(data), gap=0.0)
    for facility in data["facilities"]:
        facility["capacity"] = {name: [h + 1 for h in hours] for name, hours in facility["capacity"].items()}
    assert solve(problem(data), gap=0.0).cost <= before.cost + 1e-4
