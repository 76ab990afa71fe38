"""The plan as a mixed-integer program.

Columns: units of a demand at a facility in a period; units left out; and four
kinds of yes/no: the facility sets up for an item in a period, makes the item at
all, shares in a demand, is open. Each kind is only there where something hangs
on it. README.md says which rows tie them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from math import inf

from .ledger import Ledger
from .milp import Milp, Term
from .places import Cell
from .problem import Problem
from .routes import Route

Batch = tuple[str, str, int]


@dataclass(slots=True)
class Model:
    """The program and what its columns mean.

    :ivar units: column by demand, facility and period
    :ivar setups: by facility, item and period
    :ivar makes: by facility and item
    :ivar shares: by demand and facility
    :ivar opens: by facility
    :ivar moved: units that are not where they were, by demand, facility and period
    :ivar hours: row of the hours offered, by facility, process and period
    """

    problem: Problem
    routes: list[Route]
    milp: Milp = field(default_factory=Milp)
    units: dict[tuple[str, str, int], int] = field(default_factory=dict)
    unmet: dict[str, int] = field(default_factory=dict)
    setups: dict[Batch, int] = field(default_factory=dict)
    makes: dict[tuple[str, str], int] = field(default_factory=dict)
    shares: dict[tuple[str, str], int] = field(default_factory=dict)
    opens: dict[str, int] = field(default_factory=dict)
    hours: dict[tuple[str, str, int], int] = field(default_factory=dict)
    moved: dict[Cell, int] = field(default_factory=dict)
    sums: list[tuple[int, list[Term]]] = field(default_factory=list)
    batches: dict[Batch, list[tuple[Route, int]]] = field(default_factory=lambda: defaultdict(list))
    by_demand: dict[str, list[Route]] = field(default_factory=lambda: defaultdict(list))

    def sum(self, terms: list[Term], *, more: bool) -> int:
        """A column for the sum of terms, `more` or less of which is better; `start` fills it in."""
        column = self.milp.sum(terms, more=more)
        self.sums.append((column, terms))
        return column

    def booked(self, values: list[float]) -> dict[tuple[str, str, int], int]:
        """Units by demand, facility and period in a solution."""
        rounded = {key: round(values[column]) for key, column in self.units.items()}
        return {key: quantity for key, quantity in rounded.items() if quantity}

    def start(self, ledger: Ledger) -> list[float]:
        """The columns of a plan that is already known."""
        values = [0.0] * len(self.milp.cost)
        self._start_quantities(values, ledger)
        self._start_choices(values, ledger)
        for column, terms in self.sums:
            values[column] = sum(values[other] * coefficient for other, coefficient in terms)
        return values

    def _start_quantities(self, values: list[float], ledger: Ledger) -> None:
        for key, column in self.units.items():
            values[column] = ledger.booked.get(key, 0)
        for demand, column in self.unmet.items():
            values[column] = self.problem.demand[demand].quantity - ledger.placed[demand]
        for cell, column in self.moved.items():
            values[column] = max(0, self.problem.stays[cell] - ledger.booked.get(cell, 0))

    def _start_choices(self, values: list[float], ledger: Ledger) -> None:
        for batch, column in self.setups.items():
            values[column] = float(ledger.made[batch] > 0)
        for pair, column in self.makes.items():
            values[column] = float(ledger.in_all[pair] > 0)
        for (demand, facility), column in self.shares.items():
            values[column] = float(ledger.makers[demand][facility] > 0)
        for facility, column in self.opens.items():
            values[column] = float(ledger.busy[facility] > 0)


def model_of(problem: Problem, routes: list[Route]) -> Model:
    """Build columns, then rows."""
    model = Model(problem, routes)
    for route in routes:
        model.by_demand[route.demand.id].append(route)
    _add_facilities(model)
    _add_routes(model)
    _add_batches(model)
    _add_demands(model)
    _add_capacity(model)
    _add_policies(model)
    _add_moves(model)
    return model


def _add_facilities(model: Model) -> None:
    """Open, and make an item at all: only where that costs something."""
    for facility in model.problem.facilities:
        if facility.opening_cost:
            model.opens[facility.id] = model.milp.column(facility.opening_cost)
    for (facility_id, item), option in model.problem.option.items():
        if option.first_article_cost:
            model.makes[facility_id, item] = model.milp.column(option.first_article_cost)
            _implies(model, model.makes[facility_id, item], model.opens.get(facility_id))


def _implies(model: Model, column: int, other: int | None) -> None:
    """If this yes/no is 1, so is the other."""
    if other is not None:
        model.milp.row([(column, 1.0), (other, -1.0)], upper=0.0)


def _makes(model: Model, route: Route) -> int | None:
    """The yes/no above this route: makes the item, else is open."""
    return model.makes.get(route.batch, model.opens.get(route.facility.id))


def _add_routes(model: Model) -> None:
    locks = {lock.cell: lock.quantity for lock in model.problem.locks}
    for route in model.routes:
        for period in route.demand.window:
            key = (route.demand.id, route.facility.id, period)
            if most := route.most(period):
                cost = route.unit_cost(period)
                model.units[key] = model.milp.column(cost, most, locks.get(key, 0))
                model.batches[*route.batch, period].append((route, model.units[key]))
        _tie_route(model, route)


def _add_moves(model: Model) -> None:
    """Made where it was, or moved: each unit of the plan before is one of both."""
    for cell, quantity in model.problem.stays.items():
        made = [(model.units[cell], 1.0)] if cell in model.units else []
        moved = model.moved[cell] = model.milp.column(model.problem.policies.move_cost, quantity)
        model.milp.row([*made, (moved, 1.0)], lower=float(quantity))


def _columns(model: Model, route: Route) -> list[int]:
    keys = ((route.demand.id, route.facility.id, period) for period in route.demand.window)
    return [model.units[key] for key in keys if key in model.units]


def _tie_route(model: Model, route: Route) -> None:
    """Made of a demand here <= the demand x the yes/no above it.

    One such row per demand, not one per total, is what makes the bound good.
    """
    yes = _makes(model, route)
    if counted := _is_counted(model, route):
        share = model.shares[route.demand.id, route.facility.id] = model.milp.column()
        _implies(model, share, yes)
        yes = share
    if yes is not None:
        lower = 0.0 if counted and route.demand.single_source else -inf
        terms = [(column, 1.0) for column in _columns(model, route)]
        row = model.milp.row([*terms, (yes, -float(route.demand.quantity))], lower, 0.0)
        if not counted:
            model.milp.lazy.append(row)


def _is_counted(model: Model, route: Route) -> bool:
    """Whether it matters how many facilities share this demand; one unit has one maker anyhow."""
    if route.demand.quantity == 1:
        return False
    most = model.problem.policies.max_facilities_per_demand
    rivals = len(model.by_demand[route.demand.id])
    return route.demand.single_source or (most is not None and most < rivals)


def _add_batches(model: Model) -> None:
    for batch, made in model.batches.items():
        option = made[0][0].option
        terms = [(column, 1.0) for _, column in made]
        if option.setup_cost or any(option.setup_hours.values()) or option.min_batch > 1:
            _add_setup(model, batch, made)
        elif option.max_batch is not None:
            model.milp.row(terms, upper=float(option.max_batch))
    for pair, option in model.problem.option.items():
        if option.max_quantity is not None:
            _add_most(model, pair, option.max_quantity)


def _add_setup(model: Model, batch: Batch, made: list[tuple[Route, int]]) -> None:
    """Nothing is made in a period without the set-up; with it, at least `min_batch` and no more
    than the hours of an empty period allow for all demands together."""
    route = made[0][0]
    option, milp = route.option, model.milp
    setup = model.setups[batch] = milp.column(option.setup_cost)
    yes = _makes(model, route)
    _implies(model, setup, yes)
    terms = [(column, 1.0) for _, column in made]
    most = route.most_of(round(sum(milp.upper[column] for _, column in made)), batch[2])
    milp.row([*terms, (setup, -float(most))], upper=0.0)
    milp.row([*terms, (setup, -float(max(1, option.min_batch)))], lower=0.0)
    for _, column in made:
        milp.row([(column, 1.0), (setup, -milp.upper[column])], upper=0.0)


def _add_most(model: Model, pair: tuple[str, str], most: int) -> None:
    made = [row for batch, rows in model.batches.items() if batch[:2] == pair for row in rows]
    if made:
        model.milp.row([(column, 1.0) for _, column in made], upper=float(most))


def _add_demands(model: Model) -> None:
    """Made and left out make up the demand; few facilities share it."""
    for demand in model.problem.demands:
        unmet = model.unmet[demand.id] = model.milp.column(demand.unmet_cost, demand.quantity)
        routes = model.by_demand[demand.id]
        terms = [(column, 1.0) for route in routes for column in _columns(model, route)]
        model.milp.row([*terms, (unmet, 1.0)], float(demand.quantity), float(demand.quantity))
        shares = [(column, 1.0) for pair, column in _shares(model, demand.id)]
        most = 1 if demand.single_source else model.problem.policies.max_facilities_per_demand
        if shares and most is not None:
            model.milp.row(shares, upper=float(most))


def _shares(model: Model, demand: str) -> list[tuple[str, int]]:
    pairs = [(route.facility.id, (demand, route.facility.id)) for route in model.by_demand[demand]]
    return [(facility, model.shares[key]) for facility, key in pairs if key in model.shares]


def _add_capacity(model: Model) -> None:
    """Hours of units and set-ups fit into the hours offered, none where not open."""
    for (facility_id, process, period), terms in _work(model).items():
        capacity = model.problem.facility[facility_id].capacity
        if process in capacity and terms:
            hours = float(capacity[process][period])
            opens = model.opens.get(facility_id)
            if opens is None:
                row = model.milp.row(terms, upper=hours)
            else:
                row = model.milp.row([*terms, (opens, -hours)], upper=0.0)
            model.hours[facility_id, process, period] = row


def _work(model: Model) -> dict[tuple[str, str, int], list[Term]]:
    """Hours by facility, process and period as terms of the program."""
    work: dict[tuple[str, str, int], list[Term]] = defaultdict(list)
    for (facility, item, period), made in model.batches.items():
        option = made[0][0].option
        for process, hours in option.hours.items():
            if hours:
                work[facility, process, period] += [(column, hours) for _, column in made]
        for process, hours in option.setup_hours.items():
            if hours:
                work[facility, process, period].append((model.setups[facility, item, period], hours))
    return work


def _add_policies(model: Model) -> None:
    """Shares of the making cost and of the hours, told by sums per facility."""
    if model.problem.policies.min_group_share:
        _add_group_shares(model)
    if any(row.max_share is not None for row in model.problem.facilities):
        _add_facility_shares(model)


def _add_group_shares(model: Model) -> None:
    """Making of the members less their share of all making is not below 0."""
    terms = _making(model)
    inside = cache(lambda name: model.sum(terms[name], more=True))
    outside = cache(lambda name: model.sum(terms[name], more=False))
    for group, share in model.problem.policies.min_group_share.items():
        members = {row.id for row in model.problem.facilities if group in row.groups}
        own = [(inside(name), 1.0 - share) for name in terms if name in members]
        others = [(outside(name), -share) for name in terms if name not in members]
        model.milp.row([*own, *others], lower=0.0)


def _making(model: Model) -> dict[str, list[Term]]:
    """Making cost by facility."""
    making: dict[str, list[Term]] = {row.id: [] for row in model.problem.facilities}
    for made in model.batches.values():
        for route, column in made:
            making[route.facility.id].append((column, route.option.unit_cost))
    return making


def _add_facility_shares(model: Model) -> None:
    """Hours of a facility are at most its share of all hours."""
    work: dict[str, list[Term]] = {row.id: [] for row in model.problem.facilities}
    for (facility, _, _), terms in _work(model).items():
        work[facility] += terms
    whole = model.sum([(model.sum(terms, more=True), 1.0) for terms in work.values()], more=True)
    for row in model.problem.facilities:
        if row.max_share is not None:
            model.milp.row([*work[row.id], (whole, -row.max_share)], upper=0.0)
