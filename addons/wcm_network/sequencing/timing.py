"""An order of work turned into times: each operation as early as its machine and the one before it allow."""

from __future__ import annotations

from collections.abc import Iterable

from .answer import Placed, lateness, makespan
from .question import Key, Machine, Question

Turn = tuple[str, int, str | None]
"""Job, operation, and the machine; None: the one that ends first."""


class OrderError(ValueError):
    """This order of work cannot be worked.

    :ivar task: what stands in the wrong place, or finds no room
    :ivar why: `early` (before the operation that comes first), `room` (after the last shift), `machine` (not its own)
    """

    def __init__(self, task: Key, why: str) -> None:
        super().__init__(f"{task[0]}, operation {task[1]}: {why}")
        self.task, self.why = task, why


class Timing:
    """Takes operations one by one, each after those of its machine that were taken before."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.worked = {machine.id: 0 for machine in question.machines}
        self.item = {machine.id: machine.item for machine in question.machines}
        self.done: dict[Key, Placed] = {}

    def take(self, task: Key, machine: str | None = None) -> None:
        """:raise OrderError: it cannot come here"""
        options = [row for row in self.question.machines_for(task) if machine in (None, row.id)]
        if not options:
            raise OrderError(task, "machine")
        placed = [row for row in (self._place(task, option) for option in options) if row]
        if not placed:
            raise OrderError(task, "room")
        self._book(min(placed, key=lambda row: (row.end, row.setup_minutes, row.machine)))

    def _place(self, task: Key, machine: Machine) -> Placed | None:
        """On that machine after all else; None when its shifts are over."""
        job, shifts = self.question.job(task[0]), machine.shifts
        setup = 0 if self.item[machine.id] == job.item else job.operations[task[1]].setup_minutes
        first = max(self.worked[machine.id], shifts.work_from(self._ready(task)))
        last = first + setup + job.minutes(task[1])
        if last > shifts.total:
            return None
        return Placed(*task, machine.id, shifts.start(first), shifts.end(last), setup)

    def _ready(self, task: Key) -> int:
        job, index = task
        if index == 0:
            return self.question.job(job).release
        if (job, index - 1) not in self.done:
            raise OrderError(task, "early")
        return self.done[job, index - 1].end

    def _book(self, placed: Placed) -> None:
        shifts = self.question.machine(placed.machine).shifts
        self.worked[placed.machine] = shifts.work_from(placed.end)
        self.item[placed.machine] = self.question.job(placed.job).item
        self.done[placed.task] = placed


def timed(question: Question, turns: Iterable[Turn]) -> tuple[Placed, ...]:
    """The times of an order of work.

    :raise OrderError: an operation before the one that it needs, or no room
    """
    timing = Timing(question)
    for job, operation, machine in turns:
        timing.take((job, operation), machine)
    return tuple(sorted(timing.done.values(), key=lambda row: (row.start, row.end, row.machine)))


def in_turn(turns: Iterable[Turn]) -> list[Turn]:
    """The same order; what stands before the operation that it needs is put off until right after that one."""
    ready: list[Turn] = []
    waiting: dict[Key, Turn] = {}
    done: set[Key] = set()
    for turn in turns:
        waiting[turn[:2]] = turn
        task = turn[:2]
        while task in waiting and (task[1] == 0 or (task[0], task[1] - 1) in done):
            ready.append(waiting.pop(task))
            done.add(task)
            task = (task[0], task[1] + 1)
    return [*ready, *waiting.values()]


def first_guess(question: Question) -> tuple[Placed, ...] | None:
    """The best of a few simple rules; None when none of them finds room."""
    jobs = question.jobs
    rules = [
        sorted(jobs, key=lambda job: (job.due, job.id)),
        sorted(jobs, key=lambda job: (job.release, job.due, job.id)),
        sorted(jobs, key=lambda job: (job.item, job.due, job.id)),
    ]
    found = [placed for rule in rules if (placed := _by_rule(question, [job.id for job in rule]))]
    return min(found, key=lambda placed: worth(question, placed), default=None)


def worth(question: Question, placed: tuple[Placed, ...]) -> tuple[int, int]:
    """Less is better: lateness by weight, then the end of it all."""
    return lateness(question, placed), makespan(placed)


def _by_rule(question: Question, names: list[str]) -> tuple[Placed, ...] | None:
    turns: list[Turn] = [(name, index, None) for name in names for index in range(len(question.job(name).operations))]
    return timed_or_none(question, turns)


def timed_or_none(question: Question, turns: Iterable[Turn]) -> tuple[Placed, ...] | None:
    """The times of an order of work that can be worked."""
    try:
        return timed(question, turns)
    except OrderError:
        return None
