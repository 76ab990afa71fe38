# mypy: disable-error-code="import-not-found, untyped-decorator"
# Where lint runs, hypothesis need not be installed.
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pricing.viability import CHANGED, PERCENTS, Costs, Year, months_of_reserve, months_until_empty, share_of_period

money = st.integers(0, 20_000_000).map(lambda pence: Decimal(pence) / 100)
small = st.integers(0, 500_000).map(lambda pence: Decimal(pence) / 100)
costs = st.builds(Costs, money, small, st.integers(0, 2_000).map(lambda pence: Decimal(pence) / 100))
years = st.builds(Year, st.integers(0, 500).map(Decimal), st.integers(0, 400).map(Decimal), small, costs)
days = st.dates(date(2020, 1, 1), date(2040, 1, 1))


@given(years)
def test_from_the_break_even_on_the_levy_covers_the_cost_and_one_home_fewer_does_not(year: Year) -> None:
    least = year.break_even()
    assume(least is not None)
    assert least is not None
    assert all(year.with_homes(Decimal(least + more)).surplus >= 0 for more in (0, 1, 2, 1000))
    assert least == 0 or year.with_homes(Decimal(least - 1)).surplus < 0


@given(years)
def test_never_is_said_where_no_number_of_homes_covers_the_cost_for_good(year: Year) -> None:
    if year.break_even() is None:
        assert year.levy < year.cost_of_a_home or (year.levy == year.cost_of_a_home and year.costs.fixed > 0)
        assert year.with_homes(Decimal(10) ** 9).surplus < 0


@given(years, st.integers(0, 300).map(Decimal))
def test_one_home_more_adds_what_it_leaves(year: Year, homes: Decimal) -> None:
    first, second = year.with_homes(homes), year.with_homes(homes + 1)
    assert second.surplus - first.surplus == year.left_of_a_home


@given(years)
def test_unchanged_it_is_the_year_itself_and_each_change_touches_its_own_side(year: Year) -> None:
    table = year.sensitivity()
    assert tuple(table) == CHANGED
    for row in table.values():
        assert [len(table), len(row)] == [3, len(PERCENTS)]
        assert row[PERCENTS.index(0)] == year
    for less, more in pairwise(table["levy"]):
        assert (less.surplus <= more.surplus, less.cost) == (True, more.cost)
    for less, more in pairwise(table["cost"]):
        assert (less.surplus >= more.surplus, less.income) == (True, more.income)
    assert {row.break_even() for row in table["homes"]} == {year.break_even()}, "How many are made does not change how many are needed"


@given(costs, costs, st.integers(0, 100).map(Decimal), st.integers(0, 9000).map(Decimal))
def test_costs_add_up(one: Costs, other: Costs, homes: Decimal, components: Decimal) -> None:
    assert (one + other).of(homes, components) == one.of(homes, components) + other.of(homes, components)


@given(money, money)
def test_the_reserve_lasts_as_long_as_it_pays(reserve: Decimal, cost: Decimal) -> None:
    months = months_of_reserve(reserve, cost)
    assert (months is None) == (cost == 0)
    assert months is None or abs(months * cost / 12 - reserve) < Decimal("0.01")


@given(days, st.integers(0, 800), st.one_of(st.none(), days), st.one_of(st.none(), days), st.integers(0, 800))
def test_parts_of_a_period_that_follow_each_other_make_up_the_whole(
    start: date, length: int, first: date | None, last: date | None, cut: int
) -> None:
    end, middle = start + timedelta(days=length), start + timedelta(days=min(cut, length))
    assert 0 <= share_of_period(start, end, first, last) <= 1
    before, after = share_of_period(start, end, None, middle), share_of_period(start, end, middle + timedelta(days=1), None)
    assert abs(before + after - 1) < Decimal("1e-20")


def test_a_platform_on_paper() -> None:
    year = Year(Decimal(20), Decimal(60), Decimal(1500), Costs(Decimal(24_000), Decimal(200), Decimal(5)))
    assert [year.income, year.cost, year.surplus] == [30_000, 34_000, -4_000]
    assert [year.cost_of_a_home, year.left_of_a_home, year.break_even()] == [500, 1000, 24]
    assert months_of_reserve(Decimal(17_000), year.cost) == 6
    assert months_until_empty(Decimal(17_000), year.surplus) == 51
    assert year.changed("levy", -50).break_even() == 96
    assert year.changed("cost", 50).surplus == -21_000


@pytest.mark.parametrize(
    ("levy", "per_home", "fixed", "homes"), [(100, 100, 0, 0), (100, 101, 0, None), (100, 100, 1, None), (100, 0, 0, 0), (3, 0, 10, 4)]
)
def test_break_even_at_its_edges(levy: int, per_home: int, fixed: int, homes: int | None) -> None:
    assert Year(Decimal(1), Decimal(0), Decimal(levy), Costs(Decimal(fixed), Decimal(per_home))).break_even() == homes


def test_what_is_owed_lasts_no_month_and_nonsense_is_refused() -> None:
    assert months_of_reserve(Decimal(-5), Decimal(12)) == 0
    assert months_until_empty(Decimal(5), Decimal(1)) is None
    assert share_of_period(date(2026, 1, 1), date(2026, 12, 31), date(2026, 7, 2), None) == Decimal(183) / 365
    with pytest.raises(ValueError, match="0 or more"):
        Year(Decimal(-1), Decimal(0), Decimal(0), Costs())
    with pytest.raises(ValueError, match="Nothing to change"):
        Year(Decimal(1), Decimal(0), Decimal(0), Costs()).changed("weather", 10)
    with pytest.raises(ValueError, match="start <= end"):
        share_of_period(date(2026, 2, 1), date(2026, 1, 1), None, None)
