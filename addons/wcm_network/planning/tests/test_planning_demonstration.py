"""The demonstration's size: within one per cent, and better than greedy."""

import sys
from pathlib import Path

import pytest
from planning import Problem, check, greedy, solve

sys.path.append(str(Path(__file__).resolve().parents[4] / "bench"))


@pytest.mark.parametrize("seed", range(2))
def test_a_demonstration_is_planned_within_one_per_cent(seed: int) -> None:
    import planning_instances  # type: ignore[import-not-found]  # bench is a folder, no package

    problem = Problem.from_json(planning_instances.demonstration(seed))
    result = solve(problem, seconds=60, gap=0.01)
    check(problem, result)
    assert result.gap <= 0.01 and not result.unplaced
    assert all(line.reason for line in result.lines)


def test_the_greedy_plan_books_no_more_than_is_asked() -> None:
    import planning_instances

    problem = Problem.from_json(planning_instances.demonstration(0))
    placed = greedy(problem).placed
    assert all(placed[demand.id] <= demand.quantity for demand in problem.demands)
