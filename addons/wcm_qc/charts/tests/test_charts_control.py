from collections.abc import Sequence
from itertools import chain
from typing import Any

import capstat_core
import pytest
from charts import FEWEST_POINTS, Chart, Limits, averages, individuals
from charts.control import SPREAD
from charts.tests.charts_published import FACTORS, FLOW_RATES, LATER_PISTON_RINGS, LOAN_COSTS, PISTON_RINGS

# A process that is in control: 24 readings about 10, none of them against a rule.
CALM = (10.1, 9.9, 10.05, 9.95, 10.15, 9.85, 10.0, 10.1, 9.9, 10.05, 9.9, 10.1) * 2


def limits_of(chart: Chart) -> Limits:
    assert chart.limits
    return chart.limits


def rules(values: Sequence[float]) -> list[int]:
    return [signal.rule for signal in individuals(values).signals]


def test_individuals_are_those_of_the_nist_handbook() -> None:
    """6.3.2.2: middle 50.81, limits 45.8159 and 55.8041 by d2 = 1.128; ten points, so the library is asked directly."""
    limits = capstat_core.i_mr_chart(FLOW_RATES).location.limits
    assert limits.center == pytest.approx(50.81)
    assert (limits.lower, limits.upper) == pytest.approx((45.8159, 55.8041), abs=0.002)


def test_individuals_are_those_of_montgomery() -> None:
    """Example 6.5: mean 300.5, mean moving range 7.79, limits 279.78 and 321.22, upper limit of the range 25.45 (d2 rounded)."""
    pair = individuals(LOAN_COSTS)
    limits, spread = limits_of(pair.location), limits_of(pair.spread)
    assert limits.center == pytest.approx(300.5)
    assert (limits.lower, limits.upper) == pytest.approx((279.78, 321.22), abs=0.011)
    assert (spread.center, spread.lower, spread.upper) == pytest.approx((7.79, 0, 25.45), abs=0.01)
    assert pair.signals == ()


def test_averages_and_ranges_are_those_of_the_piston_rings() -> None:
    """qcc: mean 74.00118, sigma 0.009785039, limits 73.98805 and 74.0143; range 0.02276 with an upper limit of 0.04812533."""
    pair = averages(list(chain(*PISTON_RINGS)), 5)
    assert pair.sigma == pytest.approx(0.009785039, rel=5e-5)
    limits, spread = limits_of(pair.location), limits_of(pair.spread)
    assert (limits.center, limits.lower, limits.upper) == pytest.approx((74.001176, 73.98805, 74.0143), abs=5e-6)
    assert (spread.center, spread.lower, spread.upper) == pytest.approx((0.02276, 0, 0.04812533), abs=5e-6)
    assert [signal.rule for signal in pair.signals if signal.rule in (1, SPREAD)] == []


def test_later_piston_rings_are_outside_where_they_were_published_to_be() -> None:
    limits = limits_of(averages(list(chain(*PISTON_RINGS)), 5).location)
    means = [sum(group) / 5 for group in LATER_PISTON_RINGS]
    assert [number for number, mean in enumerate(means, 26) if not limits.lower <= mean <= limits.upper] == [37, 38, 39]


@pytest.mark.parametrize(("size", "published"), FACTORS.items())
def test_factors_are_those_of_the_tables(size: Any, published: Any) -> None:
    """The tables are rounded to three places, some of them from rounded ones."""
    found = [getattr(capstat_core, name)(size) for name in ("A2", "d2", "d3", "D3", "D4")]
    assert found == pytest.approx(published, abs=0.0011)


def test_a_calm_process_gives_no_signal() -> None:
    assert rules(CALM) == []


@pytest.mark.parametrize(("added", "rule"), [
    ((11.0,), 1),
    ((10.4, 10.0, 10.4), 2),
    ((10.25, 10.25, 10.0, 10.25, 10.25), 3),
    ((10.06, 10.02, 10.06, 10.02, 10.06, 10.02, 10.06, 10.02), 4),
])
def test_each_rule_of_western_electric_is_found(added: Any, rule: Any) -> None:
    assert rule in rules(CALM + added)


def test_seven_on_one_side_are_no_run_but_eight_are() -> None:
    above = (10.06, 10.02) * 4
    assert 4 not in rules((*CALM[:-1], 9.9, *above[:7]))
    assert 4 in rules((*CALM[:-1], 9.9, *above))


def test_a_run_that_goes_on_is_one_signal() -> None:
    values = (*CALM[:-1], 9.9, *(10.06, 10.02) * 8)
    runs = [signal for signal in individuals(values).signals if signal.rule == 4]
    assert [signal.points for signal in runs] == [tuple(range(24, 40))]


def test_two_points_apart_are_two_signals() -> None:
    values = (*CALM, 11.5, *CALM, 11.5)
    assert [signal.points for signal in individuals(values).signals if signal.rule == 1] == [(24,), (49,)]


def test_a_jump_between_two_readings_is_a_signal_of_the_later() -> None:
    signals = individuals((*CALM, 11.5)).signals
    assert [signal.points for signal in signals if signal.rule == SPREAD] == [(24,)]


def test_few_points_have_no_limits_and_no_signals() -> None:
    pair = individuals([10, 10.1] * (FEWEST_POINTS // 2 - 1) + [99])
    assert not pair.is_enough
    assert pair.signals == ()
    assert pair.sigma is None
    assert individuals(CALM[:FEWEST_POINTS]).is_enough


def test_readings_that_are_all_the_same_have_no_limits() -> None:
    assert not individuals([18.0] * 30).is_enough


@pytest.mark.parametrize("values", [(), (18.1,)])
def test_nothing_to_compare_is_no_error(values: Any) -> None:
    assert individuals(values).location.points == values
    assert averages(values, 2).location.points == ()


def test_readings_that_fill_no_group_are_left_over() -> None:
    pair = averages([*CALM, 1.0, 2.0], 3)
    assert (len(pair.location.points), pair.left_over) == (8, 2)


@pytest.mark.parametrize("size", [0, 1, 11])
def test_groups_have_two_to_ten_readings(size: Any) -> None:
    with pytest.raises(ValueError, match="2 to 10"):
        averages(CALM, size)
