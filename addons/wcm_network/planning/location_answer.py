"""Location: from the planner's question to its answer and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from .highs import Limits
from .ledger import Ledger, ledger_of
from .location import places_of
from .location_plan import Plan
from .location_search import Search
from .problem import Problem
from .run import Run, cost_of

Key = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Located:
    """A plan, what is proven, and what an hour is worth.

    :ivar hours: currency per hour by facility, process and period
    """

    plan: Ledger
    bound: float
    hours: Mapping[Key, float]


def locate(run: Run, first: Ledger) -> Located:
    """The best plan of the search, or the one that is there already."""
    places = places_of(run.problem, run.routes)
    limits = Limits(max(0.0, run.limits.seconds - run.seconds), run.limits.gap, 1, run.limits.seed)
    search = Search(places, limits, run.tell, cost=cost_of(run, first))
    bound = search.run()
    if search.plan is None:
        return Located(first, bound, {})
    booked = dict(_booked(run.problem, search.plan))
    return Located(ledger_of(run.problem, run.routes, booked), bound, dict(_hours(run.problem, search.plan)))


def _booked(problem: Problem, plan: Plan) -> Iterator[tuple[Key, int]]:
    for room, demand in np.argwhere(plan.units > 0).tolist():
        facility, period = divmod(room, problem.periods)
        key = (problem.demands[demand].id, problem.facilities[facility].id, period)
        yield key, int(plan.units[room, demand])


def _hours(problem: Problem, plan: Plan) -> Iterator[tuple[Key, float]]:
    """The rent of a unit of room, for the process that has the fewest hours there."""
    hours = {option.facility: option.hours for option in problem.options}
    for room in np.flatnonzero(plan.rent > 0).tolist():
        index, period = divmod(room, problem.periods)
        facility = problem.facilities[index]
        limited = [name for name in hours[facility.id] if name in facility.capacity and hours[facility.id][name]]
        if limited:
            name = min(limited, key=lambda each: facility.capacity[each][period] / hours[facility.id][each])
            yield (facility.id, name, period), float(plan.rent[room]) / hours[facility.id][name]
