"""A large plan that follows another: what stays, what moves, what that costs, and the bound of it."""

# mypy: disable-error-code="untyped-decorator, import-not-found, import-untyped, no-any-return"
import tracemalloc
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from planning import Kept, Problem, Result
from planning.grid import grid_of
from planning.size import memory_needed
from planning.tests.planning_brute import cheapest
from planning.tests.planning_makers import kept, made, problem, random_small, walls, walls_after
from planning.tests.test_planning_large import compiled, planned, sized  # noqa: F401  # a fixture
from planning.tests.test_planning_properties import EASY, locks, problems, solved


def before(*rows: tuple[str, int, int], gap: float = 0.0, **changes: Any) -> Result:
    """Plan again after a plan of these facilities, periods and quantities; 0.2 s, with a gap until it is reached."""
    return planned(walls_after(*rows, **changes), 60 if gap else 0.2, gap)


@pytest.mark.parametrize("seed", range(12))
def test_with_what_was_there_before_the_bound_is_still_below_the_cheapest_plan(seed: int) -> None:
    data = kept(random_small(seed), seed)
    result, least = planned(data), cheapest(data)
    assert result.bound <= least + 1e-6 <= result.cost + 2e-6


def test_a_demand_of_one_source_stays_in_the_periods_it_was_in() -> None:
    rows = [walls()["demands"][0] | {"single_source": True}]
    result = before(("kendal", 0, 3), ("kendal", 1, 3), demands=rows)
    assert made(result) == [("kendal", 0, 3), ("kendal", 1, 3)] and result.costs.stability == 0


def test_what_cannot_stay_counts_in_cost_and_bound() -> None:
    result = before(("kendal", 3, 2), ("kendal", 2, 4), move_cost=1000, gap=0.1)
    assert result.costs.stability == pytest.approx(2000)
    assert result.gap <= 0.1 and result.bound > 2000


@EASY
@given(problems())
def test_every_small_problem_gets_a_right_plan_and_a_bound_below_the_best(data: dict[str, Any]) -> None:
    result, best = planned(data, seconds=0.05), solved(data)
    assert result.bound <= best.cost + 1e-4 and best.bound <= result.cost + 1e-4


@EASY
@given(problems())
def test_nothing_moves_where_nothing_has_changed(data: dict[str, Any]) -> None:
    first = solved(data | {"kept": []})
    again = planned(data | {"kept": locks(first), "policies": data["policies"] | {"move_cost": 500}}, seconds=0.0)
    assert again.costs.stability == 0
    assert again.cost == pytest.approx(first.cost, abs=1e-4)


def test_when_a_facility_is_lost_little_but_its_work_moves() -> None:
    data = sized(8, 6, 40)
    first = planned(data, seconds=60, gap=0.2)
    gone = max(data["facilities"], key=lambda row: sum(x.quantity for x in first.lines if x.facility == row["id"]))[
        "id"
    ]
    options = [row for row in data["options"] if row["facility"] != gone]
    again = data | {"options": options, "kept": locks(first), "policies": data["policies"] | {"move_cost": 20}}
    result, lost = planned(again, seconds=60, gap=0.3), sum(x.quantity for x in first.lines if x.facility == gone)
    assert not result.unplaced
    assert lost <= result.costs.stability / 20 <= 1.3 * lost


def test_a_plan_again_of_nothing_else_is_there_at_once() -> None:
    data = sized(8, 6, 40)
    first = planned(data, seconds=60, gap=0.2)
    again = data | {"kept": locks(first), "policies": data["policies"] | {"move_cost": 20}}
    result = planned(again, seconds=0.0)
    assert result.costs.stability == 0 and result.costs.spend == pytest.approx(first.cost)


def test_what_was_there_before_counts_in_the_memory() -> None:
    large = problem(sized(60, 20, 120))
    maker = {row.item: row.facility for row in large.options}
    rows = [Kept(row.id, maker[row.item], period, 1) for row in large.demands for period in row.window]
    again = replace(large, kept=rows, policies=replace(large.policies, move_cost=5))
    assert len(rows) > 2_000
    assert memory_needed(again) - memory_needed(large) > megabytes(again) - megabytes(large)


def megabytes(asked: Problem) -> float:
    """Most that its arrays take while they are made."""
    tracemalloc.start()
    try:
        grid_of(asked)
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()
