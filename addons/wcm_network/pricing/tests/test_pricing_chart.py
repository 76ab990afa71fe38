# mypy: disable-error-code="import-not-found, untyped-decorator"
# Where lint runs, hypothesis need not be installed.
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from pricing.break_even_chart import BOTTOM, LEFT, RIGHT, TOP, chart_of
from pricing.viability import Costs, Year

money = st.integers(0, 50_000_000).map(lambda pence: Decimal(pence) / 100)
years = st.builds(Year, st.integers(0, 3000).map(Decimal), st.integers(0, 400).map(Decimal), money, st.builds(Costs, money, money, money))


@given(years)
def test_all_that_is_drawn_lies_within_the_axes(year: Year) -> None:
    chart = chart_of(year)
    assert all(LEFT <= tick.at <= RIGHT for tick in chart.across)
    assert all(TOP <= tick.at <= BOTTOM for tick in chart.up)
    assert all(TOP <= y <= BOTTOM for line in (chart.levy, chart.cost) for y in (line.y_first, line.y_last))
    assert LEFT <= chart.planned <= RIGHT
    assert chart.even is None or (LEFT <= chart.even[0] <= RIGHT and TOP <= chart.even[1] <= BOTTOM)


@given(years)
def test_axes_begin_at_nothing_and_have_a_few_even_steps(year: Year) -> None:
    chart = chart_of(year)
    for ticks in (chart.across, chart.up):
        values = [tick.value for tick in ticks]
        assert values[0] == 0
        assert 4 <= len(values) <= 8
        assert len({later - earlier for earlier, later in pairwise(values)}) == 1


def test_the_mark_stands_where_the_lines_cross() -> None:
    chart = chart_of(Year(Decimal(20), Decimal(0), Decimal(1500), Costs(Decimal(24_000), Decimal(500))))
    assert [int(tick.value) for tick in chart.across] == [0, 10, 20, 30, 40]
    assert chart.even is not None
    x, y = chart.even
    for line in (chart.levy, chart.cost):
        assert abs(line.y_first + (x - LEFT) / (RIGHT - LEFT) * (line.y_last - line.y_first) - y) < 0.2


def test_without_a_break_even_there_is_no_mark() -> None:
    assert chart_of(Year(Decimal(0), Decimal(0), Decimal(1), Costs(Decimal(1), Decimal(2)))).even is None
