"""The problem as arrays: what compiled code walks over. Indices stand for ids.

An option is (facility, item); a resource is (facility, process) with a capacity. Costs in
currency, hours in hours, as in `problem.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from .places import Place
from .problem import Option, Problem
from .result import Line

Array = np.ndarray[Any, Any]
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
    makers: int

    @property
    def periods(self) -> int:
        """T."""
        return int(self.capacity.shape[1])


def grid_of(problem: Problem) -> Grid:
    """Arrays of a problem; order of rows as in the problem."""
    facility = {row.id: index for index, row in enumerate(problem.facilities)}
    item = {row.id: index for index, row in enumerate(problem.items)}
    resource = _resources(problem)
    demands = problem.demands
    sites = _sites(problem)
    groups = [name for name, share in problem.policies.min_group_share.items() if share > 0]
    d_item = _whole(_item_index(item, row.item) for row in demands)
    o_item = _whole(_item_index(item, row.item) for row in problem.options)
    o_facility = _whole(facility[row.facility] for row in problem.options)
    d_due = _whole(row.due for row in demands)
    o_unit = _real(row.unit_cost for row in problem.options)
    item_at, item_options = _by(o_item, np.arange(len(o_item)), len(item))
    demand_at, demand_of = _by(d_item, d_due, len(item))
    facility_at, facility_options = _by(o_facility, o_item, len(facility))
    route, item_top = _routes(problem, sites), np.zeros(len(item))
    np.maximum.at(item_top, o_item, o_unit)
    return Grid(
        d_item=d_item,
        d_quantity=_whole(row.quantity for row in demands),
        d_release=_whole(row.release for row in demands),
        d_due=d_due,
        d_site=_whole(sites[row.site] for row in demands),
        d_single=_whole(row.single_source for row in demands),
        d_unmet=_real(row.unmet_cost for row in demands),
        holding=_real(_holding(problem)),
        o_facility=o_facility,
        o_item=o_item,
        o_unit=o_unit,
        o_setup=_real(row.setup_cost for row in problem.options),
        o_first=_real(row.first_article_cost for row in problem.options),
        o_least=_whole(max(1, row.min_batch) for row in problem.options),
        o_most=_whole(_or_unlimited(row.max_batch) for row in problem.options),
        o_all=_whole(_or_unlimited(row.max_quantity) for row in problem.options),
        **_hours(problem.options, resource),
        item_at=item_at,
        item_options=item_options,
        demand_at=demand_at,
        demand_of=demand_of,
        demand_place=np.argsort(demand_of).astype(np.int32),
        facility_at=facility_at,
        facility_options=facility_options,
        item_top=item_top,
        route=route,
        by_route=_sorted(route, o_item, item_options),
        capacity=_capacity(problem, resource),
        opening=_real(row.opening_cost for row in problem.facilities),
        max_share=_real(2.0 if row.max_share is None else row.max_share for row in problem.facilities),
        member=np.array([[float(g in row.groups) for row in problem.facilities] for g in groups]).reshape(
            len(groups), len(problem.facilities)
        ),
        least_share=_real(problem.policies.min_group_share[name] for name in groups),
        makers=_or_unlimited(problem.policies.max_facilities_per_demand),
    )


def rows_of(problem: Problem, lines: Sequence[Place | Line]) -> Array:
    """Lines as numbers: demand, option, period, units."""
    demand = {row.id: index for index, row in enumerate(problem.demands)}
    option = {(row.facility, row.item): index for index, row in enumerate(problem.options)}
    places = [(demand[line.demand], line) for line in lines]
    rows = [(d, option[row.facility, problem.demands[d].item], row.period, row.quantity) for d, row in places]
    return np.array(rows, dtype=np.int32).reshape(len(rows), 4)


def _item_index(known: dict[str, int], name: str) -> int:
    """Items need not be listed; one that is not costs nothing to hold."""
    return known.setdefault(name, len(known))


def _holding(problem: Problem) -> list[float]:
    listed = {row.id: row.holding_cost for row in problem.items}
    names = dict.fromkeys([*listed, *(d.item for d in problem.demands), *(o.item for o in problem.options)])
    return [listed.get(name, 0.0) for name in names]


def _sites(problem: Problem) -> dict[str, int]:
    return {site: index for index, site in enumerate(dict.fromkeys(row.site for row in problem.demands))}


def _resources(problem: Problem) -> dict[tuple[str, str], int]:
    keys = ((row.id, process) for row in problem.facilities for process in row.capacity)
    return {key: index for index, key in enumerate(keys)}


def _capacity(problem: Problem, resource: dict[tuple[str, str], int]) -> Array:
    rows = [problem.facility[facility].capacity[process] for facility, process in resource]
    return np.array(rows, dtype=np.float64).reshape(len(rows), problem.periods)


def _hours(options: Sequence[Option], resource: dict[tuple[str, str], int]) -> dict[str, Array]:
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
    by_facility: dict[str, list[tuple[int, str]]] = {row.id: [] for row in problem.facilities}
    for index, option in enumerate(problem.options):
        by_facility[option.facility].append((index, option.item))
    route = np.tile(_real(row.unit_cost for row in problem.options), (len(sites), 1))
    for row in problem.transport:
        if row.site in sites:
            line = route[sites[row.site]]
            for index, item in by_facility[row.facility]:
                line[index] += row.cost_per_unit.get(item, 0.0) + price * row.kgco2e_per_unit.get(item, 0.0)
    return route


def _sorted(route: Array, o_item: Array, item_options: Array) -> Array:
    """Options by item and then by the cost of their route, for each site."""
    rows = [item_options[np.lexsort((line[item_options], o_item[item_options]))] for line in route]
    return np.array(rows, dtype=np.int32).reshape(len(rows), len(item_options))


def _by(key: Array, order: Array, size: int) -> tuple[Array, Array]:
    """Rows grouped by key, within a group by order: where each group starts, and the rows."""
    rows = np.lexsort((order, key)).astype(np.int32)
    counts = np.bincount(key, minlength=size) if len(key) else np.zeros(size, dtype=np.int64)
    return np.concatenate(([0], np.cumsum(counts))).astype(np.int32), rows


def _or_unlimited(value: int | None) -> int:
    return UNLIMITED if value is None else value


def _whole(values: Iterable[int]) -> Array:
    return np.array(list(values), dtype=np.int32)


def _real(values: Iterable[float]) -> Array:
    return np.array(list(values), dtype=np.float64)
