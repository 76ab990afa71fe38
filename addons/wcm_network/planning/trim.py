"""Trim a plan until it keeps the share policies: the last resort of a first plan."""

from __future__ import annotations

from collections import defaultdict

from .ledger import Ledger
from .routes import Route

Rows = list[tuple[Route, int, int]]
"""Route, period, units."""


def trim(ledger: Ledger, routes: list[Route]) -> Ledger:
    """Take whole batches away from those who have too much, the cheapest to make first.

    What is taken away is left out of the plan; locks stay. The ledger is changed.
    """
    while culprits := _culprits(ledger):
        batches = [rows for rows in _batches(ledger, routes) if rows[0][0].facility.id in culprits]
        if not batches:
            break
        for route, period, quantity in min(batches, key=_making):
            ledger.book(route, period, -quantity)
    return ledger


def _making(rows: Rows) -> float:
    return sum(quantity * route.option.unit_cost for route, _, quantity in rows)


def _batches(ledger: Ledger, routes: list[Route]) -> list[Rows]:
    """Lines that stand or fall together: one item at one facility in one period, or one
    demand with one source; none with a lock."""
    by_pair = {(route.demand.id, route.facility.id): route for route in routes}
    locked = {lock.cell for lock in ledger.problem.locks}
    batches: dict[tuple[object, ...], Rows] = defaultdict(list)
    fixed = set()
    for demand, facility, period, quantity in ledger.lines():
        route = by_pair[demand, facility]
        key = (demand,) if route.demand.single_source else (*route.batch, period)
        batches[key].append((route, period, quantity))
        if (demand, facility, period) in locked:
            fixed.add(key)
    return [rows for key, rows in batches.items() if key not in fixed]


def _culprits(ledger: Ledger) -> set[str]:
    """Facilities that have too much: of the hours, or outside a group that has too little."""
    too_much = {
        row.id
        for row in ledger.problem.facilities
        if row.max_share is not None and ledger.share(row.id) > row.max_share + 1e-9
    }
    return too_much or _outsiders(ledger)


def _outsiders(ledger: Ledger) -> set[str]:
    problem = ledger.problem
    making: dict[str, float] = defaultdict(float)
    for (facility, item), made in ledger.in_all.items():
        making[facility] += made * problem.option[facility, item].unit_cost
    for group, share in problem.policies.min_group_share.items():
        inside = {row.id for row in problem.facilities if group in row.groups}
        if sum(making[name] for name in inside) < share * sum(making.values()) - 1e-9:
            return {row.id for row in problem.facilities if row.id not in inside}
    return set()
