"""Locks that cannot be kept are named before, or if need be after, the search."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from .ledger import Ledger
from .places import Lock
from .problem import Problem
from .refusals import ProblemError
from .routes import Route

T = TypeVar("T")


class LockError(ProblemError):
    """A lock cannot be kept; the message names it and says why."""


def check_locks(problem: Problem, routes: list[Route]) -> None:
    """Refuse the first lock that cannot be kept together with those before it."""
    by_pair = {(route.demand.id, route.facility.id): route for route in routes}
    ledger = Ledger(problem)
    for index, lock in enumerate(problem.locks):
        route = by_pair.get((lock.demand, lock.facility))
        for wrong in _wrongs(ledger, lock, route):
            raise LockError(f"locks[{index}]: {lock.label}: {wrong}")
        if route is not None:
            ledger.book(route, lock.period, lock.quantity)


def _wrongs(ledger: Ledger, lock: Lock, route: Route | None) -> Iterator[str]:
    """What is wrong with a lock, given those before it."""
    if route is None:
        item = ledger.problem.demand[lock.demand].item
        yield f'the facility has no option for item "{item}"'
        return
    window = route.demand.window
    if lock.period not in window:
        yield f"can only be made in periods {window.start} to {window.stop - 1}"
    elif lock.quantity > ledger.left(route):
        yield f"{lock.quantity} units, where {ledger.left(route)} of the demand are left"
    elif not ledger.may_join(route):
        yield "too many facilities share this demand"
    elif lock.quantity > ledger.fits(route, lock.period):
        yield f"{lock.quantity} units, where the facility has room for {ledger.fits(route, lock.period)}"


def conflict(problem: Problem, possible: Callable[[Problem], bool]) -> LockError:
    """Name a smallest set of locks, and the policies, that exclude each other."""
    locks = _needed(problem.locks, lambda kept: possible(replace(problem, locks=kept)))
    problem = replace(problem, locks=locks)
    rules = _needed(_rules(problem), lambda kept: possible(_ruled(problem, kept)))
    names = " and ".join(lock.label for lock in locks)
    with_rules = f" with policy {', '.join(_words(rule) for rule in rules)}" if rules else ""
    return LockError(f"locks: cannot be kept{' together' if len(locks) > 1 else ''}{with_rules}: {names}")


def _needed(rows: Sequence[T], possible: Callable[[list[T]], bool]) -> list[T]:
    """Drop every row without which it stays impossible."""
    kept = list(rows)
    for row in rows:
        fewer = [other for other in kept if other is not row]
        if not possible(fewer):
            kept = fewer
    return kept


Rule = tuple[str, str, float]
"""Kind, whom it is about, number."""


def _rules(problem: Problem) -> list[Rule]:
    shares = problem.policies.min_group_share.items()
    rules: list[Rule] = [("min_group_share", group, share) for group, share in shares]
    rules += [("max_share", row.id, row.max_share) for row in problem.facilities if row.max_share is not None]
    most = problem.policies.max_facilities_per_demand
    return rules if most is None else [*rules, ("max_facilities_per_demand", "", most)]


def _ruled(problem: Problem, rules: list[Rule]) -> Problem:
    """The problem under these rules only."""
    kept = {(kind, name): number for kind, name, number in rules}
    shares = {name: number for kind, name, number in rules if kind == "min_group_share"}
    most = kept.get(("max_facilities_per_demand", ""))
    policies = replace(
        problem.policies, min_group_share=shares, max_facilities_per_demand=None if most is None else int(most)
    )
    facilities = [replace(row, max_share=kept.get(("max_share", row.id))) for row in problem.facilities]
    return replace(problem, policies=policies, facilities=facilities)


def _words(rule: Rule) -> str:
    return " ".join(str(part) for part in rule if part != "")
