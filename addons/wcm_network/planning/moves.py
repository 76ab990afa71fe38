"""Compiled moves of the local search: take some work out of a plan, put it back better.

Ruin and recreate (Schrimpf and others 2000) with simulated annealing; `local.py` drives it.
"""

from __future__ import annotations

from math import exp
from typing import Any

import numpy as np

from .chance import draw
from .compiled import entry, inner, lent
from .place import insert
from .ruin import out_batch, out_item, ruin
from .state import COST, SHORT, UNMET, copy_rows, penalty, put, short_of, take, watch

BLINK = 0.03
"""Chance that a place is overlooked: lets a move find another way."""
SPLIT = 0.1
"""Chance that fewer units than fit go to a place, where there are shares to keep."""
PUSH = 0.1
"""Chance that a move leaves nothing out at any cost: a unit may pay as part of a batch or of a share."""
MORE = 4
"""Demands left out that a move tries again beside its own."""
LOOK = 64
"""Moves between two looks at what is watched and whether the plan is the best so far."""


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
def _left_out(s: Any, seed: Any, todo: Any, count: int) -> int:
    """Add a few that are left out, from anywhere: what breaks a share alone may not do so together."""
    demands, start, first = s.left.shape[0], int(draw(seed) * s.left.shape[0]), count
    for step in range(min(LOOK, demands)):
        d, seen = (start + step) % demands, False
        for k in range(count):
            seen = seen or todo[k] == d
        if not seen and s.left[d] > 0 and count < first + MORE:
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
    return taken, log, np.empty(4 * size + 65 + MORE, dtype=np.int32)


@inner
def _back(g: Any, s: Any, p: Any, n: int, seed: Any, log: Any, todo: Any, taken: Any) -> int:
    """Place what was taken out, in some order; how many allocations are new."""
    count, added = _distinct(g, s, taken, n, todo), 0
    split = SPLIT if g.least_share.shape[0] + s.watched_count[0] > 0 else 0.0
    push = s.sums[UNMET] > 0 and draw(seed) < PUSH
    if s.sums[UNMET] > 0:
        count = _left_out(s, seed, todo, count)
    _order(g, s, todo, count, draw(seed), seed)
    for j in range(count):
        top = np.inf if push else g.d_unmet[todo[j]]
        added = insert(g, s, p, todo[j], top, seed, BLINK, split, log, added)
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
    n = out_batch(g, s, o, t, taken, 0)
    n = out_item(g, s, todo[0], size, seed, taken, n)
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
                    out_batch(g, s, o, t, taken, 0)


@inner
def _move(
    g: Any, s: Any, p: Any, focus: Any, size: int, heat: float, now: float, seed: Any, log: Any, todo: Any, taken: Any
) -> float:
    """One move, kept or taken back; the cost after it, as `_total`."""
    n = ruin(g, s, focus, seed, 1 + int(draw(seed) * size), todo, taken)
    added = _back(g, s, p, n, seed, log, todo, taken)
    new = _total(g, s, p)
    if new <= now - heat * np.log(draw(seed) + 1e-300):
        return new
    _undo(g, s, log, added, taken, n)
    return now


@entry
def improve(
    grid: Any, state: Any, prices: Any, focus: Any, moves: int, size: int, hot: float, cold: float,
    seed: Any, best: Any, tally: Any, stop: Any,
) -> None:  # fmt: skip
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
