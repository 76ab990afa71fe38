"""Large problems: a local search for the plan and prices for the bound, side by side.

Work goes in rounds of a fixed number of moves and steps, so that seed and problem alone say
what happens; only when time is up does it depend on the machine. `grid.py` has the data,
`moves.py` and `prices.py` the compiled loops.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from math import inf, isfinite
from time import monotonic

import numpy as np

from . import first, moves
from .ascent import Ascent, ascent_of
from .chance import seeded
from .grid import Array, Grid, grid_of, resources, rows_of
from .highs import Limits, Watch
from .problem import Problem
from .size import most_lines
from .state import MAKING, SHORT, UNMET, WORK, Prices, State, empty

CHUNK = 500
"""Moves between two looks at the clock, for 1,000 demands."""
ROUND = 20_000
"""Moves of the first round, for 1,000 demands; each round is half as long again."""
SWING = 0.2
"""Of a doubling of prices, between two looks at the clock while units are left out."""
NEARBY = 3
"""Rounds about what is not where it was before, of so many moves for 1,000 of its demands."""
ALL = np.empty(0, dtype=np.int32)
QUICK = 5
"""Rounds of the plan that a program starts from; four times as many while units are left out."""
LONG = 9
"""Rounds before a new beginning, where there is time for more than one."""
SIZE = 6
"""Demands that one move takes out, at most."""
HOT = 0.05
"""Heat at the start of a round, in costs of a unit at the median; at its end a hundredth."""
SHORT_COST = 50.0
"""Per unit short of a smallest batch, the same way."""
MENDING = 12
"""Times that batches which are too small are tried anew in the first plan."""

Booked = dict[tuple[str, str, int], int]


@dataclass(slots=True)
class Found:
    """What the search found.

    :ivar booked: units by demand, facility and period
    :ivar right: whether that keeps every rule; if not, it is what the search last tried
    :ivar hour: price of an hour by facility, process and period, where it has one
    """

    booked: Booked
    right: bool
    bound: float
    hour: dict[tuple[str, str, int], float]
    grid: Grid


@dataclass(slots=True)
class _Search:
    """The plan so far; `best` are rows demand, option, period, units of a plan that keeps every rule."""

    grid: Grid
    state: State
    price: Prices
    locks: Array
    least: Prices
    seed: Array
    best: Array
    changed: Array
    each: float
    stop: Array
    tally: Array = field(default_factory=lambda: np.array([inf, 0.0]))

    def begin(self, go_on: Callable[[], bool]) -> None:
        """A first plan; where one went before, made better where it differs."""
        self._construct()
        self._nearby(go_on)

    def _construct(self) -> None:
        """A first plan: by due date, the largest first; then without batches that are too small."""
        order = np.lexsort((-self.grid.d_quantity, self.grid.d_due)).astype(np.int32)
        start = (self.grid, self.state, self.price, self.locks, order, SIZE, MENDING)
        first.begin(*start, self.seed, self.best, self.tally, self.changed)

    def _nearby(self, go_on: Callable[[], bool]) -> None:
        """After a plan that went before: rounds about what is not where it was."""
        focus = np.flatnonzero(self.changed).astype(np.int32)
        if len(self.grid.stay_units) and len(focus):
            for _ in range(NEARBY):
                self.round(focus, go_on)

    def round(self, focus: Array, go_on: Callable[[], bool], longer: float = 1.0) -> None:
        """Moves about some demands (all where there are none), cooling by a factor of 100."""
        thousands = max(1.0, (len(focus) or len(self.grid.d_item)) / 1000)
        size, count = int(CHUNK * thousands), int(ROUND * thousands * longer)
        chunks = max(1, count // size)
        cool = 0.01 ** (1 / chunks)
        for chunk in range(chunks):
            heat = self.each * HOT * cool**chunk
            self._improve(focus, size, heat, heat * cool)
            if not go_on():
                return
            if self.state.sums[UNMET] > 0 or self.cost == inf:
                self._reprice(SWING)
        self._reprice(1.0)

    def _improve(self, focus: Array, count: int, hot: float, cold: float) -> None:
        plan, kept = (self.grid, self.state, self.price), (self.seed, self.best, self.tally, self.stop)
        moves.improve(*plan, focus, count, SIZE, hot, cold, *kept)

    def _reprice(self, swing: float) -> None:
        """A rule that is still broken costs more from now on; with a swing, one that is kept less,
        as units may be left out for nothing else."""
        state, grid, up, down = self.state, self.grid, 2.0**swing, 0.5**swing if swing < 1 else 1.0
        missing = grid.least_share * state.sums[MAKING] > state.group_making + 1e-9
        over = bool((state.work > grid.max_share * state.sums[WORK] + 1e-9).any())
        self.price = Prices(
            np.clip(self.price.short * (3.0**swing if state.sums[SHORT] > 0 else down), self.least.short, 1e9),
            np.clip(self.price.group * np.where(missing, up, down), self.least.group, 1e6),
            np.clip(self.price.share * (up if over else down), self.least.share, 1e9),
        )

    def rows(self) -> Array:
        """The best plan; where there is none, what was last tried."""
        if self.cost < inf:
            return self.best[: int(self.tally[1])]
        state = self.state
        table = np.stack([state.a_demand, state.a_option, state.a_period, state.a_units], axis=1)
        return table[state.a_units > 0]

    @property
    def cost(self) -> float:
        """Of the best plan, inf when there is none yet."""
        return float(self.tally[0])


@dataclass(slots=True)
class _Clock:
    """When to stop: time is up, the gap is reached, or somebody said so."""

    ends: float
    stop: Array

    @property
    def stopped(self) -> bool:
        """Whether somebody said so."""
        return bool(self.stop[0])

    def go_on(self) -> bool:
        """Whether there is time left."""
        if monotonic() >= self.ends:
            self.stop[0] = 1
        return not self.stopped


def local_search(problem: Problem, limits: Limits, watch: Watch) -> Found:
    """Best plan and a proven lower bound, with the prices of hours that gave it.

    :param watch: told cost and bound now and then; True stops the search
    """
    grid, stop = grid_of(problem), np.zeros(1, dtype=np.int8)
    clock = _Clock(monotonic() + limits.seconds, stop)
    search, bound = _search(problem, grid, limits.seed, stop), ascent_of(problem, grid, stop)
    with ThreadPoolExecutor(max(1, min(2, limits.threads))) as pool:
        jobs, longer = [pool.submit(search.begin, clock.go_on), pool.submit(bound.start)], 1.0
        while True:
            _watched(jobs, clock, lambda: watch(search.cost, bound.best))
            if not clock.go_on() or _close(search.cost, bound.best, limits.gap):
                break
            moved = pool.submit(search.round, ALL, clock.go_on, longer)
            jobs, longer = [pool.submit(bound.round, search.cost, clock.go_on, longer), moved], longer * 1.5
    return Found(_booked(problem, search.rows()), search.cost < inf, bound.best, _hours(problem, bound), grid)


def quick_plan(problem: Problem, limits: Limits, stop: Callable[[], bool]) -> Booked | None:
    """A plan of few moves, for a program to start from; None when none keeps every rule.

    :param stop: asked after every round
    """
    grid = grid_of(problem)
    clock = _Clock(monotonic() + limits.seconds / 4, np.zeros(1, dtype=np.int8))
    search = _search(problem, grid, limits.seed, clock.stop)
    search.begin(clock.go_on)
    for done in range(4 * QUICK):
        if clock.go_on() and (done < QUICK or search.state.sums[UNMET] > 0) and not stop():
            search.round(ALL, clock.go_on)
    return _booked(problem, search.rows()) if search.cost < inf else None


def rounds(problem: Problem, seed: int, stop: Array) -> Iterator[tuple[float, Booked]]:
    """Cost and plan after each round, each half as long again, then from a new beginning; until stop[0] is set.

    Plans that keep every rule, or none.
    """
    grid, clock = grid_of(problem), _Clock(inf, stop)
    while clock.go_on():
        search = _search(problem, grid, seed, stop)
        search.begin(clock.go_on)
        for done in range(LONG):
            search.round(ALL, clock.go_on, 1.5**done)
            if search.cost < inf:
                yield search.cost, _booked(problem, search.rows())
        seed += 1


def _close(cost: float, bound: float, gap: float) -> bool:
    return isfinite(cost) and cost - bound <= gap * cost


def _watched(jobs: list[Future[None]], clock: _Clock, tell: Callable[[], bool]) -> None:
    """Wait for the jobs, pass news on; an error in them is ours."""
    while wait(jobs, timeout=0.2).not_done:
        if not clock.go_on() or tell():
            clock.stop[0] = 1
    for job in jobs:
        job.result()
    if tell():
        clock.stop[0] = 1


def _search(problem: Problem, grid: Grid, seed: int, stop: Array) -> _Search:
    """Before the first plan."""
    most = most_lines(problem)
    state = empty(grid, most)
    each = max(1e-3, float(np.median(grid.route)) if grid.route.size else 1.0)
    groups = np.full(len(grid.least_share), 2.0)
    price = Prices(SHORT_COST * each, groups, each)
    best, changed = np.zeros((most, 4), dtype=np.int32), np.zeros(len(grid.d_item), dtype=np.int8)
    return _Search(grid, state, price, rows_of(problem, problem.locks), price, seeded(seed), best, changed, each, stop)


def _booked(problem: Problem, rows: Array) -> Booked:
    """Units by demand, facility and period."""
    booked: Booked = {}
    demands, makers = [row.id for row in problem.demands], [row.facility for row in problem.options]
    for d, o, t, units in rows.tolist():
        key = (demands[d], makers[o], t)
        booked[key] = booked.get(key, 0) + units
    return booked


def _hours(problem: Problem, bound: Ascent) -> dict[tuple[str, str, int], float]:
    keys, prices = resources(problem), bound.prices
    return {(*keys[r], int(t)): float(prices[r, t]) for r, t in np.argwhere(prices > 0)}
