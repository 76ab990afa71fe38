"""HiGHS: the only file that knows the solver.

One search at a time in a process: HiGHS keeps one pool of threads for all. A search has a thread of
its own: HiGHS has stretches in which it asks neither its clock nor us, and nobody waits for these.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass, replace
from math import inf
from threading import Lock, Thread
from time import monotonic
from typing import Any

import highspy  # type: ignore[import-untyped]  # ships no py.typed
import numpy as np

from .duals import Numbers, Sparse
from .milp import Milp

_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop: seconds of wall clock, relative gap; how to search: threads, seed."""

    seconds: float
    gap: float
    threads: int
    seed: int


@dataclass(slots=True)
class Answer:
    """What the search found.

    :ivar values: best columns, None when it found none
    :ivar bound: proven lower bound of the cost, -inf when it has none
    """

    values: list[float] | None = None
    bound: float = -inf
    infeasible: bool = False
    finished: bool = False


Watch = Callable[[float, float], bool]
"""Is told best cost and bound, five times a second; True stops the search."""
TELLS = 0.2
"""Seconds between two news."""
GRACE = 2.0
"""Seconds for HiGHS to end after it was told to, or its time was up; then it is left behind."""


@dataclass(slots=True)
class Relaxed:
    """The program with fractions allowed.

    :ivar values: by column
    :ivar duals: by row; any numbers prove a bound (`duals.py`), these a good one
    """

    values: Numbers
    duals: Numbers


def relax(milp: Milp, seconds: float, threads: int) -> Relaxed | None:
    """Solve with fractions allowed, lazy rows added as they are broken; None when there is no time.

    Stopped between two rounds it has duals that still prove a bound.
    """
    began, rows = monotonic(), Sparse(milp)
    if not _ONE_AT_A_TIME.acquire(timeout=max(0.0, seconds)):
        return None
    try:
        highspy.Highs.resetGlobalScheduler(True)
        return _relaxed(milp, rows, began + seconds, threads)
    finally:
        _ONE_AT_A_TIME.release()


def _relaxed(milp: Milp, rows: Sparse, until: float, threads: int) -> Relaxed | None:
    solver, taken = _relaxation(milp, rows, threads)
    best = None
    while (left := until - monotonic()) > 0:
        solver.setOptionValue("time_limit", solver.getRunTime() + left)
        solver.run()
        if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            break
        solution = solver.getSolution()
        duals = np.zeros(len(milp.row_lower))
        duals[taken] = solution.row_dual
        best = Relaxed(np.array(solution.col_value), duals)
        broken = rows.broken(best.values, taken)
        if not len(broken):
            break
        solver.addRows(len(broken), *rows.part(broken))
        taken = np.concatenate([taken, broken])
    return best


def _relaxation(milp: Milp, rows: Sparse, threads: int) -> tuple[Any, Numbers]:
    """A solver with all but the lazy rows, and which rows it has."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", threads)
    first = np.setdiff1d(np.arange(len(milp.row_lower)), np.array(milp.lazy, dtype=int))
    solver.addVars(len(milp.cost), milp.lower, milp.upper)
    solver.changeColsCost(len(milp.cost), np.arange(len(milp.cost), dtype=np.int32), np.array(milp.cost))
    solver.addRows(len(first), *rows.part(first))
    return solver, first


def search(milp: Milp, start: list[float] | None, limits: Limits, watch: Watch) -> Answer:
    """Search until the gap, the time or the watcher says stop.

    What was found until then is handed back even when HiGHS goes on for a while.
    """
    return _Search(milp, start, limits).run(watch)


def is_left_behind() -> bool:
    """Whether HiGHS is still at a search whose time was up: Python cannot end in peace then."""
    return _ONE_AT_A_TIME.locked()


class _Search:
    """HiGHS in a thread, and what it has told so far."""

    def __init__(self, milp: Milp, start: list[float] | None, limits: Limits) -> None:
        self.milp, self.start, self.limits = milp, start, limits
        self.until = monotonic() + limits.seconds
        self.cost, self.bound, self.values = inf, -inf, None
        self.stop = False
        self.end: Future[Answer] = Future()

    def run(self, watch: Watch) -> Answer:
        Thread(target=self._work, daemon=True).start()
        try:
            while not self.stop and not self._has_ended(TELLS):
                self.stop = monotonic() >= self.until or watch(self.cost, self.bound)
        finally:
            self.stop = True
            ended = self._has_ended(GRACE)
        return self.end.result() if ended else Answer(self.values, self.bound)

    def _has_ended(self, seconds: float) -> bool:
        return bool(wait([self.end], seconds).done)

    def _work(self) -> None:
        """In the thread: its errors are the caller's."""
        try:
            self.end.set_result(self._answer())
        except BaseException as error:
            self.end.set_exception(error)

    def _answer(self) -> Answer:
        if not _ONE_AT_A_TIME.acquire(timeout=max(0.0, self.until - monotonic())):
            return Answer()
        try:
            highspy.Highs.resetGlobalScheduler(True)
            left = max(0.0, self.until - monotonic())
            solver = _solver(self.milp, self.start, replace(self.limits, seconds=left))
            solver.cbMipInterrupt.subscribe(self._asked)
            solver.cbMipImprovingSolution.subscribe(self._improved)
            solver.run()
            return _answer(solver)
        finally:
            _ONE_AT_A_TIME.release()

    def _asked(self, event: Any) -> None:
        self.cost, self.bound = event.data_out.mip_primal_bound, event.data_out.mip_dual_bound
        event.data_in.user_interrupt = self.stop

    def _improved(self, event: Any) -> None:
        self.values = np.array(event.data_out.mip_solution).tolist()


def _solver(milp: Milp, start: list[float] | None, limits: Limits) -> Any:
    solver = highspy.Highs()
    for name, value in _options(limits).items():
        solver.setOptionValue(name, value)
    solver.passModel(_program(milp))
    if start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = start
        solver.setSolution(solution)
    return solver


def _options(limits: Limits) -> dict[str, Any]:
    return {
        "output_flag": False,
        "time_limit": limits.seconds,
        "mip_rel_gap": limits.gap,
        "mip_abs_gap": 1e-6,
        "threads": limits.threads,
        "random_seed": limits.seed,
    }


def _program(milp: Milp) -> Any:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(milp.cost), len(milp.row_lower)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = milp.cost, milp.lower, milp.upper
    lp.row_lower_, lp.row_upper_ = milp.row_lower, milp.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = milp.start, milp.index, milp.value
    kinds = [highspy.HighsVarType.kInteger] * len(milp.cost)
    for column in milp.sums:
        kinds[column] = highspy.HighsVarType.kContinuous
    lp.integrality_ = kinds
    return lp


def _answer(solver: Any) -> Answer:
    status, info = solver.getModelStatus(), solver.getInfo()
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    return Answer(
        values=list(solver.getSolution().col_value) if found else None,
        bound=info.mip_dual_bound,
        infeasible=status in _INFEASIBLE,
        finished=status == highspy.HighsModelStatus.kOptimal,
    )


_INFEASIBLE = (
    highspy.HighsModelStatus.kInfeasible,
    highspy.HighsModelStatus.kUnboundedOrInfeasible,
)
