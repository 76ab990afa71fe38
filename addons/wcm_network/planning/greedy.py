"""Greedy: a plan at once. The search starts from it, and the bench compares with it.

Demands by due date; each goes to the facility and period where a unit costs
least, new set-ups spread over the units that fit. Share policies are met by
`steps`: the search tries stronger and stronger nudges towards the groups that must
have a share and away from facilities that would have too much; `verify` tells
which plan keeps them.
"""

from __future__ import annotations

from itertools import groupby

from .ledger import Ledger
from .problem import Problem
from .routes import Route, routes_of

Place = tuple[float, int, Route, int]
"""Cost per unit, period, route, units."""


STEPS = (0.0, 0.1, 0.2, 0.4, 0.8, 1.6)
"""Nudges, in shares of the making cost of a unit."""


def greedy(problem: Problem, routes: list[Route] | None = None, nudge: float = 0.0) -> Ledger:
    """Earliest due date, marginal cost; locks first, then what can stay where it was.

    :param nudge: how much dearer those look who are in no group with a least share
    """
    routes = routes_of(problem) if routes is None else routes
    ledger = stayed(problem, routes)
    ledger.nudge = nudge
    groups = [list(group) for _, group in groupby(routes, lambda route: route.demand.id)]
    for group in sorted(groups, key=lambda group: group[0].demand.due):
        _place(ledger, group)
    return ledger


def cheapest_first(problem: Problem, routes: list[Route] | None = None) -> Ledger:
    """Whatever costs least a unit goes first, as late as it fits; locks first.

    Looks at no set-up, first article or opening: the other peer of the bench, and
    a start where these cost more than a first demand is worth.
    """
    routes = routes_of(problem) if routes is None else routes
    ledger = locked(problem, routes)
    for route in sorted(routes, key=lambda route: route.unit_cost(route.demand.due)):
        if route.demand.single_source:
            _place_whole(ledger, [route])
        elif ledger.may_join(route):
            _fill(ledger, route)
    return ledger


def _fill(ledger: Ledger, route: Route) -> None:
    """Units of one route, the latest periods first."""
    for period in reversed(route.demand.window):
        left = ledger.left(route)
        quantity = _part(min(ledger.room(route, period), left), left, route)
        if quantity > 0 and ledger.made[*route.batch, period] + quantity >= route.option.min_batch:
            ledger.book(route, period, quantity)


def locked(problem: Problem, routes: list[Route]) -> Ledger:
    """A plan of the locks alone."""
    ledger = Ledger(problem)
    by_pair = {(route.demand.id, route.facility.id): route for route in routes}
    for lock in problem.locks:
        ledger.book(by_pair[lock.demand, lock.facility], lock.period, lock.quantity)
    return ledger


def stayed(problem: Problem, routes: list[Route]) -> Ledger:
    """A plan of the locks and of what can stay where it was."""
    ledger = locked(problem, routes)
    by_pair = {(route.demand.id, route.facility.id): route for route in routes}
    for (demand, facility, period), quantity in problem.stays.items():
        route = by_pair.get((demand, facility))
        if route and period in route.demand.window and ledger.may_join(route):
            more = min(quantity - ledger.booked[demand, facility, period], ledger.left(route))
            ledger.book(route, period, max(0, min(more, ledger.fits(route, period))))
    while torn := _torn(ledger, by_pair):
        for route, period, quantity in torn:
            ledger.book(route, period, -quantity)
    return ledger


def _torn(ledger: Ledger, by_pair: dict[tuple[str, str], Route]) -> list[tuple[Route, int, int]]:
    """Route, period and units that no lock holds, of batches too small now and of single sources not whole."""
    locks = {lock.cell: lock.quantity for lock in ledger.problem.locks}
    found = []
    for demand, facility, period, quantity in ledger.lines():
        route, free = by_pair[demand, facility], quantity - locks.get((demand, facility, period), 0)
        small = ledger.made[*route.batch, period] < route.option.min_batch
        if free and (small or (route.demand.single_source and ledger.left(route))):
            found.append((route, period, free))
    return found


def _place(ledger: Ledger, routes: list[Route]) -> None:
    """Place one demand as far as it goes."""
    if routes[0].demand.single_source:
        return _place_whole(ledger, routes)
    while ledger.left(routes[0]) > 0:
        places = [place for route in routes for place in _places(ledger, route)]
        if not places:
            return None
        _, period, route, quantity = min(places, key=lambda place: place[:2])
        ledger.book(route, period, quantity)
    return None


def _places(ledger: Ledger, route: Route) -> list[Place]:
    """Where units of this route fit, if a unit there costs less than to leave it out."""
    found = []
    for period in route.demand.window if ledger.may_join(route) else ():
        quantity = _part(min(ledger.room(route, period), ledger.left(route)), ledger.left(route), route)
        made = ledger.made[*route.batch, period]
        if quantity > 0 and made + quantity >= route.option.min_batch:
            cost = ledger.each(route, period, quantity) + _nudge(ledger, route)
            if cost <= route.demand.unmet_cost:
                found.append((cost, period, route, quantity))
    return found


def _part(fits: int, left: int, route: Route) -> int:
    """Fewer than fit, where the rest would be too small for a batch of its own."""
    least = route.option.min_batch
    return max(0, left - least) if 0 < left - fits < least else fits


def _nudge(ledger: Ledger, route: Route) -> float:
    """Extra cost in the choice, so that groups reach their shares and nobody has too much."""
    if not ledger.nudge:
        return 0.0
    extra = 0.0
    groups = ledger.problem.policies.min_group_share
    if any(share and group not in route.facility.groups for group, share in groups.items()):
        extra += route.option.unit_cost * ledger.nudge
    most = route.facility.max_share
    if most is not None and ledger.share(route.facility.id) > most * 0.9:
        extra += route.option.unit_cost * ledger.nudge
    return extra


def _place_whole(ledger: Ledger, routes: list[Route]) -> None:
    """All of the demand at the one facility where it costs least, or none of it."""
    if not ledger.left(routes[0]):
        return
    tries = [trial for route in routes if (trial := _whole(ledger, route))]
    if tries:
        _, chosen = min(tries, key=lambda trial: trial[0])
        for _, period, route, quantity in chosen:
            ledger.book(route, period, quantity)


def _whole(ledger: Ledger, route: Route) -> tuple[float, list[Place]] | None:
    """Cost and places of the rest of this demand at one facility; None if it does not fit.

    Books as it goes and takes all back at the end.
    """
    chosen: list[Place] = []
    while ledger.left(route) > 0 and (places := _places(ledger, route)):
        chosen.append(min(places, key=lambda place: place[:2]))
        ledger.book(route, chosen[-1][1], chosen[-1][3])
    fits = ledger.left(route) == 0
    for _, period, _, quantity in chosen:
        ledger.book(route, period, -quantity)
    return (sum(place[0] * place[3] for place in chosen), chosen) if fits else None
