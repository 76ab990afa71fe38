"""What each field of the format does to the plan."""

import pytest
from planning import LockError, Progress, Result, solve
from planning.tests.planning_makers import problem, walls, walls_with

HOME = "home-1/walls"


def made(result: Result) -> list[tuple[str, int, int]]:
    """Facility, period, quantity of every line."""
    return [(line.facility, line.period, line.quantity) for line in result.lines]


def test_work_goes_to_the_cheapest_and_as_late_as_holding_asks() -> None:
    result = solve(problem(walls()), gap=0.0)
    assert made(result) == [("knowle-west", 1, 2), ("knowle-west", 2, 4)]
    assert result.cost == pytest.approx(6 * 40 + 2 * 0.5)
    assert result.status == "optimal"


def test_an_empty_problem_has_an_empty_plan() -> None:
    result = solve(problem(walls(demands=[])))
    assert (result.lines, result.cost, result.gap) == ([], 0.0, 0.0)


def test_a_process_that_is_not_listed_is_unlimited() -> None:
    result = solve(problem(walls_with("facilities", 0, capacity={})), gap=0.0)
    assert made(result) == [("knowle-west", 2, 6)]


def test_a_set_up_is_paid_in_each_period() -> None:
    result = solve(problem(walls_with("options", 0, setup_cost=3)), gap=0.0)
    assert result.costs.setup == pytest.approx(6)


def test_a_first_article_is_paid_once() -> None:
    result = solve(problem(walls_with("options", 0, first_article_cost=10)), gap=0.0)
    assert result.costs.first_article == pytest.approx(10)


def test_an_opening_cost_sends_work_elsewhere() -> None:
    result = solve(problem(walls_with("facilities", 0, opening_cost=100)), gap=0.0)
    assert {line.facility for line in result.lines} == {"kendal"}
    assert result.costs.opening == 0


def test_set_up_hours_take_capacity() -> None:
    result = solve(problem(walls_with("options", 0, setup_hours={"cnc": 1})), gap=0.0)
    assert max(line.quantity for line in result.lines if line.facility == "knowle-west") == 3


def test_a_probation_cap_holds_over_all_periods() -> None:
    result = solve(problem(walls_with("options", 0, max_quantity=3)), gap=0.0)
    assert sum(line.quantity for line in result.lines if line.facility == "knowle-west") == 3


def test_a_largest_batch_holds_in_each_period() -> None:
    result = solve(problem(walls_with("options", 0, max_batch=2)), gap=0.0)
    assert made(result) == [("knowle-west", 0, 2), ("knowle-west", 1, 2), ("knowle-west", 2, 2)]


def test_one_source_keeps_a_demand_together() -> None:
    data = walls_with("demands", 0, single_source=True, release=2, quantity=4)
    assert made(solve(problem(data), gap=0.0)) == [("knowle-west", 2, 4)]


def test_carbon_is_priced_on_transport() -> None:
    carbon = {"facility": "knowle-west", "site": "hawkfield", "kgco2e_per_unit": {"wall": 10}}
    free = solve(problem(walls(transport=[carbon])), gap=0.0)
    priced = solve(problem(walls(transport=[carbon], policies={"carbon_price": 1})), gap=0.0)
    assert free.costs.carbon == 0 and sum(line.kgco2e for line in free.lines) == 60
    assert {line.facility for line in priced.lines} == {"kendal"}


def test_a_least_share_is_met_by_the_dearer_member() -> None:
    result = solve(problem(walls(policies={"min_group_share": {"sme": 0.5}})), gap=0.0)
    shares = {total.name: total.making_share for total in result.groups}
    assert shares["sme"] >= 0.5 and not result.unplaced


def test_a_largest_share_is_of_the_hours() -> None:
    result = solve(problem(walls_with("facilities", 0, max_share=0.5)), gap=0.0)
    assert {total.name: total.hours for total in result.facilities} == {"knowle-west": 3, "kendal": 3}


def test_a_lock_is_kept_and_the_rest_planned_again() -> None:
    lock = {"demand": HOME, "facility": "kendal", "period": 0, "quantity": 2}
    result = solve(problem(walls(locks=[lock])), gap=0.0)
    line = next(line for line in result.lines if line.facility == "kendal")
    assert (line.period, line.quantity, line.locked) == (0, 2, 2)
    assert line.reason.startswith("locked by hand")


@pytest.mark.parametrize(
    ("lock", "why"),
    [
        ({"period": 3}, "can only be made in periods 0 to 2"),
        ({"quantity": 5}, "5 units, where the facility has room for 4"),
        ({"quantity": 7}, "7 units, where 6 of the demand are left"),
    ],
)
def test_an_impossible_lock_is_named(lock: dict[str, int], why: str) -> None:
    row = {"demand": HOME, "facility": "kendal", "period": 0, "quantity": 1} | lock
    with pytest.raises(LockError, match=why) as refused:
        solve(problem(walls(locks=[row])))
    assert 'locks[0]: lock "home-1/walls" / "kendal"' in str(refused.value)


def test_a_lock_at_a_facility_that_cannot_make_it_is_named() -> None:
    data = walls(locks=[{"demand": HOME, "facility": "kendal", "period": 0, "quantity": 1}])
    data["options"].pop()
    with pytest.raises(LockError, match='the facility has no option for item "wall"'):
        solve(problem(data))


def test_locks_that_break_a_policy_are_named_with_it() -> None:
    lock = {"demand": HOME, "facility": "kendal", "period": 0, "quantity": 4}
    data = walls(locks=[lock], policies={"min_group_share": {"community": 0.9}})
    with pytest.raises(LockError, match=r"min_group_share community 0\.9.*kendal"):
        solve(problem(data))


def test_the_same_seed_gives_the_same_plan() -> None:
    from planning.tests.planning_makers import random_small

    plans = [solve(problem(random_small(3)), gap=0.0, seed=7).lines for _ in range(2)]
    assert plans[0] == plans[1]


def test_a_listener_hears_news_and_can_stop_the_search() -> None:
    heard: list[Progress] = []

    def stop(news: Progress) -> bool:
        heard.append(news)
        return True

    result = solve(problem(walls(policies={"min_group_share": {"sme": 0.5}})), gap=0.0, progress=stop)
    assert heard and heard[0].cost >= result.cost >= result.bound > 0


def test_an_error_of_the_listener_comes_through() -> None:
    def broken(news: Progress) -> bool:
        raise RuntimeError("screen gone")

    with pytest.raises(RuntimeError, match="screen gone"):
        solve(problem(walls()), progress=broken)


def test_no_time_still_gives_a_checked_plan_and_a_bound() -> None:
    result = solve(problem(walls()), seconds=0.0, gap=0.0)
    assert result.cost >= result.bound > 0


def test_the_first_plan_keeps_policies_even_when_work_must_be_left_out() -> None:
    data = walls(policies={"min_group_share": {"community": 0.6}})
    data["demands"][0]["quantity"] = 24
    result = solve(problem(data), seconds=0.0)
    assert sum(line.quantity for line in result.lines) >= 12


def test_a_plan_is_found_where_opening_costs_more_than_a_first_demand_is_worth() -> None:
    data = walls_with("facilities", 0, opening_cost=5000)
    data["facilities"][1]["opening_cost"] = 5000
    data["demands"] = [
        {"id": f"d{n}", "item": "wall", "quantity": 1, "due": 3, "site": "s", "unmet_cost": 1000} for n in range(12)
    ]
    first: list[float] = []
    result = solve(problem(data), gap=0.0, progress=lambda news: first.append(news.cost))
    assert first[0] < 12_000 and not result.unplaced
