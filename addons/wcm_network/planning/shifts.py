"""A plan of an assignment while trades change it: loads, who is where, the best change for a job."""

from __future__ import annotations

from typing import Any, NamedTuple

from .compiled import inner
from .grid import Array

EPS = 1e-7


class Seats(NamedTuple):
    """The plan and what the search knows of it; `Choices` are beside it, in the order of their worth.

    :ivar job: of each choice
    :ivar last: end of the choices of each job that are looked at; `picks` are those that jobs are knocked to
    :ivar least: toll of each row, by which `cost` of the choices is their worth
    :ivar price: of a unit above what is offered, by row; follows the search
    :ivar best: the best plan that keeps to what is offered, its cost in tally[0]
    :ivar over: load above what is offered, by row
    :ivar member, crowd: jobs at each place and how many; `at`: where each job stands there
    :ivar queue, waits: jobs that wait for a look, a ring; whether one is in it
    :ivar log_job, log_from: what moved in this turn
    :ivar out: what `best_change` found
    """

    job: Array
    last: Array
    picks: Array
    least: Array
    price: Array
    chosen: Array
    best: Array
    tally: Array
    seed: Array
    stop: Array
    over: Array
    member: Array
    crowd: Array
    at: Array
    queue: Array
    waits: Array
    log_job: Array
    log_from: Array
    out: Array


@inner
def strain(over: float, least: float, price: float) -> float:
    """Of a row: hours above what is offered are paid for, and hours to spare are worth their price."""
    return price * over if over > 0 else -least * over


@inner
def change(c: Any, s: Any, x: int, sign: float) -> float:
    """What the strain grows by when a choice is taken (1.0) or given up (-1.0)."""
    more = 0.0
    for i in range(c.rows.shape[1]):
        r = c.rows[x, i]
        if r < 0:
            break
        over, least, price = s.over[r], s.least[r], s.price[r]
        more += strain(over + sign * c.hours[x, i], least, price) - strain(over, least, price)
    return more


@inner
def load(c: Any, over: Any, x: int, sign: float) -> None:
    for i in range(c.rows.shape[1]):
        r = c.rows[x, i]
        if r < 0:
            break
        over[r] += sign * c.hours[x, i]


@inner
def sit(c: Any, s: Any, j: int, x: int) -> None:
    """Move a job between the lists of who is where."""
    old, new = c.place[s.chosen[j]], c.place[x]
    if old >= 0:
        last = s.member[old, s.crowd[old] - 1]
        s.member[old, s.at[j]] = last
        s.at[last] = s.at[j]
        s.crowd[old] -= 1
    if new >= 0:
        s.member[new, s.crowd[new]] = j
        s.at[j] = s.crowd[new]
        s.crowd[new] += 1
    s.chosen[j] = x


@inner
def move(c: Any, s: Any, j: int, x: int) -> None:
    """Give a job another choice."""
    load(c, s.over, s.chosen[j], -1.0)
    load(c, s.over, x, 1.0)
    sit(c, s, j, x)


@inner
def best_change(c: Any, s: Any, j: int) -> float:
    """Best shift of a job, else best chain: it goes to out[0], and job out[1] from there to out[2]."""
    a, spare = s.chosen[j], _spare(c, s)
    gain = c.cost[a] - change(c, s, a, -1.0)
    load(c, s.over, a, -1.0)
    s.out[0], s.out[1] = -1, -1
    best = _best_shift(c, s, j, gain)
    if s.out[0] < 0:
        best = _best_chain(c, s, j, gain, spare)
    load(c, s.over, a, 1.0)
    return float(best)


@inner
def _spare(c: Any, s: Any) -> float:
    """The most that the strain falls by when a choice is taken."""
    spare = 0.0
    for r in range(s.over.shape[0]):
        spare = max(spare, -s.least[r] * s.over[r])
    return float(spare * c.rows.shape[1])


@inner
def _best_shift(c: Any, s: Any, j: int, gain: float) -> float:
    best = -EPS
    for b in range(c.first[j], s.last[j]):
        if b != s.chosen[j]:
            total = c.cost[b] + change(c, s, b, 1.0) - gain
            if total < best:
                best, s.out[0] = total, b
    return best


@inner
def _best_chain(c: Any, s: Any, j: int, gain: float, spare: float) -> float:
    best = -EPS
    for b in range(c.first[j], s.last[j]):
        where = c.place[b]
        if b == s.chosen[j] or where < 0:
            continue
        base = c.cost[b] + change(c, s, b, 1.0) - gain
        load(c, s.over, b, 1.0)
        for i in range(s.crowd[where]):
            k = s.member[where, i]
            if k != j:
                best = _sent_on(c, s, k, b, base, best, spare)
        load(c, s.over, b, -1.0)
    return best


@inner
def _sent_on(c: Any, s: Any, k: int, b: int, base: float, best: float, spare: float) -> float:
    """The best place for a job that makes room for choice b, where that is better than `best`."""
    old = s.chosen[k]
    left = base - c.cost[old] + change(c, s, old, -1.0)
    if left + c.cost[c.first[k]] - spare >= best:
        return best
    load(c, s.over, old, -1.0)
    for d in range(c.first[k], s.last[k]):
        total = left + c.cost[d]
        if total - spare >= best:
            break
        if d != old:
            total += change(c, s, d, 1.0)
            if total < best:
                best, s.out[0], s.out[1], s.out[2] = total, b, k, d
    load(c, s.over, old, 1.0)
    return best
