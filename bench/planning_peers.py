"""Peers of the planner, for ratios in the same run. They keep no shares.

`PEERS`: earliest due date as its name says (`due_date`), the planner's own first plan, which spreads a
new set-up over the units that fit (`greedy`), and cheapest first.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby

from planning import Problem, Result, cheapest_first, greedy
from planning.account import costs_of, lines_of
from planning.ledger import Ledger
from planning.routes import Route, routes_of

Place = tuple[float, int, Route, int]
"""Cost of the next unit or smallest batch, period, route, units that fit."""


def due_date(problem: Problem, routes: list[Route]) -> Ledger:
    """Earliest due date, marginal cost, no lookahead: demands by due date, each unit where it costs least just
    now; whatever it newly needs (set-up, first article, opening) is charged to it in full, or to the smallest
    batch where that is more than one unit.

    Once that is paid the next units cost least at the same place, so all that fit go there at once.
    """
    ledger = Ledger(problem)
    groups = [list(group) for _, group in groupby(routes, lambda route: route.demand.id)]
    for group in sorted(groups, key=lambda group: group[0].demand.due):
        if group[0].demand.single_source:
            _place_whole(ledger, group)
        else:
            _placed(ledger, group)
    return ledger


def _place_whole(ledger: Ledger, routes: list[Route]) -> None:
    """All at one facility: where the first unit costs least, of those that have room for all."""
    firsts = [
        (min(costs), index)
        for index, route in enumerate(routes)
        if (costs := [place[0] for place in _places(ledger, [route])])
    ]
    for _, index in sorted(firsts):
        if _placed(ledger, [routes[index]]):
            return
        _empty(ledger, routes[index])


def _placed(ledger: Ledger, routes: list[Route]) -> bool:
    """Place a demand unit by unit; whether all of it found a place."""
    while ledger.left(routes[0]) > 0 and (places := _places(ledger, routes)):
        _, period, route, quantity = min(places, key=lambda place: place[:2])
        ledger.book(route, period, quantity)
    return ledger.left(routes[0]) == 0


def _empty(ledger: Ledger, route: Route) -> None:
    """Take back what one source could not make all of."""
    for period in route.demand.window:
        ledger.book(route, period, -ledger.booked[route.demand.id, route.facility.id, period])


def _places(ledger: Ledger, routes: list[Route]) -> list[Place]:
    found = []
    for route in routes:
        for period in route.demand.window if ledger.may_join(route) else ():
            least = 1 if ledger.made[*route.batch, period] else max(1, route.option.min_batch)
            fits = min(ledger.room(route, period), ledger.left(route))
            if fits >= least and (cost := ledger.each(route, period, least)) <= route.demand.unmet_cost:
                found.append((cost, period, route, fits))
    return found


PEERS: dict[str, Callable[[Problem, list[Route]], Ledger]] = {
    "due date": due_date,
    "greedy": greedy,
    "cheapest": cheapest_first,
}


def saved(problem: Problem, result: Result) -> list[str]:
    """By peer: how much cheaper the plan is, in money and with what is left out at its penalty, and units that
    the peer leaves out."""
    routes = routes_of(problem)
    return [_saved(problem, result, method(problem, routes), routes) for method in PEERS.values()]


def _saved(problem: Problem, result: Result, plan: Ledger, routes: list[Route]) -> str:
    left = sum(row.quantity for row in problem.demands) - sum(plan.placed.values())
    costs = costs_of(plan, lines_of(plan, routes))
    return f"{1 - result.costs.spend / costs.spend:.1%} {1 - result.cost / costs.total:.1%} ({left})"
