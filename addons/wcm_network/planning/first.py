"""The first plan: what is fixed, what can stay where it was, and the rest by due date."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiled import entry, lent
from .moves import LOOK, mended, record
from .place import insert
from .state import put, watch
from .staying import stay_all


@entry
def begin(
    grid: Any, state: Any, prices: Any, locks: Any, order: Any, size: int, passes: int,
    seed: Any, best: Any, tally: Any, changed: Any,
) -> None:  # fmt: skip
    """A first plan: locks (rows as `best`; no move takes them), what stays, demands in this order, mended.

    :param changed: by demand, whether it is not all where it was before
    """
    g, s, p = lent(grid), lent(state), lent(prices)
    for j in range(locks.shape[0]):
        s.a_fixed[put(g, s, locks[j, 0], locks[j, 1], locks[j, 2], locks[j, 3])] = 1
    stay_all(g, s, changed)
    log = np.empty(4096, dtype=np.int32)
    for at in range(order.shape[0]):
        insert(g, s, p, order[at], g.d_unmet[order[at]], seed, 0.0, 0.0, log, 0)
        if at % LOOK == 0:
            watch(g, s)
    watch(g, s)
    mended(g, s, p, size, passes, seed)
    watch(g, s)
    record(g, s, p, best, tally)
