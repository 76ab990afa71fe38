"""Solve a problem: a first plan at once, then a search with a proven bound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import inf, isfinite
from time import monotonic

from .account import costs_of, lines_of, loads_of, totals_of
from .explain import explained, left_out, unplaced_of
from .greedy import STEPS, cheapest_first, greedy, locked
from .highs import Answer, Limits, search
from .ledger import Ledger, ledger_of
from .locks import LockError, check_locks, conflict
from .model import Model, model_of
from .narrow import search_in_stages
from .problem import Problem
from .refusals import ProblemError
from .result import Load, Result, Status
from .routes import Route, routes_of
from .shadow import priced
from .trim import trim
from .verify import PlanError, check

MOST_COLUMNS = 300_000
"""Units by demand, facility and period; above it one program does not do (README.md)."""
FEW_COLUMNS = 300
"""Up to which a search in stages (`narrow.py`) gains nothing."""
SHADOW_SECONDS = 3.0
"""For the shadow values, after the search."""
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
class _Run:
    """One call of `solve`: its data, its clock and what it was asked."""

    problem: Problem
    routes: list[Route]
    limits: Limits
    progress: Listener | None
    began: float = field(default_factory=monotonic)
    first: float = 0.0
    cost: float = inf
    bound: float = 0.0
    stopped: bool = False
    model: Model | None = None

    @property
    def seconds(self) -> float:
        """Since the start."""
        return monotonic() - self.began

    def tell(self, cost: float, bound: float) -> bool:
        """Pass news on, never worse than before; whether to stop."""
        self.cost, self.bound = min(cost, self.cost), max(bound, self.bound)
        if self.progress is not None and self.progress(Progress(self.seconds, self.cost, self.bound)) is True:
            self.stopped = True
        return self.stopped


def solve(
    problem: Problem,
    *,
    seconds: float = 30.0,
    gap: float = 0.01,
    threads: int = 1,
    seed: int = 0,
    progress: Listener | None = None,
) -> Result:
    """The cheapest plan that was found, checked, with a proven lower bound.

    :param seconds: wall clock for the search
    :param gap: stop when the plan is proven to be within this share of the best
    :param progress: see `Listener`
    :raise ProblemError: too large for this planner
    :raise LockError: a lock cannot be kept
    """
    _check_size(problem)
    routes = routes_of(problem)
    check_locks(problem, routes)
    run = _Run(problem, routes, Limits(seconds, gap, threads, seed), progress)
    first = _first(run)
    run.first = run.seconds
    ledger, bound = _searched(run, first)
    result = _result(run, ledger, bound)
    check(problem, result)
    return result


def possible_lines(problem: Problem) -> int:
    """Demands x facilities that can make them x periods, counted before any is built."""
    makers = Counter(option.item for option in problem.options)
    return sum(makers[demand.item] * len(demand.window) for demand in problem.demands)


def _check_size(problem: Problem) -> None:
    columns = possible_lines(problem) + len(problem.stays)
    if columns > MOST_COLUMNS:
        raise ProblemError(
            f"problem: too large: {columns} possible lines (demands x facilities x periods), "
            f"this planner takes {MOST_COLUMNS}; plan fewer homes at once"
        )


def _first(run: _Run) -> Ledger | None:
    """A plan that breaks nothing, found without search; None when there is none."""
    plans = [trim(greedy(run.problem, run.routes, step), run.routes) for step in _steps(run.problem)]
    plans.append(trim(cheapest_first(run.problem, run.routes), run.routes))
    plans.append(locked(run.problem, run.routes))
    right = [plan for plan in plans if _is_right(run, plan)]
    return min(right, key=lambda plan: _cost(run, plan), default=None)


def _steps(problem: Problem) -> tuple[float, ...]:
    """A nudge does nothing where there is no share to reach or to keep below."""
    shares = any(row.max_share is not None for row in problem.facilities)
    return STEPS if shares or problem.policies.min_group_share else STEPS[:1]


def _is_right(run: _Run, plan: Ledger) -> bool:
    try:
        check(run.problem, _accounts(run, plan, 0.0))
    except PlanError:
        return False
    return True


def _searched(run: _Run, first: Ledger | None) -> tuple[Ledger, float]:
    """Best plan and bound.

    :raise LockError: no plan keeps the locks
    """
    if first is not None and run.tell(_cost(run, first), _floor(run)):
        return first, _floor(run)
    model = run.model = model_of(run.problem, run.routes)
    best, bound, finished = _round(run, model, first, run.limits.gap)
    gap = _tighter(run, best, run.limits.gap)
    if finished and gap:
        best, other, _ = _round(run, model, best, gap)
        bound = max(bound, other)
    return best, max(bound, _floor(run))


def _round(run: _Run, model: Model, known: Ledger | None, gap: float) -> tuple[Ledger, float, bool]:
    """One search: best plan, bound, whether it reached the gap."""
    answer = _search(run, model, known, gap)
    best = _better(run, known, _found(run, model, answer), answer)
    return best, answer.bound, answer.finished


def _search(run: _Run, model: Model, start: Ledger | None, gap: float) -> Answer:
    left = max(0.0, run.limits.seconds - run.seconds)
    known = None if start is None else model.start(start)
    find = search_in_stages if _is_wide(model) else search
    return find(model.milp, known, replace(run.limits, seconds=left, gap=gap), run.tell)


def _is_wide(model: Model) -> bool:
    """Large, and nothing but units hangs on periods: the relaxation is nearly right then."""
    return not model.setups and len(model.milp.cost) > FEW_COLUMNS


def _better(run: _Run, best: Ledger | None, found: Ledger | None, answer: Answer) -> Ledger:
    """The cheaper of what was known and what was found.

    :raise LockError: nothing was known and nothing found
    """
    plans = [plan for plan in (best, found) if plan is not None]
    if plans:
        return min(plans, key=lambda plan: _cost(run, plan))
    if answer.infeasible:
        raise conflict(run.problem, lambda other: _possible(run, other))
    raise LockError(f"locks: no plan that keeps them was found in {run.seconds:.1f} s; allow more time")


def _found(run: _Run, model: Model, answer: Answer) -> Ledger | None:
    """The plan in the answer, if it survives rounding to whole units."""
    if answer.values is None:
        return None
    plan = ledger_of(run.problem, run.routes, model.booked(answer.values))
    return plan if _is_right(run, plan) else None


def _possible(run: _Run, problem: Problem) -> bool:
    """Whether any plan exists; unknown counts as yes."""
    limits = replace(run.limits, seconds=10.0, gap=1.0)
    return not search(model_of(problem, routes_of(problem)).milp, None, limits, lambda *_: False).infeasible


def _tighter(run: _Run, best: Ledger, gap: float) -> float:
    """The gap to ask for again, so that it holds for the money and not only for the
    much larger penalties of what is left out or moves; 0 when it does already."""
    costs = costs_of(best, lines_of(best, run.routes))
    if costs.total == costs.spend or run.stopped or run.seconds >= run.limits.seconds:
        return 0.0
    return gap * costs.spend / costs.total


def _floor(run: _Run) -> float:
    """A bound without search: every unit by its cheapest way, as if alone."""
    each: dict[str, float] = {demand.id: demand.unmet_cost for demand in run.problem.demands}
    for route in run.routes:
        cheapest = route.unit_cost(route.demand.due)
        each[route.demand.id] = min(each[route.demand.id], cheapest)
    return sum(demand.quantity * each[demand.id] for demand in run.problem.demands)


def _cost(run: _Run, plan: Ledger) -> float:
    return costs_of(plan, lines_of(plan, run.routes)).total


def _result(run: _Run, plan: Ledger, bound: float) -> Result:
    """Accounts and reasons of the plan that is handed back."""
    result = _accounts(run, plan, bound)
    left = unplaced_of(plan, run.routes, result.status is not Status.STOPPED)
    lines = explained(plan, run.routes, result.lines)
    return replace(result, lines=lines, unplaced=left, loads=_loads(run, result))


def _loads(run: _Run, result: Result) -> Sequence[Load]:
    """With shadow values, unless the caller stopped: who presses Ctrl-C does not wait."""
    if run.stopped or possible_lines(run.problem) > MOST_COLUMNS:
        return result.loads
    model = run.model or model_of(run.problem, run.routes)
    return priced(model, result.loads, SHADOW_SECONDS, run.limits.threads)


def _accounts(run: _Run, plan: Ledger, bound: float) -> Result:
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


def _status(run: _Run, gap: float) -> Status:
    if gap <= 2 * OPTIMAL_GAP:
        return Status.OPTIMAL
    return Status.WITHIN_GAP if gap <= run.limits.gap + OPTIMAL_GAP else Status.STOPPED
