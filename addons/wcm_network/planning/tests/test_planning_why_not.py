"""Every facility says why it does not make what another one makes."""

from typing import Any

import pytest
from planning import Result, solve
from planning.tests.planning_makers import problem, walls, walls_with
from planning.why_not import Why, WhyNot, why_not


def asked(data: dict[str, Any], facility: str = "knowle-west") -> dict[str, WhyNot]:
    """Why not there, for the first line of a facility in the best plan."""
    question = problem(data)
    result = solve(question, gap=0.0)
    line = next(line for line in result.lines if line.facility == facility)
    return by_name(question, result, line.demand, line.quantity, (line.facility, line.period))


def by_name(question: Any, result: Result, demand: str, quantity: int, at: tuple[str, int] | None) -> dict[str, WhyNot]:
    rows = why_not(question, result, demand, quantity, at)
    assert [row.facility for row in rows] == [facility.id for facility in question.facilities]
    return {row.facility: row for row in rows}


def test_where_the_units_are_is_said() -> None:
    row = asked(walls())["knowle-west"]
    assert (row.why, row.extra) == (Why.HERE, None)


def test_dearer_is_told_by_kind() -> None:
    data = walls_with("options", 1, setup_cost=8)
    data["transport"] = [{"facility": "kendal", "site": "hawkfield", "cost_per_unit": {"wall": 1.5}}]
    row = asked(data)["kendal"]
    assert row.why == Why.DEARER
    assert row.extras["making"] == pytest.approx(4) and row.extras["transport"] == pytest.approx(1.5)
    assert row.extras["setup"] > 0
    assert row.extra == pytest.approx(sum(row.extras.values()))


def test_missing_hours_are_counted() -> None:
    row = asked(walls_with("demands", 0, release=2), "kendal")["knowle-west"]
    assert row.why == Why.NO_HOURS
    [hours] = row.hours
    assert hours.process == "cnc"
    assert hours.free == pytest.approx(0) and hours.asked == pytest.approx(2)


def test_hours_for_some_of_the_units_are_counted_too() -> None:
    data = walls_with("facilities", 1, capacity={"cnc": [0, 0, 1, 0]})
    row = asked(data)["kendal"]
    assert (row.why, row.room) == (Why.NO_HOURS, 1)


def test_hours_in_pieces_say_how_many_are_together() -> None:
    """Two walls and a set-up take 2.5 hours; 1.6 and 1.4 are free, and the second week takes no wall with its set-up."""
    data = walls_with("facilities", 1, capacity={"cnc": [0, 1.6, 1.4, 0]})
    data["options"][1]["setup_hours"] = {"cnc": 0.5}
    row = asked(data)["kendal"]
    assert (row.why, row.room) == (Why.NO_HOURS, 1)
    [hours] = row.hours
    assert hours.free > hours.asked > hours.most
    assert (hours.free, hours.most, hours.asked) == pytest.approx((3, 1.6, 2.5))


def test_a_policy_is_named() -> None:
    row = asked(walls(policies={"min_group_share": {"sme": 0.5}}), "kendal")["knowle-west"]
    assert (row.why, row.words) == (Why.POLICY, ('min_group_share "sme" 50%',))


def test_one_facility_too_many_is_a_policy() -> None:
    data = walls(policies={"max_facilities_per_demand": 1})
    data["facilities"][0]["capacity"]["cnc"] = [4, 4, 4, 4]
    question = problem(data)
    result = solve(question, gap=0.0)
    assert {line.facility for line in result.lines} == {"knowle-west"}
    line = result.lines[0]
    row = by_name(question, result, line.demand, 1, (line.facility, line.period))["kendal"]
    assert (row.why, row.words) == (Why.POLICY, ("max_facilities_per_demand 1",))


def test_no_option_passes_on_what_was_said() -> None:
    data = walls(excluded=[{"facility": "kendal", "item": "wall", "reason": "no current acceptance of the terms"}])
    data["options"].pop()
    row = asked(data)["kendal"]
    assert (row.why, row.words) == (Why.NO_OPTION, ("no current acceptance of the terms",))


def test_batches_are_named() -> None:
    row = asked(walls_with("options", 1, max_quantity=1))["kendal"]
    assert (row.why, row.words, row.room) == (Why.BATCH, ("max_quantity 1",), 1)


def test_units_that_are_nowhere_are_asked_about_too() -> None:
    question = problem(walls_with("demands", 0, quantity=30))
    result = solve(question, gap=0.0)
    [left] = result.unplaced
    rows = by_name(question, result, left.demand, left.quantity, None)
    assert {row.why for row in rows.values()} == {Why.NO_HOURS}
    assert all(row.extra is None for row in rows.values())


def test_cheaper_is_within_the_accepted_gap_or_less_than_what_moving_counts() -> None:
    kept = [{"demand": "home-1/walls", "facility": "kendal", "period": 2, "quantity": 4}]
    data = walls(kept=kept, policies={"move_cost": 50})
    assert asked(data, "kendal")["knowle-west"].why == Why.MOVING
