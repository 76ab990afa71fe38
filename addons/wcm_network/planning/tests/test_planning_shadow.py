"""Shadow values against solving again with one more hour."""

from typing import Any

import pytest
from planning import Result, solve
from planning.tests.planning_brute import cheapest
from planning.tests.planning_makers import problem, random_small, walls_with


def shadows(result: Result) -> dict[tuple[str, str, int], float]:
    return {(load.facility, load.process, load.period): load.shadow for load in result.loads}


def one_more_hour(data: dict[str, Any], place: tuple[str, str, int]) -> dict[str, Any]:
    name, process, period = place
    rows = []
    for row in data["facilities"]:
        hours = {key: list(each) for key, each in row["capacity"].items()}
        if row["id"] == name:
            hours[process][period] += 1
        rows.append(row | {"capacity": hours})
    return data | {"facilities": rows}


@pytest.mark.parametrize("due", [0, 1])
def test_where_only_units_matter_the_shadow_value_is_what_an_hour_saves(due: int) -> None:
    data = walls_with("demands", 0, due=due, quantity=6 + 4 * due, unmet_cost=100)
    result = solve(problem(data), gap=0.0)
    for place, shadow in shadows(result).items():
        more = solve(problem(one_more_hour(data, place)), gap=0.0)
        assert result.cost - more.cost == pytest.approx(shadow, abs=1e-4)
    assert max(shadows(result).values()) > 0


def test_hours_to_spare_are_worth_nothing() -> None:
    result = solve(problem(walls_with("demands", 0, quantity=2)), gap=0.0)
    assert result.loads and not any(shadows(result).values())


def _units_only(seed: int) -> dict[str, Any]:
    """Random, each unit an hour, nothing that comes whole: the relaxation is the plan."""
    data = random_small(seed) | {"policies": {}}
    free = {"setup_cost": 0, "setup_hours": {"cnc": 0}, "first_article_cost": 0, "min_batch": 1, "max_batch": None}
    data["options"] = [row | free | {"hours": {"cnc": 1}, "max_quantity": None} for row in data["options"]]
    plain = {"opening_cost": 0, "max_share": None}
    whole = [{name: [int(h) for h in each] for name, each in row["capacity"].items()} for row in data["facilities"]]
    data["facilities"] = [
        row | plain | {"capacity": hours} for row, hours in zip(data["facilities"], whole, strict=True)
    ]
    data["demands"] = [row | {"single_source": False} for row in data["demands"]]
    return data


@pytest.mark.parametrize("seed", range(20))
def test_an_hour_saves_at_most_its_shadow_value_and_an_hour_less_costs_at_least_that(seed: int) -> None:
    data = _units_only(seed)
    best = cheapest(data)
    for place, shadow in shadows(solve(problem(data), gap=0.0)).items():
        name, process, _ = place
        if process in next(row for row in data["facilities"] if row["id"] == name)["capacity"]:
            assert best - cheapest(one_more_hour(data, place)) <= shadow + 1e-6
