"""The independent check of an order of work, minute by minute; shares only the data classes with what it checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .answer import Placed
from .question import Question


class ScheduleError(ValueError):
    """:ivar faults: one line each"""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def check(question: Question, placed: Sequence[Placed]) -> None:
    """:raise ScheduleError: what is wrong with it"""
    faults = [*_complete(question, placed), *_rows(question, placed), *_chains(question, placed)]
    if not faults:
        faults = [*_machines(question, placed)]
    if faults:
        raise ScheduleError(faults)


def _complete(question: Question, placed: Sequence[Placed]) -> Iterator[str]:
    if sorted(row.task for row in placed) != sorted(question.tasks):
        yield "not every operation is there once"


def _rows(question: Question, placed: Sequence[Placed]) -> Iterator[str]:
    for row in placed:
        machine = next((machine for machine in question.machines if machine.id == row.machine), None)
        job = question.job(row.job)
        operation, minutes = job.operations[row.operation], job.minutes(row.operation)
        if machine is None or operation.process not in machine.processes:
            yield f"{row.task}: {row.machine} does not do {operation.process}"
        elif _worked(machine.windows, row.start, row.end) != minutes + row.setup_minutes:
            yield f"{row.task}: {row.machine} does not work so many minutes from {row.start} to {row.end}"
        elif not all(_worked(machine.windows, minute, minute + 1) for minute in (row.start, row.end - 1)):
            yield f"{row.task}: begins or ends while {row.machine} does not work"


def _worked(windows: Sequence[tuple[int, int]], start: int, end: int) -> int:
    return sum(max(0, min(end, high) - max(start, low)) for low, high in windows)


def _chains(question: Question, placed: Sequence[Placed]) -> Iterator[str]:
    """Release, and each operation after the one before."""
    ends = {row.task: row.end for row in placed}
    for row in placed:
        ready = ends.get((row.job, row.operation - 1), question.job(row.job).release)
        if row.start < ready:
            yield f"{row.task}: begins at {row.start}, ready at {ready}"


def _machines(question: Question, placed: Sequence[Placed]) -> Iterator[str]:
    """One at a time, and a set-up exactly where the item changes."""
    for machine in question.machines:
        busy, item = 0, machine.item
        for row in sorted((row for row in placed if row.machine == machine.id), key=lambda row: row.start):
            job = question.job(row.job)
            if row.start < busy:
                yield f"{row.task}: begins at {row.start}, {machine.id} is busy until {busy}"
            if row.setup_minutes != (0 if item == job.item else job.operations[row.operation].setup_minutes):
                yield f"{row.task}: wrong set-up of {row.setup_minutes} minutes"
            busy, item = row.end, job.item
