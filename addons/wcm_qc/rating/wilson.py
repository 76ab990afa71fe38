"""How far a share that was counted may be from the true one."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist


def wilson(hits: int, count: int, confidence: float = 0.95) -> tuple[float, float]:
    """The score interval of E. B. Wilson (1927), J. Am. Stat. Assoc. 22, 209-212, without continuity correction.

    Of nothing counted it is all from 0 to 1. It never leaves that range and is useful for few counts, which the plain
    interval (share plus or minus two standard errors) is not: R. G. Newcombe (1998), Statistics in Medicine 17, 857-872.
    """
    if not 0 <= hits <= count:
        raise ValueError("Expected 0 <= hits <= count.")
    if not count:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = hits / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return max(0.0, middle - half), min(1.0, middle + half)
