"""Why a line is where it is, and why units are not placed, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .ledger import Ledger
from .problem import Demand
from .result import Code, Line, Reason, Unplaced
from .routes import Route
from .spread import why_nothing_fits

CENT = 0.005


def money(amount: float) -> str:
    """An amount in a sentence."""
    return f"£{amount:,.2f}"


@dataclass(frozen=True, slots=True)
class Rival:
    """Another facility for a line.

    :ivar extra: what a unit would cost more there, new and saved set-ups included
    :ivar barred: why it cannot be there; empty where it can
    :ivar moving: the part of `extra` that is the cost of moving and no money
    """

    route: Route
    extra: float
    barred: str
    moving: float = 0.0

    @property
    def name(self) -> str:
        """Facility, for sentences."""
        return self.route.facility.label


def explained(ledger: Ledger, routes: Sequence[Route], lines: Sequence[Line]) -> list[Line]:
    """Lines with reason and next best choice."""
    by_demand: dict[str, list[Route]] = defaultdict(list)
    for route in routes:
        by_demand[route.demand.id].append(route)
    return [_explained(ledger, by_demand[line.demand], line) for line in lines]


def _explained(ledger: Ledger, routes: Sequence[Route], line: Line) -> Line:
    own = next(route for route in routes if route.facility.id == line.facility)
    ledger.book(own, line.period, -line.quantity)
    here = ledger.each(own, line.period, line.quantity)
    others = [route for route in routes if route is not own]
    rivals = [_rival(ledger, own, route, line.quantity, here) for route in others]
    stay = ledger.stay_saving(own, line.period, line.quantity)
    rivals = [replace(rival, moving=rival.moving + stay) for rival in rivals]
    ledger.book(own, line.period, line.quantity)
    free = sorted((rival for rival in rivals if not rival.barred), key=lambda rival: rival.extra)
    reason = sentence(line, rivals, free, alone=not rivals)
    if not free:
        return replace(line, reason=reason)
    return replace(line, reason=reason, next_best=free[0].route.facility.id, next_best_extra=free[0].extra)


def _rival(ledger: Ledger, own: Route, other: Route, quantity: int, here: float) -> Rival:
    """The best period of another facility, one with room if there is any."""
    window = other.demand.window
    roomy = [period for period in window if ledger.room(other, period) >= quantity]
    cost, period = min((ledger.each(other, period, quantity), period) for period in roomy or window)
    barred = _barred(ledger, own, other, quantity) if roomy else "has no room left in time"
    return Rival(other, cost - here, barred, -ledger.stay_saving(other, period, quantity))


def _barred(ledger: Ledger, own: Route, other: Route, quantity: int) -> str:
    """The rule that a move of this line would break."""
    if not ledger.may_join(other):
        return "would be one facility too many for this demand"
    if other.demand.single_source and quantity < other.demand.quantity:
        return "would split a demand that has one source"
    broken = broken_shares(ledger, other, quantity)
    return f"would break policy {broken[0]}" if broken else ""


def sentence(line: Line, rivals: Sequence[Rival], free: Sequence[Rival], *, alone: bool) -> str:
    """Why a line is where it is.

    :param rivals: every other facility, or those that were looked at
    :param free: of these, who could take all of it; the cheapest first
    :param alone: nobody else can make the item
    """
    week = line.period + 1
    if line.locked >= line.quantity:
        return "locked by hand" + _next(free)
    if alone:
        return "the only facility that can make this item"
    cheaper = sorted((rival for rival in rivals if rival.extra < -CENT), key=lambda rival: rival.extra)
    if not cheaper:
        tempting = [rival for rival in free if rival.extra - rival.moving < -CENT]
        if tempting:
            return _stays(min(tempting, key=lambda rival: rival.extra - rival.moving))
        return f"cheapest with capacity in week {week}" + (_next(free) or "; no other facility has room")
    best = cheaper[0]
    if not best.barred:
        return f"within the accepted gap; moving it to {best.name} would save {money(-best.extra)} a unit"
    why = f"{best.name} would be {money(-best.extra)} a unit cheaper but {best.barred}"
    return f"best that is possible in week {week}; {why}" + _next(free)


def _stays(rival: Rival) -> str:
    saved, moving = money(rival.moving - rival.extra), money(rival.moving)
    return (
        f"stays where it was; {rival.name} would be {saved} a unit cheaper, less than the {moving} that moving counts"
    )


def _next(free: Sequence[Rival]) -> str:
    if not free:
        return ""
    sign = "+" if free[0].extra > -CENT else "-"
    return f"; next best is {free[0].name} at {sign}{money(abs(free[0].extra))} a unit"


def broken_shares(ledger: Ledger, route: Route, quantity: int) -> list[str]:
    """Share policies that these units would break, in words."""
    return [*_broken_groups(ledger, route, quantity), *_broken_facility(ledger, route, quantity)]


def _broken_groups(ledger: Ledger, route: Route, quantity: int) -> Iterator[str]:
    """Groups that would make less than their share of the making cost."""
    problem = ledger.problem
    if not problem.policies.min_group_share:
        return
    making = {row.id: 0.0 for row in problem.facilities}
    for (facility, item), made in ledger.in_all.items():
        making[facility] += made * problem.option[facility, item].unit_cost
    making[route.facility.id] += quantity * route.option.unit_cost
    whole = sum(making.values())
    for group, share in problem.policies.min_group_share.items():
        part = sum(making[row.id] for row in problem.facilities if group in row.groups)
        if part < share * whole - 1e-6:
            yield f'min_group_share "{group}" {share:.0%}'


def _broken_facility(ledger: Ledger, route: Route, quantity: int) -> Iterator[str]:
    """The facility itself, where it would do more than its share of the hours."""
    share = route.facility.max_share
    if share is not None:
        extra = sum(route.hours(quantity, setups=0).values())
        own = sum(hours for key, hours in ledger.used.items() if key[0] == route.facility.id)
        if own + extra > share * (sum(ledger.used.values()) + extra) + 1e-6:
            yield f'max_share "{route.facility.label}" {share:.0%}'


def left_out(ledger: Ledger) -> list[Unplaced]:
    """What is not placed in a plan that is still sought."""
    still = [Reason(Code.STOPPED, "the search goes on")]
    left = ((row, row.quantity - ledger.placed[row.id]) for row in ledger.problem.demands)
    return [Unplaced(row.id, quantity, still) for row, quantity in left if quantity]


def unplaced_of(ledger: Ledger, routes: Sequence[Route], finished: bool) -> list[Unplaced]:
    """What is not placed, with all reasons that were found."""
    found = []
    by_demand: dict[str, list[Route]] = defaultdict(list)
    for route in routes:
        by_demand[route.demand.id].append(route)
    nothing = "" if any(ledger.placed.values()) else why_nothing_fits(ledger.problem)
    for demand in ledger.problem.demands:
        quantity = demand.quantity - ledger.placed[demand.id]
        if quantity:
            own = by_demand[demand.id]
            rule = [Reason(Code.POLICY, nothing)] if nothing and own else []
            found.append(Unplaced(demand.id, quantity, [*rule, *_reasons(ledger, demand, own, finished)]))
    return found


def _reasons(ledger: Ledger, demand: Demand, routes: list[Route], finished: bool) -> list[Reason]:
    excluded = list(_excluded(ledger, demand))
    if not routes:
        return excluded or [Reason(Code.NO_CAPABILITY, f'no facility can make item "{demand.item}"')]
    reasons = [_reason(ledger, route, finished) for route in routes]
    return [*dict.fromkeys(reasons), *excluded]


def _excluded(ledger: Ledger, demand: Demand) -> Iterator[Reason]:
    """What the caller said about facilities that are not asked."""
    for row in ledger.problem.excluded:
        if row.item == demand.item:
            code = Code.ENVELOPE if row.reason.lower().startswith("envelope") else Code.NOT_ELIGIBLE
            yield Reason(code, f"{ledger.problem.facility[row.facility].label}: {row.reason}")


def _reason(ledger: Ledger, route: Route, finished: bool) -> Reason:
    """What keeps one facility from making one more unit (or all, with one source)."""
    name, demand = route.facility.label, route.demand
    wanted = demand.quantity if demand.single_source else 1
    room = [ledger.room(route, period) for period in demand.window]
    if sum(room) < wanted:
        return _no_room(ledger, route)
    if not ledger.may_join(route):
        most = ledger.problem.policies.max_facilities_per_demand
        words = "one source" if demand.single_source else f"max_facilities_per_demand {most}"
        return Reason(Code.BATCH if demand.single_source else Code.POLICY, f"{name}: {words}")
    if broken := broken_shares(ledger, route, wanted):
        return Reason(Code.POLICY, f"{name}: {', '.join(broken)}")
    return _no_gain(ledger, route, finished)


def _no_room(ledger: Ledger, route: Route) -> Reason:
    """Hours are missing, unless they are there and batch sizes are in the way."""
    option, name = route.option, route.facility.label
    loose = replace(route, option=replace(option, min_batch=1, max_batch=None, max_quantity=None))
    if not any(ledger.room(loose, period) for period in route.demand.window):
        text = f"{name}: no hours left in weeks {route.demand.release + 1} to {route.demand.due + 1}"
        return Reason(Code.NO_CAPACITY, text)
    if route.demand.single_source:
        return Reason(Code.NO_CAPACITY, f"{name}: not enough hours in time for all {route.demand.quantity}")
    return Reason(Code.BATCH, f"{name}: {_batch_words(route)}")


def _batch_words(route: Route) -> str:
    words = [("min_batch", route.option.min_batch), ("max_batch", route.option.max_batch)]
    words.append(("max_quantity", route.option.max_quantity))
    return ", ".join(
        f"{name} {value}" for name, value in words if value is not None and (name, value) != ("min_batch", 1)
    )


def _no_gain(ledger: Ledger, route: Route, finished: bool) -> Reason:
    """There is room and no rule: it does not pay, the batch is too big, or time was up."""
    name, quantity = route.facility.label, ledger.left(route)
    cheapest = min(ledger.each(route, period, quantity) for period in route.demand.window)
    if cheapest >= route.demand.unmet_cost - CENT:
        return Reason(
            Code.COST, f"{name}: a unit costs {money(cheapest)}, leaving it out {money(route.demand.unmet_cost)}"
        )
    if quantity < route.option.min_batch:
        return Reason(Code.BATCH, f"{name}: {_batch_words(route)}")
    if finished:
        return Reason(Code.POLICY, f"{name}: has room, but limits and policies together leave none")
    return Reason(Code.STOPPED, f"{name}: has room; the search was stopped before it was used")
