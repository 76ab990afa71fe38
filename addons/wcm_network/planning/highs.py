"""HiGHS: the only file that knows the solver.

One search at a time in a process: HiGHS keeps one pool of threads for all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from threading import Lock
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
"""Is told best cost and bound, now and then; True stops the search."""


@dataclass(slots=True)
class _Watcher:
    """Passes news on at most five times a second, and the wish to stop back."""

    watch: Watch
    last: float = field(default_factory=monotonic)
    error: BaseException | None = None
    stop: bool = False

    def __call__(self, event: Any) -> None:
        if not self.stop and monotonic() - self.last >= 0.2:
            self.last = monotonic()
            self._ask(event.data_out)
        if self.stop:
            event.data_in.user_interrupt = True

    def _ask(self, news: Any) -> None:
        """An error in the caller's code must not cross the solver: kept, raised later."""
        try:
            self.stop = self.watch(news.mip_primal_bound, news.mip_dual_bound)
        except BaseException as error:
            self.error, self.stop = error, True


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
    with _ONE_AT_A_TIME:
        highspy.Highs.resetGlobalScheduler(True)
        return _relaxed(milp, rows, began + seconds, threads)


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
    """Search until the gap, the time or the watcher says stop."""
    watcher = _Watcher(watch)
    with _ONE_AT_A_TIME:
        highspy.Highs.resetGlobalScheduler(True)
        answer = _search(_solver(milp, start, limits), watcher)
    if watcher.error is not None:
        raise watcher.error
    return answer


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


def _search(solver: Any, watcher: _Watcher) -> Answer:
    solver.cbMipInterrupt.subscribe(watcher)
    solver.run()
    solver.cbMipInterrupt.unsubscribe(watcher)
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
