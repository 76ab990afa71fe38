"""What is proved: by sums, and with machines that are alike told apart."""

import pytest
from sequencing import Question, lateness, question_from
from sequencing.bounds import least_late
from sequencing.model import in_factory_time
from sequencing.shifts import Shifts
from sequencing.solver import Search, solve
from sequencing.tests.sequencing_makers import DAY, best_of_all, factory, random_small, random_twins, steps, week


@pytest.mark.parametrize("seed", range(10))
def test_with_machines_that_are_alike_the_answer_is_as_good_as_the_best_of_all_orders(seed: int) -> None:
    question = random_twins(seed)
    answer, best = solve(question, seconds=20), best_of_all(question)
    assert answer.status == ("optimal" if best else "no room")
    assert not best or (answer.late, answer.makespan) == best


@pytest.mark.parametrize("seed", range(16))
def test_no_order_of_work_is_less_late_than_the_sums_say(seed: int) -> None:
    question = random_twins(seed) if seed % 2 else random_small(seed)
    best = best_of_all(question)
    assert not best or _least(question) <= best[0]


def _least(question: Question) -> int:
    clock = Shifts.of_any(machine.windows for machine in question.machines)
    return least_late(in_factory_time(question, clock), clock)


def test_one_machine_with_too_much_to_do_by_monday_is_late_by_what_the_sums_say() -> None:
    jobs = [
        {"id": str(number), "item": "wall", "quantity": 6, "due": 1020, "operations": steps(60, 1, setup=0)[:1]}
        for number in range(4)
    ]
    question = question_from(factory(machines=factory()["machines"][:1], jobs=jobs))
    ends = (DAY + 900, 2 * DAY + 840, 3 * DAY + 720)
    assert _least(question) == sum(end - 1020 for end in ends) == solve(question).late


def test_a_search_that_is_stopped_keeps_its_best_with_bounds_that_hold() -> None:
    told: list[tuple[float, int, int]] = []
    search = Search(_many(), 60, 0, 1, tell=lambda *figures: told.append(figures))
    search.stop()
    answer = search.run()
    assert answer.status == "stopped"
    assert answer.seconds < 30
    assert (answer.late_bound, answer.makespan_bound) <= (answer.late, answer.makespan)
    assert told[-1][1:] == (answer.late, answer.makespan) == (lateness(_many(), answer.placed), answer.makespan)


def _many() -> Question:
    machines = [
        {"id": f"{kind}{number}", "processes": [kind], "windows": week(12)} for kind in ("cnc", "assembly") for number in (1, 2)
    ]
    jobs = [
        {"id": str(number), "item": "xyz"[number % 3], "quantity": 2 + number % 4, "due": DAY, "operations": steps(40, 45)}
        for number in range(12)
    ]
    return question_from({"format": 1, "machines": machines, "jobs": jobs})
