"""Least lateness first, then the earliest end of it all, each with its proof."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from ortools.sat.python import cp_model

from .answer import Answer, Placed, lateness, makespan
from .improve import improved
from .model import Model
from .question import Question
from .timing import first_guess, timed, worth
from .verify import check

FIRST_SHARE = 0.7
"""Of the time, for lateness; what it leaves is for the end."""
Tell = Callable[[float, int, int], None]
NO_ROOM = "the orders do not fit into the working hours that were given"
NOT_FOUND = "no order of work that fits was found in this time"


def solve(question: Question, seconds: float = 10.0, seed: int = 0, threads: int = 1) -> Answer:
    """The best order of work that is found, checked.

    Same seed and threads, same answer when it is proved; where time ends the search, it depends on the machine.
    """
    return Search(question, seconds, seed, threads).run()


class Search:
    """Two searches of one model; knows the best so far.

    :ivar tell: called with (seconds, minutes late, minute of the end) of each order of work that is better
    """

    def __init__(
        self, question: Question, seconds: float, seed: int, threads: int, tell: Tell = lambda *figures: None
    ) -> None:
        self.question, self.seed, self.threads, self.tell = question, seed, threads, tell
        self.begun, self.seconds = time.monotonic(), seconds
        self.best: tuple[Placed, ...] | None = None
        self.stopped = False
        self.solver: Any = None

    def stop(self) -> None:
        """From another thread: keep the best so far."""
        self.stopped = True
        if self.solver:
            self.solver.stop_search()

    def run(self) -> Answer:
        if not any(self.question.tasks):
            return Answer("optimal")
        self._guess()
        self.model = Model(self.question)
        return self._search()

    def _guess(self) -> None:
        """Simple rules, then small moves."""
        if guess := first_guess(self.question):
            self.improve(guess)
            self.improve(improved(self.question, guess, self.seed) if self.seconds else guess)

    def _search(self) -> Answer:
        late_bound = self._minimise(self.model.lateness, FIRST_SHARE)
        if self.best is None:
            return self._nothing(late_bound)
        self.model.cp.add(self.model.lateness <= lateness(self.question, self.best))
        late_bound = min(late_bound or 0, lateness(self.question, self.best))
        end_bound = self.model.factory.end(self._minimise(self.model.makespan, 1.0) or 0)
        return self._answer(late_bound, min(end_bound, makespan(self.best)))

    def _answer(self, late_bound: int, end_bound: int) -> Answer:
        assert self.best
        check(self.question, self.best)
        late, end = lateness(self.question, self.best), makespan(self.best)
        proved = (late, end) == (late_bound, end_bound)
        status = "optimal" if proved else "stopped"
        return Answer(status, self.best, late, late_bound, end, end_bound, self._passed())

    def _nothing(self, bound: int | None) -> Answer:
        """`bound` is None when it is proved that nothing fits."""
        return Answer("no room", seconds=self._passed(), reason=NO_ROOM if bound is None else NOT_FOUND)

    def _passed(self) -> float:
        return time.monotonic() - self.begun

    def _minimise(self, aim: Any, share: float) -> int | None:
        """Improves `best`; a proved lower bound, None when nothing fits."""
        self.model.cp.minimize(aim)
        if self.best:
            self.model.hint(self.best)
        solver = self._solver(0.01 if self.stopped else max(0.01, share * self.seconds - self._passed()))
        status = solver.solve(self.model.cp, _Found(self))
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.improve(self.read(solver))
        return None if status == cp_model.INFEASIBLE else max(0, round(solver.best_objective_bound))

    def _solver(self, seconds: float) -> Any:
        self.solver = solver = cp_model.CpSolver()
        solver.parameters.catch_sigint_signal = False
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.random_seed = self.seed
        solver.parameters.num_workers = self.threads
        return solver

    def read(self, solver: Any) -> tuple[Placed, ...]:
        """The order of work that was found, with no pause that it does not need."""
        used = [(task, name) for (task, name), option in self.model.options.items() if solver.value(option.used)]
        used.sort(key=lambda pair: (solver.value(self.model.start[pair[0]]), solver.value(self.model.end[pair[0]])))
        return timed(self.question, [(*task, name) for task, name in used])

    def improve(self, found: tuple[Placed, ...]) -> None:
        if self.best is None or worth(self.question, found) < worth(self.question, self.best):
            self.best = found
            self.tell(self._passed(), *worth(self.question, found))


class _Found(cp_model.CpSolverSolutionCallback):  # type: ignore[misc]  # OR-tools has no types
    """Each better order of work is kept, and told, as soon as it is there."""

    def __init__(self, search: Search) -> None:
        super().__init__()
        self.search = search

    def on_solution_callback(self) -> None:
        self.search.improve(self.search.read(self))
        if self.search.stopped:
            self.stop_search()
