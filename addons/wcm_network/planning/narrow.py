"""Search in stages: the relaxation, a narrow program, then all that can still matter.

A column whose reduced cost is more than what separates the best plan from the
bound is in no better plan: the last stage leaves such columns out and loses nothing.
The narrow stage leaves out more and only looks for a good plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf
from time import monotonic

import numpy as np

from .duals import Proof, proof
from .highs import Answer, Limits, Relaxed, Watch, relax, search
from .milp import Milp

KEPT = 3
"""Columns in the narrow program for each one that the relaxation uses: for assignment,
about three places for each job."""
NARROW = 0.45
"""Share of the time for the narrow program."""


def search_in_stages(milp: Milp, start: list[float] | None, limits: Limits, watch: Watch) -> Answer:
    """As `search`, better where the relaxation is nearly right and the program large."""
    until = monotonic() + limits.seconds
    relaxed = relax(milp, limits.seconds * 0.6, limits.threads)
    if relaxed is None or start is None:
        return search(milp, start, replace(limits, seconds=max(0.0, until - monotonic())), watch)
    return _Stages(milp, start, limits, watch, until, proof(milp, relaxed.duals)).run(relaxed)


class _Stages:
    """One search: the best columns so far and what is proven."""

    def __init__(
        self, milp: Milp, start: list[float], limits: Limits, watch: Watch, until: float, proven: Proof
    ) -> None:
        self.milp, self.limits, self.watch, self.until = milp, limits, watch, until
        self.best, self.cost, self.proof, self.stopped = start, _cost(milp, start), proven, False
        self.bound = proven.bound

    @property
    def left(self) -> float:
        return max(0.0, self.until - monotonic())

    def run(self, relaxed: Relaxed) -> Answer:
        allowance = self._narrow(relaxed)
        if allowance < self.cost - self.bound:
            self._search(allowance, self.left * NARROW, proves=False)
        finished = self._search(self.cost - self.bound, self.left, proves=True)
        return Answer(self.best, self.bound, finished=finished)

    def _narrow(self, relaxed: Relaxed) -> float:
        """Reduced cost up to which a column is among the `KEPT`."""
        used = int((relaxed.values > 1e-9).sum())
        costs = np.sort(np.abs(self.proof.reduced))
        return float(costs[min(len(costs), KEPT * used) - 1])

    def _search(self, allowance: float, seconds: float, proves: bool) -> bool:
        """One stage; whether it came to its end."""
        if self.stopped or not seconds:
            return False
        program = narrowed(self.milp, self.proof, allowance, self.best)
        watch = self._watch if proves else lambda cost, _: self._watch(cost, -inf)
        answer = search(program, self.best, replace(self.limits, seconds=seconds), watch)
        if proves:
            self.bound = max(self.bound, min(answer.bound, self.cost))
        if answer.values is not None and _cost(self.milp, answer.values) < self.cost:
            self.best, self.cost = answer.values, _cost(self.milp, answer.values)
        return answer.finished

    def _watch(self, cost: float, bound: float) -> bool:
        self.stopped = self.watch(min(cost, self.cost), max(self.bound, min(bound, self.cost)))
        return self.stopped


def narrowed(milp: Milp, proven: Proof, allowance: float, known: Sequence[float]) -> Milp:
    """The program without what costs more than `allowance` over the bound; `known` stays possible."""
    lower, upper = np.array(milp.lower, dtype=float), np.array(milp.upper, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        steps = np.floor(allowance / np.abs(proven.reduced) + 1e-6)
    steps[milp.sums] = inf
    plan = np.array(known)
    top = np.where(proven.reduced > 0, np.minimum(upper, lower + steps), upper)
    bottom = np.where(proven.reduced < 0, np.maximum(lower, upper - steps), lower)
    return replace(milp, lower=np.minimum(bottom, plan).tolist(), upper=np.maximum(top, plan).tolist())


def _cost(milp: Milp, values: Sequence[float]) -> float:
    return float(np.dot(milp.cost, values))
