"""The answer is the best there is, and says so."""

# mypy: disable-error-code="untyped-decorator, import-not-found"
# Where lint runs, hypothesis need not be installed.
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sequencing import Placed, Question, ScheduleError, check, question_from
from sequencing.solver import solve
from sequencing.tests.sequencing_makers import DAY, FIVE, NINE, best_of_all, factory, random_small, week


@pytest.mark.parametrize("seed", range(12))
def test_a_small_answer_is_as_good_as_the_best_of_all_orders(seed: int) -> None:
    question = random_small(seed)
    answer = solve(question, seconds=20)
    assert answer.status == "optimal"
    assert (answer.late, answer.makespan) == best_of_all(question)
    assert answer.gap == 0


@settings(max_examples=15, deadline=None, derandomize=True, database=None)
@given(seed=st.integers(100, 10_000))
def test_whatever_is_asked_the_answer_keeps_hours_machines_and_order(seed: int) -> None:
    question = random_small(seed)
    answer = solve(question, seconds=5)
    check(question, answer.placed)
    assert answer.late_bound <= answer.late
    assert answer.makespan_bound <= answer.makespan


def test_what_is_due_first_is_made_first_and_like_follows_like() -> None:
    question = question_from(factory())
    answer = solve(question)
    assert answer.late == 0
    on_router = [row for row in answer.placed if row.machine == "router"]
    assert on_router[0].job == "WO/2"
    assert [row.setup_minutes for row in on_router] == [15, 15, 0]


def test_work_that_is_not_done_by_evening_goes_on_in_the_morning() -> None:
    data = factory()
    data["jobs"] = [data["jobs"][0] | {"quantity": 12}]
    (cutting, _) = solve(question_from(data)).placed
    assert (cutting.start, cutting.end) == (NINE, DAY + NINE + 12 * 40 + 15 - 7 * 60)


def test_the_same_seed_gives_the_same_answer() -> None:
    question = question_from(factory())
    assert solve(question, seed=3).placed == solve(question, seed=3).placed


def test_forty_operations_are_placed_in_time_with_their_bound() -> None:
    question = _busy_week(20)
    answer = solve(question, seconds=3)
    check(question, answer.placed)
    assert len(answer.placed) == 40
    assert (answer.late_bound, answer.makespan_bound) <= (answer.late, answer.makespan)


def test_with_no_time_at_all_there_is_still_an_order_of_work() -> None:
    question = _busy_week(20)
    answer = solve(question, seconds=0)
    check(question, answer.placed)


def test_more_work_than_hours_is_said_and_not_squeezed_in() -> None:
    data = factory()
    for machine in data["machines"]:
        machine["windows"] = [[NINE, FIVE]]
    answer = solve(question_from(data))
    assert answer.status == "no room"
    assert "do not fit" in answer.reason


def test_no_orders_need_no_work() -> None:
    assert solve(question_from(factory(jobs=[]))).status == "optimal"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"machine": "bench"}, "does not do"),
        ({"start": 0}, "does not work"),
        ({"setup_minutes": 0}, "does not work so many"),
        ({"job": "WO/3"}, "not every operation"),
    ],
)
def test_the_check_finds_what_is_wrong(changes: dict[str, Any], fault: str) -> None:
    question = question_from(factory())
    first, *others = solve(question).placed
    with pytest.raises(ScheduleError, match=fault):
        check(question, [replace(first, **changes), *others])


def test_the_check_finds_two_at_once_on_a_machine() -> None:
    data = factory()
    data["jobs"] = [data["jobs"][0], data["jobs"][0] | {"id": "WO/9"}]
    question = question_from(data)
    twice = [Placed(job, 0, "router", NINE, NINE + 315, 15) for job in ("WO/1", "WO/9")]
    benches = [Placed(job, 1, "bench", DAY + NINE, DAY + NINE + 330) for job in ("WO/1", "WO/9")]
    with pytest.raises(ScheduleError, match="busy until"):
        check(question, [*twice, *benches])


def _busy_week(orders: int) -> Question:
    """More than the machines can do in time, two routers and two benches."""
    draw = Random(7)
    weeks = [[start + 7 * DAY * late, end + 7 * DAY * late] for late in range(3) for start, end in week()]
    machines = [
        {"id": f"{name} {number}", "processes": [name], "windows": weeks}
        for name in ("cnc", "assembly")
        for number in (1, 2)
    ]
    jobs = [
        {
            "id": f"WO/{number}",
            "item": draw.choice(["wall", "beam", "floor"]),
            "quantity": draw.randint(2, 9),
            "due": DAY * draw.randint(1, 6) + FIVE,
            "operations": [
                {"process": "cnc", "minutes_per_unit": draw.choice([20, 30, 45]), "setup_minutes": 20},
                {"process": "assembly", "minutes_per_unit": draw.choice([25, 40])},
            ],
        }
        for number in range(orders)
    ]
    return question_from({"format": 1, "machines": machines, "jobs": jobs})
