"""What comes out: who works when, and how far from the best it can be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from .question import FORMAT, Key, Question
from .shifts import Shifts


@dataclass(frozen=True)
class Placed:
    """One operation on its machine; pauses while the machine does not work.

    :ivar setup_minutes: of the time from start, worked first to change the item; 0: none was due
    """

    job: str
    operation: int
    machine: str
    start: int
    end: int
    setup_minutes: int = 0

    @property
    def task(self) -> Key:
        return self.job, self.operation


def lateness(question: Question, placed: Sequence[Placed]) -> int:
    """Minutes late by weight, of all orders."""
    return sum(job.weight * job.late(end) for job, end in _ends(question, placed))


def makespan(placed: Sequence[Placed]) -> int:
    """When everything is done."""
    return max((row.end for row in placed), default=0)


def _ends(question: Question, placed: Sequence[Placed]) -> list[tuple[Any, int]]:
    last = {row.job: row.end for row in sorted(placed, key=lambda row: row.operation)}
    return [(question.job(name), end) for name, end in last.items()]


@dataclass(frozen=True)
class Answer:
    """:ivar status: `optimal`; `stopped`: time was up, the bounds still hold; `no room`: the work does
        not fit into the working hours, or nothing that fits was found (`reason` says which)
    :ivar makespan_bound: of all that are no later in sum than this one
    """

    status: str
    placed: tuple[Placed, ...] = ()
    late: int = 0
    late_bound: int = 0
    makespan: int = 0
    makespan_bound: int = 0
    seconds: float = 0.0
    reason: str = ""

    @property
    def gap(self) -> float:
        """Relative, of the lateness; of the end of it all once the lateness is proved."""
        if self.late > self.late_bound:
            return (self.late - self.late_bound) / self.late
        return (self.makespan - self.makespan_bound) / self.makespan if self.makespan else 0.0

    def _longer_at_most(self, question: Question) -> int:
        """Minutes in which any machine works, between the end that is proved and this one."""
        factory = Shifts.of_any(machine.windows for machine in question.machines)
        return factory.work_from(self.makespan) - factory.work_from(self.makespan_bound)

    def to_json(self, question: Question) -> dict[str, Any]:
        data = {"format": FORMAT} | asdict(self)
        del data["placed"]
        return data | {
            "gap": round(self.gap, 6),
            "seconds": round(self.seconds, 3),
            "longer_at_most": self._longer_at_most(question),
            "operations": [
                asdict(row) | {"process": question.job(row.job).operations[row.operation].process}
                for row in self.placed
            ],
            "jobs": [{"job": job.id, "end": end, "late": job.late(end)} for job, end in _ends(question, self.placed)],
        }
