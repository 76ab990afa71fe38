"""Location: what prices of demands prove, in compiled loops.

Lagrangian relaxation of the demands: at a price for a unit of each demand, a facility is worth
what its rooms earn at most, less its opening cost: one sorted list per room. Which of them open
is then asked with one more thing known: together they cover the demand, or leave units out. That
knapsack is what lifts the bound above the linear one (Cornuejols, Sridharan and Thizy 1991, "A
comparison of heuristics and relaxations for the capacitated plant location problem"). Prices
climb by the volume algorithm (Barahona and Anbil 2000). Any prices prove a bound.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from .compiled import entry, inner
from .location import Array, Places

CLOSED, OPEN, FREE = 0, 1, 2
BEST, STEP, FAILED = 0, 1, 2
SMOOTH = 0.9
"""Share of the old direction in a new one."""
PATIENCE = 20
"""Steps without a better bound before they become smaller."""
FAR = 0.05
"""How far above the best bound the prices aim, at most."""


class Climb(NamedTuple):
    """Prices on their way up.

    :ivar price: those of the best bound
    :ivar slope: units that are missing of each demand, smoothed
    :ivar opens: how often each facility was open, smoothed
    :ivar value: of each facility at the best bound, opening cost included
    :ivar chosen: facilities that were open at the best bound
    :ivar numbers: best bound, size of a step, steps without a better bound
    """

    price: Array
    slope: Array
    opens: Array
    value: Array
    chosen: Array
    numbers: Array


def climb_from(places: Places, price: Array, step: float) -> Climb:
    """Before the first step."""
    facilities = len(places.opening)
    return Climb(
        price=price.copy(),
        slope=np.zeros(len(price)),
        opens=np.zeros(facilities),
        value=np.zeros(facilities),
        chosen=np.zeros(facilities, dtype=np.bool_),
        numbers=np.array([-np.inf, step, 0.0]),
    )


@inner
def _fill(s: Any, r: int, price: Any, gain: Any, at: Any, taken: Any, books: bool) -> float:
    """The most that a room earns, as a cost below 0; adds its units to `taken` when it books."""
    count = 0
    for d in range(price.shape[0]):
        each = s.cost[r, d] - price[d]
        if each < 0:
            gain[count], at[count] = each, d
            count += 1
    left, total = s.room[r], 0.0
    order = np.argsort(gain[:count])
    for place in range(count):
        if left <= 0:
            break
        d = at[order[place]]
        units = min(left, s.quantity[d])
        left -= units
        total += units * gain[order[place]]
        if books:
            taken[d] += units
    return total


@inner
def _negative(s: Any, value: Any, fixed: Any, chosen: Any) -> tuple[float, float]:
    """What is fixed open or earns more than it costs: its value, and the units that it covers."""
    best, covered = 0.0, 0.0
    for f in range(value.shape[0]):
        chosen[f] = fixed[f] == OPEN or (fixed[f] == FREE and value[f] < 0)
        if chosen[f]:
            best += value[f]
            covered += s.cover[f]
    return best, covered


@inner
def _cover(s: Any, value: Any, fixed: Any, came: Any) -> Any:
    """The least cost of each number of buckets covered; `came` says from which number."""
    buckets = s.buckets
    before, after = np.full(buckets + 1, np.inf), np.empty(buckets + 1)
    before[0] = 0.0
    for f in range(value.shape[0]):
        if fixed[f] == CLOSED:
            continue
        after[:] = before
        if fixed[f] == OPEN:
            after[:] = np.inf
        for b in range(buckets + 1):
            to = min(buckets, b + s.weight[f])
            if before[b] + value[f] < after[to]:
                after[to], came[f, to] = before[b] + value[f], b
        before, after = after, before
    return before


@inner
def _choose(s: Any, value: Any, fixed: Any, least: float, chosen: Any) -> float:
    """Cheapest facilities that cover the demand; a unit that they do not cover costs `least`."""
    best, covered = _negative(s, value, fixed, chosen)
    units = s.quantity.sum()
    if covered >= units:
        return float(best)
    came = np.full((value.shape[0], s.buckets + 1), -1, dtype=np.int32)
    cost = _cover(s, value, fixed, came)
    for b in range(s.buckets + 1):
        cost[b] += least * max(0.0, units - b * s.bucket)
    where = int(np.argmin(cost))
    best = cost[where]
    for f in range(value.shape[0] - 1, -1, -1):
        chosen[f] = came[f, where] >= 0
        if chosen[f]:
            where = came[f, where]
    return float(best)


@inner
def _values(s: Any, price: Any, fixed: Any, value: Any, taken: Any, gain: Any, at: Any) -> None:
    """Every facility's opening cost less what it earns."""
    value[:] = s.opening
    for r in range(s.room.shape[0]):
        if fixed[s.owner[r]] != CLOSED:
            value[s.owner[r]] += _fill(s, r, price, gain, at, taken, False)


@inner
def _least(s: Any, price: Any) -> float:
    """The least that a unit left out costs over its price."""
    least = np.inf
    for d in range(price.shape[0]):
        least = min(least, s.unmet[d] - price[d])
    return max(0.0, least)


@inner
def _move(s: Any, c: Any, goal: float, price: Any) -> bool:
    """New prices from the best ones along the slope; whether there is anywhere to go."""
    length, best = 0.0, c.numbers[BEST]
    for d in range(price.shape[0]):
        length += c.slope[d] * c.slope[d]
    aim = min(goal, best + FAR * abs(best))
    if length < 1e-12 or aim <= best:
        return False
    step = c.numbers[STEP] * (aim - best) / length
    for d in range(price.shape[0]):
        price[d] = min(c.price[d] + step * c.slope[d], s.unmet[d])
    return True


@inner
def _judge(c: Any, bound: float, price: Any, value: Any, chosen: Any, along: float) -> None:
    """Keep the better prices; longer steps after a good one, shorter ones after many bad ones."""
    numbers = c.numbers
    if bound > numbers[BEST]:
        if along > 0 and bound > numbers[BEST] + 1e-5 * abs(bound):
            numbers[STEP] = min(2.0, 1.1 * numbers[STEP])
        numbers[BEST], numbers[FAILED] = bound, 0
        c.price[:], c.value[:], c.chosen[:] = price, value, chosen
        return
    numbers[FAILED] += 1
    if numbers[FAILED] >= PATIENCE:
        numbers[STEP], numbers[FAILED] = 0.66 * numbers[STEP], 0


@inner
def _turn(s: Any, c: Any, chosen: Any, taken: Any, fresh: bool) -> float:
    """Mix what this plan misses into the slope; how far both agreed."""
    along, old = 0.0, 0.0 if fresh else SMOOTH
    for d in range(taken.shape[0]):
        missing = s.quantity[d] - taken[d]
        along += missing * c.slope[d]
        c.slope[d] = old * c.slope[d] + (1 - old) * missing
    for f in range(chosen.shape[0]):
        c.opens[f] = old * c.opens[f] + (1 - old) * chosen[f]
    return along


@entry
def climb(places: Any, fixed: Any, state: Any, steps: int, goal: float, shortest: float) -> None:
    """So many steps towards `goal`, fewer when they become shorter than `shortest`."""
    s, c = places, state
    price, taken = c.price.copy(), np.empty(c.price.shape[0])
    gain, at = np.empty(price.shape[0]), np.empty(price.shape[0], dtype=np.int64)
    value, chosen = np.empty(fixed.shape[0]), np.empty(fixed.shape[0], dtype=np.bool_)
    for _ in range(steps):
        for d in range(price.shape[0]):
            price[d] = min(price[d], s.unmet[d])
        _values(s, price, fixed, value, taken, gain, at)
        bound = _choose(s, value, fixed, _least(s, price), chosen) + (price * s.quantity).sum()
        taken[:] = 0.0
        for r in range(s.room.shape[0]):
            if chosen[s.owner[r]]:
                _fill(s, r, price, gain, at, taken, True)
        along = _turn(s, c, chosen, taken, c.numbers[BEST] == -np.inf)
        _judge(c, bound, price, value, chosen, along)
        if c.numbers[STEP] < shortest or not _move(s, c, goal, price):
            return


@entry
def settle(places: Any, fixed: Any, state: Any, goal: float) -> None:
    """Fix every facility whose other choice would lift the bound to the goal."""
    s, c, chosen = places, state, np.empty(fixed.shape[0], dtype=np.bool_)
    least, paid = _least(s, c.price), (c.price * s.quantity).sum()
    for f in range(fixed.shape[0]):
        if fixed[f] == FREE:
            fixed[f] = CLOSED if c.chosen[f] else OPEN
            sure = _choose(s, c.value, fixed, least, chosen) + paid >= goal
            fixed[f] = (OPEN if c.chosen[f] else CLOSED) if sure else FREE
