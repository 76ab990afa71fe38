"""An order of work that a person chose, in times."""

import pytest
from sequencing import OrderError, check, in_turn, lateness, question_from, timed
from sequencing.shifts import Shifts
from sequencing.tests.sequencing_makers import FIVE, NINE, NOON, ONE, factory, steps

SHIFTS = Shifts([(NINE, NOON), (ONE, FIVE)])


@pytest.mark.parametrize(
    ("clock", "work"), [(0, 0), (NINE, 0), (NINE + 5, 5), (NOON - 1, 179), (NOON, 180), (ONE, 180), (FIVE, 420)]
)
def test_a_time_of_day_is_a_minute_of_work(clock: int, work: int) -> None:
    assert SHIFTS.work_from(clock) == work


def test_work_ends_before_lunch_and_begins_after_it() -> None:
    assert (SHIFTS.end(180), SHIFTS.start(180)) == (NOON, ONE)


def test_a_chosen_order_is_kept_and_shows_who_becomes_late() -> None:
    question = question_from(factory())
    turns = [(job, index, None) for job in ("WO/1", "WO/3", "WO/2") for index in (0, 1)]
    placed = timed(question, turns)
    check(question, placed)
    assert [row.job for row in placed if row.machine == "router"] == ["WO/1", "WO/3", "WO/2"]
    assert lateness(question, placed) > 0


def test_an_operation_before_the_one_it_needs_is_refused() -> None:
    with pytest.raises(OrderError) as refused:
        timed(question_from(factory()), [("WO/1", 1, None)])
    assert (refused.value.task, refused.value.why) == (("WO/1", 1), "early")


def test_a_machine_that_does_another_process_is_refused() -> None:
    with pytest.raises(OrderError) as refused:
        timed(question_from(factory()), [("WO/1", 0, "bench")])
    assert refused.value.why == "machine"


def test_what_comes_after_the_last_shift_finds_no_room() -> None:
    jobs = [{"id": "WO/1", "item": "wall", "quantity": 100, "due": 0, "operations": steps(40, 45)}]
    with pytest.raises(OrderError) as refused:
        timed(question_from(factory(jobs=jobs)), [("WO/1", 0, None)])
    assert refused.value.why == "room"


def test_what_stands_too_early_waits_for_the_operation_that_it_needs() -> None:
    turns = [("WO/1", 1, None), ("WO/2", 0, None), ("WO/1", 0, None), ("WO/2", 1, None)]
    assert in_turn(turns) == [turns[1], turns[2], turns[0], turns[3]]
