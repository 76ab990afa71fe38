"""Large problems from question to answer: what `planner.py` does for small ones, without lists
of every possible line."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from .explain import CENT, Rival, sentence, unplaced_of
from .greedy import locked
from .grid import Grid, rows_of
from .ledger import Ledger, ledger_of
from .local import Found, local_search
from .locks import LockError, check_locks
from .result import Code, Line, Reason, Result, Unplaced
from .rivals import rivals
from .routes import Route, routes_between, routes_of
from .run import Run, accounts, is_right
from .shadow import with_shadows
from .trim import trim

MOST_REASONS = 200
"""Demands left out whose reasons are worked out; of more, the first."""
MOST_TRIMMED = 20_000
"""Lines of a plan that is trimmed: each step looks at all of them."""


def solve_large(run: Run) -> Result:
    """The best plan of the local search, explained.

    :raise LockError: a lock cannot be kept, or no plan with all of them was found
    """
    names = {lock.demand for lock in run.problem.locks}
    check_locks(run.problem, routes_of(run.problem, [run.problem.demand[name] for name in names]))
    found = local_search(run.problem, run.limits, run.tell)
    plan = _plan(run, found)
    result = accounts(run, plan, found.bound)
    return replace(
        result,
        lines=_explained(run, found.grid, result.lines),
        unplaced=_unplaced(plan, result.unplaced),
        loads=with_shadows(run.problem, result.loads, _dear(found)),
    )


def _plan(run: Run, found: Found) -> Ledger:
    """As found; where that breaks a rule, what is left of it when trimmed, or the locks alone."""
    run.routes = routes_between(run.problem, (cell[:2] for cell in found.booked))
    plan = ledger_of(run.problem, run.routes, found.booked)
    if found.right:
        return plan
    if len(run.routes) <= MOST_TRIMMED and is_right(run, trim(plan, run.routes)):
        return plan
    run.routes = routes_between(run.problem, (lock.cell[:2] for lock in run.problem.locks))
    plan = locked(run.problem, run.routes)
    if not is_right(run, plan):
        raise LockError(f"locks: no plan that keeps them was found in {run.seconds:.1f} s; allow more time")
    return plan


def _explained(run: Run, grid: Grid, lines: Sequence[Line]) -> list[Line]:
    """Lines with the next best choice; shares are not looked at there."""
    problem = run.problem
    option, extra, moving = rivals(grid, rows_of(problem, lines))
    others = [problem.options[o].facility if o >= 0 else "" for o in option.tolist()]
    pairs = [(line.demand, other) for line, other in zip(lines, others, strict=True)]
    routes = routes_between(problem, [pair for pair in pairs if pair[1]])
    by_pair = {(route.demand.id, route.facility.id): route for route in routes}
    makers = Counter(row.item for row in problem.options)
    return [
        _line(line, by_pair.get(pair), cost, moves, alone=makers[problem.demand[line.demand].item] == 1)
        for line, pair, cost, moves in zip(lines, pairs, extra.tolist(), moving.tolist(), strict=True)
    ]


def _line(line: Line, other: Route | None, extra: float, moving: float, *, alone: bool) -> Line:
    if other is None:
        return replace(line, reason=sentence(line, [], [], alone=alone))
    rival = [Rival(other, extra, "", moving)]
    reason = sentence(line, rival, rival, alone=alone)
    return replace(line, reason=reason, next_best=other.facility.id, next_best_extra=extra)


def _unplaced(plan: Ledger, left: Sequence[Unplaced]) -> list[Unplaced]:
    """Reasons of the first; the others are named."""
    problem, first = plan.problem, left[:MOST_REASONS]
    routes: dict[str, list[Route]] = defaultdict(list)
    for route in routes_of(problem, [problem.demand[row.demand] for row in first]):
        routes[route.demand.id].append(route)
    told = {row.demand: row for row in unplaced_of(plan, [r for rows in routes.values() for r in rows], False)}
    more = [Reason(Code.STOPPED, f"not worked out: more than {MOST_REASONS} demands are left out")]
    return [told[row.demand] for row in first] + [replace(row, reasons=more) for row in left[MOST_REASONS:]]


def _dear(found: Found) -> dict[tuple[str, str, int], float]:
    """Prices of hours that are worth telling."""
    return {key: price for key, price in found.hour.items() if price > CENT}
