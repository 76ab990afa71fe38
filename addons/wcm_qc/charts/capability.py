"""Capability (Cp, Cpk: spread within groups) and performance (Pp, Ppk: all of it), each with its interval.

Sources: NIST/SEMATECH e-Handbook 6.1.6 (indices and intervals); A. F. Bissell, How reliable is your capability index?,
Applied Statistics 39 (1990) 331-340 (interval of Cpk); J. D. Cryer and T. P. Ryan, The estimation of sigma for an
X chart, Journal of Quality Technology 22 (1990) 187-192 (what a moving range is worth).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from .control import FEWEST_POINTS, averages, individuals

# Sigma by moving ranges varies as one by standard deviation of so much of the readings (Cryer and Ryan: 1 / 2 x 0.826).
WORTH_OF_MOVING_RANGE = 0.605
# Below, an interval is so wide that the figure itself says little (a Cp of 1.33 by 50 readings: 1.07 to 1.59).
FEW_READINGS = 50


@dataclass(frozen=True, slots=True)
class Index:
    """An index with the interval that holds the true one in 95 of 100 cases; None where one limit only is there."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Capability:
    """:ivar is_normal: None where there were too few readings to tell"""

    readings: int
    mean: float
    sigma_within: float
    sigma_overall: float
    cp: Index | None
    cpk: Index
    pp: Index | None
    ppk: Index
    is_normal: bool | None


def capability(values: Sequence[float], low: float | None, high: float | None, size: int = 1) -> Capability | None:
    """None for fewer than 20 readings or groups, or readings that are all the same.

    :param low: smallest value allowed, None where only the largest counts; :param high: likewise
    :param size: readings of a group that follow each other; 1 takes moving ranges
    """
    pair = averages(values, size) if size > 1 else individuals(values)
    if pair.sigma is None or len(pair.location.points) < FEWEST_POINTS:
        return None
    from capstat_core import capability as indices

    used = list(values[: len(values) - pair.left_over])
    groups = [used[first : first + size] for first in range(0, len(used), size)] if size > 1 else used
    found = indices(groups, lsl=low, usl=high, within_method="rbar_d2" if size > 1 else "moving_range")
    count = len(used)
    within = degrees_within(len(pair.location.points), size)
    return Capability(
        readings=count, mean=float(found.mean), sigma_within=float(found.sigma_within), sigma_overall=float(found.sigma_overall),
        cp=_spread_index(found.cp, within), cpk=centred_interval(float(found.cpk), count, within),
        pp=_spread_index(found.pp, count - 1), ppk=centred_interval(float(found.ppk), count, count - 1),
        is_normal=None if found.normality is None else bool(found.normality.normal),
    )


def degrees_within(points: int, size: int) -> float:
    """Degrees of freedom of a sigma from ranges: those of a standard deviation that varies as much.

    A standard deviation of v degrees varies by 1 / (2 v) of its square; a mean of k ranges by (d3 / d2)^2 / k.
    """
    if size == 1:
        return WORTH_OF_MOVING_RANGE * (points - 1)
    from capstat_core import d2, d3

    return points * float(d2(size)) ** 2 / (2 * float(d3(size)) ** 2)


def spread_interval(value: float, degrees: float) -> Index:
    """Of Cp and Pp: value x sqrt(chi-square(0.025 and 0.975; v) / v) (NIST 6.1.6)."""
    from scipy.stats import chi2

    low, high = (sqrt(float(chi2.ppf(share, degrees)) / degrees) for share in (0.025, 0.975))
    return Index(value, value * low, value * high)


def centred_interval(value: float, count: int, degrees: float) -> Index:
    """Of Cpk and Ppk: value +- 1.96 x sqrt(1 / (9 n) + value^2 / (2 v)) (Bissell; NIST 6.1.6 with v = n - 1)."""
    from scipy.stats import norm

    half = float(norm.ppf(0.975)) * sqrt(1 / (9 * count) + value**2 / (2 * degrees))
    return Index(value, value - half, value + half)


def _spread_index(value: float | None, degrees: float) -> Index | None:
    return None if value is None else spread_interval(float(value), degrees)
