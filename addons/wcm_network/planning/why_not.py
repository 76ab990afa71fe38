"""Why not there: what every facility would take to make some units, from a question and its answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from .explain import CENT, broken_shares
from .ledger import Ledger, ledger_of
from .problem import Demand, Facility, Problem
from .result import Result
from .routes import EPSILON, Route, routes_of
from .routes import units as units_in

KINDS = ("making", "setup", "transport", "carbon", "holding", "opening")


class Why(StrEnum):
    """What kept units away from a facility."""

    HERE = "here"
    NO_OPTION = "no option"  # cannot make the item; `words` says what was said about it
    NO_HOURS = "no hours"
    BATCH = "batch"  # smallest or largest batch, most units
    POLICY = "policy"
    DEARER = "dearer"
    CHEAPER = "cheaper"  # within the accepted gap
    MOVING = "moving"  # cheaper, but less than what moving counts


@dataclass(frozen=True, slots=True)
class Hours:
    """Of one process, in the periods in which the units could be made.

    :ivar free: hours left there when these units are taken away, added up
    :ivar most: the most of them in one period; a unit is not divided between two, and each has a set-up of its own
    :ivar asked: hours for the units and one set-up
    """

    process: str
    free: float
    most: float
    asked: float


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why these units are not at this facility.

    :ivar made: units of the demand that it makes in the plan
    :ivar room: how many of the units there are hours and batches for
    :ivar words: reason that the question gave, or the rule that is in the way
    :ivar hours: of the processes that are short; none where they are free in different periods
    :ivar extra: what a unit would cost more than where it is, in all; None where it is nowhere or cannot be made
    :ivar extras: the same by kind: making, setup (with first article), transport, carbon, holding, opening
    """

    facility: str
    why: Why
    made: int = 0
    room: int = 0
    words: tuple[str, ...] = ()
    hours: tuple[Hours, ...] = ()
    extra: float | None = None
    extras: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Units:
    """The units that are asked about, taken out of the plan; `own` is where they were, if anywhere."""

    ledger: Ledger
    quantity: int
    own: Route | None
    period: int

    def costs(self, route: Route, period: int) -> dict[str, float]:
        """Of one of the units, by kind, when all are made here."""
        ledger, option, once = self.ledger, route.option, 1 / self.quantity
        setup = 0.0 if ledger.made[*route.batch, period] else option.setup_cost
        first = 0.0 if ledger.in_all[route.batch] else option.first_article_cost
        opening = 0.0 if ledger.busy[route.facility.id] else route.facility.opening_cost
        holding = route.holding * (route.demand.due - period)
        amounts = (option.unit_cost, (setup + first) * once, route.transport, route.carbon, holding, opening * once)
        return dict(zip(KINDS, amounts, strict=True))

    def stay(self, route: Route, period: int) -> float:
        """What counts for a unit that stays where it was."""
        return self.ledger.stay_saving(route, period, self.quantity)


def why_not(problem: Problem, result: Result, demand: str, quantity: int, at: tuple[str, int] | None) -> list[WhyNot]:
    """One row for each facility, in the order of the problem.

    :param at: facility and period where the units are; None for units that are not placed
    """
    routes = [route for route in routes_of(problem) if route.demand.id == demand]
    own = next((route for route in routes if at and route.facility.id == at[0]), None)
    units = _Units(_ledger(problem, result), quantity, own, at[1] if at else 0)
    if own:
        units.ledger.book(own, units.period, -quantity)
    found = {route.facility.id: _route(units, route) for route in routes}
    wanted = problem.demand[demand]
    return [found.get(row.id) or _no_option(problem, wanted, row) for row in problem.facilities]


def _ledger(problem: Problem, result: Result) -> Ledger:
    booked = {(line.demand, line.facility, line.period): line.quantity for line in result.lines}
    return ledger_of(problem, routes_of(problem), booked)


def _no_option(problem: Problem, demand: Demand, facility: Facility) -> WhyNot:
    rows = (row for row in problem.excluded if (row.facility, row.item) == (facility.id, demand.item))
    return WhyNot(facility.id, Why.NO_OPTION, words=tuple(row.reason for row in rows))


def _route(units: _Units, route: Route) -> WhyNot:
    """What is in the way first: hours, batches, policies, then money."""
    made = units.ledger.makers[route.demand.id].get(route.facility.id, 0)
    if route is units.own:
        return WhyNot(route.facility.id, Why.HERE, made + units.quantity, units.quantity)
    room = _room(units.ledger, route, units.quantity)
    why, words, hours = _barrier(units, route, room)
    extras = _extras(units, route)
    extra = sum(extras.values()) if units.own else None
    return WhyNot(route.facility.id, why or _price(units, route, extra), made, room, words, hours, extra, extras)


def _room(ledger: Ledger, route: Route, quantity: int) -> int:
    """Units that fit in time; what fits in each period, added up."""
    most = route.option.max_quantity
    left = quantity if most is None else most - ledger.in_all[route.batch]
    return max(0, min(quantity, left, sum(ledger.room(route, period) for period in route.demand.window)))


def _barrier(units: _Units, route: Route, room: int) -> tuple[Why | None, tuple[str, ...], tuple[Hours, ...]]:
    if room < units.quantity:
        loose = replace(route, option=replace(route.option, min_batch=1, max_batch=None, max_quantity=None))
        if _room(units.ledger, loose, units.quantity) < units.quantity:
            return Why.NO_HOURS, (), tuple(_short(units, route))
        return Why.BATCH, tuple(_batches(route)), ()
    if not units.ledger.may_join(route):
        most = units.ledger.problem.policies.max_facilities_per_demand
        return Why.POLICY, ("single_source" if route.demand.single_source else f"max_facilities_per_demand {most}",), ()
    broken = broken_shares(units.ledger, route, units.quantity)
    return (Why.POLICY, tuple(broken), ()) if broken else (None, (), ())


def _short(units: _Units, route: Route) -> Iterator[Hours]:
    """Processes that have too few hours in some period, or in all periods together."""
    for process, asked in route.hours(units.quantity).items():
        free = [units.ledger.free(route.facility.id, process, period) for period in route.demand.window]
        known = [max(0.0, hours - EPSILON) for hours in free if hours is not None]
        if known and asked > 0 and not _fits(units, route, process):
            yield Hours(process, sum(known), max(known), asked)


def _fits(units: _Units, route: Route, process: str) -> bool:
    """Whether this process alone leaves room for all units, batches aside."""
    option, ledger, room = route.option, units.ledger, 0
    for period in route.demand.window:
        free = ledger.free(route.facility.id, process, period)
        setup = 0.0 if ledger.made[*route.batch, period] else option.setup_hours.get(process, 0.0)
        each = option.hours.get(process, 0.0)
        if free is None:
            return True
        room += units_in(free - setup, each, units.quantity)
    return room >= units.quantity


def _batches(route: Route) -> Iterator[str]:
    for name in ("min_batch", "max_batch", "max_quantity"):
        value = getattr(route.option, name)
        if value is not None and (name, value) != ("min_batch", 1):
            yield f"{name} {value}"


def _extras(units: _Units, route: Route) -> dict[str, float]:
    """By kind, in the best period that has room, or the best of all."""
    window = route.demand.window
    roomy = [period for period in window if units.ledger.room(route, period) >= units.quantity]
    there = min((units.costs(route, period) for period in roomy or window), key=lambda costs: sum(costs.values()))
    here = units.costs(units.own, units.period) if units.own else dict.fromkeys(KINDS, 0.0)
    return {kind: there[kind] - here[kind] for kind in KINDS}


def _price(units: _Units, route: Route, extra: float | None) -> Why:
    """There is room and no rule: it is money, or what moving counts."""
    if extra is None or extra > -CENT or not units.own:
        return Why.DEARER
    return Why.MOVING if -extra <= units.stay(units.own, units.period) + CENT else Why.CHEAPER
