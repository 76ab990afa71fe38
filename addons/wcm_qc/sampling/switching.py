"""The switching rules of ISO 2859-1 (clause 9.3 and 9.4 of the edition of 1999): how severely the next lot is inspected.

A sampling plan alone does not protect anybody: what does is that lots are inspected more severely after bad ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .plan import Severity

NextSeverity = Severity | Literal["discontinued"]

LOTS_LOOKED_AT, NOT_ACCEPTED_OF_THEM = 5, 2
ACCEPTED_IN_A_ROW = 5
NOT_ACCEPTED_TIGHTENED = 5
SCORE_FOR_REDUCED = 30


@dataclass(frozen=True, slots=True)
class Result:
    """Of a lot at its first inspection; what was sorted and presented again does not count.

    :ivar accepted_tighter: with an acceptance number of 2 or more: whether it would have been accepted at the next
        smaller AQL as well; None with 0 or 1
    """

    accepted: bool
    accepted_tighter: bool | None = None


@dataclass(slots=True)
class _Series:
    severity: NextSeverity
    recent: list[bool]
    in_a_row: int = 0
    not_accepted: int = 0
    score: int = 0

    def turn(self, severity: NextSeverity) -> None:
        self.severity, self.recent, self.in_a_row, self.not_accepted, self.score = severity, [], 0, 0, 0

    def normal(self, result: Result, reduced_allowed: bool) -> None:
        self.recent = [*self.recent, result.accepted][-LOTS_LOOKED_AT:]
        self.score = self.score + _points(result) if _points(result) else 0
        if self.recent.count(False) >= NOT_ACCEPTED_OF_THEM:
            self.turn("tightened")
        elif reduced_allowed and self.score >= SCORE_FOR_REDUCED:
            self.turn("reduced")

    def tightened(self, result: Result) -> None:
        self.in_a_row = self.in_a_row + 1 if result.accepted else 0
        self.not_accepted += not result.accepted
        if self.in_a_row >= ACCEPTED_IN_A_ROW:
            self.turn("normal")
        elif self.not_accepted >= NOT_ACCEPTED_TIGHTENED:
            self.turn("discontinued")

    def reduced(self, result: Result, reduced_allowed: bool) -> None:
        if not (result.accepted and reduced_allowed):
            self.turn("normal")


def severity_after(results: Iterable[Result], start: Severity = "normal", reduced_allowed: bool = False) -> NextSeverity:
    """How severely the lot after these is inspected.

    :param start: of the first of these lots; "tightened" where inspection was taken up again
    :param reduced_allowed: production is steady, and whoever is responsible agrees to reduced inspection
    """
    series = _Series(start, [])
    for result in results:
        if series.severity == "normal":
            series.normal(result, reduced_allowed)
        elif series.severity == "tightened":
            series.tightened(result)
        elif series.severity == "reduced":
            series.reduced(result, reduced_allowed)
    return series.severity


def _points(result: Result) -> int:
    """The switching score's: 3, or 2 where the acceptance number is too small to ask about the smaller AQL."""
    if result.accepted_tighter is None:
        return 2 if result.accepted else 0
    return 3 if result.accepted and result.accepted_tighter else 0
