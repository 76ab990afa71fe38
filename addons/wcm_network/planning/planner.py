"""Solve a problem: a first plan at once, then a search with a proven bound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING

from .account import costs_of, lines_of
from .choices import is_assignment
from .duals import proof
from .explain import explained, unplaced_of
from .greedy import STEPS, cheapest_first, greedy, locked
from .highs import Answer, Limits, relax, search
from .ledger import Ledger, ledger_of
from .location import is_location
from .locks import LockError, check_locks, conflict
from .model import Model, model_of
from .narrow import search_in_stages
from .opening import openings
from .places import Cell
from .problem import Problem
from .refusals import ProblemError
from .result import Load, Result, Status
from .routes import routes_of
from .run import Listener, Run, accounts, cost_of, is_right
from .shadow import priced, with_shadows
from .size import check_memory, gains_from_moves, is_large, possible_lines
from .trim import trim
from .verify import check

if TYPE_CHECKING:
    from .beside import Beside

FEW_COLUMNS = 300
"""Up to which a search in stages (`narrow.py`) gains nothing."""
SHADOW_SECONDS = 3.0
"""For the shadow values, after the search."""


def solve(
    problem: Problem,
    *,
    seconds: float = 30.0,
    gap: float = 0.01,
    threads: int = 1,
    seed: int = 0,
    progress: Listener | None = None,
    memory: float = 4096.0,
) -> Result:
    """The cheapest plan that was found, checked, with a proven lower bound.

    :param seconds: wall clock for the search
    :param gap: stop when the plan is proven to be within this share of the best
    :param progress: see `Listener`
    :param memory: MB that the search may take, about
    :raise ProblemError: it takes more memory than that
    :raise LockError: a lock cannot be kept
    """
    check_memory(problem, memory)
    run = Run(problem, Limits(seconds, gap, threads, seed), progress)
    large = is_large(problem) and not is_assignment(problem)
    result = _solve_large(run) if large else _solve_program(run)
    check(problem, result)
    return result


def _solve_large(run: Run) -> Result:
    """Imported only where it is needed: the compiler takes its time and memory."""
    try:
        from .large import solve_large
    except ImportError as error:
        lines = possible_lines(run.problem)
        raise ProblemError(f"problem: {lines} possible lines need the package {error.name}; install it") from None
    return solve_large(run)


def _solve_program(run: Run) -> Result:
    run.routes = routes_of(run.problem)
    check_locks(run.problem, run.routes)
    found = _assigned(run)
    if found is None:
        first = _first(run)
        found = _located(run, first) or _searched(run, first)
    return _result(run, *found)


def _assigned(run: Run) -> tuple[Ledger, float] | None:
    """Plan and bound where each demand is one choice, of many; None elsewhere, and where nothing is compiled."""
    if possible_lines(run.problem) <= FEW_COLUMNS or not is_assignment(run.problem):
        return None
    try:
        from .assignment import assign
    except ImportError:
        return None
    return assign(run)


def _located(run: Run, first: Ledger | None) -> tuple[Ledger, float] | None:
    """Where the question is only what opens: its own search; None without the compiler."""
    if first is None or not is_location(run.problem, possible_lines(run.problem)):
        return None
    try:
        from .location_answer import locate
    except ImportError:
        return None
    found = locate(run, first)
    run.dear = found.hours
    return found.plan, found.bound


def _first(run: Run) -> Ledger | None:
    """A plan that breaks nothing, found without the program; None when there is none."""
    best = _cheapest(run, _tries(run))
    told = best is not None and gains_from_moves(run.problem) and run.tell(cost_of(run, best), 0.0)
    if told or not gains_from_moves(run.problem):
        return best
    return _cheapest(run, [plan for plan in (best, _moved(run, run.problem)) if plan is not None])


def _cheapest(run: Run, plans: Iterable[Ledger]) -> Ledger | None:
    right = []
    for plan in plans:
        if is_right(run, plan):
            right.append(plan)
            run.first = run.first or run.seconds
    return min(right, key=lambda plan: cost_of(run, plan), default=None)


def _tries(run: Run) -> Iterator[Ledger]:
    for step in _steps(run.problem):
        yield trim(greedy(run.problem, run.routes, step), run.routes)
    yield trim(cheapest_first(run.problem, run.routes), run.routes)
    yield locked(run.problem, run.routes)


def _moved(run: Run, problem: Problem) -> Ledger | None:
    """Some rounds of the local search; the problem may have fewer options."""
    if not _is_warm():
        return None
    from .local import quick_plan

    limits = replace(run.limits, seconds=max(0.0, run.limits.seconds - run.seconds))
    return _ledger(run, quick_plan(problem, limits, lambda: run.tell(inf, 0.0)))


def _steps(problem: Problem) -> tuple[float, ...]:
    """A nudge does nothing where there is no share to reach or to keep below."""
    shares = any(row.max_share is not None for row in problem.facilities)
    return STEPS if shares or problem.policies.min_group_share else STEPS[:1]


def _searched(run: Run, first: Ledger | None) -> tuple[Ledger, float]:
    """Best plan and bound.

    :raise LockError: no plan keeps the locks
    """
    if first is not None and run.tell(cost_of(run, first), _floor(run)):
        return first, _floor(run)
    model = run.model = model_of(run.problem, run.routes)
    first, floor = _opened(run, model, first)
    if first is not None and (run.tell(cost_of(run, first), floor) or _is_close(run, first, floor)):
        return first, floor
    best, bound, finished = _round(run, model, first, run.limits.gap)
    gap = _tighter(run, best, run.limits.gap)
    if finished and gap:
        best, other, _ = _round(run, model, best, gap)
        bound = max(bound, other)
    return best, max(bound, floor)


def _opened(run: Run, model: Model, first: Ledger | None) -> tuple[Ledger | None, float]:
    """A bound before the search; where openings are dear, the best plan of moves with what the relaxation opens."""
    floor, left = _floor(run), (run.limits.seconds - run.seconds) / 2
    if not (model.opens and gains_from_moves(run.problem) and _is_warm()):
        return first, floor
    relaxed = relax(model.milp, left, run.limits.threads)
    if relaxed is None:
        return first, floor
    plans = [first, *(_moved(run, problem) for problem in openings(model, relaxed.values))]
    best = _cheapest(run, [plan for plan in plans if plan is not None])
    return best, max(floor, proof(model.milp, relaxed.duals).bound)


def _is_close(run: Run, plan: Ledger, bound: float) -> bool:
    """Whether the gap is reached, for the money too."""
    gap = _tighter(run, plan, run.limits.gap) or run.limits.gap
    return cost_of(run, plan) - bound <= gap * cost_of(run, plan)


def _round(run: Run, model: Model, known: Ledger | None, gap: float) -> tuple[Ledger, float, bool]:
    """One search: best plan, bound, whether it reached the gap."""
    with _beside(run) as beside:
        answer = _search(run, model, known, gap)
    moved = beside.booked if beside is not None and not answer.finished else None
    known = _cheapest(run, [plan for plan in (known, _ledger(run, moved)) if plan is not None])
    best = _better(run, known, _found(run, model, answer), answer)
    return best, answer.bound, answer.finished


def _beside(run: Run) -> AbstractContextManager[Beside | None]:
    """Another search on another core, where the program gains from its plans and it is compiled."""
    if run.limits.threads == 1 or not gains_from_moves(run.problem) or run.problem.stays or not _is_warm():
        return nullcontext()
    from .beside import Beside

    return Beside(run.problem, run.limits.seed + 1)


def _is_warm() -> bool:
    """Whether the loops are compiled already: a small problem waits for no compiler."""
    try:
        from .compiled import is_warm
    except ImportError:
        return False
    return is_warm()


def _ledger(run: Run, booked: dict[Cell, int] | None) -> Ledger | None:
    return ledger_of(run.problem, run.routes, booked) if booked else None


def _search(run: Run, model: Model, start: Ledger | None, gap: float) -> Answer:
    left = max(0.0, run.limits.seconds - run.seconds)
    known = None if start is None else model.start(start)
    find = search_in_stages if _is_wide(model) else search
    return find(model.milp, known, replace(run.limits, seconds=left, gap=gap), run.tell)


def _is_wide(model: Model) -> bool:
    """Large, and nothing but units hangs on periods: the relaxation is nearly right then."""
    return not model.setups and len(model.milp.cost) > FEW_COLUMNS


def _better(run: Run, best: Ledger | None, found: Ledger | None, answer: Answer) -> Ledger:
    """The cheaper of what was known and what was found.

    :raise LockError: nothing was known and nothing found
    """
    plans = [plan for plan in (best, found) if plan is not None]
    if plans:
        return min(plans, key=lambda plan: cost_of(run, plan))
    if answer.infeasible:
        raise conflict(run.problem, lambda other: _possible(run, other))
    raise LockError(f"locks: no plan that keeps them was found in {run.seconds:.1f} s; allow more time")


def _found(run: Run, model: Model, answer: Answer) -> Ledger | None:
    """The plan in the answer, if it survives rounding to whole units."""
    if answer.values is None:
        return None
    plan = ledger_of(run.problem, run.routes, model.booked(answer.values))
    return plan if is_right(run, plan) else None


def _possible(run: Run, problem: Problem) -> bool:
    """Whether any plan exists; unknown counts as yes."""
    limits = replace(run.limits, seconds=10.0, gap=1.0)
    return not search(model_of(problem, routes_of(problem)).milp, None, limits, lambda *_: False).infeasible


def _tighter(run: Run, best: Ledger, gap: float) -> float:
    """The gap to ask for again, so that it holds for the money and not only for the
    much larger penalties of what is left out or moves; 0 when it does already."""
    costs = costs_of(best, lines_of(best, run.routes))
    if costs.total == costs.spend or run.stopped or run.seconds >= run.limits.seconds:
        return 0.0
    return gap * costs.spend / costs.total


def _floor(run: Run) -> float:
    """A bound without search: every unit by its cheapest way, as if alone."""
    each: dict[str, float] = {demand.id: demand.unmet_cost for demand in run.problem.demands}
    for route in run.routes:
        cheapest = route.unit_cost(route.demand.due)
        each[route.demand.id] = min(each[route.demand.id], cheapest)
    return sum(demand.quantity * each[demand.id] for demand in run.problem.demands)


def _result(run: Run, plan: Ledger, bound: float) -> Result:
    """Accounts and reasons of the plan that is handed back."""
    result = accounts(run, plan, bound)
    left = unplaced_of(plan, run.routes, result.status is not Status.STOPPED)
    lines = explained(plan, run.routes, result.lines)
    return replace(result, lines=lines, unplaced=left, loads=_loads(run, result))


def _loads(run: Run, result: Result) -> Sequence[Load]:
    """With shadow values, unless the caller stopped: who presses Ctrl-C does not wait."""
    if run.stopped:
        return result.loads
    if run.dear is not None:
        return with_shadows(run.problem, result.loads, run.dear)
    model = run.model or model_of(run.problem, run.routes)
    return priced(model, result.loads, SHADOW_SECONDS, run.limits.threads)
