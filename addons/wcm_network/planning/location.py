"""Location: which facilities open, where nothing but units and hours hangs on them.

A question of this family is told in units alone: each facility has room for so many in a
period, whatever they are, an opening cost, and a cost per unit of each demand. Everything
else of the format (set-ups, first articles, batches, shares, locks) makes it another family.
`location_search.py` answers it, `location_prices.py` has its compiled loops.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import gcd, inf
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .problem import Facility, Option, Problem
from .routes import Route, units

Array = NDArray[Any]
FEW = 10_000
"""Possible lines up to which one program does as well."""
BUCKETS = 1000
"""Into so many parts, at most, the demand is cut to see which facilities can cover it."""


class Places(NamedTuple):
    """The question as arrays. A room is a facility in a period.

    :ivar cost: rooms x demands, of a unit; inf where it is not made
    :ivar owner: facility of each room
    :ivar room: units that fit
    :ivar cover: units that fit into each facility, at most all
    :ivar weight: of each facility, how many of `buckets` of the demand it covers, rather too many
    :ivar bucket: units in a bucket
    """

    cost: Array
    owner: Array
    room: Array
    opening: Array
    quantity: Array
    unmet: Array
    cover: Array
    weight: Array
    buckets: int
    bucket: float


def is_location(problem: Problem, lines: int) -> bool:
    """Whether a large problem is of this family."""
    return (
        lines > FEW
        and any(row.opening_cost for row in problem.facilities)
        and not (problem.locks or problem.stays)
        and not _has_policies(problem)
        and all(_is_plain(option) for option in problem.options)
        and _is_even(problem)
    )


def _has_policies(problem: Problem) -> bool:
    """Whether shares or one source bind anybody."""
    most = problem.policies.max_facilities_per_demand
    few = most is not None and most < len(problem.facilities)
    shares = any(problem.policies.min_group_share.values())
    return few or shares or any(row.max_share is not None for row in problem.facilities) or _has_one_source(problem)


def _has_one_source(problem: Problem) -> bool:
    return any(row.single_source and row.quantity > 1 for row in problem.demands)


def _is_plain(option: Option) -> bool:
    """Nothing but units hangs on it."""
    sets_up = option.setup_cost or any(option.setup_hours.values()) or option.min_batch > 1
    limited = option.max_batch is not None or option.max_quantity is not None
    return not (sets_up or limited or option.first_article_cost)


def _is_even(problem: Problem) -> bool:
    """A unit takes the same hours at a facility, whatever it is."""
    hours: dict[str, dict[str, float]] = {}
    return all(
        hours.setdefault(option.facility, dict(option.hours)) == dict(option.hours) for option in problem.options
    )


def places_of(problem: Problem, routes: Sequence[Route]) -> Places:
    """The question as arrays."""
    shape = len(problem.facilities), problem.periods
    quantity = np.array([row.quantity for row in problem.demands], dtype=float)
    room = _room(problem, float(quantity.sum()))
    cover = np.minimum(room.reshape(shape).sum(axis=1), quantity.sum())
    bucket = _bucket([int(units) for units in cover], int(quantity.sum()))
    return Places(
        cost=_costs(problem, routes),
        owner=np.repeat(np.arange(shape[0]), shape[1]),
        room=room,
        opening=np.array([row.opening_cost for row in problem.facilities], dtype=float),
        quantity=quantity,
        unmet=np.array([row.unmet_cost for row in problem.demands], dtype=float),
        cover=cover,
        weight=np.ceil(cover / bucket - 1e-9).astype(np.int64),
        buckets=int(np.ceil(quantity.sum() / bucket - 1e-9)),
        bucket=bucket,
    )


def _room(problem: Problem, most: float) -> Array:
    """Units that fit into each room."""
    hours = {option.facility: option.hours for option in problem.options}
    rooms = [
        _fit(row, hours[row.id], t, int(most)) if row.id in hours else 0
        for row in problem.facilities
        for t in range(problem.periods)
    ]
    return np.array(rooms, dtype=float)


def _fit(facility: Facility, hours: Mapping[str, float], period: int, most: int) -> int:
    """Units that fit into a room, at most `most`."""
    limited = [(facility.capacity[name][period], each) for name, each in hours.items() if name in facility.capacity]
    return min([most, *(units(free, each, most) for free, each in limited)])


def _bucket(cover: list[int], all_units: int) -> float:
    """What all facilities cover in whole buckets, else a fine one."""
    exact = gcd(*cover) if cover else 0
    return float(exact) if exact and all_units <= exact * BUCKETS else max(1.0, all_units / BUCKETS)


def _costs(problem: Problem, routes: Sequence[Route]) -> Array:
    """Of a unit of each demand in each room."""
    demand = {row.id: index for index, row in enumerate(problem.demands)}
    first = {row.id: index * problem.periods for index, row in enumerate(problem.facilities)}
    cost = np.full((len(problem.facilities) * problem.periods, len(problem.demands)), inf)
    for route in routes:
        d, row = demand[route.demand.id], first[route.facility.id]
        for period in route.demand.window:
            cost[row + period, d] = route.unit_cost(period)
    return cost


def first_prices(places: Places) -> Array:
    """A unit made where that is cheapest, its part of the opening cost included."""
    share = places.opening[places.owner] / np.maximum(1.0, places.cover[places.owner])
    return np.asarray(np.minimum(places.unmet, (places.cost + share[:, None]).min(axis=0)))


def plain_choice(places: Places) -> Array:
    """Facilities that cover the demand, those first whose units cost least where all pay for the opening."""
    usual = np.where(np.isfinite(places.cost), places.cost, places.unmet).mean(axis=1)
    nearest = np.full(len(places.opening), inf)
    np.minimum.at(nearest, places.owner, usual)
    order = np.argsort(nearest + places.opening / np.maximum(1.0, places.cover))
    before = np.cumsum(places.cover[order]) - places.cover[order]
    chosen = np.zeros(len(order), dtype=bool)
    chosen[order[before < places.quantity.sum()]] = True
    return chosen
