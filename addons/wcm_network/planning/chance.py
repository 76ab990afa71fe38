"""Random numbers of the compiled loops: the same seed gives the same plan."""

from __future__ import annotations

from typing import Any

import numpy as np

from .compiled import inner
from .grid import Array


def seeded(seed: int) -> Array:
    """What `draw` draws from."""
    return np.array([88172645463325252 ^ (seed * 2654435761 + 1)], dtype=np.uint64)


@inner
def draw(seed: Any) -> float:
    """0 to 1, xorshift64*."""
    x = seed[0]
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    seed[0] = x
    return float((x * np.uint64(2685821657736338717)) >> np.uint64(11)) / 9007199254740992.0
