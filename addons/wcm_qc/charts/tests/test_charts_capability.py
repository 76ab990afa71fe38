from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np
import pytest
from charts import Capability, Index, capability
from charts.capability import centred_interval, degrees_within, spread_interval
from charts.tests.charts_published import PISTON_RINGS

RINGS = list(chain(*PISTON_RINGS))


def found_in(values: Sequence[float], low: float | None, high: float | None, size: int = 1) -> Capability:
    found = capability(values, low, high, size)
    assert found
    return found


def value(index: Index | None) -> float:
    assert index
    return index.value


def test_indices_are_those_of_the_piston_rings() -> None:
    """qcc, process.capability with limits 73.95 and 74.05: Cp 1.703, Cpk 1.663 by sigma 0.009785039."""
    found = found_in(RINGS, 73.95, 74.05, size=5)
    assert found.readings == 125
    assert found.mean == pytest.approx(74.001176, abs=1e-6)
    assert value(found.cp) == pytest.approx(1.703, abs=0.0005)
    assert found.cpk.value == pytest.approx(1.663, abs=0.0005)


def test_intervals_are_those_of_the_piston_rings() -> None:
    """qcc counts all 124 degrees: Cp 1.491 to 1.915, Cpk 1.448 to 1.878."""
    found = found_in(RINGS, 73.95, 74.05, size=5)
    cp, cpk = spread_interval(value(found.cp), 124), centred_interval(found.cpk.value, 125, 124)
    assert (cp.low, cp.high) == pytest.approx((1.491, 1.915), abs=0.0015)
    assert (cpk.low, cpk.high) == pytest.approx((1.448, 1.878), abs=0.0015)


def test_intervals_are_those_of_montgomery() -> None:
    """Examples 8.4 and 8.5: n = 20, Cp 2.29 is 1.57 to 3.01; Cpk 1.33 is 0.88 to 1.78."""
    cp, cpk = spread_interval(24 / (6 * 1.75), 19), centred_interval(1.33, 20, 19)
    assert (cp.low, cp.high) == pytest.approx((1.57, 3.01), abs=0.006)
    assert (cpk.low, cpk.high) == pytest.approx((0.88, 1.78), abs=0.006)


def test_indices_follow_the_formulas_of_the_nist_handbook() -> None:
    """6.1.6: limits 8 and 20, mean 16 and sigma 2 make Cp 1.0 and Cpk 0.6667; here a sample with just these."""
    sample = np.array([-1.0, 1.0] * 50)
    values = list(16 + 2 * (sample - sample.mean()) / sample.std(ddof=1))
    found = found_in(values, 8, 20)
    assert (value(found.pp), found.ppk.value) == pytest.approx((1.0, 2 / 3))


def test_a_range_of_five_is_worth_nine_tenths_of_the_readings() -> None:
    """Montgomery, 6.2: relative efficiency of the range against the standard deviation, 0.955 for five."""
    assert degrees_within(25, 5) == pytest.approx(0.905 * 100, rel=0.005)


@pytest.mark.parametrize("size", [1, 5])
def test_the_interval_of_cp_holds_the_true_one_in_95_of_100(size: Any) -> None:
    chance = np.random.default_rng(6)
    held = 0
    for _case in range(1000):
        values = chance.normal(size=100)
        ranges = np.abs(np.diff(values)) if size == 1 else np.ptp(values.reshape(-1, size), axis=1)
        sigma = ranges.mean() / (1.12838 if size == 1 else 2.32593)
        found = spread_interval(8 / (6 * sigma), degrees_within(100 // size, size))
        held += found.low <= 8 / 6 <= found.high
    assert 0.93 <= held / 1000 <= 0.97


def test_few_readings_have_no_index() -> None:
    assert capability(RINGS[:19], 73.95, 74.05) is None
    assert capability(RINGS[:95], 73.95, 74.05, size=5) is None
    assert capability(RINGS[:20], 73.95, 74.05) is not None


def test_readings_that_are_all_the_same_have_no_index() -> None:
    assert capability([18.0] * 30, 17.5, 18.5) is None


def test_one_limit_has_no_cp() -> None:
    found = found_in(RINGS, None, 74.05)
    assert found.cp is None
    assert found.pp is None
    assert found.cpk.value == pytest.approx((74.05 - found.mean) / (3 * found.sigma_within))


def test_readings_that_are_skewed_are_told() -> None:
    chance = np.random.default_rng(6)
    assert found_in(list(chance.normal(size=200)), -5, 5).is_normal is True
    assert found_in(list(chance.exponential(size=200)), None, 9).is_normal is False
