"""One call of the planner: its data, its clock, what it was asked, and the accounts of its plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import inf, isfinite
from time import monotonic

from .account import costs_of, lines_of, loads_of, totals_of
from .explain import left_out
from .highs import Limits
from .ledger import Ledger
from .model import Model
from .problem import Problem
from .result import Result, Status
from .routes import Route
from .verify import PlanError, check

OPTIMAL_GAP = 1e-6


@dataclass(frozen=True, slots=True)
class Progress:
    """News of a search.

    :ivar seconds: since the start
    :ivar cost: best plan so far, inf when there is none
    :ivar bound: proven so far
    """

    seconds: float
    cost: float
    bound: float

    @property
    def gap(self) -> float:
        """Relative gap, inf when there is no plan or no bound."""
        if not (isfinite(self.cost) and isfinite(self.bound)):
            return inf
        return max(0.0, self.cost - self.bound) / self.cost if self.cost else 0.0


Listener = Callable[[Progress], object]
"""Called up to five times a second; returning True stops the search."""


@dataclass(slots=True)
class Run:
    """One call of `solve`: its data, its clock and what it was asked.

    :ivar routes: all of them, or those of the lines of a large plan
    :ivar dear: what an hour is worth, where the search said so itself
    """

    problem: Problem
    limits: Limits
    progress: Listener | None
    routes: list[Route] = field(default_factory=list)
    began: float = field(default_factory=monotonic)
    first: float = 0.0
    cost: float = inf
    bound: float = 0.0
    stopped: bool = False
    model: Model | None = None
    dear: Mapping[tuple[str, str, int], float] | None = None

    @property
    def seconds(self) -> float:
        """Since the start."""
        return monotonic() - self.began

    def tell(self, cost: float, bound: float) -> bool:
        """Pass news on, never worse than before; whether to stop."""
        self.cost, self.bound = min(cost, self.cost), max(bound, self.bound)
        if not self.first and isfinite(cost):
            self.first = self.seconds
        if self.progress is not None and self.progress(Progress(self.seconds, self.cost, self.bound)) is True:
            self.stopped = True
        return self.stopped


def cost_of(run: Run, plan: Ledger) -> float:
    """All kinds together."""
    return costs_of(plan, lines_of(plan, run.routes)).total


def accounts(run: Run, plan: Ledger, bound: float) -> Result:
    """The plan without reasons; the bound on the safe side of the solver's tolerance."""
    lines = lines_of(plan, run.routes)
    costs = costs_of(plan, lines)
    safe = max(0.0, min(bound - 1e-6 * max(1.0, abs(bound)), costs.total))
    gap = (costs.total - safe) / costs.total if costs.total else 0.0
    facilities, groups = totals_of(plan, lines)
    return Result(
        status=_status(run, gap),
        cost=costs.total,
        bound=safe,
        gap=gap,
        seconds=run.seconds,
        seconds_to_first=run.first,
        costs=costs,
        lines=lines,
        unplaced=left_out(plan),
        facilities=facilities,
        groups=groups,
        loads=loads_of(plan, run.problem),
    )


def is_right(run: Run, plan: Ledger) -> bool:
    """Whether it breaks no rule."""
    try:
        check(run.problem, accounts(run, plan, 0.0))
    except PlanError:
        return False
    return True


def _status(run: Run, gap: float) -> Status:
    if gap <= 2 * OPTIMAL_GAP:
        return Status.OPTIMAL
    return Status.WITHIN_GAP if gap <= run.limits.gap + OPTIMAL_GAP else Status.STOPPED
