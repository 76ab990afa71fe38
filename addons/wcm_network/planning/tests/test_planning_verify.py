"""The independent check finds every kind of fault."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from planning import PlanError, Result, check, solve
from planning.tests.planning_makers import problem, walls

DATA: dict[str, Any] = walls(
    policies={"max_facilities_per_demand": 1, "min_group_share": {"community": 0.5}, "move_cost": 2},
    kept=[{"demand": "home-1/walls", "facility": "kendal", "period": 2, "quantity": 3}],
    locks=[{"demand": "home-1/walls", "facility": "knowle-west", "period": 2, "quantity": 3}],
)


def first(result: Result, **changes: Any) -> Result:
    """The plan with its first line changed."""
    return replace(result, lines=[replace(result.lines[0], **changes), *result.lines[1:]])


FAULTS: list[tuple[str, Callable[[Result], Result], str]] = [
    ("a unit too many", lambda plan: first(plan, quantity=3), "7 units of 6"),
    ("a period too late", lambda plan: first(plan, period=3), "not between release and due"),
    ("an unknown facility", lambda plan: first(plan, facility="x"), "no such demand or option"),
    ("half a unit", lambda plan: first(plan, quantity=0.5), "quantity 0.5"),
    ("too many hours", lambda plan: replace(plan, lines=[replace(plan.lines[1], quantity=6)]), "hours of"),
    ("two facilities where one is allowed", lambda plan: first(plan, facility="kendal"), "2 facilities, most 1"),
    ("a broken lock", lambda plan: replace(plan, lines=plan.lines[:1]), "not kept"),
    ("a wrong line cost", lambda plan: first(plan, costs=replace(plan.lines[0].costs, making=1)), "making"),
    ("a wrong sum", lambda plan: replace(plan, costs=replace(plan.costs, holding=9)), "holding"),
    (
        "moves that are not counted",
        lambda plan: replace(plan, costs=replace(plan.costs, stability=4)),
        "stability 4, expected 6",
    ),
    ("a wrong total", lambda plan: replace(plan, cost=plan.cost + 1), "kinds sum to"),
    ("a bound above the cost", lambda plan: replace(plan, bound=plan.cost + 1), "bound"),
    ("a wrong gap", lambda plan: replace(plan, gap=0.5), "gap"),
]


@pytest.mark.parametrize(("spoil", "fault"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_a_spoilt_plan_is_refused(spoil: Callable[[Result], Result], fault: str) -> None:
    plan = solve(problem(DATA), gap=0.0)
    check(problem(DATA), plan)
    with pytest.raises(PlanError, match=fault):
        check(problem(DATA), spoil(plan))


def test_a_share_that_is_missed_is_refused() -> None:
    plan = solve(problem(walls()), gap=0.0)
    with pytest.raises(PlanError, match=r"least share 0\.1"):
        check(problem(walls(policies={"min_group_share": {"sme": 0.1}})), plan)


def test_hours_above_the_largest_share_are_refused() -> None:
    plan = solve(problem(walls()), gap=0.0)
    data = walls()
    data["facilities"][0]["max_share"] = 0.5
    with pytest.raises(PlanError, match=r"largest share 0\.5"):
        check(problem(data), plan)


def test_one_source_and_batch_sizes_are_checked() -> None:
    plan = solve(problem(walls(policies={"min_group_share": {"sme": 0.3}})), gap=0.0)
    data = walls()
    data["demands"][0]["single_source"] = True
    data["options"][0]["max_batch"] = 1
    with pytest.raises(PlanError) as refused:
        check(problem(data), plan)
    assert "not all from one source" in str(refused.value) and "batch of" in str(refused.value)


def test_a_plan_survives_json() -> None:
    plan = solve(problem(DATA), gap=0.0)
    assert Result.from_json(plan.to_json()).to_json() == plan.to_json()
