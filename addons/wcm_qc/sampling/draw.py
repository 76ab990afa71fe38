"""Which units are drawn. Anybody who has the seed draws the same ones again, with SHA-256 and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from hashlib import sha256


def by_chance(seed: str, units: Iterable[str], size: int, drawn: Collection[str] = ()) -> list[str]:
    """So many units that `drawn` and they are `size`: those whose SHA-256 of "seed unit" is smallest, smallest first.

    Each set of units of that size is equally likely, and nobody foresees it who does not know the seed.
    """
    waiting = sorted((unit for unit in units if unit not in drawn), key=lambda unit: _number(seed, unit))
    return waiting[: max(0, size - len(drawn))]


def every_nth(position: int, every: int) -> bool:
    """Whether the unit is drawn that was made as number `position`, counted from 1: the first, and each nth after it."""
    return (position - 1) % every == 0


def in_share(seed: str, unit: str, percent: float) -> bool:
    """Whether the unit is drawn when about so many of a hundred are."""
    return _number(seed, unit) < percent / 100 * 2**256


def _number(seed: str, unit: str) -> int:
    return int.from_bytes(sha256(f"{seed} {unit}".encode()).digest())
