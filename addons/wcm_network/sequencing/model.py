"""The constraint program; only this file and solver.py know CP-SAT.

Three clocks: the wall's; the factory's, which runs while any machine works; and each machine's own,
which runs while that one works. An operation has a start and an end in the factory's time, and for each
machine that could do it a start and an end in that machine's: there it is one unbroken interval. Where all
machines work the same hours, the last two are one, and nights cost the search nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from ortools.sat.python import cp_model

from .answer import Placed
from .bounds import Group, after, ahead, alike, edges, groups, least_late
from .question import Key, Machine, Question
from .shifts import Shifts

Variable = Any


@dataclass(frozen=True)
class Option:
    """An operation on one of the machines that could do it; `changes`: a set-up is due first."""

    task: Key
    used: Variable
    start: Variable
    end: Variable
    changes: Variable


class Model:
    """Operations, machines, lateness of orders and the end of it all."""

    def __init__(self, question: Question) -> None:
        self.factory = Shifts.of_any(machine.windows for machine in question.machines)
        self.question, self.cp = in_factory_time(question, self.factory), cp_model.CpModel()
        question = self.question
        self.start = {task: self._time(f"start {task}") for task in question.tasks}
        self.end = {task: self._time(f"end {task}") for task in question.tasks}
        self.options: dict[tuple[Key, str], Option] = {}
        for task in question.tasks:
            self._add_task(task)
        for machine in question.machines:
            self._add_machine(machine)
        self.makespan = self._time("makespan")
        self.cp.add_max_equality(self.makespan, self.end.values())
        for machine in question.machines:
            self._add_load(machine)
        for group in groups(question):
            self._add_group(group)
        for machines in alike(question):
            self._tell_apart(machines)
        self.lateness = sum(self._lateness(job.id) for job in question.jobs)
        self.cp.add(self.lateness >= least_late(question, self.factory))

    def _time(self, name: str) -> Variable:
        return self.cp.new_int_var(0, self.question.horizon, name)

    def _add_task(self, task: Key) -> None:
        """After its release and the operation before; on one machine."""
        job, index = self.question.job(task[0]), task[1]
        self.cp.add(self.start[task] >= (self.end[job.id, index - 1] if index else job.release))
        machines = self.question.machines_for(task)
        for machine in machines:
            self.options[task, machine.id] = self._option(task, machine)
        self.cp.add_exactly_one(self.options[task, machine.id].used for machine in machines)

    def _option(self, task: Key, machine: Machine) -> Option:
        job, total = self.question.job(task[0]), machine.shifts.total
        start, end = (self.cp.new_int_var(0, total, f"{task} {machine.id} {what}") for what in ("start", "end"))
        used, changes = (self.cp.new_bool_var(f"{task} {machine.id} {what}") for what in ("used", "changes"))
        setup = job.operations[task[1]].setup_minutes
        self.cp.add(end == start + job.minutes(task[1]) + setup * changes).only_enforce_if(used)
        shifts = machine.shifts
        self._tie(used, start, self.start[task], shifts, [(low, high - 1) for low, high in _spans(shifts)])
        self._tie(used, end, self.end[task], shifts, [(low + 1, high) for low, high in _spans(shifts)])
        return Option(task, used, start, end, changes)

    def _tie(
        self, used: Variable, work: Variable, clock: Variable, shifts: Shifts, spans: list[tuple[int, int]]
    ) -> None:
        """The machine's own clock and the wall show the same moment, in one of the shifts."""
        inside = [self.cp.new_bool_var("") for _ in spans]
        self.cp.add(sum(inside) == used)
        for literal, (low, high), (start, _), begin in zip(inside, spans, shifts.windows, shifts.begins, strict=True):
            self.cp.add_linear_constraint(work, low, high).only_enforce_if(literal)
            self.cp.add(clock == work + start - begin).only_enforce_if(literal)

    def _add_machine(self, machine: Machine) -> None:
        """One thing at a time; a set-up whenever the item changes."""
        options = self._options_of(machine)
        self.cp.add_no_overlap(self._interval(option) for option in options)
        for option in options:
            self.cp.add_implication(option.changes, option.used)
        if any(self._setup(option.task) for option in options):
            self._add_sequence(machine, options)

    def _interval(self, option: Option) -> Variable:
        job, index = self.question.job(option.task[0]), option.task[1]
        least, setup = job.minutes(index), self._setup(option.task)
        size = self.cp.new_int_var(least, least + setup, "")
        self.cp.add(size == least + setup * option.changes)
        return self.cp.new_optional_interval_var(option.start, size, option.end, option.used, "")

    def _add_load(self, machine: Machine) -> None:
        """What follows from the rest, said in sums that prove more: its work is no longer than the whole, and each
        item that it makes needs a set-up at least once."""
        options = self._options_of(machine)
        waits = [min((measure(self.question, option.task) for option in options), default=0) for measure in (ahead, after)]
        self.cp.add(self.makespan >= sum(self._work(option) for option in options) + sum(waits))
        for option in options:
            item = self._item(option)
            if self._setup(option.task) and item != machine.item:
                self.cp.add(sum(row.changes for row in options if self._item(row) == item) >= option.used)

    def _add_group(self, group: Group) -> None:
        """Machines that share their work cannot all begin with the order that is there first."""
        work = sum(self._work(option) for machine in group.machines for option in self._options_of(machine))
        self.cp.add(len(group.machines) * self.makespan >= work + edges(self.question, group))

    def _tell_apart(self, machines: list[Machine]) -> None:
        """Of machines that could change places, each is used for an earlier order than the next one is."""
        for first, second in pairwise(machines):
            before: list[Variable] = []
            for task in self.question.tasks:
                if (task, first.id) in self.options:
                    self.cp.add(sum(before) >= self.options[task, second.id].used)
                    before.append(self.options[task, first.id].used)

    def _work(self, option: Option) -> Variable:
        job, index = self.question.job(option.task[0]), option.task[1]
        return job.minutes(index) * option.used + self._setup(option.task) * option.changes

    def _item(self, option: Option) -> str:
        return self.question.job(option.task[0]).item

    def _options_of(self, machine: Machine) -> list[Option]:
        return [option for (_, name), option in self.options.items() if name == machine.id]

    def _setup(self, task: Key) -> int:
        return self.question.job(task[0]).operations[task[1]].setup_minutes

    def _add_sequence(self, machine: Machine, options: list[Option]) -> None:
        """A tour of what the machine makes: node 0 is the beginning and the end of the week."""
        arcs = [(0, 0, self.cp.new_bool_var(""))]
        kept: list[list[Variable]] = [[] for _ in options]
        for place, option in enumerate(options):
            arcs.append((place + 1, place + 1, option.used.negated()))
            arcs.append((place + 1, 0, self.cp.new_bool_var("")))
            arcs += self._arcs_into(machine, options, place, kept[place])
        self.cp.add_circuit(arcs)
        for option, same in zip(options, kept, strict=True):
            self.cp.add(sum(same) + option.changes == option.used)

    def _arcs_into(
        self, machine: Machine, options: list[Option], place: int, kept: list[Variable]
    ) -> Iterable[tuple[int, int, Variable]]:
        """What may come before it; in `kept` those after which no set-up is due."""
        item = self._item(options[place])
        for before in range(len(options) + 1):
            if before == place + 1:
                continue
            literal = self.cp.new_bool_var("")
            made = self._item(options[before - 1]) if before else machine.item
            if made == item:
                kept.append(literal)
            if before:
                self.cp.add(options[place].start >= options[before - 1].end).only_enforce_if(literal)
            yield before, place + 1, literal

    def _lateness(self, name: str) -> Variable:
        """Minutes on the wall, nights included."""
        job, windows = self.question.job(name), self.factory.windows
        late = self.cp.new_int_var(0, max(0, windows[-1][1] - job.due), f"late {name}")
        for (start, end), begin in zip(windows, self.factory.begins, strict=True):
            if job.operations and end > job.due:
                ended = self.end[name, len(job.operations) - 1]
                passed = self.cp.new_bool_var("")
                self.cp.add(ended <= begin).only_enforce_if(passed.negated())
                self.cp.add(late >= ended - begin + start - job.due).only_enforce_if(passed)
        return job.weight * late

    def hint(self, placed: Iterable[Placed]) -> None:
        """Begin the search there."""
        self.cp.clear_hints()
        for row in self._told_apart(placed):
            self.cp.add_hint(self.start[row.task], self.factory.work_from(row.start))
            self.cp.add_hint(self.end[row.task], self.factory.work_from(row.end))
            for machine in self.question.machines_for(row.task):
                self.cp.add_hint(self.options[row.task, machine.id].used, machine.id == row.machine)

    def _told_apart(self, placed: Iterable[Placed]) -> list[Placed]:
        """The same order of work, with machines that could change places named as `_tell_apart` wants them."""
        rows = {row.task: row for row in placed}
        names: dict[str, str] = {}
        for machines in alike(self.question):
            ids = [machine.id for machine in machines]
            used = dict.fromkeys(rows[task].machine for task in self.question.tasks if rows[task].machine in ids)
            names |= dict(zip([*used, *(name for name in ids if name not in used)], ids, strict=True))
        return [replace(row, machine=names.get(row.machine, row.machine)) for row in rows.values()]


def _spans(shifts: Shifts) -> list[tuple[int, int]]:
    return list(zip(shifts.begins, shifts.ends, strict=True))


def in_factory_time(question: Question, factory: Shifts) -> Question:
    """The same question on the factory's clock; due times stay on the wall's."""
    return Question(
        tuple(replace(machine, windows=factory.within(machine.windows)) for machine in question.machines),
        tuple(replace(job, release=factory.work_from(job.release)) for job in question.jobs),
    )
