"""Control charts with the Western Electric rules.

Sources: NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2 (charts) and 6.3.2.2 (individuals); Western Electric,
Statistical Quality Control Handbook (1956); D. C. Montgomery, Introduction to Statistical Quality Control, chapter 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

# Limits of fewer points move with each further one (Montgomery, 6.2: 20 to 25 samples). None are drawn before.
FEWEST_POINTS = 20
# The range of more readings than this wastes most of them (Montgomery, 6.3).
LARGEST_GROUP = 10
# Rule 1 of the spread; the other rules need limits as far below as above, which a range does not have.
SPREAD = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """Middle line and three-sigma limits, in the unit of the readings."""

    center: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Points in the order of time, and their limits; None where there are too few points."""

    points: tuple[float, ...]
    limits: Limits | None


@dataclass(frozen=True, slots=True)
class Signal:
    """One time that a rule was broken: a run that goes on is one signal, however long.

    :ivar rule: 1 to 4 of Western Electric for the readings, 5 for a spread above its limit
    :ivar points: numbers of the points that make the pattern, of the chart of readings
    """

    rule: int
    points: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """The readings (or averages of groups of them) and their spread (moving range or range).

    :ivar sigma: within groups, from the average range; None where there are too few points
    :ivar left_over: readings at the end that do not fill a group
    """

    location: Chart
    spread: Chart
    sigma: float | None
    size: int
    left_over: int
    signals: tuple[Signal, ...]

    @property
    def is_enough(self) -> bool:
        return self.location.limits is not None


def individuals(values: Sequence[float]) -> Pair:
    """Individuals and moving range, of readings in the order of time: sigma = mean moving range / d2(2)."""
    ranges = [abs(after - before) for before, after in pairwise(values)]
    return _pair(values, ranges, size=1, left_over=0, groups=values)


def averages(values: Sequence[float], size: int) -> Pair:
    """X-bar and range of groups that follow each other: sigma = mean range / d2(size).

    :param size: readings of a group, 2 to 10
    """
    if not 2 <= size <= LARGEST_GROUP:
        raise ValueError(f"Expected groups of 2 to {LARGEST_GROUP} readings.")
    whole = len(values) - len(values) % size
    groups = [list(values[first : first + size]) for first in range(0, whole, size)]
    means = [sum(group) / size for group in groups]
    ranges = [max(group) - min(group) for group in groups]
    return _pair(means, ranges, size=size, left_over=len(values) - whole, groups=groups)


def _pair(points: Sequence[float], ranges: Sequence[float], size: int, left_over: int, groups: Any) -> Pair:
    if len(points) < FEWEST_POINTS or not any(ranges):
        # Readings that are all the same have no spread to judge by: the gauge is too coarse for them.
        return Pair(Chart(tuple(points), None), Chart(tuple(ranges), None), None, size, left_over, ())
    from capstat_core import i_mr_chart, western_electric_rules, xbar_r_chart

    found = i_mr_chart(groups) if size == 1 else xbar_r_chart(groups)
    broken = [(violation.rule, violation.window) for violation in western_electric_rules(found.location)]
    shift = 1 if size == 1 else 0  # the first moving range belongs to the second reading
    broken += [(SPREAD, (number + shift,)) for number in found.dispersion.violations]
    return Pair(
        Chart(tuple(points), _limits(found.location)), Chart(tuple(ranges), _limits(found.dispersion)),
        float(found.sigma_within), size, left_over, tuple(_joined(broken)),
    )


def _limits(chart: Any) -> Limits:
    return Limits(float(chart.limits.center), float(chart.limits.lower), float(chart.limits.upper))


def _joined(broken: Iterable[tuple[int, Sequence[int]]]) -> Iterable[Signal]:
    """Patterns of one rule that share or touch points are one signal."""
    runs: dict[int, list[set[int]]] = {}
    for rule, window in sorted((rule, tuple(window)) for rule, window in broken):
        known = runs.setdefault(rule, [])
        if known and min(window) <= max(known[-1]) + 1:
            known[-1].update(window)
        else:
            known.append(set(window))
    signals = [Signal(rule, tuple(sorted(run))) for rule, known in runs.items() for run in known]
    return sorted(signals, key=lambda signal: (signal.points[-1], signal.rule))
