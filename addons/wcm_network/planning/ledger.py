"""Ledger: what a growing plan has booked, and how much room is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from .problem import Problem
from .routes import EPSILON, Route, units


@dataclass(slots=True)
class Ledger:
    """Bookings by route and period; the sums that limits are about are kept beside.

    :ivar made: units by facility, item and period
    :ivar in_all: units by facility and item
    :ivar used: hours by facility, process and period
    :ivar placed: units by demand
    :ivar makers: facilities by demand, with their units
    """

    problem: Problem
    booked: dict[tuple[str, str, int], int] = field(default_factory=lambda: defaultdict(int))
    made: dict[tuple[str, str, int], int] = field(default_factory=lambda: defaultdict(int))
    in_all: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    used: dict[tuple[str, str, int], float] = field(default_factory=lambda: defaultdict(float))
    placed: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    makers: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    busy: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    nudge: float = 0.0

    def book(self, route: Route, period: int, quantity: int) -> None:
        """Add units, or take them away again when negative."""
        demand, facility = route.demand.id, route.facility.id
        before = self.made[*route.batch, period]
        self.made[*route.batch, period] += quantity
        setups = int(self.made[*route.batch, period] > 0) - int(before > 0)
        for process, hours in route.hours(quantity, setups).items():
            self.used[facility, process, period] += hours
        self.booked[demand, facility, period] += quantity
        self.in_all[route.batch] += quantity
        self.placed[demand] += quantity
        self.makers[demand][facility] += quantity
        self.busy[facility] += quantity

    def left(self, route: Route) -> int:
        """Units of the demand that are not placed yet."""
        return route.demand.quantity - self.placed[route.demand.id]

    def room(self, route: Route, period: int) -> int:
        """Units that capacity and batch sizes still take here, whatever the demand."""
        most = self.fits(route, period)
        return most if self.made[*route.batch, period] + most >= route.option.min_batch else 0

    def fits(self, route: Route, period: int) -> int:
        """Room whatever the smallest batch: other demands may fill the batch up."""
        option, most = route.option, route.demand.quantity
        made = self.made[*route.batch, period]
        for process, setup in route.hours(0, setups=0 if made else 1).items():
            free = self.free(route.facility.id, process, period)
            if free is not None:
                most = min(most, units(free - setup, option.hours.get(process, 0.0), most))
        if option.max_batch is not None:
            most = min(most, option.max_batch - made)
        if option.max_quantity is not None:
            most = min(most, option.max_quantity - self.in_all[route.batch])
        return max(0, most)

    def free(self, facility: str, process: str, period: int) -> float | None:
        """Hours left, None where unlimited."""
        capacity = self.problem.facility[facility].capacity
        if process not in capacity:
            return None
        return capacity[process][period] - self.used[facility, process, period] + EPSILON

    def share(self, facility: str) -> float:
        """Share of the hours so far."""
        whole = sum(self.used.values())
        own = sum(hours for key, hours in self.used.items() if key[0] == facility)
        return own / whole if whole else 0.0

    def may_join(self, route: Route) -> bool:
        """Whether one more facility may share this demand."""
        most = 1 if route.demand.single_source else self.problem.policies.max_facilities_per_demand
        makers = {facility for facility, made in self.makers[route.demand.id].items() if made}
        return most is None or route.facility.id in makers or len(makers) < most

    def fixed_cost(self, route: Route, period: int) -> float:
        """Set-up, first article and opening that a unit here would newly cost."""
        option = route.option
        cost = 0.0 if self.made[*route.batch, period] else option.setup_cost
        cost += 0.0 if self.in_all[route.batch] else option.first_article_cost
        return cost + (0.0 if self.busy[route.facility.id] else route.facility.opening_cost)

    def moved(self) -> int:
        """Units that are not where they were."""
        stays = self.problem.stays
        return sum(max(0, quantity - self.booked.get(cell, 0)) for cell, quantity in stays.items())

    def each(self, route: Route, period: int, quantity: int) -> float:
        """Cost of a unit when so many are added here."""
        once = self.fixed_cost(route, period) / quantity
        return route.unit_cost(period) + once - self.stay_saving(route, period, quantity)

    def stay_saving(self, route: Route, period: int, quantity: int) -> float:
        """Saved a unit when so many are added here, as some of them stay where they were."""
        cell = (route.demand.id, route.facility.id, period)
        staying = self.problem.stays.get(cell, 0) - self.booked.get(cell, 0)
        return max(0, min(quantity, staying)) * self.problem.policies.move_cost / quantity

    def lines(self) -> list[tuple[str, str, int, int]]:
        """Demand, facility, period and quantity, sorted by the order of the problem."""
        order = {demand.id: index for index, demand in enumerate(self.problem.demands)}
        rows = [(*key, quantity) for key, quantity in self.booked.items() if quantity]
        return sorted(rows, key=lambda row: (order[row[0]], row[2], row[1]))


def ledger_of(problem: Problem, routes: Iterable[Route], booked: dict[tuple[str, str, int], int]) -> Ledger:
    """Book a finished plan: units by demand, facility and period."""
    ledger = Ledger(problem)
    by_pair = {(route.demand.id, route.facility.id): route for route in routes}
    for (demand, facility, period), quantity in booked.items():
        if quantity:
            ledger.book(by_pair[demand, facility], period, quantity)
    return ledger
