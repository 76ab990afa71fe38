"""What is asked: machines with their working hours, orders with their operations.

Times are whole minutes from a Monday at 00:00.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from .shifts import Shifts

FORMAT = 1
MOST_MINUTES = 60 * 24 * 7 * 53
MOST_OPERATIONS = 500
Key = tuple[str, int]
"""A task: the job, and which of its operations."""


class QuestionError(ValueError):
    """The question is wrong; the message names the place in one line."""


def expect(what: str, value: object, least: float, most: float, whole: bool = True) -> None:
    """Refuse what is no number in the range; true and false are none."""
    kinds = int if whole else (int, float)
    if isinstance(value, bool) or not isinstance(value, kinds) or not least <= value <= most:
        kind = "whole number" if whole else "number"
        raise QuestionError(f"{what}: expected a {kind} from {least:g} to {most:g}, got {value!r:.40}")


@dataclass(frozen=True)
class Machine:
    """One machine; two that are alike are two machines.

    :ivar windows: (from, to) when it works, in order, apart from one another
    :ivar item: what it is set up for at the beginning; empty: for nothing
    """

    id: str
    processes: tuple[str, ...]
    windows: tuple[tuple[int, int], ...]
    item: str = ""

    def __post_init__(self) -> None:
        last = -1
        for index, (start, end) in enumerate(self.windows):
            expect(f"windows[{index}]: from", start, max(0, last), MOST_MINUTES)
            expect(f"windows[{index}]: to", end, start + 1, MOST_MINUTES)
            last = end

    @cached_property
    def shifts(self) -> Shifts:
        return Shifts(self.windows)


@dataclass(frozen=True)
class Operation:
    """One step of an order, on one machine that does its process.

    :ivar setup_minutes: worked first when the machine made another item before
    """

    process: str
    minutes_per_unit: float
    setup_minutes: int = 0

    def __post_init__(self) -> None:
        expect("minutes_per_unit", self.minutes_per_unit, 0, MOST_MINUTES, whole=False)
        expect("setup_minutes", self.setup_minutes, 0, MOST_MINUTES)


@dataclass(frozen=True)
class Job:
    """An order: so many of an item, its operations one after the other.

    :ivar weight: what a minute late counts
    """

    id: str
    item: str
    quantity: int
    due: int
    operations: tuple[Operation, ...]
    release: int = 0
    weight: int = 1

    def __post_init__(self) -> None:
        expect("quantity", self.quantity, 1, 1_000_000)
        expect("due", self.due, -MOST_MINUTES, MOST_MINUTES)
        expect("release", self.release, 0, MOST_MINUTES)
        expect("weight", self.weight, 0, 1000)
        for index in range(len(self.operations)):
            expect(f"operations[{index}]: minutes in all", self.minutes(index), 1, MOST_MINUTES)

    def minutes(self, index: int) -> int:
        """Of work without set-up, rounded up to whole minutes."""
        return ceil(self.quantity * self.operations[index].minutes_per_unit - 1e-9)

    def late(self, end: int) -> int:
        return max(0, end - self.due)


@dataclass(frozen=True)
class Question:
    machines: tuple[Machine, ...]
    jobs: tuple[Job, ...]

    def __post_init__(self) -> None:
        self._refuse_twice("machines", [machine.id for machine in self.machines])
        self._refuse_twice("jobs", [job.id for job in self.jobs])
        for place, (job, index) in enumerate(self.tasks):
            if place == MOST_OPERATIONS:
                raise QuestionError(f"jobs: more than {MOST_OPERATIONS} operations; ask for fewer orders at once")
            if not self.machines_for((job, index)):
                process = self.job(job).operations[index].process
                raise QuestionError(f'jobs: "{job}": operations[{index}]: no machine does "{process}"')

    @staticmethod
    def _refuse_twice(what: str, names: list[str]) -> None:
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise QuestionError(f'{what}: "{twice}" is there twice')

    @cached_property
    def _jobs(self) -> dict[str, Job]:
        return {job.id: job for job in self.jobs}

    @cached_property
    def _machines(self) -> dict[str, Machine]:
        return {machine.id: machine for machine in self.machines}

    def job(self, name: str) -> Job:
        return self._jobs[name]

    def machine(self, name: str) -> Machine:
        return self._machines[name]

    @property
    def tasks(self) -> Iterator[Key]:
        """Job by job, in the order of their work."""
        return ((job.id, index) for job in self.jobs for index in range(len(job.operations)))

    def machines_for(self, task: Key) -> list[Machine]:
        """Those that do its process and ever work."""
        process = self.job(task[0]).operations[task[1]].process
        return [machine for machine in self.machines if process in machine.processes and machine.windows]

    @property
    def horizon(self) -> int:
        """When the last machine stops."""
        return max((machine.windows[-1][1] for machine in self.machines if machine.windows), default=0)
