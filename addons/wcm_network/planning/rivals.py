"""What the next best choice would cost, for every line of a large plan: one compiled pass."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiled import entry, inner, lent
from .grid import Array, Grid
from .room import SHARED, fits, makers_of, may_join, start_cost
from .state import empty, put, take


@inner
def _moving(g: Any, s: Any, d: int, o: int, t: int, k: int) -> float:
    """What moving counts a unit less when so many are added here, as some of them were here."""
    for j in range(g.stay_at[d], g.stay_at[d + 1]):
        if g.stay_option[j] == o and g.stay_period[j] == t:
            return float(g.move_cost * max(0, min(k, g.stay_units[j] - s.stays[j])) / k)
    return 0.0


@inner
def _each(g: Any, s: Any, d: int, o: int, t: int, k: int) -> float:
    """Cost of a unit when so many are added here, new set-ups and the like included."""
    fixed = start_cost(g, s, o) + (g.o_setup[o] if s.made[o, t] == 0 else 0.0)
    unit = g.route[g.d_site[d], o] + g.holding[g.d_item[d]] * (g.d_due[d] - t)
    return float(unit + fixed / k - _moving(g, s, d, o, t, k))


@inner
def _next_best(g: Any, s: Any, d: int, own: int, k: int, found: Any) -> tuple[int, int, float]:
    """The other option that could take all k units at the least cost, its period, and that cost; -1: none."""
    i, site, best, best_o, best_t = g.d_item[d], g.d_site[d], np.inf, -1, 0
    most_saved = g.move_cost if g.stay_at[d] < g.stay_at[d + 1] else 0.0
    count = makers_of(g, s, d, found)
    for at in range(g.item_at[i], g.item_at[i + 1]):
        o = g.by_route[site, at]
        if g.route[site, o] - most_saved >= best:
            break
        if g.o_facility[o] == own or not may_join(found, count, g.makers, g.o_facility[o]):
            continue
        for t in range(g.d_due[d], g.d_release[d] - 1, -1):
            if fits(g, s, o, t, k) == k and s.made[o, t] + k >= g.o_least[o]:
                each = _each(g, s, d, o, t, k)
                if each < best:
                    best, best_o, best_t = each, o, t
    return best_o, best_t, best


@entry
def _rivals(grid: Any, state: Any, rows: Any, option: Any, extra: Any, moving: Any) -> None:
    g, s = lent(grid), lent(state)
    found, places = np.empty(SHARED, dtype=np.int32), np.empty(rows.shape[0], dtype=np.int32)
    for j in range(rows.shape[0]):
        places[j] = put(g, s, rows[j, 0], rows[j, 1], rows[j, 2], rows[j, 3])
    for j in range(rows.shape[0]):
        d, o, t, k = rows[j, 0], rows[j, 1], rows[j, 2], rows[j, 3]
        if g.d_single[d] and k < g.d_quantity[d]:
            continue
        take(g, s, places[j])
        option[j], period, cost = _next_best(g, s, d, g.o_facility[o], k, found)
        extra[j] = cost - _each(g, s, d, o, t, k)
        moving[j] = _moving(g, s, d, o, t, k) - (_moving(g, s, d, option[j], period, k) if option[j] >= 0 else 0.0)
        places[j] = put(g, s, d, o, t, k)


def rivals(grid: Grid, rows: Array) -> tuple[Array, Array, Array]:
    """By row: option that could take all of it at the least extra cost (-1: none), that cost a unit, and
    the part of it that is the cost of moving."""
    option, extra, moving = np.full(len(rows), -1, dtype=np.int32), np.zeros(len(rows)), np.zeros(len(rows))
    _rivals(grid, empty(grid, len(rows) + 1), rows, option, extra, moving)
    return option, extra, moving
