"""The problem as arrays: what compiled code walks over. Indices stand for ids.

An option is (facility, item); a resource is (facility, process) with a capacity. Costs in
currency, hours in hours, as in `problem.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np

from .places import Place
from .problem import Option, Problem
from .result import Line

T = TypeVar("T")
Array = np.ndarray[Any, Any]
Arrays = dict[str, Array]
Numbers = dict[str, int]
UNLIMITED = 2**31 - 1


class Grid(NamedTuple):
    """Shapes: D demands, I items, O options, F facilities, S sites, R resources, T periods,
    G groups with a least share, K processes of an option at most (-1 pads `o_res`).

    :ivar route: S x O, making + transport + carbon of one unit
    :ivar by_route: S x O, options of an item at the places of `item_options`, cheapest route first
    :ivar item_top: highest making cost of a unit of an item
    :ivar demand_place: where a demand stands in `demand_of`
    :ivar o_work, o_setwork: hours of all processes, for shares of the hours
    :ivar item_at, item_options: options of item i are item_options[item_at[i]:item_at[i + 1]]
    :ivar demand_at, demand_of: demands of item i by due period, the same way
    :ivar stay_at: where units of demand d were before and can be again: rows stay_at[d]:stay_at[d + 1]
        of `stay_option`, `stay_period`, `stay_units`
    :ivar lost: units that were where they cannot be any more
    """

    d_item: Array
    d_quantity: Array
    d_release: Array
    d_due: Array
    d_site: Array
    d_single: Array
    d_unmet: Array
    holding: Array
    o_facility: Array
    o_item: Array
    o_unit: Array
    o_setup: Array
    o_first: Array
    o_least: Array
    o_most: Array
    o_all: Array
    o_res: Array
    o_hours: Array
    o_sethours: Array
    o_work: Array
    o_setwork: Array
    item_at: Array
    item_options: Array
    demand_at: Array
    demand_of: Array
    demand_place: Array
    facility_at: Array
    facility_options: Array
    item_top: Array
    route: Array
    by_route: Array
    capacity: Array
    opening: Array
    max_share: Array
    member: Array
    least_share: Array
    stay_at: Array
    stay_option: Array
    stay_period: Array
    stay_units: Array
    lost: int
    move_cost: float
    makers: int

    @property
    def periods(self) -> int:
        """T."""
        return int(self.capacity.shape[1])


def grid_of(problem: Problem) -> Grid:
    """Arrays of a problem; order of rows as in the problem."""
    items, facilities = _numbered(row.id for row in problem.items), _numbered(row.id for row in problem.facilities)
    sites, resource = _numbered(row.site for row in problem.demands), _numbered(resources(problem))
    demands, options = _demands(problem, items, sites), _options(problem, items, facilities)
    route, (stays, lost) = _routes(problem, sites), _stays(problem, demands)
    return Grid(
        **demands,
        **options,
        **_hours(problem.options, resource),
        **_orders(demands, options, route, len(items), len(facilities)),
        **_shares(problem),
        **stays,
        holding=_real(row.holding_cost for row in problem.items),
        route=route,
        capacity=_capacity(problem, resource),
        opening=_real(row.opening_cost for row in problem.facilities),
        lost=lost,
        move_cost=float(problem.policies.move_cost),
        makers=_or_unlimited(problem.policies.max_facilities_per_demand),
    )


def _demands(problem: Problem, items: Numbers, sites: Numbers) -> Arrays:
    rows = problem.demands
    return {
        "d_item": _whole(items[row.item] for row in rows),
        "d_quantity": _whole(row.quantity for row in rows),
        "d_release": _whole(row.release for row in rows),
        "d_due": _whole(row.due for row in rows),
        "d_site": _whole(sites[row.site] for row in rows),
        "d_single": _whole(row.single_source for row in rows),
        "d_unmet": _real(row.unmet_cost for row in rows),
    }


def _options(problem: Problem, items: Numbers, facilities: Numbers) -> Arrays:
    """All but hours."""
    rows = problem.options
    return {
        "o_facility": _whole(facilities[row.facility] for row in rows),
        "o_item": _whole(items[row.item] for row in rows),
        "o_unit": _real(row.unit_cost for row in rows),
        "o_setup": _real(row.setup_cost for row in rows),
        "o_first": _real(row.first_article_cost for row in rows),
        "o_least": _whole(max(1, row.min_batch) for row in rows),
        "o_most": _whole(_or_unlimited(row.max_batch) for row in rows),
        "o_all": _whole(_or_unlimited(row.max_quantity) for row in rows),
    }


def _orders(demands: Arrays, options: Arrays, route: Array, items: int, facilities: int) -> Arrays:
    """Demands and options in the orders in which loops walk over them."""
    o_item, item_top = options["o_item"], np.zeros(items)
    np.maximum.at(item_top, o_item, options["o_unit"])
    item_at, item_options = by(o_item, np.arange(len(o_item)), items)
    demand_at, demand_of = by(demands["d_item"], demands["d_due"], items)
    facility_at, facility_options = by(options["o_facility"], o_item, facilities)
    return {
        "item_at": item_at,
        "item_options": item_options,
        "item_top": item_top,
        "by_route": _sorted(route, o_item, item_options),
        "demand_at": demand_at,
        "demand_of": demand_of,
        "demand_place": np.argsort(demand_of).astype(np.int32),
        "facility_at": facility_at,
        "facility_options": facility_options,
    }


def _shares(problem: Problem) -> Arrays:
    """Largest of facilities, least of groups."""
    least = {name: share for name, share in problem.policies.min_group_share.items() if share > 0}
    member = [[float(name in row.groups) for row in problem.facilities] for name in least]
    return {
        "max_share": _real(2.0 if row.max_share is None else row.max_share for row in problem.facilities),
        "member": np.array(member).reshape(len(least), len(problem.facilities)),
        "least_share": _real(least.values()),
    }


def _stays(problem: Problem, demands: Arrays) -> tuple[Arrays, int]:
    """Rows of what was there before, by demand, and the units of it that cannot be there any more."""
    rows = rows_of(problem, problem.kept if problem.policies.move_cost else ())
    release, due = demands["d_release"][rows[:, 0]], demands["d_due"][rows[:, 0]]
    can = (rows[:, 1] >= 0) & (release <= rows[:, 2]) & (rows[:, 2] <= due)
    stay_at, order = by(rows[can, 0], np.arange(can.sum()), len(problem.demands))
    names, columns = ("stay_option", "stay_period", "stay_units"), rows[can][order].T[1:].copy()
    return {"stay_at": stay_at, **dict(zip(names, columns, strict=True))}, int(rows[~can, 3].sum())


def rows_of(problem: Problem, lines: Sequence[Place | Line]) -> Array:
    """Lines as numbers: demand, option (-1 where there is none), period, units."""
    demand = {row.id: (index, row.item) for index, row in enumerate(problem.demands)}
    option = {(row.facility, row.item): index for index, row in enumerate(problem.options)}
    named = ((*demand[line.demand], line) for line in lines)
    rows = [(d, option.get((line.facility, item), -1), line.period, line.quantity) for d, item, line in named]
    return np.array(rows, dtype=np.int32).reshape(len(rows), 4)


def resources(problem: Problem) -> list[tuple[str, str]]:
    """Facility and process of every resource."""
    return [(row.id, process) for row in problem.facilities for process in row.capacity]


def _numbered(names: Iterable[T]) -> dict[T, int]:
    return {name: index for index, name in enumerate(dict.fromkeys(names))}


def _capacity(problem: Problem, resource: dict[tuple[str, str], int]) -> Array:
    rows = [problem.facility[facility].capacity[process] for facility, process in resource]
    return np.array(rows, dtype=np.float64).reshape(len(rows), problem.periods)


def _hours(options: Sequence[Option], resource: dict[tuple[str, str], int]) -> Arrays:
    """Hours on limited resources, and of all processes together."""
    uses = [_uses(option, resource) for option in options]
    width = max([1, *map(len, uses)])
    res = np.full((len(options), width), -1, dtype=np.int32)
    each, once = np.zeros((len(options), width)), np.zeros((len(options), width))
    for index, rows in enumerate(uses):
        for place, (number, unit, setup) in enumerate(rows):
            res[index, place], each[index, place], once[index, place] = number, unit, setup
    return {
        "o_res": res,
        "o_hours": each,
        "o_sethours": once,
        "o_work": _real(sum(option.hours.values()) for option in options),
        "o_setwork": _real(sum(option.setup_hours.values()) for option in options),
    }


def _uses(option: Option, resource: dict[tuple[str, str], int]) -> list[tuple[int, float, float]]:
    """Resource, hours per unit, hours per set-up, where the capacity is limited."""
    processes = sorted({*option.hours, *option.setup_hours})
    keys = ((resource.get((option.facility, name)), name) for name in processes)
    return [
        (number, option.hours.get(name, 0.0), option.setup_hours.get(name, 0.0))
        for number, name in keys
        if number is not None
    ]


def _routes(problem: Problem, sites: dict[str, int]) -> Array:
    """Making, transport and carbon of one unit, by site and option."""
    price = problem.policies.carbon_price
    own: dict[str, dict[str, int]] = {row.id: {} for row in problem.facilities}
    for index, option in enumerate(problem.options):
        own[option.facility][option.item] = index
    places = {name: np.array(list(items.values()), dtype=np.int64) for name, items in own.items()}
    route = np.tile(_real(row.unit_cost for row in problem.options), (len(sites), 1))
    for row in problem.transport:
        if row.site in sites:
            line, here = route[sites[row.site]], places[row.facility]
            for each, cost in ((1.0, row.cost_per_unit), (price, row.kgco2e_per_unit)):
                if each and cost:
                    line[here] += each * _real(cost.get(item, 0.0) for item in own[row.facility])
    return route


def _sorted(route: Array, o_item: Array, item_options: Array) -> Array:
    """Options by item and then by the cost of their route, for each site."""
    rows = [item_options[np.lexsort((line[item_options], o_item[item_options]))] for line in route]
    return np.array(rows, dtype=np.int32).reshape(len(rows), len(item_options))


def by(key: Array, order: Array, size: int) -> tuple[Array, Array]:
    """Rows grouped by key, within a group by order: where each group starts, and the rows."""
    rows = np.lexsort((order, key)).astype(np.int32)
    return starts(np.bincount(key, minlength=size)), rows


def starts(counts: Array) -> Array:
    """Where each of so many rows starts, and where the last ends."""
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int32)


def _or_unlimited(value: int | None) -> int:
    return UNLIMITED if value is None else value


def _whole(values: Iterable[int]) -> Array:
    return np.array(list(values), dtype=np.int32)


def _real(values: Iterable[float]) -> Array:
    return np.array(list(values), dtype=np.float64)
