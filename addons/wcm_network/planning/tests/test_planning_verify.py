"""The independent check finds every kind of fault."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from planning import Code, PlanError, Reason, Result, Unplaced, check, solve
from planning.tests.planning_makers import problem, walls

DATA: dict[str, Any] = walls(
    policies={"max_facilities_per_demand": 1, "min_group_share": {"community": 0.5}, "move_cost": 2},
    kept=[{"demand": "home-1/walls", "facility": "kendal", "period": 2, "quantity": 3}],
    locks=[{"demand": "home-1/walls", "facility": "knowle-west", "period": 2, "quantity": 3}],
)


def first(result: Result, **changes: Any) -> Result:
    """The plan with its first line changed."""
    return replace(result, lines=[replace(result.lines[0], **changes), *result.lines[1:]])


def moved_cost(result: Result, kind: str) -> Result:
    """One unit of money of this kind on the second line instead of the first."""
    lines = [
        replace(line, costs=replace(line.costs, **{kind: getattr(line.costs, kind) + more}))
        for line, more in zip(result.lines, (-1, 1, *[0] * len(result.lines)), strict=False)
    ]
    return replace(result, lines=lines)


def changed(result: Result, rows: str, **changes: Any) -> Result:
    """The plan with the first of these rows changed."""
    row, *others = getattr(result, rows)
    new: dict[str, Any] = {rows: [replace(row, **changes), *others]}
    return replace(result, **new)


def left(demand: str, quantity: int) -> Unplaced:
    return Unplaced(demand, quantity, [Reason(Code.COST, "too dear")])


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
    ("a set-up that one line pays for another", lambda plan: moved_cost(plan, "first_article"), "first_article"),
    ("a penalty on a line", lambda plan: first(plan, costs=replace(plan.lines[0].costs, unmet=1)), "unmet"),
    ("more units locked than the lock says", lambda plan: first(plan, locked=2), "2 units locked"),
    ("an unplaced demand that nobody has", lambda plan: replace(plan, unplaced=[left("x", 1)]), "no such demand"),
    ("a total of a facility", lambda plan: changed(plan, "facilities", hours=9), "hours 9"),
    ("a share of a group", lambda plan: changed(plan, "groups", making_share=0.2), "making_share 0.2"),
    ("a group left out", lambda plan: replace(plan, groups=plan.groups[1:]), "one row for each group"),
    ("a load", lambda plan: changed(plan, "loads", hours=9), "9 hours"),
    ("a capacity", lambda plan: changed(plan, "loads", capacity=99), "capacity 99"),
    ("a load left out", lambda plan: replace(plan, loads=plan.loads[1:]), "not there"),
    ("the best, with a gap", lambda plan: replace(plan, bound=0.0, gap=1.0), "status: optimal"),
    ("a wrong gap", lambda plan: replace(plan, gap=0.5), "gap"),
]


@pytest.mark.parametrize(("spoil", "fault"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_a_spoilt_plan_is_refused(spoil: Callable[[Result], Result], fault: str) -> None:
    plan = solve(problem(DATA), gap=0.0)
    check(problem(DATA), plan)
    with pytest.raises(PlanError, match=fault):
        check(problem(DATA), spoil(plan))


def test_what_is_left_out_is_said_once() -> None:
    """Two rows would hide the penalty of one."""
    data = problem(walls(options=[]))
    plan = solve(data)
    [row] = plan.unplaced
    half = replace(row, quantity=row.quantity // 2)
    cost = half.quantity * data.demands[0].unmet_cost
    spoilt = replace(plan, unplaced=[half, half], costs=replace(plan.costs, unmet=cost), cost=cost, bound=cost)
    with pytest.raises(PlanError, match="there 2 times"):
        check(data, spoilt)


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
