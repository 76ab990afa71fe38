"""Compiled moves of the local search: take some work out of a plan, put it back better.

Ruin and recreate (Schrimpf and others 2000) with simulated annealing; `local.py` drives it.
"""

from __future__ import annotations

from math import exp
from typing import Any

import numpy as np

from .compiled import entry, inner, lent
from .place import insert
from .room import draw
from .state import COST, SHORT, UNMET, copy_rows, penalty, put, short_of, take, watch

BLINK = 0.03
"""Chance that a place is overlooked: lets a move find another way."""
LOOK = 64
"""Moves between two looks at what is watched and whether the plan is the best so far."""


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
def _out_batch(g: Any, s: Any, o: int, t: int, taken: Any, n: int) -> int:
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
def _out_item(g: Any, s: Any, d: int, size: int, seed: Any, taken: Any, n: int) -> int:
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
                n = _out_batch(g, s, o, u, taken, n)
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
                n = _out_batch(g, s, o, u, taken, n)
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
def _ruin(g: Any, s: Any, focus: Any, seed: Any, size: int, todo: Any, taken: Any) -> int:
    """Take related work out: neighbours of one item, or what one facility does about then.

    The demand that it began with goes to todo[0].
    """
    d, kind, n = _picked(s, focus, seed), draw(seed), 0
    todo[0] = d
    a = s.first_d[d]
    if kind < 0.45:
        return int(_out_item(g, s, d, size, seed, taken, n))
    if kind >= 0.9 or a < 0:
        for _ in range(size):
            n = _out_demand(g, s, _any(s, focus, seed), taken, n)
        return int(n)
    o, t = s.a_option[a], s.a_period[a]
    n = _out_demand(g, s, d, taken, n)
    if kind < 0.6:
        return int(_out_option(g, s, o, t, size, taken, n))
    return int(_out_facility(g, s, g.o_facility[o], t, size, seed, taken, n))


@inner
def _distinct(g: Any, s: Any, taken: Any, n: int, todo: Any) -> int:
    """The demands with units to place: todo[0], and those that lost something. How many."""
    count = int(s.left[todo[0]] > 0)
    for j in range(n):
        d, seen = taken[j, 0], False
        for k in range(count):
            seen = seen or todo[k] == d
        if not seen and s.left[d] > 0:
            todo[count] = d
            count += 1
    return count


@inner
def _order(g: Any, s: Any, todo: Any, count: int, kind: float, seed: Any) -> None:
    """Drawn, by due date, or the most units first."""
    for j in range(count):
        k = j + int(draw(seed) * (count - j)) if kind < 0.4 else j
        for other in range(j + 1, count if kind >= 0.4 else 0):
            if kind < 0.7:
                better = g.d_due[todo[other]] < g.d_due[todo[k]]
            else:
                better = s.left[todo[other]] > s.left[todo[k]]
            if better:
                k = other
        todo[j], todo[k] = todo[k], todo[j]


@inner
def _total(g: Any, s: Any, p: Any) -> float:
    """Cost, and what the rules that the plan breaks cost in the search."""
    return float(s.sums[COST] + penalty(g, s, p))


@inner
def _scratch(size: int) -> tuple[Any, Any, Any]:
    """Room for what a move takes out, puts in, and the demands to place."""
    taken, log = np.empty((4 * size + 64, 4), dtype=np.int32), np.empty(16 * size + 256, dtype=np.int32)
    return taken, log, np.empty(4 * size + 65, dtype=np.int32)


@inner
def _back(g: Any, s: Any, p: Any, n: int, seed: Any, log: Any, todo: Any, taken: Any) -> int:
    """Place what was taken out, in some order; how many allocations are new."""
    count, added = _distinct(g, s, taken, n, todo), 0
    _order(g, s, todo, count, draw(seed), seed)
    for j in range(count):
        added = insert(g, s, p, todo[j], seed, BLINK, log, added)
    return added


@inner
def _undo(g: Any, s: Any, log: Any, added: int, taken: Any, n: int) -> None:
    for j in range(added - 1, -1, -1):
        take(g, s, log[j])
    for j in range(n - 1, -1, -1):
        put(g, s, taken[j, 0], taken[j, 1], taken[j, 2], taken[j, 3])


@inner
def _keeps_sources(g: Any, s: Any) -> bool:
    """No demand of one source is made in part."""
    for d in range(s.left.shape[0]):  # noqa: SIM110  # numba compiles no generator
        if g.d_single[d] and 0 < s.left[d] < g.d_quantity[d]:
            return False
    return True


@inner
def record(g: Any, s: Any, p: Any, best: Any, tally: Any) -> None:
    """Keep the plan if it breaks no rule and costs less than the best."""
    if s.sums[COST] < tally[0] - 1e-6 and penalty(g, s, p) <= 1e-9 and _keeps_sources(g, s):
        tally[0], tally[1] = s.sums[COST], copy_rows(s, best)


@inner
def _mend(g: Any, s: Any, p: Any, o: int, t: int, size: int, seed: Any, log: Any, todo: Any, taken: Any) -> None:
    """Try to do without a batch that is too small: out with it and its neighbours, largest first."""
    now = _total(g, s, p)
    todo[0] = s.a_demand[s.first_b[o, t]]
    n = _out_batch(g, s, o, t, taken, 0)
    n = _out_item(g, s, todo[0], size, seed, taken, n)
    added = _back(g, s, p, n, seed, log, todo, taken)
    if _total(g, s, p) > now:
        _undo(g, s, log, added, taken, n)


@inner
def mended(g: Any, s: Any, p: Any, size: int, passes: int, seed: Any) -> None:
    """Batches that are too small, one after the other; what is still too small is left out."""
    taken, log, todo = _scratch(size)
    for once in range(passes + 1):
        if s.sums[SHORT] == 0:
            break
        for o in range(s.made.shape[0]):
            for t in range(s.made.shape[1]):
                if short_of(s.made[o, t], g.o_least[o]) == 0:
                    continue
                if once < passes:
                    _mend(g, s, p, o, t, 1 + once % size, seed, log, todo, taken)
                else:
                    _out_batch(g, s, o, t, taken, 0)


@inner
def _move(
    g: Any, s: Any, p: Any, focus: Any, size: int, heat: float, now: float, seed: Any, log: Any, todo: Any, taken: Any
) -> float:
    """One move, kept or taken back; the cost after it, as `_total`."""
    n = _ruin(g, s, focus, seed, 1 + int(draw(seed) * size), todo, taken)
    added = _back(g, s, p, n, seed, log, todo, taken)
    new = _total(g, s, p)
    if new <= now - heat * np.log(draw(seed) + 1e-300):
        return new
    _undo(g, s, log, added, taken, n)
    return now


@entry
def improve(
    grid: Any,
    state: Any,
    prices: Any,
    focus: Any,
    moves: int,
    size: int,
    hot: float,
    cold: float,
    seed: Any,
    best: Any,
    tally: Any,
    stop: Any,
) -> None:
    """Ruin and recreate with annealing from `hot` to `cold` (currency).

    :param focus: the demands that moves begin with, all where it is empty
    :param best: rows demand, option, period, units of the best plan that breaks no rule
    :param tally: its cost and its rows
    :param stop: stop[0] other than 0 ends it
    """
    g, s, p = lent(grid), lent(state), lent(prices)
    taken, log, todo = _scratch(size)
    cooling, heat = exp(np.log(cold / hot) / max(1, moves)), hot
    watch(g, s)
    now = _total(g, s, p)
    for move in range(moves):
        heat *= cooling
        now = _move(g, s, p, focus, size, heat, now, seed, log, todo, taken)
        if move % LOOK == LOOK - 1:
            watch(g, s)
            now = _total(g, s, p)
            if now < tally[0] - 1e-6 and (s.left.shape[0] <= LOOK * LOOK):
                record(g, s, p, best, tally)
            if stop[0] != 0:
                break
    if tally[0] == np.inf:
        mended(g, s, p, size, 2, seed)
    watch(g, s)
    record(g, s, p, best, tally)
