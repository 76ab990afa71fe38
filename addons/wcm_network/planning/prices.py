"""A proven lower bound for large problems: prices for hours, and one small question per item.

Lagrangian relaxation (Held, Wolfe and Crowder 1974): capacity and share policies become prices;
what is left falls apart by item into facility location with two storeys of fixed costs (first
article; set-up per period), whose linear dual is climbed greedily (Erlenkotter 1978, "A
Dual-Based Procedure for Uncapacitated Facility Location"). Any prices and any dual feasible
values give a valid bound; good ones are found by subgradient steps. Rules that are dropped
(smallest batches, at most so many facilities, one source, locks) only make the bound lower.
The best prices are also what one more hour is worth.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from .compiled import entry, inner, lent
from .grid import Array, Grid

TIGHT = 1e-9
IMPOSSIBLE = 1e12
KEPT = 96
"""Cheapest ways of a demand that are looked at; no value rises above the next one."""


class Dual(NamedTuple):
    """Prices, and the plan of the relaxed problem that goes with them.

    :ivar hour: R x T, currency per hour
    :ivar group: per unit of making cost short of a group's share
    :ivar opening: O, the part of the opening cost that an option carries
    :ivar used: R x T, hours that the relaxed plan takes
    :ivar making: G + 1 sums: making cost of each group, and of all
    :ivar lumps: one number: a set-up of an option that makes up to so many units in a period is
        told by the unit, of one that makes more in part
    """

    hour: Array
    group: Array
    opening: Array
    used: Array
    making: Array
    lumps: Array


def no_prices(grid: Grid) -> Dual:
    """All prices zero; the opening cost shared out evenly among a facility's options."""
    options = np.bincount(grid.o_facility, minlength=len(grid.opening))
    return Dual(
        hour=np.zeros(grid.capacity.shape),
        group=np.zeros(len(grid.least_share)),
        opening=1.0 / np.maximum(1, options[grid.o_facility]),
        used=np.zeros(grid.capacity.shape),
        making=np.zeros(len(grid.least_share) + 1),
        lumps=np.array([0.0]),
    )


@inner
def _worth(g: Any, p: Any, room: Any, worth: Any) -> float:
    """Opening costs less what a facility's hours are worth; where that is below 0 it is open, and
    the difference is returned."""
    worth[:] = g.opening
    for r in range(p.hour.shape[0]):
        total = 0.0
        for t in range(p.hour.shape[1]):
            total += p.hour[r, t] * g.capacity[r, t]
        worth[room[r]] -= total
    constant = 0.0
    for f in range(worth.shape[0]):
        constant += min(0.0, worth[f])
        worth[f] = max(0.0, worth[f])
    return constant


@inner
def _priced(g: Any, p: Any, room: Any, unit: Any, setup: Any, first: Any) -> float:
    """Costs under the prices: per option and period of a unit (without the route) and of a
    set-up, per option of the first article. Returns what the facilities' hours are worth."""
    o_res, o_hours, o_sethours, hour = g.o_res, g.o_hours, g.o_sethours, p.hour
    worth = np.empty(g.opening.shape[0])
    constant = _worth(g, p, room, worth)
    for o in range(o_res.shape[0]):
        f, making = g.o_facility[o], 0.0
        for j in range(p.group.shape[0]):
            making += p.group[j] * (g.least_share[j] - g.member[j, f])
        first[o] = g.o_first[o] + worth[f] * p.opening[o]
        for t in range(hour.shape[1]):
            each, once, most = making * g.o_unit[o], g.o_setup[o], float(g.o_most[o])
            for j in range(o_res.shape[1]):
                r = o_res[o, j]
                if r < 0:
                    break
                each += hour[r, t] * o_hours[o, j]
                once += hour[r, t] * o_sethours[o, j]
                if o_hours[o, j] > 0:
                    fit = (g.capacity[r, t] - o_sethours[o, j]) / o_hours[o, j]
                    most = min(most, np.floor(max(0.0, fit) + 1e-6))
            part = min(1.0, p.lumps[0] / max(1.0, most))
            unit[o, t] = each + part * once / max(1.0, most) if most >= 1 else IMPOSSIBLE
            setup[o, t] = (1.0 - part) * once
    return constant


@inner
def _lowest(g: Any, i: int, unit: Any) -> float:
    """The least that any way to make an item adds to its route."""
    lowest = np.inf
    for at in range(g.item_at[i], g.item_at[i + 1]):
        for t in range(unit.shape[1]):
            lowest = min(lowest, unit[g.item_options[at], t])
    return float(lowest)


@inner
def _sort(n: int, cost: Any, option: Any, period: Any) -> None:
    order = np.argsort(cost[:n])
    cost[:n], option[:n], period[:n] = cost[:n][order], option[:n][order], period[:n][order]


@inner
def _before(g: Any, d: int) -> tuple[int, int, float]:
    """Option and period where a piece (`pieces.py`) was before, -1 for none, and what moving it costs a unit."""
    if g.stay_at[d] == g.stay_at[d + 1]:
        return -1, -1, 0.0
    return g.stay_option[g.stay_at[d]], g.stay_period[g.stay_at[d]], g.move_cost


@inner
def _candidates(g: Any, d: int, unit: Any, lowest: float, cost: Any, option: Any, period: Any) -> tuple[int, float]:
    """The cheapest ways to make a demand, in order: how many, and what the next one costs.

    Every other way than where it was before, and none, costs the moving too.
    """
    i, k, due, n = g.d_item[d], float(g.d_quantity[d]), g.d_due[d], 0
    routes, options, hold = g.route[g.d_site[d]], g.by_route[g.d_site[d]], g.holding[i]
    here, then, move = _before(g, d)
    top = (g.d_unmet[d] + move) * k
    if here >= 0 and (routes[here] + hold * (due - then) + unit[here, then]) * k < top:
        cost[0], option[0], period[0] = (routes[here] + hold * (due - then) + unit[here, then]) * k, here, then
        n = 1
    for at in range(g.item_at[i], g.item_at[i + 1]):
        o = options[at]
        if (routes[o] + lowest + move) * k >= top:
            break
        for t in range(g.d_release[d], due + 1):
            whole = (routes[o] + hold * (due - t) + unit[o, t] + move) * k
            if whole >= top or (o == here and t == then):
                continue
            if n == 2 * KEPT:
                _sort(n, cost, option, period)
                n, top = KEPT, cost[KEPT]
                if whole >= top:
                    continue
            cost[n], option[n], period[n] = whole, o, t
            n += 1
    _sort(n, cost, option, period)
    return (KEPT, min(top, cost[KEPT])) if n > KEPT else (n, top)


@inner
def _climb(top: float, level: float, tight: int, option: Any, period: Any, setup: Any, first: Any, least: Any) -> float:
    """Raise one demand's value as far as the fixed costs pay; the slack that was left is used up.

    :param tight: the first so many ways cost no more than `level`
    :param least: scratch per option: smallest set-up slack among its tight ways
    """
    step = top - level
    for c in range(tight):
        least[option[c]] = np.inf
    for c in range(tight):
        least[option[c]] = min(least[option[c]], setup[option[c], period[c]])
    for c in range(tight):
        step = min(step, first[option[c]] + least[option[c]])
    if step <= TIGHT:
        return 0.0
    for c in range(tight):
        o = option[c]
        if least[o] >= 0:
            paid = min(step, first[o])
            first[o] -= paid
            least[o] = -(step - paid) - 1e-300
    for c in range(tight):
        o, t = option[c], period[c]
        setup[o, t] = max(0.0, setup[o, t] + least[o])
    return step


@inner
def _raise(
    size: int,
    top: Any,
    count: Any,
    tight: Any,
    cost: Any,
    option: Any,
    period: Any,
    level: Any,
    setup: Any,
    first: Any,
    least: Any,
) -> None:
    """Raise the values of an item's demands in turn until no fixed cost has slack left."""
    blocked = count[:size] == 0
    moving = True
    while moving:
        moving = False
        for at in range(size):
            if blocked[at]:
                continue
            n = tight[at]
            while n < count[at] and cost[at, n] <= level[at] + TIGHT:
                n += 1
            tight[at] = n
            goal = cost[at, n] if n < count[at] else top[at]
            step = _climb(goal, level[at], n, option[at], period[at], setup, first, least)
            level[at] += step
            blocked[at] = step <= TIGHT or (n == count[at] and level[at] >= goal - TIGHT)
            moving = moving or not blocked[at]


@inner
def _item(g: Any, p: Any, i: int, unit: Any, setup: Any, first: Any, least: Any, touched: Any) -> float:
    """Dual value of one item; adds its relaxed plan to the hours. `setup` and `first` keep the slack."""
    low, size = g.demand_at[i], g.demand_at[i + 1] - g.demand_at[i]
    cost, top, level = np.empty((size, 2 * KEPT)), np.empty(size), np.empty(size)
    option, period = np.empty((size, 2 * KEPT), dtype=np.int32), np.empty((size, 2 * KEPT), dtype=np.int32)
    count, tight = np.zeros(size, dtype=np.int32), np.zeros(size, dtype=np.int32)
    lowest = _lowest(g, i, unit)
    for at in range(size):
        count[at], top[at] = _candidates(g, g.demand_of[low + at], unit, lowest, cost[at], option[at], period[at])
        level[at] = cost[at, 0] if count[at] else top[at]
    _raise(size, top, count, tight, cost, option, period, level, setup, first, least)
    for at in range(g.item_at[i], g.item_at[i + 1]):
        touched[g.item_options[at]] = 0
    for at in range(size):
        for c in range(tight[at]):
            o, t = option[at, c], period[at, c]
            if first[o] + setup[o, t] <= 1e-6:
                _work(g, p, g.demand_of[low + at], o, t, int(touched[o, t] == 0))
                touched[o, t] = 1
                break
    return float(level.sum())


@inner
def _work(g: Any, p: Any, d: int, o: int, t: int, new: int) -> None:
    """Hours and making cost of a demand of the relaxed plan."""
    k, f, last = g.d_quantity[d], g.o_facility[o], p.group.shape[0]
    for j in range(g.o_res.shape[1]):
        r = g.o_res[o, j]
        if r >= 0:
            p.used[r, t] += k * g.o_hours[o, j] + new * g.o_sethours[o, j]
    p.making[last] += k * g.o_unit[o]
    for j in range(last):
        p.making[j] += k * g.o_unit[o] * g.member[j, f]


@entry
def bound(grid: Any, dual: Any, room: Any, touched: Any, stop: Any) -> float:
    """The lower bound under these prices; `used` and `making` of the relaxed plan.

    :param room: facility of each resource
    :param stop: stop[0] other than 0 ends it with -inf
    """
    g, p = lent(grid), lent(dual)
    options, periods = g.o_facility.shape[0], g.capacity.shape[1]
    unit, setup, first = np.empty((options, periods)), np.empty((options, periods)), np.empty(options)
    total, least = _priced(g, p, room, unit, setup, first) + g.move_cost * g.lost, np.empty(options)
    p.used[:] = 0.0
    p.making[:] = 0.0
    for i in range(g.demand_at.shape[0] - 1):
        if stop[0] != 0:
            return -np.inf
        if g.demand_at[i] < g.demand_at[i + 1]:
            total += _item(g, p, i, unit, setup, first, least, touched)
    return float(total)
