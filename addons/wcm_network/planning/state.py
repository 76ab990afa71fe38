"""A plan as arrays, and its bookkeeping: every sum that a limit is about is kept up to date.

Works on arrays, knows no ids, never raises. A plan may break the smallest batch and the share
policies on the way, at a price (`Prices`); all other limits hold at every moment.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from .compiled import inner
from .grid import Array, Grid

EPS = 1e-7
COST, SHORT, WORK, MAKING, UNMET = 0, 1, 2, 3, 4
NEAR = 0.9
"""Share of the largest share from which a facility is watched."""


class State(NamedTuple):
    """A plan: allocations as linked lists, and the sums.

    An allocation is units of one demand made by one option in one period. `first_d` starts
    the list of a demand, `first_b` of a batch (option, period); -1 ends it.

    :ivar a_fixed: a lock, which no move takes
    :ivar free: R x T, hours left
    :ivar stays: by row of `Grid.stay_at`, units made there now
    :ivar short: by item, units short of smallest batches
    :ivar watched: facilities near their largest share; `watched_count` of them
    :ivar sums: cost, units short of smallest batches, hours, making cost, units left out
    """

    a_demand: Array
    a_option: Array
    a_period: Array
    a_units: Array
    a_fixed: Array
    next_d: Array
    prev_d: Array
    next_b: Array
    prev_b: Array
    first_d: Array
    first_b: Array
    spare: Array
    spare_count: Array
    made: Array
    made_all: Array
    free: Array
    stays: Array
    short: Array
    busy: Array
    work: Array
    group_making: Array
    left: Array
    watched: Array
    watched_count: Array
    sums: Array


class Prices(NamedTuple):
    """What breaking a rule costs in the search: per unit short of a batch; per group and money
    short of its share; per hour over the largest share."""

    short: float
    group: Array
    share: float


def empty(grid: Grid, most: int) -> State:
    """A plan that makes nothing, with room for so many allocations."""
    return State(**_allocations(grid, most), **_sums(grid))


def _allocations(grid: Grid, most: int) -> dict[str, Array]:
    numbers = ("a_demand", "a_option", "a_period", "a_units", "a_fixed")
    return {
        **{name: _zeros(most) for name in numbers},
        **{name: _ends(most) for name in ("next_d", "prev_d", "next_b", "prev_b")},
        "first_d": _ends(len(grid.d_item)),
        "first_b": _ends(len(grid.o_item), grid.periods),
        "spare": np.arange(most - 1, -1, -1, dtype=np.int32),
        "spare_count": np.array([most], dtype=np.int64),
    }


def _sums(grid: Grid) -> dict[str, Array]:
    """What limits are about, with nothing made and everybody watched."""
    facilities, unmet = len(grid.opening), float(np.dot(grid.d_quantity, grid.d_unmet))
    moved = grid.move_cost * (grid.lost + float(grid.stay_units.sum()))
    return {
        "made": _zeros(len(grid.o_item), grid.periods),
        "made_all": _zeros(len(grid.o_item)),
        "free": grid.capacity.copy(),
        "stays": _zeros(len(grid.stay_units)),
        "short": _zeros(len(grid.holding)),
        "busy": np.zeros(facilities, dtype=np.int64),
        "work": np.zeros(facilities),
        "group_making": np.zeros(len(grid.least_share)),
        "left": grid.d_quantity.copy(),
        "watched": np.arange(facilities, dtype=np.int32),
        "watched_count": np.array([facilities], dtype=np.int64),
        "sums": np.array([unmet + moved, 0.0, 0.0, 0.0, float(grid.d_quantity.sum())]),
    }


def _zeros(*shape: int) -> Array:
    return np.zeros(shape, dtype=np.int32)


def _ends(*shape: int) -> Array:
    return np.full(shape, -1, dtype=np.int32)


@inner
def short_of(units: int, least: int) -> int:
    """Units missing to the smallest batch."""
    return least - units if 0 < units < least else 0


@inner
def _stay(g: Any, s: Any, d: int, o: int, t: int, k: int) -> int:
    """Count k more units where some may have been before; how many more of these stay."""
    for j in range(g.stay_at[d], g.stay_at[d + 1]):
        if g.stay_option[j] == o and g.stay_period[j] == t:
            before, was = s.stays[j], g.stay_units[j]
            s.stays[j] = before + k
            return int(min(before + k, was) - min(before, was))
    return 0


@inner
def _shift(g: Any, s: Any, d: int, o: int, t: int, k: int) -> None:
    """Book k units (negative: take away) in all sums."""
    f, i, sums = g.o_facility[o], g.d_item[d], s.sums
    before, all_before, busy_before = s.made[o, t], s.made_all[o], s.busy[f]
    after = before + k
    setups = int(after > 0) - int(before > 0)
    cost = k * (g.route[g.d_site[d], o] + g.holding[i] * (g.d_due[d] - t) - g.d_unmet[d])
    cost += setups * g.o_setup[o] - g.move_cost * _stay(g, s, d, o, t, k)
    cost += (int(all_before + k > 0) - int(all_before > 0)) * g.o_first[o]
    cost += (int(busy_before + k > 0) - int(busy_before > 0)) * g.opening[f]
    s.made[o, t], s.made_all[o], s.busy[f] = after, all_before + k, busy_before + k
    for j in range(g.o_res.shape[1]):
        r = g.o_res[o, j]
        if r < 0:
            break
        s.free[r, t] -= k * g.o_hours[o, j] + setups * g.o_sethours[o, j]
    hours, making = k * g.o_work[o] + setups * g.o_setwork[o], k * g.o_unit[o]
    s.work[f] += hours
    for j in range(s.group_making.shape[0]):
        s.group_making[j] += making * g.member[j, f]
    s.left[d] -= k
    short = short_of(after, g.o_least[o]) - short_of(before, g.o_least[o])
    s.short[i] += short
    sums[COST] += cost
    sums[SHORT] += short
    sums[WORK] += hours
    sums[MAKING] += making
    sums[UNMET] -= k


@inner
def put(g: Any, s: Any, d: int, o: int, t: int, k: int) -> int:
    """Add an allocation; its number."""
    s.spare_count[0] -= 1
    a = s.spare[s.spare_count[0]]
    s.a_demand[a], s.a_option[a], s.a_period[a], s.a_units[a], s.a_fixed[a] = d, o, t, k, 0
    s.next_d[a], s.prev_d[a] = s.first_d[d], -1
    if s.first_d[d] >= 0:
        s.prev_d[s.first_d[d]] = a
    s.first_d[d] = a
    s.next_b[a], s.prev_b[a] = s.first_b[o, t], -1
    if s.first_b[o, t] >= 0:
        s.prev_b[s.first_b[o, t]] = a
    s.first_b[o, t] = a
    _shift(g, s, d, o, t, k)
    return int(a)


@inner
def take(g: Any, s: Any, a: int) -> None:
    """Remove an allocation."""
    d, o, t = s.a_demand[a], s.a_option[a], s.a_period[a]
    after, before = s.next_d[a], s.prev_d[a]
    if before < 0:
        s.first_d[d] = after
    else:
        s.next_d[before] = after
    if after >= 0:
        s.prev_d[after] = before
    after, before = s.next_b[a], s.prev_b[a]
    if before < 0:
        s.first_b[o, t] = after
    else:
        s.next_b[before] = after
    if after >= 0:
        s.prev_b[after] = before
    _shift(g, s, d, o, t, -s.a_units[a])
    s.spare[s.spare_count[0]] = a
    s.spare_count[0] += 1


@inner
def group_short(g: Any, s: Any, j: int, slack: float) -> bool:
    """Whether a group makes less than its share, or is within the slack of it."""
    return bool(s.group_making[j] < g.least_share[j] * s.sums[MAKING] * (1 + slack))


@inner
def penalty(g: Any, s: Any, p: Any) -> float:
    """What the rules that the plan breaks cost in the search; largest shares of the watched only."""
    cost = p.short * s.sums[SHORT]
    for j in range(g.least_share.shape[0]):
        cost += p.group[j] * max(0.0, g.least_share[j] * s.sums[MAKING] - s.group_making[j])
    for at in range(s.watched_count[0]):
        f = s.watched[at]
        cost += p.share * max(0.0, s.work[f] - g.max_share[f] * s.sums[WORK])
    return float(cost)


@inner
def watch(g: Any, s: Any) -> None:
    """Choose anew whose largest share is watched: all of a few, of many those who are near it."""
    count, few = 0, g.max_share.shape[0] <= 64
    for f in range(g.max_share.shape[0]):
        if g.max_share[f] <= 1 and (few or s.work[f] >= NEAR * g.max_share[f] * s.sums[WORK]):
            s.watched[count] = f
            count += 1
    s.watched_count[0] = count


@inner
def copy_rows(s: Any, rows: Any) -> int:
    """Write all allocations to rows demand, option, period, units; how many."""
    count = 0
    for d in range(s.first_d.shape[0]):
        a = s.first_d[d]
        while a >= 0:
            rows[count, 0], rows[count, 1] = s.a_demand[a], s.a_option[a]
            rows[count, 2], rows[count, 3] = s.a_period[a], s.a_units[a]
            count += 1
            a = s.next_d[a]
    return count
