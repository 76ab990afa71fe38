"""Problems too large for one program: the local search and its prices, beside what is known."""

import sys
from pathlib import Path
from typing import Any

import pytest
from planning import LockError, Problem, Result, check, greedy, solve
from planning.account import costs_of, lines_of
from planning.highs import Limits
from planning.large import solve_large
from planning.routes import routes_of
from planning.run import Progress, Run
from planning.size import gains_from_moves, is_large, memory_needed, possible_lines
from planning.tests.planning_brute import cheapest
from planning.tests.planning_makers import problem, random_small, walls
from planning.warm import warm

sys.path.append(str(Path(__file__).resolve().parents[4] / "bench"))


@pytest.fixture(scope="module", autouse=True)
def compiled() -> None:
    """No test's own clock runs while the compiler does."""
    warm()


def planned(data: dict[str, Any], seconds: float = 0.2, gap: float = 0.0, threads: int = 1) -> Result:
    """As `solve` does for large problems."""
    result = solve_large(Run(problem(data), Limits(seconds, gap, threads, 0), None))
    check(problem(data), result)
    return result


def sized(facilities: int, homes: int, periods: int, seed: int = 0) -> dict[str, Any]:
    """Everything that is hard, all at once, as small as is asked."""
    import planning_sizes  # type: ignore[import-not-found]  # bench is a folder, no package

    size = planning_sizes.Size(facilities, homes, 2, 12, periods, 0.5, 12, 9)
    data: dict[str, Any] = planning_sizes.problem(size, seed)
    return data


@pytest.mark.parametrize("seed", range(12))
def test_the_bound_is_below_the_cheapest_of_all_plans_and_the_plan_not(seed: int) -> None:
    data = random_small(seed)
    result, least = planned(data), cheapest(data)
    assert result.bound <= least + 1e-6 <= result.cost + 2e-6


@pytest.mark.parametrize("seed", [9, 21, 59, 60, 81, 117])
def test_tight_shares_and_batches_leave_no_small_plan_empty(seed: int) -> None:
    """A unit that does not pay alone does so as part of a batch, or of a share that another needs."""
    data = random_small(seed)
    for row in data["facilities"]:
        row["max_share"] = 0.55 if seed % 2 else row["max_share"]
    least = cheapest(data)
    run = Run(problem(data), Limits(60, 0.0, 1, 0), lambda news: news.cost <= 1.1 * least)
    result = solve_large(run)
    check(run.problem, result)
    assert result.lines and result.cost <= 1.1 * least and run.seconds < 60


def test_it_comes_near_the_program_and_both_bounds_hold() -> None:
    data = sized(8, 6, 40)
    large, program = planned(data, seconds=20, gap=0.2), solve(problem(data), seconds=2, gap=0.0)
    assert not large.unplaced
    assert large.bound <= program.cost and program.bound <= large.cost
    assert large.cost <= 1.03 * program.cost
    assert all(line.reason for line in large.lines)


def test_limits_of_all_kinds_hold_at_once() -> None:
    """One source, most units, largest batches, largest shares, locks: the checker looks at each."""
    data = sized(8, 6, 40, seed=1)
    for index, row in enumerate(data["options"]):
        row |= {"max_quantity": 20 if index % 3 == 0 else None, "max_batch": 8 if index % 4 == 0 else None}
    line = planned(data, seconds=60, gap=0.6).lines[0]
    data["locks"] = [{"demand": line.demand, "facility": line.facility, "period": line.period, "quantity": 1}]
    assert any(row["single_source"] for row in data["demands"])
    assert any(row.locked for row in planned(data, seconds=60, gap=0.6).lines)


@pytest.mark.parametrize("threads", [1, 2])
def test_a_seed_gives_the_same_plan_when_the_gap_is_reached(threads: int) -> None:
    first, again = (planned(sized(8, 6, 40), seconds=30, gap=0.2, threads=each) for each in (1, threads))
    assert first.lines == again.lines and first.bound == again.bound
    assert first.status == "within_gap"


def test_who_stops_it_gets_the_plan_so_far_at_once() -> None:
    run = Run(problem(sized(8, 6, 40)), Limits(60, 0.0, 1, 0), lambda news: news.cost < float("inf"))
    result = solve_large(run)
    check(run.problem, result)
    assert run.seconds < 20 and result.lines


def test_locks_that_exclude_each_other_are_named() -> None:
    lock = {"demand": "home-1/walls", "facility": "kendal", "period": 1}
    with pytest.raises(LockError, match="room for 4"):
        planned(walls(locks=[lock | {"quantity": 5}]))


def test_what_is_left_out_is_told_with_its_reason() -> None:
    data = walls(demands=[{"id": "d", "item": "wall", "quantity": 50, "due": 2, "site": "s"}])
    left = planned(data).unplaced
    assert [row.quantity for row in left] == [26]
    assert {reason.code for reason in left[0].reasons} == {"no capacity before due"}


def test_a_line_that_is_locked_or_has_one_maker_says_so() -> None:
    """As in a small problem, also where nobody else could take the units."""
    data = walls(locks=[{"demand": "home-1/walls", "facility": "kendal", "period": 1, "quantity": 4}])
    data["options"][0]["max_quantity"] = 2
    locked = next(line for line in planned(data).lines if line.locked)
    assert locked.reason == "locked by hand"
    data["options"].pop(0)
    assert {line.reason for line in planned(data).lines} == {
        "locked by hand",
        "the only facility that can make this item",
    }


def test_an_hour_that_is_short_has_a_shadow_value() -> None:
    data = walls(demands=[{"id": "d", "item": "wall", "quantity": 50, "due": 2, "site": "s", "unmet_cost": 90}])
    assert max(load.shadow for load in planned(data, seconds=60, gap=0.01).loads) > 20


def test_a_large_problem_is_told_by_its_set_ups() -> None:
    small, large = problem(sized(6, 2, 26)), problem(sized(60, 20, 120))
    assert not is_large(small) and is_large(large)
    assert 50_000 < possible_lines(large) < 300_000
    assert memory_needed(small) < memory_needed(large) < 400


def test_the_program_starts_from_a_plan_of_the_same_moves_where_set_ups_are_many() -> None:
    middling = problem(sized(8, 6, 40))
    assert gains_from_moves(middling) and not is_large(middling)
    assert solve(middling, seconds=60, gap=0.4).costs.spend < 0.95 * costs_of_greedy(middling)


def costs_of_greedy(asked: Problem) -> float:
    """Money of earliest due date, marginal cost."""
    plan = greedy(asked)
    return costs_of(plan, lines_of(plan, routes_of(asked))).spend


def test_large_problems_are_planned_by_the_same_call() -> None:
    news: list[Progress] = []
    large: Problem = problem(sized(60, 20, 120))
    result = solve(large, seconds=20, gap=0.25, threads=2, progress=news.append)
    assert not result.unplaced and result.seconds_to_first < result.seconds
    assert news[-1].bound == pytest.approx(result.bound, rel=1e-5)
