"""Tolls: a price for what each row offers, and the bound that any such prices prove.

With the rows priced each job takes its cheapest choice; what comes out is below the cost of every
plan, whatever the prices are. Better ones come by subgradient steps towards a level above the best
bound, which rises as long as it is reached. This bound is that of the linear relaxation.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiled import entry, inner, lent
from .shifts import load

SMOOTH = 0.7
"""Share of the old direction in a new one."""
PATIENCE = 20
"""Steps without a better bound before the level comes down."""


@inner
def _relaxed(c: Any, price: Any, slope: Any) -> float:
    """The bound that these prices prove; how much more of each row is taken than offered goes to `slope`."""
    value, cost, rows, hours = 0.0, c.cost, c.rows, c.hours
    for r in range(c.offered.shape[0]):
        slope[r] = -c.offered[r]
        value -= price[r] * c.offered[r]
    for j in range(c.first.shape[0] - 1):
        least, at = np.inf, c.first[j]
        for x in range(c.first[j], c.first[j + 1]):
            total = cost[x]
            for i in range(rows.shape[1]):
                r = rows[x, i]
                if r < 0:
                    break
                total += price[r] * hours[x, i]
            if total < least:
                least, at = total, x
        value += least
        load(c, slope, at, 1.0)
    return value


@inner
def _noted(value: float, price: Any, best: Any, tally: Any, since: int, gained: float) -> tuple[int, float]:
    """A better bound is kept; where the level was reached it rises. Steps since, and what they gained."""
    if value <= tally[0]:
        return since + 1, gained
    gained += value - tally[0] if tally[0] > -np.inf else 0.0
    tally[0] = value
    best[:] = price
    if gained <= 0.5 * tally[1]:
        return since + 1, gained
    tally[1] *= 1.2
    return 0, 0.0


@inner
def _lowered(price: Any, best: Any, way: Any, tally: Any) -> None:
    """Back to the best prices, with a level nearer to the bound."""
    tally[1] *= 0.7
    price[:] = best
    way[:] = 0.0
    if tally[1] < 1e-7 * abs(tally[0]) + 1e-9:
        tally[1] = 0.0


@inner
def _stepped(value: float, price: Any, slope: Any, way: Any, tally: Any) -> None:
    """New prices; where none is left to change the level comes down to the bound."""
    length = 0.0
    for r in range(price.shape[0]):
        way[r] = SMOOTH * way[r] + slope[r]
        if price[r] > 0 or way[r] > 0:
            length += way[r] * way[r]
    if length <= 0:
        tally[1] = 0.0
        return
    step = (tally[0] + tally[1] - value) / length
    for r in range(price.shape[0]):
        price[r] = max(0.0, price[r] + step * way[r])


@entry
def climb(choices: Any, price: Any, best: Any, tally: Any, steps: int) -> None:
    """So many steps from `price`; the best prices go to `best`, their bound to tally[0].

    tally[1] is how far the level is above the bound; 0 when the prices are as good as they get.
    """
    c, since, gained = lent(choices), 0, 0.0
    slope, way = np.zeros(price.shape[0]), np.zeros(price.shape[0])
    for _ in range(steps):
        value = _relaxed(c, price, slope)
        since, gained = _noted(value, price, best, tally, since, gained)
        if since >= PATIENCE:
            _lowered(price, best, way, tally)
            since, gained = 0, 0.0
        else:
            _stepped(value, price, slope, way, tally)
        if tally[1] == 0:
            break
