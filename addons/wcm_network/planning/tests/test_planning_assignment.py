"""Problems in which each demand is one choice: the search by tolls and trades."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from planning import Problem, Result, check, solve
from planning.assignment import solve_assignment
from planning.choices import assignment_of, is_assignment
from planning.highs import Limits
from planning.routes import routes_of
from planning.run import Run, accounts
from planning.tests.planning_brute import cheapest
from planning.tests.planning_makers import kept, problem, random_small


def assigned(data: dict[str, Any], **limits: Any) -> Result:
    """Planned by this search, however small, and checked."""
    asked = problem(data)
    assert is_assignment(asked)
    run = Run(asked, replace(Limits(seconds=20.0, gap=0.0, threads=2, seed=0), **limits), None, routes_of(asked))
    task = assignment_of(asked, run.routes)
    assert task is not None
    found = solve_assignment(run, task)
    result = accounts(run, found.plan, found.bound)
    check(asked, result)
    assert result.bound <= result.cost
    return result


def random_choices(seed: int) -> dict[str, Any]:
    """Each demand of one period, or of one unit; nothing that is shared."""
    draw, data = Random(seed), random_small(seed)
    data["policies"] = draw.choice([{}, {"max_facilities_per_demand": 1}, {"carbon_price": 2}])
    for row in data["facilities"]:
        row |= {"opening_cost": 0, "max_share": None}
    for index, row in enumerate(data["demands"]):
        row |= {"quantity": 1} if index == 0 else {"single_source": True, "release": row["due"]}
    items = [row["item"] for row in data["demands"]]
    for row in data["options"]:
        if items.count(row["item"]) > 1:
            row |= {"setup_cost": 0, "setup_hours": {"cnc": 0}, "first_article_cost": 0, "min_batch": 1}
    return data


def jobs(seed: int, agents: int = 5, count: int = 60) -> dict[str, Any]:
    """A tight instance: what is cheap takes long."""
    draw = Random(seed)
    hours = [[draw.randint(1, 100) for _ in range(count)] for _ in range(agents)]
    names = [f"a{a}" for a in range(agents)]
    return {
        "format": 1,
        "periods": 1,
        "facilities": [{"id": f"a{a}", "capacity": {"work": [int(0.8 * sum(hours[a]) / agents)]}} for a in range(agents)],
        "items": [{"id": f"j{j}"} for j in range(count)],
        "demands": [{"id": f"j{j}", "item": f"j{j}", "quantity": 1, "due": 0, "site": "s"} for j in range(count)],
        "options": [
            {"facility": name, "item": f"j{j}", "unit_cost": 111 - each[j] + draw.randint(-10, 10), "hours": {"work": each[j]}}
            for name, each in zip(names, hours, strict=True)
            for j in range(count)
        ],
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(24))
def test_the_plan_is_as_cheap_as_the_best_of_all_plans(seed: int) -> None:
    data = random_choices(seed)
    assert assigned(data).cost == pytest.approx(cheapest(data), abs=1e-4)


@pytest.mark.parametrize("seed", range(10))
def test_what_moves_is_counted_as_in_the_best_of_all_plans(seed: int) -> None:
    data = kept(random_choices(seed), seed)
    assert assigned(data).cost == pytest.approx(cheapest(data), abs=1e-4)


def test_a_lock_leaves_one_choice() -> None:
    data = jobs(1)
    free = assigned(data, gap=0.05)
    line = next(line for line in free.lines if line.facility != "a0")
    lock = {"demand": line.demand, "facility": "a0", "period": 0, "quantity": 1}
    result = assigned(data | {"locks": [lock]}, gap=0.05)
    assert next(row.facility for row in result.lines if row.demand == line.demand) == "a0"


def test_a_job_that_fits_nowhere_is_left_out_with_a_reason() -> None:
    data = jobs(2)
    for row in data["options"]:
        if row["item"] == "j0":
            row["hours"] = {"work": 10_000}
    result = solve(problem(data), gap=0.02, seconds=20)
    assert [row.demand for row in result.unplaced] == ["j0"]
    assert result.unplaced[0].reasons


@pytest.mark.parametrize("threads", [1, 2])
def test_seed_and_threads_decide_the_plan_when_the_gap_is_reached(threads: int) -> None:
    first, again = (assigned(jobs(3), gap=0.04, threads=threads) for _ in range(2))
    assert first.gap <= 0.04
    assert first.lines == again.lines
    assert first.bound == again.bound


def test_every_job_of_a_tight_problem_is_placed_and_the_plan_is_near_its_bound() -> None:
    result = solve(problem(jobs(4, agents=8, count=160)), gap=0.01, seconds=30, threads=2)
    assert result.gap <= 0.01
    assert not result.unplaced
    assert all(line.reason for line in result.lines)


@pytest.mark.parametrize(
    "change",
    [
        {"policies": {"min_group_share": {"g": 0.5}}},
        {"facilities": [{"id": "a", "capacity": {"cnc": [4, 4]}, "opening_cost": 5}]},
        {"demands": [{"id": "d", "item": "x", "quantity": 2, "due": 1, "site": "s"}]},
        {"demands": [{"id": "d", "item": "x", "quantity": 2, "due": 1, "site": "s", "single_source": True}]},
        {"options": [{"facility": "a", "item": "x", "unit_cost": 1, "setup_cost": 1}]},
    ],
)
def test_what_is_no_choice_of_each_demand_alone_is_left_to_the_program(change: dict[str, Any]) -> None:
    whole = {"quantity": 1, "item": "x", "due": 1, "site": "s"}
    data = {
        "format": 1,
        "periods": 2,
        "facilities": [{"id": "a", "capacity": {"cnc": [4, 4]}, "groups": ["g"]}],
        "items": [{"id": "x"}],
        "demands": [whole | {"id": "d"}, whole | {"id": "e"}],
        "options": [{"facility": "a", "item": "x", "unit_cost": 1, "hours": {"cnc": 1}}],
    }
    assert is_assignment(Problem.from_json(data))
    assert not is_assignment(Problem.from_json(data | change))
