"""What no order of work can beat, in sums: of machines that share their work, and of orders that wait for them.

All of it holds for every order of work, so it is added to what CP-SAT proves. Minutes are the factory's
(`Shifts.of_any`), except where the wall's are named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .question import Key, Machine, Question
from .shifts import Shifts


@dataclass(frozen=True)
class Group:
    """Machines that do the same processes, which nobody else does."""

    machines: tuple[Machine, ...]
    tasks: tuple[Key, ...]


def groups(question: Question) -> list[Group]:
    """Machines that share processes with others that do more are in none."""
    sets = {frozenset(machine.processes) for machine in question.machines if machine.windows}
    alone = [kinds for kinds in sets if not any(kinds & other for other in sets if other != kinds)]
    return [_group(question, kinds) for kinds in sorted(alone, key=sorted)]


def _group(question: Question, kinds: frozenset[str]) -> Group:
    machines = tuple(row for row in question.machines if row.windows and kinds == frozenset(row.processes))
    return Group(machines, tuple(task for task in question.tasks if _process(question, task) in kinds))


def _process(question: Question, task: Key) -> str:
    return question.job(task[0]).operations[task[1]].process


def ahead(question: Question, task: Key) -> int:
    """Minutes before it: until its order is released, and those of the operations before."""
    job = question.job(task[0])
    return job.release + sum(job.minutes(index) for index in range(task[1]))


def after(question: Question, task: Key) -> int:
    """Minutes of work of its order that are left when it is done."""
    job = question.job(task[0])
    return sum(job.minutes(index) for index in range(task[1] + 1, len(job.operations)))


def edges(question: Question, group: Group) -> int:
    """Minutes that the machines together stand still before their first and after their last work, at least.

    0 unless there is so much to do that each machine could be the one that begins or ends last.
    """
    count = len(group.machines)
    if len(group.tasks) < 2 * count:
        return 0
    waits = (sorted(measure(question, task) for task in group.tasks)[:count] for measure in (ahead, after))
    return sum(map(sum, waits))


def least_late(question: Question, factory: Shifts) -> int:
    """Minutes late by weight that every order of work has at least, on the wall.

    :param question: in the factory's time; due times on the wall's
    """
    return max((_least_late(question, group, factory) for group in groups(question)), default=0)


def _least_late(question: Question, group: Group, factory: Shifts) -> int:
    """The k-th to leave these machines has k orders' work behind it, the shortest k at best; due dates in their order."""
    names = list(dict.fromkeys(job for job, _ in group.tasks))
    rows = [_waiting(question, group, name) for name in names]
    if not rows:
        return 0
    first, tail = min(row[1] for row in rows), min(row[2] for row in rows)
    weight = min(question.job(name).weight for name in names)
    setups = _setups(question, group, names)
    done, late = 0, 0
    dues = sorted(question.job(name).due for name in names)
    for place, (work, due) in enumerate(zip(sorted(row[0] for row in rows), dues, strict=True)):
        done += work
        leaves = first + -(-(done + setups[place]) // len(group.machines))
        late += max(0, _wall(factory, leaves + tail) - due)
    return weight * late


def _waiting(question: Question, group: Group, name: str) -> tuple[int, int, int]:
    """Of one order: its work on these machines, the minutes before, the minutes after."""
    own = [task for task in group.tasks if task[0] == name]
    work = sum(question.job(name).minutes(index) for _, index in own)
    return work, ahead(question, own[0]), after(question, own[-1])


def _setups(question: Question, group: Group, names: Iterable[str]) -> list[int]:
    """Minutes of set-ups in the first k orders, at least: of the items with most orders, each once, the shortest."""
    counts = Counter(question.job(name).item for name in names)
    standing = {machine.item for machine in group.machines}
    minutes = {item: _setup_of(question, group, item) for item in counts if item not in standing}
    sizes = sorted(counts.values(), reverse=True)
    free, least = len(counts) - len(minutes), sorted(minutes.values())
    found: list[int] = []
    for number, size in enumerate(sizes):
        found += [sum(least[: max(0, number + 1 - free)])] * size
    return found


def _setup_of(question: Question, group: Group, item: str) -> int:
    return min(
        question.job(job).operations[index].setup_minutes for job, index in group.tasks if question.job(job).item == item
    )


def _wall(factory: Shifts, work: int) -> int:
    return factory.end(min(work, factory.total)) if work > 0 else 0


def alike(question: Question) -> list[list[Machine]]:
    """Machines that could change places."""
    found: dict[tuple[object, ...], list[Machine]] = {}
    for machine in question.machines:
        found.setdefault((frozenset(machine.processes), machine.windows, machine.item), []).append(machine)
    return [machines for machines in found.values() if len(machines) > 1]
