"""Tolls: a price for what each row offers, and the bound that any such prices prove.

With the rows priced each job takes its cheapest choice; what comes out is below the cost of every
plan, whatever the prices are. Better ones come by subgradient steps towards a level above the best
bound, which rises as long as it is reached. This bound is that of the linear relaxation.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiled import entry

SMOOTH = 0.7
"""Share of the old direction in a new one."""
PATIENCE = 20
"""Steps without a better bound before the level comes down."""


@entry
def climb(  # noqa: C901  # one loop over arrays held in locals
    first: Any, cost: Any, rows: Any, hours: Any, offered: Any, price: Any, best: Any, tally: Any, steps: int
) -> None:
    """So many steps from `price`; the best prices go to `best`, their bound to tally[0].

    tally[1] is how far the level is above the bound; 0 when the prices are as good as they get.
    """
    size, width, since, gained = offered.shape[0], rows.shape[1], 0, 0.0
    slope, way = np.zeros(size), np.zeros(size)
    for _ in range(steps):
        value = 0.0
        for r in range(size):
            slope[r] = -offered[r]
            value -= price[r] * offered[r]
        for j in range(first.shape[0] - 1):
            least, at = np.inf, first[j]
            for c in range(first[j], first[j + 1]):
                total = cost[c]
                for i in range(width):
                    r = rows[c, i]
                    if r < 0:
                        break
                    total += price[r] * hours[c, i]
                if total < least:
                    least, at = total, c
            value += least
            for i in range(width):
                r = rows[at, i]
                if r < 0:
                    break
                slope[r] += hours[at, i]
        since += 1
        if value > tally[0]:
            gained += value - tally[0] if tally[0] > -np.inf else 0.0
            tally[0] = value
            best[:] = price
            if gained > 0.5 * tally[1]:
                tally[1] *= 1.2
                gained, since = 0.0, 0
        if since >= PATIENCE:
            tally[1] *= 0.7
            since, gained = 0, 0.0
            price[:] = best
            way[:] = 0.0
            if tally[1] < 1e-7 * abs(tally[0]) + 1e-9:
                tally[1] = 0.0
                return
            continue
        length = 0.0
        for r in range(size):
            way[r] = SMOOTH * way[r] + slope[r]
            if price[r] > 0 or way[r] > 0:
                length += way[r] * way[r]
        if length <= 0:
            tally[1] = 0.0
            return
        step = (tally[0] + tally[1] - value) / length
        for r in range(size):
            price[r] = max(0.0, price[r] + step * way[r])
