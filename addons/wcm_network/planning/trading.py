"""What tolls and trades work on: choices in order, the bound so far, the plan so far."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, inf

import numpy as np

from . import tolls, trades
from .choices import Choices
from .grid import Array
from .shifts import Seats

NEAR = (2.0, 4.0)
"""Choices for each job that trades look at, on average, by round."""
MOST_NEAR = 12
KICK = 2
"""Jobs that are knocked elsewhere in a turn."""
RATE = 0.03
"""By how much the price of a row that has too much to do grows."""


@dataclass(slots=True)
class Tolls:
    """The bound that tolls prove."""

    choices: Choices
    now: Array
    best: Array
    tally: Array
    unit: float

    def climb(self, steps: int) -> None:
        """So many steps more."""
        tolls.climb(self.choices, self.now, self.best, self.tally, steps)

    @property
    def bound(self) -> float:
        """Costs are multiples of `unit`, where that is above 0: so is the cost of the best plan."""
        value = float(self.tally[0])
        if not self.unit:
            return value
        return ceil((value - 1e-6 - 1e-9 * abs(value)) / self.unit) * self.unit

    @property
    def worth(self) -> Array:
        """Cost of each choice with the tolls of what it takes."""
        part = self.choices
        paid: Array = (np.where(part.rows >= 0, self.best[part.rows], 0.0) * part.hours).sum(axis=1)
        return np.asarray(part.cost + paid)


def tolls_of(choices: Choices) -> Tolls:
    size = len(choices.offered)
    least = float(np.minimum.reduceat(choices.cost, choices.first[:-1]).sum())
    tally = np.array([-inf, 0.05 * abs(least) + 1e-3])
    return Tolls(choices, np.zeros(size), np.zeros(size), tally, _unit(choices.cost))


def _unit(costs: Array) -> float:
    """What all costs are multiples of: 1, a tenth, a hundredth, else 0."""
    for parts in (1, 10, 100):
        if np.abs(costs * parts - np.round(costs * parts)).max() < 1e-9 and np.abs(costs).max() < 1e9:
            return 1.0 / parts
    return 0.0


@dataclass(slots=True)
class Search:
    """One search by trades; choices in the order of their worth."""

    choices: Choices
    job: Array
    excess: Array
    least: Array
    price: Array
    chosen: Array
    best: Array
    seed: Array
    stop: Array
    tally: Array
    shift: float
    rounds: int = 0

    @property
    def cost(self) -> float:
        """Of the best plan."""
        return float(self.tally[0]) - self.shift

    def round(self, turns: int) -> None:
        """So many turns among the nearest choices."""
        last, picks = self._near(NEAR[self.rounds % len(NEAR)])
        trades.trade(self.choices, self._seats(last, picks), turns, KICK, RATE)
        self.rounds += 1

    def _seats(self, last: Array, picks: Array) -> Seats:
        """The plan with room for all that could be at each place."""
        jobs, most = len(self.chosen), np.bincount(self.choices.place[self.choices.place >= 0])
        return Seats(
            self.job, last, picks, self.least, self.price, self.chosen, self.best, self.tally, self.seed, self.stop,
            over=np.zeros(len(self.least)),
            member=np.zeros((len(most), most.max(initial=1)), dtype=np.int32),
            crowd=np.zeros(len(most), dtype=np.int32),
            at=np.zeros(jobs, dtype=np.int32),
            queue=np.zeros(jobs, dtype=np.int32),
            waits=np.ones(jobs, dtype=np.bool_),
            log_job=np.zeros(trades.LOG, dtype=np.int32),
            log_from=np.zeros(trades.LOG, dtype=np.int32),
            out=np.zeros(3, dtype=np.int32),
        )  # fmt: skip

    def _near(self, each: float) -> tuple[Array, Array]:
        """Ends of the choices near the best of each job, and those that are not the best."""
        first, count = self.choices.first, len(self.choices.first) - 1
        nth = min(len(self.excess) - 1, int(each * count))
        near = self.excess <= np.partition(self.excess, nth)[nth]
        near &= np.arange(len(near)) - first[self.job] < MOST_NEAR
        last = first[:-1] + np.bincount(self.job[near], minlength=count)
        return last.astype(np.int32), np.flatnonzero(near & (self.excess > 0)).astype(np.int32)

    def follow(self, other: Search) -> None:
        """Go on from the best plan of another."""
        self.chosen[:] = other.best


def filled_by(choices: Choices, excess: Array) -> Array:
    """Jobs that lose most by their second choice go first."""
    second = np.minimum(choices.first[:-1] + 1, choices.first[1:] - 1)
    order = np.argsort(-excess[second], kind="stable").astype(np.int32)
    chosen = choices.first[:-1].copy()
    trades.fill(choices, order, chosen)
    return chosen
