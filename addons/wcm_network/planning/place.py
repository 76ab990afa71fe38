"""Where the next units of a demand cost least: the hot loop of the local search."""

from __future__ import annotations

from typing import Any

import numpy as np

from .chance import draw
from .compiled import inner
from .room import SHARED, fits, limit_of, makers_of, share_extra, start_cost
from .state import EPS, group_short, put, short_of
from .staying import best_stay, book_whole, whole_with_stays

SPARE = 512
"""Allocations kept back, so that a move can be taken back."""


@inner
def _slack(g: Any, s: Any, p: Any, i: int) -> float:
    """The most that share policies take off a unit of an item."""
    slack = 0.0
    for j in range(g.least_share.shape[0]):
        if group_short(g, s, j, 0.001):
            slack += p.group[j] * g.item_top[i]
    return slack


@inner
def _best_place(  # noqa: C901  # one loop over arrays held in locals: see below
    g: Any, s: Any, p: Any, d: int, top: float, seed: Any, blink: float
) -> tuple[int, int, int]:
    """Option, period and units where a unit of the demand costs least now; option -1: nowhere below `top`.

    Options come by the cost of their route: the first that can't be cheaper ends the search. Nearly all of the time
    is spent in the two inner loops; handing their arrays to a function of its own takes a sixth to a third more.
    """
    i, site, due, release = g.d_item[d], g.d_site[d], g.d_due[d], g.d_release[d]
    hours, sethours, res, free, made = g.o_hours, g.o_sethours, g.o_res, s.free, s.made
    hold, short, slack, whole = g.holding[i], p.short, _slack(g, s, p, i), s.short[i] == 0
    found = np.empty(SHARED, dtype=np.int32)
    count = makers_of(g, s, d, found)
    best, best_o, best_t, best_k = best_stay(g, s, p, d, top, found, count, seed, blink)
    for at in range(g.item_at[i], g.item_at[i + 1]):
        o = g.by_route[site, at]
        if whole and g.route[site, o] - slack >= best:
            break
        if blink > 0 and draw(seed) < blink:
            continue
        base, limit = g.route[site, o] + share_extra(g, s, p, o), limit_of(g, s, d, o, found, count)
        start, setup, least, most = start_cost(g, s, o), g.o_setup[o], g.o_least[o], g.o_most[o]
        for t in range(due, release - 1, -1):
            unit, q = base + hold * (due - t), made[o, t]
            if limit <= 0 or (whole and unit >= best):
                break
            k = min(limit, most - q)
            for j in range(res.shape[1]):
                r = res[o, j]
                if r < 0 or k <= 0:
                    break
                room = free[r, t] + EPS - (sethours[o, j] if q == 0 else 0.0)
                if hours[o, j] * k > room:
                    k = int(room / hours[o, j]) if room > 0 else 0
            if k <= 0:
                continue
            fixed = start + setup if q == 0 else start
            if least > 1:
                fixed += short * (short_of(q + k, least) - short_of(q, least))
            if unit + fixed / k < best:
                best, best_o, best_t, best_k = unit + fixed / k, o, t, k
    return best_o, best_t, best_k


@inner
def _whole_at(g: Any, s: Any, p: Any, d: int, o: int, most: float) -> float:
    """Cost of all of a demand at one option, latest periods first; above `most` it may stop."""
    left, cost = s.left[d], 0.0
    whole = s.made_all[o]
    unit = g.route[g.d_site[d], o] + share_extra(g, s, p, o)
    for t in range(g.d_due[d], g.d_release[d] - 1, -1):
        k = min(fits(g, s, o, t, left), g.o_all[o] - whole)
        if k > 0:
            q = s.made[o, t]
            cost += k * (unit + g.holding[g.d_item[d]] * (g.d_due[d] - t))
            cost += p.short * (short_of(q + k, g.o_least[o]) - short_of(q, g.o_least[o]))
            cost += g.o_setup[o] if q == 0 else 0.0
            left -= k
            whole += k
        if left == 0:
            break
    return float(cost) + start_cost(g, s, o) if left == 0 else np.inf


@inner
def _insert_whole(g: Any, s: Any, p: Any, d: int, top: float, seed: Any, blink: float, log: Any, n: int) -> int:
    """Place a demand of a single source at one option, or not at all."""
    i, best, best_o = g.d_item[d], top * s.left[d], -1
    for j in range(g.stay_at[d], g.stay_at[d + 1]):
        if blink == 0 or draw(seed) >= blink:
            cost = whole_with_stays(g, s, p, d, g.stay_option[j], log, n)
            if cost < best:
                best, best_o = cost, g.stay_option[j]
    for at in range(g.item_at[i], g.item_at[i + 1]):
        o = g.item_options[at]
        if s.first_d[d] >= 0 and g.o_facility[s.a_option[s.first_d[d]]] != g.o_facility[o]:
            continue
        if blink > 0 and draw(seed) < blink:
            continue
        cost = _whole_at(g, s, p, d, o, best)
        if cost < best:
            best, best_o = cost, o
    return int(book_whole(g, s, d, best_o, log, n)) if best_o >= 0 else n


@inner
def insert(  # what a move may do
    g: Any, s: Any, p: Any, d: int, top: float, seed: Any, blink: float, split: float, log: Any, n: int
) -> int:
    """Place what is left of a demand as cheaply as it goes; new allocations go to log[n:].

    :param top: a unit that costs so much is left out
    :param split: chance that fewer units than fit go to a place: what a tight share may need
    """
    if g.d_single[d] and s.left[d] > 0:
        return int(_insert_whole(g, s, p, d, top, seed, blink, log, n))
    while s.left[d] > 0 and n < log.shape[0] and s.spare_count[0] > SPARE:
        o, t, k = _best_place(g, s, p, d, top, seed, blink)
        if o < 0:
            break
        if split > 0 and draw(seed) < split:
            k = 1 + int(draw(seed) * k)
        log[n] = put(g, s, d, o, t, k)
        n += 1
    return n
