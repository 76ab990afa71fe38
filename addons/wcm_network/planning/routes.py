"""Routes: which facility could make which demand, and what a unit costs there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import floor

from .problem import Demand, Facility, Option, Problem, Transport

EPSILON = 1e-9


@dataclass(frozen=True, slots=True)
class Route:
    """One demand at one facility that has an option for its item.

    :ivar unit_cost: making, transport and carbon of one unit
    :ivar kgco2e: transport of one unit
    :ivar holding: per unit and period
    """

    demand: Demand
    facility: Facility
    option: Option
    transport: float
    kgco2e: float
    carbon: float
    holding: float

    @property
    def batch(self) -> tuple[str, str]:
        """What shares set-ups: facility and item."""
        return self.facility.id, self.demand.item

    def unit_cost(self, period: int) -> float:
        """Cost of one unit made in this period, set-up aside."""
        waiting = self.holding * (self.demand.due - period)
        return self.option.unit_cost + self.transport + self.carbon + waiting

    def hours(self, quantity: int, setups: int = 1) -> dict[str, float]:
        """Hours by process for so many units and set-ups."""
        unit, setup = self.option.hours, self.option.setup_hours
        return {
            process: quantity * unit.get(process, 0.0) + setups * setup.get(process, 0.0)
            for process in sorted({*unit, *setup})
        }

    def most(self, period: int) -> int:
        """Units of this demand that fit into an empty period."""
        return self.most_of(self.demand.quantity, period)

    def most_of(self, quantity: int, period: int) -> int:
        """Units of the item that fit into an empty period, where so many are wanted."""
        limits = [quantity, self.option.max_batch, self.option.max_quantity]
        limits += [self._fit(process, period, quantity) for process in self.hours(0)]
        return max(0, min(limit for limit in limits if limit is not None))

    def _fit(self, process: str, period: int, quantity: int) -> int | None:
        if process not in self.facility.capacity:
            return None
        free = self.facility.capacity[process][period] - self.option.setup_hours.get(process, 0.0)
        return units(free, self.option.hours.get(process, 0.0), quantity)


def units(free: float, each: float, most: int) -> int:
    """Whole units of `each` hours in `free` hours, at most `most`."""
    if free < -EPSILON:
        return 0
    return most if each <= 0 or free / each >= most else max(0, floor(free / each + EPSILON))


def routes_of(problem: Problem, demands: Iterable[Demand] | None = None) -> list[Route]:
    """All routes, or those of some demands, in the order of demands and then of facilities."""
    carry, found = _carried(problem), []
    for demand in problem.demands if demands is None else demands:
        for facility in problem.facilities:
            option = problem.option.get((facility.id, demand.item))
            if option is not None:
                found.append(_route(problem, carry, demand, facility, option))
    return found


def routes_between(problem: Problem, pairs: Iterable[tuple[str, str]]) -> list[Route]:
    """Routes of some pairs of demand and facility, each once."""
    carry, found = _carried(problem), []
    for name, maker in dict.fromkeys(pairs):
        demand, facility = problem.demand[name], problem.facility[maker]
        found.append(_route(problem, carry, demand, facility, problem.option[maker, demand.item]))
    return found


def _carried(problem: Problem) -> dict[tuple[str, str], Transport]:
    """Transport by facility and site."""
    return {(row.facility, row.site): row for row in problem.transport}


def _route(
    problem: Problem, carry: Mapping[tuple[str, str], Transport], demand: Demand, facility: Facility, option: Option
) -> Route:
    row = carry.get((facility.id, demand.site))
    cost = row.cost_per_unit.get(demand.item, 0.0) if row else 0.0
    kgco2e = row.kgco2e_per_unit.get(demand.item, 0.0) if row else 0.0
    carbon = kgco2e * problem.policies.carbon_price
    return Route(demand, facility, option, cost, kgco2e, carbon, problem.item[demand.item].holding_cost)
