"""Places of units: a demand at a facility in a period; what is fixed there, and what was there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from .refusals import whole

Cell = tuple[str, str, int]
"""Demand, facility, period."""


@dataclass(frozen=True, slots=True)
class Place:
    """So many units of a demand, by this facility, in this period."""

    word: ClassVar[str]
    demand: str
    facility: str
    period: int
    quantity: int

    def __post_init__(self) -> None:
        whole(f"{self.label}: period", self.period)
        whole(f"{self.label}: quantity", self.quantity, least=1)

    @property
    def label(self) -> str:
        """Name for messages."""
        return f'{self.word} "{self.demand}" / "{self.facility}" / period {self.period}'

    @property
    def cell(self) -> Cell:
        """Where."""
        return self.demand, self.facility, self.period


class Lock(Place):
    """At least this many units of a demand are made by this facility in this period."""

    __slots__ = ()
    word = "lock"


class Kept(Place):
    """Where units were in the plan before: each that is not made there pays `Policies.move_cost`."""

    __slots__ = ()
    word = "kept"
