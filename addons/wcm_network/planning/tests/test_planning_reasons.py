"""Every line and every unit left out says why."""

from typing import Any

from planning import Code, Result, solve
from planning.tests.planning_makers import problem, walls, walls_with


def codes(result: Result) -> set[Code]:
    return {reason.code for row in result.unplaced for reason in row.reasons}


def texts(result: Result) -> str:
    return " | ".join(reason.text for row in result.unplaced for reason in row.reasons)


def left_out(result: Result) -> int:
    return sum(row.quantity for row in result.unplaced)


def test_a_line_names_the_next_best_choice_and_its_cost() -> None:
    result = solve(problem(walls()), gap=0.0)
    line = result.lines[-1]
    assert line.reason == "cheapest with capacity in week 3; next best is kendal at +£4.00 a unit"
    assert (line.next_best, line.next_best_extra) == ("kendal", 4.0)


def test_a_line_that_is_not_cheapest_says_what_stood_in_the_way() -> None:
    result = solve(problem(walls_with("demands", 0, release=2)), gap=0.0)
    line = next(line for line in result.lines if line.facility == "kendal")
    assert "knowle-west would be £4.00 a unit cheaper but has no room left in time" in line.reason


def test_a_line_that_a_policy_moved_names_the_policy() -> None:
    result = solve(problem(walls(policies={"min_group_share": {"sme": 0.5}})), gap=0.0)
    line = next(line for line in result.lines if line.facility == "kendal")
    assert 'would break policy min_group_share "sme" 50%' in line.reason


def test_the_only_maker_is_called_so() -> None:
    data = walls()
    data["options"].pop()
    assert "the only facility that can make this item" in solve(problem(data), gap=0.0).lines[0].reason


def test_names_are_used_in_sentences() -> None:
    result = solve(problem(walls_with("facilities", 1, name="Kendal Fab")), gap=0.0)
    assert "Kendal Fab" in result.lines[0].reason


def test_an_item_that_nobody_makes_is_unplaced_for_no_capability() -> None:
    result = solve(problem(walls(options=[])))
    assert codes(result) == {Code.NO_CAPABILITY} and left_out(result) == 6


def test_reasons_for_exclusion_are_passed_through() -> None:
    excluded = [
        {"facility": "kendal", "item": "wall", "reason": "envelope too small: 2400 mm asked, 1300 mm"},
        {"facility": "knowle-west", "item": "wall", "reason": "membership suspended"},
    ]
    result = solve(problem(walls(options=[], excluded=excluded)))
    assert codes(result) == {Code.ENVELOPE, Code.NOT_ELIGIBLE}
    assert "kendal: envelope too small: 2400 mm asked" in texts(result)


def test_zero_capacity_leaves_everything_unplaced_with_the_reason() -> None:
    data = walls()
    for facility in data["facilities"]:
        facility["capacity"] = {"cnc": [0, 0, 0, 0]}
    result = solve(problem(data))
    assert codes(result) == {Code.NO_CAPACITY} and not result.lines and left_out(result) == 6
    assert "no hours left in weeks 1 to 3" in texts(result)


def test_what_does_not_fit_before_due_is_left_out_and_the_rest_is_made() -> None:
    result = solve(problem(walls_with("demands", 0, quantity=30)), gap=0.0)
    assert codes(result) == {Code.NO_CAPACITY} and left_out(result) == 6


def test_an_impossible_policy_is_named() -> None:
    data = walls(policies={"min_group_share": {"community": 0.6}})
    data["facilities"][0]["capacity"] = {"cnc": [0, 0, 1, 0]}
    result = solve(problem(data), gap=0.0)
    assert Code.POLICY in codes(result)
    assert 'kendal: min_group_share "community" 60%' in texts(result)


def test_a_group_without_members_stops_all_work_by_policy() -> None:
    result = solve(problem(walls(policies={"min_group_share": {"charity": 0.5}})), gap=0.0)
    assert codes(result) == {Code.POLICY} and left_out(result) == 6


def test_too_few_facilities_allowed_is_named() -> None:
    data: dict[str, Any] = walls_with("demands", 0, release=2)
    result = solve(problem(data | {"policies": {"max_facilities_per_demand": 1}}), gap=0.0)
    assert Code.POLICY in codes(result) and "max_facilities_per_demand 1" in texts(result)


def test_a_smallest_batch_that_is_too_large_is_named() -> None:
    data = walls()
    for option in data["options"]:
        option["min_batch"] = 7
    result = solve(problem(data | {"facilities": [row | {"capacity": {}} for row in data["facilities"]]}))
    assert codes(result) == {Code.BATCH} and "min_batch 7" in texts(result)


def test_what_costs_more_than_leaving_it_out_says_so() -> None:
    result = solve(problem(walls_with("demands", 0, unmet_cost=5)), gap=0.0)
    assert codes(result) == {Code.COST} and result.cost == 30


def shared_by_eight(share: float, **changes: Any) -> dict[str, Any]:
    """300 walls, eight facilities with hours enough, none with more than a share of the hours."""
    names = [f"f{number}" for number in range(8)]
    return walls(
        facilities=[{"id": name, "capacity": {"cnc": [400] * 4}, "max_share": share} for name in names],
        options=[{"facility": name, "item": "wall", "unit_cost": 40, "hours": {"cnc": 1}} for name in names],
        demands=[{"id": "home-1/walls", "item": "wall", "quantity": 300, "due": 2, "site": "hawkfield"}],
    ) | changes


def test_300_of_one_item_go_to_eight_facilities_of_which_none_has_more_than_its_share() -> None:
    result = solve(problem(shared_by_eight(0.13)), gap=0.0, seconds=10)
    quantities = [sum(line.quantity for line in result.lines if line.facility == f"f{n}") for n in range(8)]
    assert sum(quantities) == 300 and max(quantities) <= 39


def test_shares_that_too_few_facilities_may_use_leave_no_plan_and_the_rule_is_named() -> None:
    result = solve(problem(shared_by_eight(0.13, policies={"max_facilities_per_demand": 3})))
    assert left_out(result) == 300
    assert (
        "nothing can be placed at all, because with max_facilities_per_demand 3 only 3 facilities can share 1 demand, "
        "and their largest shares add up to 39% of a plan; allow each at least 34%, or more facilities per demand"
    ) in texts(result)


def test_shares_of_all_facilities_that_add_up_to_less_than_a_plan_are_named() -> None:
    result = solve(problem(shared_by_eight(0.12)))
    assert "because only 8 facilities can make any of this, and their largest shares add up to 96% of a plan" in texts(result)
    assert "allow each at least 13%" in texts(result)


def test_nothing_is_said_of_shares_where_hours_are_what_is_missing() -> None:
    few = [{"id": f"f{number}", "capacity": {"cnc": [4] * 4}, "max_share": 0.13} for number in range(8)]
    result = solve(problem(shared_by_eight(0.13, facilities=few)))
    assert result.lines and "nothing can be placed" not in texts(result)
