"""What a move of the local search takes out of a plan: related work, or any."""

from __future__ import annotations

from typing import Any

from .chance import draw
from .compiled import inner
from .state import UNMET, take


@inner
def _out(g: Any, s: Any, a: int, taken: Any, n: int) -> int:
    """Take an allocation out and write down what it was."""
    if s.a_fixed[a] or n >= taken.shape[0]:
        return n
    taken[n, 0], taken[n, 1], taken[n, 2], taken[n, 3] = s.a_demand[a], s.a_option[a], s.a_period[a], s.a_units[a]
    take(g, s, a)
    return n + 1


@inner
def _out_demand(g: Any, s: Any, d: int, taken: Any, n: int) -> int:
    a = s.first_d[d]
    while a >= 0:
        after = s.next_d[a]
        n = _out(g, s, a, taken, n)
        a = after
    return n


@inner
def out_batch(g: Any, s: Any, o: int, t: int, taken: Any, n: int) -> int:
    """All of a batch; a demand of one source goes with all it has."""
    a = s.first_b[o, t]
    while a >= 0:
        after, d = s.next_b[a], s.a_demand[a]
        if g.d_single[d]:
            while after >= 0 and s.a_demand[after] == d:
                after = s.next_b[after]
            n = _out_demand(g, s, d, taken, n)
        else:
            n = _out(g, s, a, taken, n)
        a = after
    return n


@inner
def out_item(g: Any, s: Any, d: int, size: int, seed: Any, taken: Any, n: int) -> int:
    """Demands of one item that are due about the same time."""
    low, high, here = g.demand_at[g.d_item[d]], g.demand_at[g.d_item[d] + 1], g.demand_place[d]
    start = max(low, here - int(draw(seed) * size))
    for at in range(start, min(high, start + size)):
        n = _out_demand(g, s, g.demand_of[at], taken, n)
    return n


@inner
def _out_option(g: Any, s: Any, o: int, t: int, size: int, taken: Any, n: int) -> int:
    """Batches of one option around a period."""
    periods = s.made.shape[1]
    for step in range(periods):
        for u in range(t - step, t + step + 1, max(1, 2 * step)):
            if 0 <= u < periods and s.made[o, u] > 0 and n < 2 * size:
                n = out_batch(g, s, o, u, taken, n)
        if n >= 2 * size:
            break
    return n


@inner
def _out_facility(g: Any, s: Any, f: int, t: int, size: int, seed: Any, taken: Any, n: int) -> int:
    """Batches of one facility in one period and those beside it."""
    low, high, periods = g.facility_at[f], g.facility_at[f + 1], s.made.shape[1]
    start = int(draw(seed) * (high - low))
    for at in range(high - low):
        o = g.facility_options[low + (start + at) % (high - low)]
        for u in range(t - 1, t + 2):
            if 0 <= u < periods and s.made[o, u] > 0 and n < 2 * size:
                n = out_batch(g, s, o, u, taken, n)
    return n


@inner
def _any(s: Any, focus: Any, seed: Any) -> int:
    """A demand of the focus; of all where that is empty."""
    count = focus.shape[0]
    return int(focus[int(draw(seed) * count)] if count > 0 else draw(seed) * s.left.shape[0])


@inner
def _picked(s: Any, focus: Any, seed: Any) -> int:
    """A demand: any, or often one that is left out while there are some."""
    demands, d = s.left.shape[0], _any(s, focus, seed)
    if s.sums[UNMET] > 0 and draw(seed) < 0.2:
        for step in range(demands):
            if s.left[(d + step) % demands] > 0:
                return int((d + step) % demands)
    return d


@inner
def ruin(g: Any, s: Any, focus: Any, seed: Any, size: int, todo: Any, taken: Any) -> int:
    """Take related work out: neighbours of one item, or what one facility does about then.

    The demand that it began with goes to todo[0].
    """
    d, kind, n = _picked(s, focus, seed), draw(seed), 0
    todo[0] = d
    a = s.first_d[d]
    if kind < 0.45:
        return int(out_item(g, s, d, size, seed, taken, n))
    if kind >= 0.9 or a < 0:
        for _ in range(size):
            n = _out_demand(g, s, _any(s, focus, seed), taken, n)
        return int(n)
    o, t = s.a_option[a], s.a_period[a]
    n = _out_demand(g, s, d, taken, n)
    if kind < 0.6:
        return int(_out_option(g, s, o, t, size, taken, n))
    return int(_out_facility(g, s, g.o_facility[o], t, size, seed, taken, n))
