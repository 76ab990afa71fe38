"""Trades between choices: the compiled search for the plan of an assignment.

A plan takes one choice for each job. Loads above what is offered are allowed at a price per
hour, which rises while they stay and falls while they do not. From a plan: knock one or two jobs
to another of their good places, mend with shifts, swaps and chains (a job takes a place, one that
was there takes another), keep what is no worse. Arrays of `Choices` are handed over one by one:
numba counts references at every access to a field of a tuple.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiled import entry, inner

LOG = 4096
"""Shifts between two looks at whether they were worth it."""
EPS = 1e-7
LOOK = 8
"""Turns between two changes of the prices."""


@inner
def draw(seed: Any) -> float:
    """0 to 1, xorshift64*."""
    x = seed[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    seed[0] = x
    return float((x * np.uint64(2685821657736338717)) >> np.uint64(11)) / 9007199254740992.0


@inner
def _strain(over: float, least: float, price: float) -> float:
    """Of a row: hours above what is offered are paid for, and hours to spare are worth their price."""
    return price * over if over > 0 else -least * over


@inner
def _added(rows: Any, hours: Any, over: Any, least: Any, price: Any, c: int) -> float:
    """What the strain grows by when this choice is taken."""
    more = 0.0
    for i in range(rows.shape[1]):
        r = rows[c, i]
        if r < 0:
            break
        more += _strain(over[r] + hours[c, i], least[r], price[r]) - _strain(over[r], least[r], price[r])
    return more


@inner
def _taken(rows: Any, hours: Any, over: Any, least: Any, price: Any, c: int) -> float:
    """What the strain grows by when this choice is given up."""
    more = 0.0
    for i in range(rows.shape[1]):
        r = rows[c, i]
        if r < 0:
            break
        more += _strain(over[r] - hours[c, i], least[r], price[r]) - _strain(over[r], least[r], price[r])
    return more


@inner
def _load(rows: Any, hours: Any, over: Any, c: int, sign: float) -> None:
    for i in range(rows.shape[1]):
        r = rows[c, i]
        if r < 0:
            break
        over[r] += sign * hours[c, i]


@inner
def _shift(place: Any, chosen: Any, member: Any, count: Any, at: Any, j: int, c: int) -> None:
    """Move a job between the lists of who is where."""
    old, new = place[chosen[j]], place[c]
    if old >= 0:
        last = member[old, count[old] - 1]
        member[old, at[j]] = last
        at[last] = at[j]
        count[old] -= 1
    if new >= 0:
        member[new, count[new]] = j
        at[j] = count[new]
        count[new] += 1
    chosen[j] = c


@inner
def _best(  # noqa: C901  # one loop over arrays held in locals
    first: Any, cost: Any, place: Any, rows: Any, hours: Any, last: Any, least: Any, price: Any,
    chosen: Any, over: Any, member: Any, count: Any, j: int, out: Any,
) -> float:  # fmt: skip
    """Best shift of a job, else best chain: it goes to out[0], and job out[1] from there to out[2]."""
    a, spare = chosen[j], 0.0
    for r in range(over.shape[0]):
        spare = max(spare, -least[r] * over[r])
    spare *= rows.shape[1]
    gain = cost[a] - _taken(rows, hours, over, least, price, a)
    _load(rows, hours, over, a, -1.0)
    best, out[0], out[1] = -EPS, -1, -1
    for b in range(first[j], last[j]):
        if b != a:
            total = cost[b] + _added(rows, hours, over, least, price, b) - gain
            if total < best:
                best, out[0] = total, b
    for b in range(first[j], last[j] if out[0] < 0 else 0):
        where = place[b]
        if b == a or where < 0:
            continue
        base = cost[b] + _added(rows, hours, over, least, price, b) - gain
        _load(rows, hours, over, b, 1.0)
        for i in range(count[where]):
            k = member[where, i]
            old = chosen[k]
            left = base - cost[old] + _taken(rows, hours, over, least, price, old)
            if left + cost[first[k]] - spare >= best or k == j:
                continue
            _load(rows, hours, over, old, -1.0)
            for d in range(first[k], last[k]):
                total = left + cost[d]
                if total - spare >= best:
                    break
                if d != old:
                    total += _added(rows, hours, over, least, price, d)
                    if total < best:
                        best, out[0], out[1], out[2] = total, b, k, d
            _load(rows, hours, over, old, 1.0)
        _load(rows, hours, over, b, -1.0)
    _load(rows, hours, over, a, 1.0)
    return best


@inner
def _ask(
    place: Any, rows: Any, over: Any, member: Any, count: Any, c: int, every: bool, queue: Any, waits: Any, size: int
) -> int:
    """Jobs at the place of a choice wait for a look, where it has too much to do."""
    where, much = place[c], every
    for i in range(rows.shape[1]):
        r = rows[c, i]
        if r < 0:
            break
        much = much or over[r] > EPS
    if where >= 0 and much:
        for i in range(count[where]):
            k = member[where, i]
            if not waits[k]:
                waits[k] = True
                queue[size % queue.shape[0]] = k
                size += 1
    return size


@entry
def fill(first: Any, place: Any, rows: Any, hours: Any, offered: Any, order: Any, chosen: Any) -> None:
    """A first plan: each job, in this order, takes its best choice that still fits, else its last."""
    over = -offered
    for n in range(order.shape[0]):
        j = order[n]
        for c in range(first[j], first[j + 1]):
            fits = True
            for i in range(rows.shape[1]):
                r = rows[c, i]
                if r < 0:
                    break
                fits = fits and over[r] + hours[c, i] <= 0
            chosen[j] = c
            if fits:
                break
        _load(rows, hours, over, chosen[j], 1.0)


@inner
def _seated(first: Any, place: Any, chosen: Any, count: Any, at: Any) -> Any:
    """Lists of the jobs at each place."""
    for c in range(place.shape[0]):
        if place[c] >= 0:
            count[place[c]] += 1
    most = 1
    for p in range(count.shape[0]):
        most = max(most, count[p])
        count[p] = 0
    member = np.empty((count.shape[0], most), dtype=np.int32)
    for j in range(first.shape[0] - 1):
        where = place[chosen[j]]
        if where >= 0:
            member[where, count[where]] = j
            at[j] = count[where]
            count[where] += 1
    return member


@entry
def trade(  # noqa: C901  # one loop over arrays held in locals
    first: Any, cost: Any, place: Any, rows: Any, hours: Any, offered: Any, job: Any, places: int,
    last: Any, picks: Any, least: Any, price: Any, chosen: Any, best: Any, tally: Any, seed: Any, stop: Any,
    turns: int, kick: int, rate: float,
) -> None:  # fmt: skip
    """So many turns from `chosen`; the best plan that keeps to what is offered goes to `best`, its cost to tally[0].

    :param cost: at the tolls `least`, by which the choices of each job are in order
    :param last: end of the choices of each job that are looked at; `picks` are those that jobs are knocked to
    :param price: of a unit above what is offered, by row; follows the search
    """
    jobs, size = first.shape[0] - 1, offered.shape[0]
    over, count, at = -offered, np.zeros(places, dtype=np.int32), np.zeros(jobs, dtype=np.int32)
    member = _seated(first, place, chosen, count, at)
    queue, waits = np.empty(jobs, dtype=np.int32), np.ones(jobs, dtype=np.bool_)
    log_job, log_from, out = np.empty(LOG, dtype=np.int32), np.empty(LOG, dtype=np.int32), np.empty(3, dtype=np.int32)
    energy = 0.0
    for j in range(jobs):
        energy += cost[chosen[j]]
        _load(rows, hours, over, chosen[j], 1.0)
        other = int(draw(seed) * (j + 1))
        queue[j] = queue[other]
        queue[other] = j
    for r in range(size):
        energy += _strain(over[r], least[r], price[r])
    for turn in range(turns):
        if stop[0]:
            break
        before, head, wait, logged, j = energy, 0, jobs if turn == 0 else 0, 0, 0
        for i in range(kick if turn > 0 and picks.shape[0] > 0 else 0):
            where = place[chosen[j]]
            if i == 0 or where < 0 or count[where] == 0:
                b = picks[int(draw(seed) * picks.shape[0])]
                j = job[b]
            else:
                j = member[where, int(draw(seed) * count[where])]
                b = first[j] + int(draw(seed) * (last[j] - first[j]))
            a = chosen[j]
            if a != b:
                energy += cost[b] - cost[a] + _taken(rows, hours, over, least, price, a)
                _load(rows, hours, over, a, -1.0)
                energy += _added(rows, hours, over, least, price, b)
                _load(rows, hours, over, b, 1.0)
                _shift(place, chosen, member, count, at, j, b)
                log_job[logged], log_from[logged] = j, a
                logged += 1
                wait = _ask(place, rows, over, member, count, a, False, queue, waits, wait)
                wait = _ask(place, rows, over, member, count, b, True, queue, waits, wait)
        while head < wait:
            j = queue[head % jobs]
            head += 1
            waits[j] = False
            while logged < LOG - 2 and not stop[0]:
                gained = _best(first, cost, place, rows, hours, last, least, price, chosen, over, member, count, j, out)
                if out[0] < 0:
                    break
                energy += gained
                for i in range(2):
                    k, c = (j, out[0]) if i == 0 else (out[1], out[2])
                    if k >= 0:
                        a = chosen[k]
                        _load(rows, hours, over, a, -1.0)
                        _load(rows, hours, over, c, 1.0)
                        _shift(place, chosen, member, count, at, k, c)
                        log_job[logged], log_from[logged] = k, a
                        logged += 1 if turn > 0 else 0
                        wait = _ask(place, rows, over, member, count, a, False, queue, waits, wait)
                        wait = _ask(place, rows, over, member, count, c, False, queue, waits, wait)
        fits = True
        for r in range(size):
            fits = fits and over[r] <= EPS
        if fits and energy < tally[0] - EPS:
            tally[0] = energy
            best[:] = chosen
        if turn > 0 and energy > before + EPS:
            for i in range(logged - 1, -1, -1):
                j, a = log_job[i], log_from[i]
                _load(rows, hours, over, chosen[j], -1.0)
                _load(rows, hours, over, a, 1.0)
                _shift(place, chosen, member, count, at, j, a)
            energy = before
        if turn % LOOK == LOOK - 1:
            energy = 0.0
            for j in range(jobs):
                energy += cost[chosen[j]]
            for r in range(size):
                price[r] = max(0.1 * least[r], price[r] * (1.0 + rate if over[r] > EPS else 1.0 - rate / size))
                energy += _strain(over[r], least[r], price[r])
