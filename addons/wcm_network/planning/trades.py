"""Trades between choices: the compiled search for the plan of an assignment.

A plan takes one choice for each job. Loads above what is offered are allowed at a price per
hour, which rises while they stay and falls while they do not. From a plan: knock one or two jobs
to another of their good places, mend with shifts, swaps and chains (a job takes a place, one that
was there takes another), keep what is no worse.
"""

from __future__ import annotations

from typing import Any

from .chance import draw
from .compiled import entry, inner, lent
from .shifts import EPS, best_change, change, load, move, sit, strain

LOG = 4096
"""Shifts between two looks at whether they were worth it."""
LOOK = 8
"""Turns between two changes of the prices."""


@entry
def fill(choices: Any, order: Any, chosen: Any) -> None:
    """A first plan: each job, in this order, takes its best choice that still fits, else its last."""
    c = lent(choices)
    over = -c.offered
    for n in range(order.shape[0]):
        j = order[n]
        for x in range(c.first[j], c.first[j + 1]):
            chosen[j] = x
            if _fits(c, over, x):
                break
        load(c, over, chosen[j], 1.0)


@inner
def _fits(c: Any, over: Any, x: int) -> bool:
    for i in range(c.rows.shape[1]):
        r = c.rows[x, i]
        if r >= 0 and over[r] + c.hours[x, i] > 0:
            return False
    return True


@inner
def _seat(c: Any, s: Any) -> None:
    """Loads and lists of `chosen`; all jobs wait for a look, in any order."""
    s.over[:] = -c.offered
    s.crowd[:] = 0
    s.waits[:] = True
    for j in range(s.chosen.shape[0]):
        where = c.place[s.chosen[j]]
        if where >= 0:
            s.member[where, s.crowd[where]] = j
            s.at[j] = s.crowd[where]
            s.crowd[where] += 1
        load(c, s.over, s.chosen[j], 1.0)
        other = int(draw(s.seed) * (j + 1))
        s.queue[j] = s.queue[other]
        s.queue[other] = j


@inner
def _energy(c: Any, s: Any) -> float:
    """Cost of the plan, strain included."""
    energy = 0.0
    for j in range(s.chosen.shape[0]):
        energy += c.cost[s.chosen[j]]
    for r in range(s.over.shape[0]):
        energy += strain(s.over[r], s.least[r], s.price[r])
    return energy


@inner
def _ask(c: Any, s: Any, x: int, every: bool, size: int) -> int:
    """Jobs at the place of a choice wait for a look, where it has too much to do."""
    where, much = c.place[x], every
    for i in range(c.rows.shape[1]):
        r = c.rows[x, i]
        if r < 0:
            break
        much = much or s.over[r] > EPS
    if where >= 0 and much:
        for i in range(s.crowd[where]):
            k = s.member[where, i]
            if not s.waits[k]:
                s.waits[k] = True
                s.queue[size % s.queue.shape[0]] = k
                size += 1
    return size


@inner
def _picked(c: Any, s: Any, j: int, anyone: bool) -> tuple[int, int]:
    """A job and where it is knocked: any, or one that is where job j is."""
    where = c.place[s.chosen[j]]
    if anyone or where < 0 or s.crowd[where] == 0:
        b = s.picks[int(draw(s.seed) * s.picks.shape[0])]
        return s.job[b], b
    j = s.member[where, int(draw(s.seed) * s.crowd[where])]
    return j, c.first[j] + int(draw(s.seed) * (s.last[j] - c.first[j]))


@inner
def _knock(c: Any, s: Any, kick: int, energy: float) -> tuple[float, int, int]:
    """Some jobs elsewhere: the energy, how many moved, how many wait for a look."""
    logged, wait, j = 0, 0, 0
    for i in range(kick if s.picks.shape[0] > 0 else 0):
        j, b = _picked(c, s, j, i == 0)
        a = s.chosen[j]
        if a != b:
            energy += c.cost[b] - c.cost[a] + change(c, s, a, -1.0)
            load(c, s.over, a, -1.0)
            energy += change(c, s, b, 1.0)
            load(c, s.over, b, 1.0)
            sit(c, s, j, b)
            s.log_job[logged], s.log_from[logged] = j, a
            logged += 1
            wait = _ask(c, s, b, True, _ask(c, s, a, False, wait))
    return energy, logged, wait


@inner
def _take(c: Any, s: Any, j: int, x: int, logged: int, wait: int) -> int:
    """A job takes a choice; how many wait for a look then."""
    a = s.chosen[j]
    move(c, s, j, x)
    s.log_job[logged], s.log_from[logged] = j, a
    return int(_ask(c, s, x, False, _ask(c, s, a, False, wait)))


@inner
def _mend(c: Any, s: Any, energy: float, logged: int, wait: int, log: int) -> tuple[float, int]:
    """The best change for each job that waits until none is worth it; the energy, how many moved.

    :param log: 0 where nothing will be taken back
    """
    head = 0
    while head < wait:
        j = s.queue[head % s.queue.shape[0]]
        head += 1
        s.waits[j] = False
        while logged < LOG - 2 and not s.stop[0]:
            gained = best_change(c, s, j)
            if s.out[0] < 0:
                break
            energy += gained
            wait = _take(c, s, j, s.out[0], logged, wait)
            logged += log
            if s.out[1] >= 0:
                wait = _take(c, s, s.out[1], s.out[2], logged, wait)
                logged += log
    return energy, logged


@inner
def _record(s: Any, energy: float) -> None:
    """Keep the plan if it keeps to what is offered and costs less than the best."""
    for r in range(s.over.shape[0]):
        if s.over[r] > EPS:
            return
    if energy < s.tally[0] - EPS:
        s.tally[0] = energy
        s.best[:] = s.chosen


@inner
def _reprice(s: Any, rate: float) -> None:
    size = s.over.shape[0]
    for r in range(size):
        s.price[r] = max(0.1 * s.least[r], s.price[r] * (1.0 + rate if s.over[r] > EPS else 1.0 - rate / size))


@entry
def trade(choices: Any, seats: Any, turns: int, kick: int, rate: float) -> None:
    """So many turns from `chosen`; the best plan that keeps to what is offered goes to `best`."""
    c, s = lent(choices), lent(seats)
    _seat(c, s)
    energy = _energy(c, s)
    for turn in range(turns):
        if s.stop[0]:
            break
        before, logged, wait = energy, 0, s.chosen.shape[0]
        if turn > 0:
            energy, logged, wait = _knock(c, s, kick, energy)
        energy, logged = _mend(c, s, energy, logged, wait, int(turn > 0))
        _record(s, energy)
        if turn > 0 and energy > before + EPS:
            for i in range(logged - 1, -1, -1):
                move(c, s, s.log_job[i], s.log_from[i])
            energy = before
        if turn % LOOK == LOOK - 1:
            _reprice(s, rate)
            energy = _energy(c, s)
