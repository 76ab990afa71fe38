"""Problems in which each demand is one choice: all of it at one facility in one period, or left out.

That is so where each demand is of one unit, or has one source and one period; where no set-up,
first article or smallest batch is shared by several demands; and where no opening and no share
hangs on the plan as a whole (generalised assignment, several kinds of hours allowed). Largest
batches and quantities are rows beside those of hours. Locks leave one choice; what stays where it
was is cheaper there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .grid import Array
from .places import Cell
from .problem import Demand, Option, Problem
from .routes import EPSILON, Route
from .size import possible_lines

MOST_CHOICES = 1_000_000
"""More are left to the search for large problems."""
WORTH_COMPILING = 20_000
"""Possible lines that wait for the compiler where nothing is compiled yet."""
Row = tuple[str, str, str, int]
"""What is limited: hours, units or a batch; facility; process or item; period, -1 for the whole plan."""


class Choices(NamedTuple):
    """Shapes: J jobs (demands), C choices, K rows of a choice at most (-1 pads), R rows.

    :ivar first: J + 1; choices of job j are first[j] to first[j + 1] - 1
    :ivar cost: of the whole job there
    :ivar place: facility and period as a number, -1 where the job is left out
    :ivar rows, hours: C x K, what the choice takes of each row
    :ivar offered: R
    """

    first: Array
    cost: Array
    place: Array
    rows: Array
    hours: Array
    offered: Array

    @property
    def job(self) -> Array:
        """Job of each choice."""
        return np.repeat(np.arange(len(self.first) - 1, dtype=np.int32), np.diff(self.first))

    def ordered(self, worth: Array) -> tuple[Choices, Array]:
        """The same with the choices of each job in the order of their worth, and that order."""
        order = np.lexsort((worth, self.job))
        parts = (self.cost, self.place, self.rows, self.hours)
        cost, place, rows, hours = (np.ascontiguousarray(part[order]) for part in parts)
        return Choices(self.first, cost, place, rows, hours, self.offered), order


@dataclass(frozen=True, slots=True)
class Assignment:
    """The choices and what they mean.

    :ivar cells: demand, facility and period of each choice, None where the job is left out
    :ivar rows: what each row limits
    """

    choices: Choices
    cells: list[Cell | None]
    rows: list[Row]


def is_assignment(problem: Problem) -> bool:
    """Whether each demand is one choice."""
    if possible_lines(problem) > MOST_CHOICES:
        return False
    shares = any(problem.policies.min_group_share.values())
    shares = shares or any(row.max_share is not None or row.opening_cost for row in problem.facilities)
    return bool(problem.demands) and not shares and all(map(_whole, problem.demands)) and not _shared(problem)


def _whole(demand: Demand) -> bool:
    return demand.quantity == 1 or (demand.single_source and len(demand.window) == 1)


def _shared(problem: Problem) -> bool:
    """Whether demands share set-ups, first articles or smallest batches."""
    common = {item for item, count in Counter(row.item for row in problem.demands).items() if count > 1}
    return any(row.item in common and _fixed(row) for row in problem.options)


def _fixed(option: Option) -> bool:
    once = option.setup_cost or option.first_article_cost or any(option.setup_hours.values())
    return bool(once) or option.min_batch > 1


def assignment_of(problem: Problem, routes: Sequence[Route]) -> Assignment | None:
    """Arrays of a problem that is one (`is_assignment`); None where a lock leaves no choice."""
    made = _Maker(problem).made(routes)
    return made if bool(np.diff(made.choices.first).all()) else None


class _Maker:
    """Lists that grow, choice by choice."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.locked = {lock.demand: lock.cell for lock in problem.locks}
        self.stays: dict[str, float] = defaultdict(float)
        for (demand, _, _), quantity in problem.stays.items():
            self.stays[demand] += quantity * problem.policies.move_cost
        self.asked = _asked(problem)
        self.row: dict[Row, int] = {}
        self.offered: list[float] = []
        self.place: dict[tuple[str, int], int] = {}
        self.cells: list[Cell | None] = []
        self.costs: list[float] = []
        self.places: list[int] = []
        self.taken: list[tuple[int, int, int, float]] = []

    def made(self, routes: Sequence[Route]) -> Assignment:
        by_demand: dict[str, list[Route]] = defaultdict(list)
        for route in routes:
            by_demand[route.demand.id].append(route)
        first = [0]
        for demand in self.problem.demands:
            for route in by_demand[demand.id]:
                self._route(route)
            if demand.id not in self.locked:
                self._add(None, demand.quantity * demand.unmet_cost + self.stays.get(demand.id, 0.0), -1, [])
            first.append(len(self.cells))
        return Assignment(self._arrays(first), self.cells, list(self.row))

    def _route(self, route: Route) -> None:
        """All of the demand at one facility, in each period in which it fits."""
        demand, facility = route.demand, route.facility.id
        each = list(self._each(route))
        for period in demand.window if route.option.min_batch <= demand.quantity else ():
            cell = (demand.id, facility, period)
            if self.locked and self.locked.get(demand.id, cell) != cell:
                continue
            needs = [(self._row(kind, facility, name, period, most), need) for kind, name, most, need in each]
            if all(need <= self.offered[row] for row, need in needs):
                where = self.place.setdefault((facility, period), len(self.place))
                self._add(cell, self._cost(route, period, cell), where, needs)

    def _each(self, route: Route) -> Iterator[tuple[str, str, Sequence[float] | int, float]]:
        """What the demand takes here: kind and name of the row, what that offers (by period), how much."""
        option, quantity, offered = route.option, route.demand.quantity, route.facility.capacity
        for process in option.hours.keys() | option.setup_hours.keys():
            need = quantity * option.hours.get(process, 0.0) + option.setup_hours.get(process, 0.0)
            if need and process in offered:
                yield "hours", process, offered[process], need
        for kind, limit in (("units", option.max_quantity), ("batch", option.max_batch)):
            if limit is not None and limit < self.asked[option.item]:
                yield kind, option.item, limit, quantity

    def _cost(self, route: Route, period: int, cell: Cell) -> float:
        quantity, option = route.demand.quantity, route.option
        cost = quantity * route.unit_cost(period) + option.setup_cost + option.first_article_cost
        if not self.stays:
            return cost
        staying = min(quantity, self.problem.stays.get(cell, 0)) * self.problem.policies.move_cost
        return cost + self.stays.get(route.demand.id, 0.0) - staying

    def _row(self, kind: str, facility: str, name: str, period: int, most: Sequence[float] | int) -> int:
        key = (kind, facility, name, -1 if kind == "units" else period)
        row = self.row.setdefault(key, len(self.row))
        if row == len(self.offered):
            self.offered.append(float(most) if isinstance(most, int) else most[period] + EPSILON)
        return row

    def _add(self, cell: Cell | None, cost: float, place: int, needs: list[tuple[int, float]]) -> None:
        self.taken += [(len(self.cells), slot, row, need) for slot, (row, need) in enumerate(needs)]
        self.cells.append(cell)
        self.costs.append(cost)
        self.places.append(place)

    def _arrays(self, first: list[int]) -> Choices:
        at, slot, row, need = zip(*self.taken, strict=True) if self.taken else ((), (), (), ())
        shape = len(self.cells), max(slot, default=0) + 1
        rows, hours = np.full(shape, -1, dtype=np.int32), np.zeros(shape)
        places = np.array(at, dtype=int), np.array(slot, dtype=int)
        rows[places], hours[places] = row, need
        return Choices(
            np.array(first, dtype=np.int32),
            np.array(self.costs, dtype=float),
            np.array(self.places, dtype=np.int32),
            rows,
            hours,
            np.array(self.offered or [0.0], dtype=float),
        )


def _asked(problem: Problem) -> Counter[str]:
    """Units by item."""
    asked: Counter[str] = Counter()
    for demand in problem.demands:
        asked[demand.item] += demand.quantity
    return asked
