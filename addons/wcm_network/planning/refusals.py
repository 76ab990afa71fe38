"""What a problem may hold: refusals in one line that name the place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import inf

MOST_UNITS = 1_000_000
MOST_COST = 1e9


class ProblemError(ValueError):
    """The problem is wrong; the message names the place in one line."""


def number(what: str, value: object, least: float = 0.0, most: float = MOST_COST) -> None:
    """Refuse what is no finite number in the range (a bool is no number)."""
    given = value if isinstance(value, int | float) and not isinstance(value, bool) else inf
    if not least <= given <= most:
        raise ProblemError(f"{what}: expected a number from {least:g} to {most:g}, got {value!r}")


def whole(what: str, value: object, least: int = 0, most: int = MOST_UNITS) -> None:
    """Refuse what is no whole number in the range."""
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ProblemError(f"{what}: expected a whole number from {least} to {most}, got {value!r}")


def named(what: str, *names: str) -> None:
    """Refuse an empty name."""
    if not all(names):
        raise ProblemError(f"{what}: expected a name, got an empty one")


def numbers(what: str, given: Mapping[str, float]) -> None:
    """Refuse a number in an object that is none, or out of range."""
    for key, value in given.items():
        number(f'{what}["{key}"]', value)


def unique(what: str, names: Iterable[str]) -> None:
    """Refuse a name that is there twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ProblemError(f"{what}: {name} is there twice")
        seen.add(name)
