"""What a rule costs is never said to be more than two answers prove."""

import pytest
from planning import Problem, Result, solve
from planning.tests.planning_makers import problem, walls, walls_with
from planning.worth import CARBON, GROUP_SHARE, MAX_SHARE, SPLITS, with_capacity, without, worth


def both(data: dict[str, object], rule: str, gap: float = 0.0) -> tuple[Result, Result]:
    question = problem(data)
    return solve(question, gap=gap), solve(without(question, rule), gap=gap)


def test_a_share_costs_the_difference_between_the_two_best_plans() -> None:
    found = worth(*both(walls(policies={"min_group_share": {"sme": 0.5}}), GROUP_SHARE), GROUP_SHARE)
    assert found is not None
    assert found.least == pytest.approx(11, abs=0.1) and found.most == pytest.approx(11, abs=0.1)


@pytest.mark.parametrize(
    ("rule", "policies"), [(GROUP_SHARE, {"min_group_share": {"sme": 0.5}}), (SPLITS, {"max_facilities_per_demand": 1})]
)
def test_what_is_proven_holds_the_truth_however_wide_the_gap(rule: str, policies: dict[str, object]) -> None:
    data = walls(policies=policies)
    ruled, free = both(data, rule)
    found = worth(*both(data, rule, gap=0.5), rule)
    assert found is not None
    assert found.least - 0.1 <= ruled.cost - free.cost <= found.most + 0.1


def test_a_rule_that_changes_nothing_costs_nothing() -> None:
    found = worth(*both(walls(policies={"min_group_share": {"community": 0.5}}), GROUP_SHARE), GROUP_SHARE)
    assert found is not None and found.least == 0 and found.most < 0.1


def test_money_is_not_compared_when_one_of_them_places_more() -> None:
    ruled, free = both(walls_with("facilities", 1, max_share=0.1), MAX_SHARE)
    data = walls_with("demands", 0, quantity=20, unmet_cost=1000)
    data["policies"] = {"max_facilities_per_demand": 1}
    assert worth(ruled, free, MAX_SHARE) is not None
    assert worth(*both(data, SPLITS), SPLITS) is None


def test_a_carbon_price_is_not_counted_as_a_cost_of_itself() -> None:
    data = walls(policies={"carbon_price": 10})
    data["transport"] = [
        {"facility": name, "site": "hawkfield", "kgco2e_per_unit": {"wall": kg}}
        for name, kg in (("knowle-west", 1.0), ("kendal", 0.0))
    ]
    ruled, free = both(data, CARBON)
    found = worth(ruled, free, CARBON)
    assert {line.facility for line in ruled.lines} == {"kendal"}
    assert found is not None
    assert found.most == pytest.approx(ruled.costs.spend - ruled.costs.carbon - free.costs.spend, abs=0.1)


def test_a_question_without_the_rule_stays_the_same_object() -> None:
    question = problem(walls())
    assert all(without(question, rule) is question for rule in (GROUP_SHARE, MAX_SHARE, SPLITS, CARBON))


def test_a_cap_on_hours_is_taken_away_by_giving_the_hours_themselves() -> None:
    changed = with_capacity(problem(walls()), {"kendal": {"cnc": [9, 9, 9, 9]}})
    assert isinstance(changed, Problem)
    assert [row.capacity["cnc"][0] for row in changed.facilities] == [4, 9]
