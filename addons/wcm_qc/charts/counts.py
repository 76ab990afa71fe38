"""What is counted: first-pass yield, defects per million opportunities, the Pareto order.

Sources: ISO 13053-1:2011 (Six Sigma), defects per million opportunities and first-pass yield;
J. M. Juran, Quality Control Handbook (1951), the Pareto principle.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """:ivar share: of all, from 0 to 1; :ivar running: share of this and all that are before it"""

    key: Hashable
    count: int
    share: float
    running: float


def first_pass_yield(right: int, checked: int) -> float | None:
    """Right at their first check, over checked; None where nothing was checked."""
    return right / checked if checked else None


def defects_per_million(defects: int, opportunities: int) -> float | None:
    """1,000,000 x defects / opportunities; an opportunity is one checkpoint with a result. None where there is none."""
    return 1_000_000 * defects / opportunities if opportunities else None


def pareto(counts: Mapping[Hashable, int]) -> list[Bar]:
    """The most frequent first; equal ones in the order given."""
    total = sum(counts.values())
    bars: list[Bar] = []
    running = 0
    for key, count in sorted(counts.items(), key=lambda item: -item[1]):
        running += count
        if count:
            bars.append(Bar(key, count, count / total, running / total))
    return bars
