"""Accounts of a plan: cost of every line, totals per facility and group, loads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import fields

from .ledger import Ledger
from .problem import Problem
from .result import Costs, Line, Load, Total, add_costs
from .routes import Route


def lines_of(ledger: Ledger, routes: Sequence[Route]) -> list[Line]:
    """Lines with their costs; set-up and first article are shared out by quantity."""
    by_pair = {(route.demand.id, route.facility.id): route for route in routes}
    locks = {lock.cell: lock.quantity for lock in ledger.problem.locks}
    return [
        _line(ledger, by_pair[demand, facility], period, quantity, locks.get((demand, facility, period), 0))
        for demand, facility, period, quantity in ledger.lines()
    ]


def _line(ledger: Ledger, route: Route, period: int, quantity: int, locked: int) -> Line:
    option = route.option
    costs = Costs(
        making=quantity * option.unit_cost,
        setup=option.setup_cost * quantity / ledger.made[*route.batch, period],
        transport=quantity * route.transport,
        holding=quantity * route.holding * (route.demand.due - period),
        first_article=option.first_article_cost * quantity / ledger.in_all[route.batch],
        carbon=quantity * route.carbon,
    )
    kgco2e = quantity * route.kgco2e
    return Line(route.demand.id, route.facility.id, period, quantity, costs, kgco2e, locked)


def costs_of(ledger: Ledger, lines: Sequence[Line]) -> Costs:
    """Cost of the whole plan by kind, opening, what is left out and what moves included."""
    opening = sum(row.opening_cost for row in ledger.problem.facilities if ledger.busy[row.id])
    unmet = sum((demand.quantity - ledger.placed[demand.id]) * demand.unmet_cost for demand in ledger.problem.demands)
    stability = ledger.moved() * ledger.problem.policies.move_cost
    return add_costs([*(line.costs for line in lines), Costs(opening=opening, unmet=unmet, stability=stability)])


def totals_of(ledger: Ledger, lines: Sequence[Line]) -> tuple[list[Total], list[Total]]:
    """Totals per facility, then per group; facilities that make nothing have zeros."""
    problem = ledger.problem
    hours: dict[str, float] = defaultdict(float)
    for (facility, _, _), used in ledger.used.items():
        hours[facility] += used
    own: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        own[line.facility].append(line)
    whole = sum(line.costs.making for line in lines), sum(hours.values())
    facilities = [_facility_total(row.id, own[row.id], hours[row.id], whole) for row in problem.facilities]
    names = sorted({group for row in problem.facilities for group in row.groups})
    pairs = list(zip(problem.facilities, facilities, strict=True))
    return facilities, [_group_total(name, [total for row, total in pairs if name in row.groups]) for name in names]


def _facility_total(name: str, lines: Sequence[Line], hours: float, whole: tuple[float, float]) -> Total:
    making = sum(line.costs.making for line in lines)
    return Total(
        name=name,
        quantity=sum(line.quantity for line in lines),
        making=making,
        making_share=_share(making, whole[0]),
        hours=hours,
        hours_share=_share(hours, whole[1]),
        transport=sum(line.costs.transport for line in lines),
        kgco2e=sum(line.kgco2e for line in lines),
    )


def _group_total(name: str, members: Sequence[Total]) -> Total:
    """The sum of its members, shares too."""
    sums = {part.name: sum(getattr(row, part.name) for row in members) for part in fields(Total) if part.name != "name"}
    return Total(name=name, **sums)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def loads_of(ledger: Ledger, problem: Problem) -> list[Load]:
    """Every process and period in which a facility works."""
    return [
        Load(facility, process, period, hours, _capacity(problem, facility, process, period))
        for (facility, process, period), hours in sorted(ledger.used.items())
        if hours > 0
    ]


def _capacity(problem: Problem, facility: str, process: str, period: int) -> float | None:
    capacity = problem.facility[facility].capacity
    return float(capacity[process][period]) if process in capacity else None
