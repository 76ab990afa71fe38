"""Units that stay where they were before: what that saves, and all that can stay put back at once."""

from __future__ import annotations

from typing import Any

import numpy as np

from .chance import draw
from .compiled import inner
from .room import SHARED, fits, limit_of, makers_of, share_extra, start_cost
from .state import COST, SHORT, put, short_of, take


@inner
def best_stay(  # as `_best_place`
    g: Any, s: Any, p: Any, d: int, top: float, found: Any, count: int, seed: Any, blink: float
) -> tuple[float, int, int, int]:
    """Cost of a unit, option, period and units, of those that would be where they were; option -1: none
    that costs less than `top`."""
    best, best_o, best_t, best_k = top, -1, 0, 0
    for j in range(g.stay_at[d], g.stay_at[d + 1]):
        o, t = g.stay_option[j], g.stay_period[j]
        k = fits(g, s, o, t, min(g.stay_units[j] - s.stays[j], limit_of(g, s, d, o, found, count)))
        if k <= 0 or (blink > 0 and draw(seed) < blink):
            continue
        q, least = s.made[o, t], g.o_least[o]
        fixed = start_cost(g, s, o) + p.short * (short_of(q + k, least) - short_of(q, least))
        fixed += g.o_setup[o] if q == 0 else 0.0
        unit = g.route[g.d_site[d], o] + share_extra(g, s, p, o) + g.holding[g.d_item[d]] * (g.d_due[d] - t)
        if unit + fixed / k - g.move_cost < best:
            best, best_o, best_t, best_k = unit + fixed / k - g.move_cost, o, t, k
    return best, best_o, best_t, best_k


@inner
def book_whole(g: Any, s: Any, d: int, o: int, log: Any, n: int) -> int:
    """What is left of a demand at one option: where it was, then the latest periods first."""
    for j in range(g.stay_at[d], g.stay_at[d + 1]):
        t = g.stay_period[j]
        k = fits(g, s, o, t, min(s.left[d], g.stay_units[j] - s.stays[j])) if g.stay_option[j] == o else 0
        if k > 0 and n < log.shape[0]:
            log[n] = put(g, s, d, o, t, k)
            n += 1
    for t in range(g.d_due[d], g.d_release[d] - 1, -1):
        if s.left[d] == 0 or n >= log.shape[0]:
            break
        k = fits(g, s, o, t, s.left[d])
        if k > 0:
            log[n] = put(g, s, d, o, t, k)
            n += 1
    return n


@inner
def whole_with_stays(g: Any, s: Any, p: Any, d: int, o: int, log: Any, n: int) -> float:
    """Cost of all of a demand at one option where some of it was; it is booked and taken back."""
    if s.first_d[d] >= 0 and g.o_facility[s.a_option[s.first_d[d]]] != g.o_facility[o]:
        return np.inf
    units, cost, short = s.left[d], s.sums[COST], s.sums[SHORT]
    extra = share_extra(g, s, p, o)
    last = book_whole(g, s, d, o, log, n)
    cost = s.sums[COST] - cost + units * (g.d_unmet[d] + extra) + p.short * (s.sums[SHORT] - short)
    fits_all = s.left[d] == 0
    for at in range(last - 1, n - 1, -1):
        take(g, s, log[at])
    return float(cost) if fits_all else np.inf


@inner
def _other_source(g: Any, s: Any, d: int, o: int) -> bool:
    """Whether a demand of one source has another already."""
    a = s.first_d[d]
    return bool(g.d_single[d] and a >= 0 and g.o_facility[s.a_option[a]] != g.o_facility[o])


@inner
def stay_all(g: Any, s: Any, changed: Any) -> None:
    """Put all back that can stay; `changed`: the demands that this leaves with units to place."""
    found = np.empty(SHARED, dtype=np.int32)
    for d in range(s.left.shape[0]):
        for j in range(g.stay_at[d], g.stay_at[d + 1]):
            o, t = g.stay_option[j], g.stay_period[j]
            most = limit_of(g, s, d, o, found, makers_of(g, s, d, found))
            k = fits(g, s, o, t, min(most, g.stay_units[j] - s.stays[j]))
            if k > 0 and not _other_source(g, s, d, o):
                put(g, s, d, o, t, k)
        changed[d] = s.left[d] > 0
        if g.d_single[d] and s.left[d] > 0:
            _take_free(g, s, d)


@inner
def _take_free(g: Any, s: Any, d: int) -> None:
    """Take out all of a demand that no lock holds."""
    a = s.first_d[d]
    while a >= 0:
        after = s.next_d[a]
        if not s.a_fixed[a]:
            take(g, s, a)
        a = after
