"""The single sampling plan of ISO 2859-1 for a lot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .tables import AQLS, DOWN, FIRST, LETTERS, LEVELS, LOTS, NUMBERS, REDUCED_SIZES, SIZES, UP

Severity = Literal["normal", "tightened", "reduced"]
SEVERITIES: tuple[Severity, ...] = ("normal", "tightened", "reduced")


class SamplingError(ValueError):
    """What was asked is not in the tables."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How many units are drawn, and how many of them may be nonconforming.

    :ivar letter: code letter of the plan that is used, after the arrows were followed
    :ivar size: units to check; never more than the lot has
    :ivar accept: the lot is accepted with so many nonconforming units or fewer
    """

    severity: Severity
    letter: str
    size: int
    accept: int

    @property
    def reject(self) -> int:
        """The lot is not accepted with so many nonconforming units or more."""
        return self.accept + 1


def plan_for(lot_size: int, level: str, aql: str, severity: Severity = "normal") -> Plan:
    """The plan for a lot.

    :param lot_size: units in the lot
    :param level: one of LEVELS
    :param aql: acceptance quality limit in percent nonconforming, one of AQLS
    :raise SamplingError: a value is not in the tables
    """
    if lot_size < 1 or level not in LEVELS or aql not in AQLS or severity not in NUMBERS:
        raise SamplingError(f"no plan for a lot of {lot_size} at level {level}, AQL {aql}, {severity}")
    row, accept = _followed(LETTERS.index(_letter(lot_size, level)), AQLS.index(aql), NUMBERS[severity])
    sizes = REDUCED_SIZES if severity == "reduced" else SIZES
    return Plan(severity, LETTERS[row], min(sizes[row], lot_size), accept)


def tighter(aql: str) -> str | None:
    """The next smaller AQL; None for the smallest."""
    return AQLS[AQLS.index(aql) - 1] if aql != AQLS[0] else None


def _letter(lot_size: int, level: str) -> str:
    letters = next(letters for largest, letters in LOTS if largest is None or lot_size <= largest)
    return letters[LEVELS.index(level)]


def _followed(row: int, column: int, numbers: tuple[int | str, ...]) -> tuple[int, int]:
    """The row whose plan is used, and its acceptance number: arrows are followed to the end."""
    entry = _entry(row + column, numbers)
    if entry == DOWN and row == len(LETTERS) - 1:
        entry = UP  # nothing is below the last row
    if isinstance(entry, int):
        return row, entry
    return _ended(row, column, 1 if entry == DOWN else -1, numbers)


def _ended(row: int, column: int, step: int, numbers: tuple[int | str, ...]) -> tuple[int, int]:
    while not isinstance(entry := _entry(row + column, numbers), int):
        row += step
        if not 0 <= row < len(LETTERS):  # an arrow at the edge of the table points back into it
            return _ended(row - step, column, -step, numbers)
    return row, entry


def _entry(diagonal: int, numbers: tuple[int | str, ...]) -> int | str:
    if diagonal < FIRST:
        return DOWN
    return numbers[diagonal - FIRST] if diagonal < FIRST + len(numbers) else UP
