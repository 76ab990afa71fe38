"""A plan that follows another moves as little as it should."""

# mypy: disable-error-code="untyped-decorator, import-not-found, import-untyped, no-any-return"
from collections.abc import Callable
from typing import Any

import pytest
from planning import Result, solve
from planning.tests.planning_makers import made, problem, walls, walls_after
from planning.tests.test_planning_large import compiled, planned  # noqa: F401  # a fixture

Way = Callable[[dict[str, Any]], Result]


def proven(data: dict[str, Any]) -> Result:
    """By the program, to the end."""
    return solve(problem(data), gap=0.0)


def before(*rows: tuple[str, int, int], way: Way = proven, **changes: Any) -> Result:
    """Plan again after a plan of these facilities, periods and quantities."""
    return way(walls_after(*rows, **changes))


@pytest.mark.parametrize("way", [proven, planned])
def test_what_was_dearer_stays_where_moving_costs_more(way: Way) -> None:
    result = before(("kendal", 1, 2), ("kendal", 2, 4), way=way)
    assert made(result) == [("kendal", 1, 2), ("kendal", 2, 4)]
    assert result.costs.stability == 0
    assert "stays where it was" in result.lines[0].reason and "knowle-west" in result.lines[0].reason


@pytest.mark.parametrize("way", [proven, planned])
def test_what_was_dearer_moves_where_that_saves_more(way: Way) -> None:
    result = before(("kendal", 1, 2), ("kendal", 2, 4), move_cost=0.1, way=way)
    assert {line.facility for line in result.lines} == {"knowle-west"}
    assert result.costs.stability == pytest.approx(0.6)


def test_only_the_part_of_a_lost_member_moves() -> None:
    data = walls()
    result = before(
        ("kendal", 2, 2), ("knowle-west", 2, 4), options=[row for row in data["options"] if row["facility"] == "kendal"]
    )
    assert made(result) == [("kendal", 1, 2), ("kendal", 2, 4)]
    assert result.costs.stability == pytest.approx(4 * 10)


def test_moved_units_are_a_penalty_beside_the_money() -> None:
    result = before(("kendal", 0, 6))
    assert result.costs.stability == pytest.approx(2 * 10)
    assert result.costs.spend == pytest.approx(result.cost - 20)


def test_units_that_were_in_no_plan_move_nothing() -> None:
    result = before(("kendal", 2, 1))
    assert ("kendal", 2, 1) in made(result) and result.costs.stability == 0


def test_what_was_planned_too_late_now_counts_as_moved() -> None:
    result = before(("knowle-west", 3, 2))
    assert result.costs.stability == pytest.approx(2 * 10) and not result.unplaced


def test_the_first_plan_already_leaves_in_place_what_can_stay() -> None:
    result = solve(problem(walls_after(("kendal", 2, 4))), seconds=0.0)
    assert ("kendal", 2, 4) in made(result)
