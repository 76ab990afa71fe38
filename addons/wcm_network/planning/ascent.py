"""Prices that climb: subgradient steps towards the cost of the best plan (`prices.py` has the bound)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

import numpy as np

from . import prices
from .finer import Finer, finer_of, is_narrow
from .grid import Array, Grid, resources
from .pieces import lowest, pieces_of
from .problem import Problem

STEPS = 40
"""Steps in a first round; rounds of moves and of steps grow alike."""
LUMPS = (0.0, 4.0, 16.0, 1e9)
"""Tried once: up to how many units per set-up its cost is told by the unit."""
SMOOTH = 0.8
"""Share of the old direction in a new one."""
PATIENCE = 6
"""Steps without a better bound before they become smaller."""
LEAST_THETA = 1e-3
"""Below this the prices are as good as they get; then they climb on by a sharper bound (`finer.py`)."""
SHARP_THETA = 0.005
SHARP_PATIENCE = 2
ITEMS = 40
"""Of the sharper bound, in a first round."""


@dataclass(slots=True)
class Ascent:
    """Prices so far and the best bound that they gave.

    :ivar room: facility of each resource
    :ivar stop: stop[0] other than 0 ends a step at once
    """

    grid: Grid
    dual: prices.Dual
    room: Array
    touched: Array
    stop: Array
    theta: float = 0.1
    best: float = 0.0
    failed: int = 0
    kept: tuple[Array, Array] | None = None
    slope: Array | None = None
    sharp: bool = False
    finer: Finer | None = None

    def round(self, cost: float, go_on: Callable[[], bool], longer: float = 1.0) -> None:
        """So many subgradient steps towards the cost of the best plan, `longer` times as many as at first."""
        if self.sharp:
            return self._sharpen(cost, int(ITEMS * longer), go_on)
        for _ in range(int(STEPS * longer)):
            if not go_on():
                return None
            if self.theta < LEAST_THETA:
                return self._turn_sharp()
            bound = self._bound()
            if bound == -inf:
                return None
            self._keep(bound)
            self._step(max(cost if cost < inf else 1.1 * bound, bound) - bound)
        return None

    def _turn_sharp(self) -> None:
        """From the best prices on by the sharper bound, where that is not too much work."""
        if is_narrow(self.grid) and self.kept is not None:
            self.sharp, self.theta, self.failed, self.slope = True, SHARP_THETA, 0, None
            self.dual.hour[:], self.dual.group[:] = self.kept

    @property
    def prices(self) -> Array:
        """Of hours, that gave the best bound."""
        return self.dual.hour if self.kept is None else self.kept[0]

    def start(self) -> None:
        """Choose how set-ups are told, by the bound without prices."""
        found = []
        for lumps in LUMPS:
            self.dual.lumps[0] = lumps
            found.append(self._bound())
            self.best = max(self.best, found[-1])
        self.dual.lumps[0] = LUMPS[int(np.argmax(found))]
        self.kept = self.dual.hour.copy(), self.dual.group.copy()

    def _bound(self) -> float:
        return float(prices.bound(self.grid, self.dual, self.room, self.touched, self.stop))

    def _sharpen(self, cost: float, items: int, go_on: Callable[[], bool]) -> None:
        """Steps by the sharper bound, so many items in all; a step may end in the next round."""
        while items > 0 and go_on() and self.theta >= LEAST_THETA:
            self.finer = self.finer or finer_of(self.grid, self.dual, self.room)
            items -= max(1, self.finer.go(items, go_on))
            if self.finer.done:
                self.dual.used[:], self.dual.making[:] = self.finer.used, self.finer.making
                bound, self.finer = self.finer.bound, None
                self._keep(bound)
                self._step(max(cost if cost < inf else 1.1 * bound, bound) - bound)

    def _keep(self, bound: float) -> None:
        """Remember the best prices; go back to them after steps that gained nothing."""
        if bound > self.best:
            self.best, self.failed, self.kept = bound, 0, (self.dual.hour.copy(), self.dual.group.copy())
            return
        self.failed += 1
        if self.failed >= (SHARP_PATIENCE if self.sharp else PATIENCE) and self.kept is not None:
            self.theta, self.failed = self.theta * (0.5 if self.sharp else 0.8), 0
            self.dual.hour[:], self.dual.group[:] = self.kept

    def _step(self, distance: float) -> None:
        """Prices rise where the relaxed plan takes more hours than there are."""
        dual, grid = self.dual, self.grid
        slope = dual.used - grid.capacity
        self.slope = slope if self.slope is None else SMOOTH * self.slope + (1 - SMOOTH) * slope
        live = np.where((dual.hour <= 0) & (self.slope < 0), 0.0, self.slope)
        length = float((live**2).sum())
        if length > 0:
            np.maximum(0.0, dual.hour + self.theta * distance / length * self.slope, out=dual.hour)
        missing = grid.least_share * dual.making[-1] - dual.making[:-1]
        dual.group[:] = np.maximum(0.0, dual.group + self.theta * 0.2 * missing / max(1.0, dual.making[-1]))


def ascent_of(problem: Problem, grid: Grid, stop: Array) -> Ascent:
    """At no prices."""
    grid = pieces_of(grid)
    facility = {row.id: index for index, row in enumerate(problem.facilities)}
    room = [facility[name] for name, _ in resources(problem)]
    floor = lowest(grid)
    touched = np.zeros((len(grid.o_item), grid.periods), dtype=np.int8)
    return Ascent(grid, prices.no_prices(grid), np.array(room, dtype=np.int32), touched, stop, best=floor)
