"""Location: branch and bound over what opens, prices for the bound, transport for the plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from math import inf
from time import monotonic

import numpy as np

from .highs import Limits, Watch
from .location import Array, Places, first_prices, plain_choice
from .location_plan import Plan, transport
from .location_prices import BEST, CLOSED, FREE, OPEN, STEP, Climb, climb, climb_from, settle

FIRST_STEPS = 2000
"""Steps of the prices before anything is fixed, at most."""
STEPS = 120
"""Steps of the prices when one more facility is fixed."""
CHUNK = 100
"""Steps between two looks at the clock."""
SHORTEST = 1e-4
"""Steps below this size gain nothing any more."""
EXACT = 5e-7
"""Relative gap at which a plan counts as the best."""
FURTHER = 0.1
"""Size of the first step there."""
LONGEST = 20.0
"""Seconds for one transport plan, at most."""


@dataclass(slots=True)
class _Node:
    """Some facilities fixed, the others free."""

    fixed: Array
    climb: Climb
    bound: float


@dataclass(slots=True)
class Search:
    """Best plan, what is still to be looked at, and the least of what was left behind.

    :ivar plan: the best, None when another way found the one that costs `cost`
    """

    places: Places
    limits: Limits
    watch: Watch
    cost: float = inf
    plan: Plan | None = None
    bound: float = -inf
    behind: float = inf
    stopped: bool = False
    began: float = field(default_factory=monotonic)
    seen: set[bytes] = field(default_factory=set)
    nodes: list[tuple[float, int, _Node]] = field(default_factory=list)
    number: Iterator[int] = field(default_factory=count)

    def run(self) -> float:
        """Until nothing better can hide, or time is up; the bound."""
        root = climb_from(self.places, first_prices(self.places), 1.0)
        fixed = np.full(len(self.places.opening), FREE)
        self._try(plain_choice(self.places))
        self._look(_Node(fixed, root, -inf), FIRST_STEPS)
        while self.nodes and self._go_on():
            self._branch(heappop(self.nodes)[2])
        return self._proven()

    @property
    def _goal(self) -> float:
        """A bound from which nothing better hides there."""
        return self.cost - max(self.limits.gap, EXACT) * abs(self.cost)

    def _go_on(self) -> bool:
        """Whether to look on; tells the news."""
        self.bound = self._proven()
        self.stopped = self.stopped or self.watch(self.cost, self.bound)
        return not self.stopped and self._left() > 0 and self.bound < self._goal

    def _left(self) -> float:
        return self.limits.seconds - (monotonic() - self.began)

    def _proven(self) -> float:
        """The least of what is still open and what was left behind."""
        waiting = self.nodes[0][0] if self.nodes else inf
        return max(self.bound, min(waiting, self.behind, self.cost))

    def _look(self, node: _Node, steps: int) -> None:
        """Prices up, a plan of what they open; keep the node if something better can hide there."""
        self._climb(node, steps)
        self._try(self._covering(node, node.climb.chosen))
        self._try(self._covering(node, node.fixed == OPEN))
        node.bound = max(node.bound, float(node.climb.numbers[BEST]))
        settle(self.places, node.fixed, node.climb, self._goal)
        if node.bound < self._goal:
            self._keep(node)
        else:
            self.behind = min(self.behind, node.bound)

    def _climb(self, node: _Node, steps: int) -> None:
        """In parts, so that the clock is looked at."""
        for done in range(0, steps, CHUNK):
            climb(self.places, node.fixed, node.climb, min(CHUNK, steps - done), self._goal, SHORTEST)
            best, step = node.climb.numbers[BEST], node.climb.numbers[STEP]
            if self._left() < 0 or best >= self._goal or step < SHORTEST:
                return
            if steps == FIRST_STEPS:
                self._try(self._covering(node, node.climb.chosen))
                self.stopped = self.stopped or self.watch(self.cost, float(best))
            if self.stopped:
                return

    def _keep(self, node: _Node) -> None:
        """Wait with it; where nothing is free, its plan is all there is."""
        if (node.fixed == FREE).any():
            heappush(self.nodes, (node.bound, next(self.number), node))
            return
        self.behind = min(self.behind, self._whole(node))

    def _whole(self, node: _Node) -> float:
        """The bound of a node with nothing free: of its transport."""
        open_ = node.fixed == OPEN
        answer = transport(self.places, open_, self._left())
        if answer is None:
            return node.bound
        self._take(answer)
        exact = climb_from(self.places, answer.price, 0.0)
        climb(self.places, node.fixed, exact, 1, inf, inf)
        return max(node.bound, float(exact.numbers[BEST]))

    def _branch(self, node: _Node) -> None:
        """The free facility about which the prices are least sure, open and closed."""
        unsure = np.where(node.fixed == FREE, np.abs(node.climb.opens - 0.5), inf)
        for choice in (OPEN, CLOSED):
            fixed = node.fixed.copy()
            fixed[int(unsure.argmin())] = choice
            start = climb_from(self.places, node.climb.price, FURTHER)
            self._look(_Node(fixed, start, node.bound), STEPS)

    def _covering(self, node: _Node, open_: Array) -> Array:
        """These facilities, and where they do not cover the demand those that were open most often."""
        order = np.argsort(-(node.climb.opens + open_), kind="stable")
        before = np.cumsum(self.places.cover[order]) - self.places.cover[order]
        more = open_.copy()
        more[order[before < self.places.quantity.sum()]] = True
        return np.asarray(more & (node.fixed != CLOSED))

    def _try(self, open_: Array) -> None:
        """The transport plan of what is open, unless it was tried or cannot be better."""
        if open_.tobytes() in self.seen or self._left() < 0:
            return
        self.seen.add(open_.tobytes())
        answer = transport(self.places, open_, min(LONGEST, self._left()))
        if answer is not None:
            self._take(answer)

    def _take(self, answer: Plan) -> None:
        if answer.cost < self.cost:
            self.cost, self.plan = answer.cost, answer
