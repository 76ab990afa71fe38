"""A local search beside the program: another way to a good plan, on another core."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from math import inf
from types import TracebackType

import numpy as np

from .local import Booked, rounds
from .problem import Problem


class Beside:
    """Moves as long as the program is searched (`with`); then `booked` is the best plan that keeps every rule.

    How far it comes depends on the machine: only a search that ran out of time may use it.
    """

    def __init__(self, problem: Problem, seed: int) -> None:
        self.problem, self.seed = problem, seed
        self.stop = np.zeros(1, dtype=np.int8)
        self.cost, self.booked = inf, Booked()
        self._pool = ThreadPoolExecutor(1)
        self._job: Future[None] | None = None

    def __enter__(self) -> Beside:
        self._job = self._pool.submit(self._move)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop[0] = 1
        self._pool.shutdown()
        if self._job is not None and error is None:
            self._job.result()

    def _move(self) -> None:
        for cost, booked in rounds(self.problem, self.seed, self.stop):
            if cost < self.cost:
                self.cost, self.booked = cost, booked
