"""The bound at given prices once more, sharper: each item as a program of its own, with fractions.

It knows what the climb in `prices.py` does not: smallest batches, most units of a batch and of an
option. It takes some hundredths of a second for an item, so it comes when prices stand still, some
items a round, and only where the programs are small. What row prices prove of each (`duals.py`) is added up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from .duals import proof
from .grid import Array, Grid
from .highs import relax
from .milp import Milp
from .prices import Dual

MOST = 600_000
"""Ways to make a demand, of all demands; above it a program of one item takes seconds."""
SECONDS = 5.0
"""For one item; without an answer in time it counts with the least that any way costs."""


Batches = dict[tuple[int, int], list[int]]
"""By option and period: the column of the set-up, then those of units."""


class Costs(NamedTuple):
    """Under the prices: O x T of a unit (without its route) and of a set-up, most units of a batch; O of the
    first article; and what the facilities' hours are worth."""

    unit: Array
    setup: Array
    most: Array
    first: Array
    constant: float


def priced(grid: Grid, dual: Dual, room: Array) -> Costs:
    """As `prices.py` has it, without any set-up told by the unit."""
    worth = np.array(grid.opening)
    np.subtract.at(worth, room, (dual.hour * grid.capacity).sum(axis=1))
    making = (dual.group[:, None] * (grid.least_share[:, None] - grid.member)).sum(axis=0)[grid.o_facility]
    shape = (1, grid.periods)
    unit, setup = np.tile((making * grid.o_unit)[:, None], shape), np.tile(grid.o_setup[:, None], shape)
    most = np.tile(grid.o_most[:, None].astype(np.float64), shape)
    for res, hours, sethours in zip(grid.o_res.T, grid.o_hours.T, grid.o_sethours.T, strict=True):
        o, r = np.flatnonzero(res >= 0), res[res >= 0]
        unit[o] += dual.hour[r] * hours[o, None]
        setup[o] += dual.hour[r] * sethours[o, None]
        works = o[hours[o] > 0]
        fit = (grid.capacity[res[works]] - sethours[works, None]) / hours[works, None]
        most[works] = np.minimum(most[works], np.floor(np.maximum(0.0, fit) + 1e-6))
    first = grid.o_first + np.maximum(0.0, worth)[grid.o_facility] * dual.opening
    return Costs(unit, setup, most, first, float(np.minimum(0.0, worth).sum()) + grid.move_cost * grid.lost)


@dataclass(slots=True)
class Finer:
    """The items so far.

    :ivar bound: of these, and the constant
    :ivar used, making: of their plans in fractions, as in `Dual`
    """

    grid: Grid
    costs: Costs
    bound: float
    used: Array
    making: Array
    item: int = 0

    @property
    def done(self) -> bool:
        """Whether all items are there."""
        return self.item == len(self.grid.item_at) - 1

    def go(self, items: int, go_on: Callable[[], bool]) -> int:
        """So many items more, at most; how many it were."""
        first = self.item
        while self.item < first + items and not self.done and go_on():
            milp, batches = program(self.grid, self.costs, self.item)
            relaxed = relax(milp, SECONDS, 1)
            self.bound += proof(milp, np.zeros(len(milp.row_lower)) if relaxed is None else relaxed.duals).bound
            if relaxed is not None:
                self._count(batches, relaxed.values)
            self.item += 1
        return self.item - first

    def _count(self, batches: Batches, values: Array) -> None:
        """Hours and making costs of an item."""
        grid, groups = self.grid, len(self.grid.least_share)
        for (o, t), columns in batches.items():
            setup, units = float(values[columns[0]]), float(values[columns[1:]].sum())
            here = grid.o_res[o] >= 0
            self.used[grid.o_res[o][here], t] += units * grid.o_hours[o][here] + setup * grid.o_sethours[o][here]
            self.making[groups] += units * grid.o_unit[o]
            self.making[:groups] += units * grid.o_unit[o] * grid.member[:, grid.o_facility[o]]


def is_narrow(grid: Grid) -> bool:
    """Whether programs of one item are small."""
    windows = grid.d_due - grid.d_release + 1
    return int((np.diff(grid.item_at)[grid.d_item] * windows).sum()) <= MOST


def finer_of(grid: Grid, dual: Dual, room: Array) -> Finer:
    """At these prices, before the first item."""
    costs = priced(grid, dual, room)
    return Finer(grid, costs, costs.constant, np.zeros_like(dual.used), np.zeros_like(dual.making))


def program(grid: Grid, costs: Costs, item: int) -> tuple[Milp, Batches]:
    """One item: units by demand and batch, set-ups, first articles."""
    milp, batches = Milp(), Batches()
    options = grid.item_options[grid.item_at[item] : grid.item_at[item + 1]].tolist()
    firsts = {o: milp.column(float(costs.first[o])) for o in options}
    for d in grid.demand_of[grid.demand_at[item] : grid.demand_at[item + 1]].tolist():
        _add_demand(milp, grid, costs, d, firsts, batches)
    for (o, t), (setup, *columns) in batches.items():
        units = [(column, 1.0) for column in columns]
        milp.row([*units, (setup, -float(costs.most[o, t]))], upper=0.0)
        milp.row([*units, (setup, -float(grid.o_least[o]))], lower=0.0)
        milp.row([(setup, 1.0), (firsts[o], -1.0)], upper=0.0)
    return milp, batches


def _add_demand(milp: Milp, grid: Grid, costs: Costs, d: int, firsts: dict[int, int], batches: Batches) -> None:
    """All ways to make a demand, and to leave it out."""
    move, quantity = _move(grid, d), float(grid.d_quantity[d])
    made = [(milp.column(float(grid.d_unmet[d]) + move, quantity), 1.0)]
    for o, first in firsts.items():
        own = []
        for t in range(grid.d_release[d], grid.d_due[d] + 1):
            fits = min(quantity, float(costs.most[o, t]))
            if fits >= 1:
                unit = milp.column(_unit(grid, costs, d, o, t) + (0.0 if _was(grid, d, o, t) else move), fits)
                batch = batches.setdefault((o, t), [])
                if not batch:
                    batch.append(milp.column(float(costs.setup[o, t])))
                milp.row([(unit, 1.0), (batch[0], -fits)], upper=0.0)
                batch.append(unit)
                own.append((unit, 1.0))
        milp.row([*own, (first, -min(quantity, float(grid.o_all[o])))], upper=0.0)
        made += own
    milp.row(made, quantity, quantity)


def _unit(grid: Grid, costs: Costs, d: int, o: int, t: int) -> float:
    waiting = grid.holding[grid.d_item[d]] * (grid.d_due[d] - t)
    return float(grid.route[grid.d_site[d], o] + waiting + costs.unit[o, t])


def _move(grid: Grid, d: int) -> float:
    """What moving a piece (`pieces.py`) from where it was costs a unit."""
    return grid.move_cost if grid.stay_at[d] < grid.stay_at[d + 1] else 0.0


def _was(grid: Grid, d: int, o: int, t: int) -> bool:
    row = grid.stay_at[d]
    return bool(row < grid.stay_at[d + 1] and grid.stay_option[row] == o and grid.stay_period[row] == t)
