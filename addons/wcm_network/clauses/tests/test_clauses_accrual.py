# mypy: disable-error-code="import-not-found, untyped-decorator"
# Where lint runs, hypothesis need not be installed.
from decimal import Decimal

import pytest
from clauses.accrual import Counted, Exchange, entry
from clauses.levy import Tariff, Tier
from hypothesis import given
from hypothesis import strategies as st

prices = st.integers(0, 5_000_000).map(lambda number: Decimal(number) / 100)
blocks = st.integers(0, 60)
rates = st.integers(0, 10_000).map(lambda number: Decimal(number) / 100)


@st.composite
def tiers(draw: st.DrawFn) -> Tariff:
    starts = sorted(draw(st.sets(st.integers(1, 400_000), max_size=4)))
    return Tariff("tiers", tiers=tuple(Tier(Decimal(start), draw(rates)) for start in (0, *starts)))


tariffs = st.one_of(
    tiers(), rates.map(lambda rate: Tariff("percent", percent=rate)), prices.map(lambda each: Tariff("per_part", per_part=each)),
    st.just(Tariff("percent", percent=Decimal(3), waived=True)),
)
# As Odoo has them: from a currency that is worth a ten-thousandth to one that is worth as much more.
exchanges = st.builds(
    Exchange, st.integers(1, 10**9).map(lambda number: Decimal(number) / 10**5), st.sampled_from((0, 2, 3)),
)
# What is accepted of which of three orders, as time goes by: it grows and shrinks.
histories = st.lists(st.tuples(st.integers(0, 2), blocks, prices), max_size=12)


def counted_after(tariff: Tariff, share: Decimal, history: list[tuple[int, int, Decimal]]) -> dict[int, Counted]:
    counted = {order: Counted() for order in range(3)}
    for order, quantity, price in history:
        turnover = sum((one.amount for one in counted.values()), Decimal(0))
        counted[order] += entry(tariff, share, Decimal(quantity), price, counted[order], turnover)
    return counted


@given(tariffs, rates, histories)
def test_counting_again_counts_nothing(tariff: Tariff, share: Decimal, history: list[tuple[int, int, Decimal]]) -> None:
    counted = counted_after(tariff, share, history)
    turnover = sum((one.amount for one in counted.values()), Decimal(0))
    assert not any(entry(tariff, share, one.quantity, one.amount, one, turnover) for one in counted.values())


@given(tariffs, rates, histories)
def test_the_shares_are_the_levy_of_every_order(tariff: Tariff, share: Decimal, history: list[tuple[int, int, Decimal]]) -> None:
    for one in counted_after(tariff, share, history).values():
        assert one.network_share + one.region_share == one.levy
        assert one.region_share == tariff.split(one.levy, share)[1]


@given(tariffs, rates, histories)
def test_the_way_there_makes_no_difference(tariff: Tariff, share: Decimal, history: list[tuple[int, int, Decimal]]) -> None:
    counted = counted_after(tariff, share, history)
    last = {order: (quantity, price) for order, quantity, price in history}
    at_once = counted_after(tariff, share, [(order, *now) for order, now in last.items()])
    assert sum(one.levy for one in counted.values()) == sum(one.levy for one in at_once.values())


@given(tiers(), rates, histories)
def test_all_of_a_year_is_the_levy_of_that_year(tariff: Tariff, share: Decimal, history: list[tuple[int, int, Decimal]]) -> None:
    counted = counted_after(tariff, share, history).values()
    assert sum(one.levy for one in counted) == tariff.levy(sum((one.amount for one in counted), Decimal(0)))


@given(tariffs, rates, histories)
def test_when_everything_goes_back_everything_is_credited(tariff: Tariff, share: Decimal, history: list[tuple[int, int, Decimal]]) -> None:
    counted = counted_after(tariff, share, [*history, *((order, 0, Decimal(0)) for order in range(3))]).values()
    assert sum(one.levy for one in counted) == 0
    assert all(one.quantity == one.amount == 0 for one in counted)


@given(rates, st.lists(st.integers(1, 99).map(lambda pence: Decimal(pence) / 100), min_size=1, max_size=30))
def test_roundings_of_many_deliveries_never_add_up(rate: Decimal, pennies: list[Decimal]) -> None:
    tariff, counted = Tariff("percent", percent=rate), Counted()
    for number, price in enumerate(pennies, 1):
        counted += entry(tariff, Decimal(50), Decimal(number), counted.amount + price, counted)
    assert counted.levy == tariff.levy(sum(pennies, Decimal(0)))


@pytest.mark.parametrize(("accepted", "levy"), [(3, "6.00"), (2, "-2.00"), (3, "2.00")])
def test_a_block_that_goes_back_and_comes_again(accepted: int, levy: str) -> None:
    tariff = Tariff("per_part", per_part=Decimal(2))
    before = {"6.00": Counted(), "-2.00": Counted(Decimal(3), Decimal(150), Decimal(6)), "2.00": Counted(Decimal(2), Decimal(100), Decimal(4))}
    assert entry(tariff, Decimal(0), Decimal(accepted), Decimal(50 * accepted), before[levy]).levy == Decimal(levy)


# Orders in other currencies than the terms: each has its own rate, which stays for all its entries of a year.


def counted_abroad(
    tariff: Tariff, rates_of: list[Exchange], history: list[tuple[int, int, Decimal]]
) -> dict[int, Counted]:
    counted = {order: Counted() for order in range(3)}
    for order, quantity, price in history:
        turnover = sum((one.amount * rates_of[number].rate for number, one in counted.items()), Decimal(0))
        counted[order] += entry(tariff, Decimal(40), Decimal(quantity), price, counted[order], turnover, rates_of[order])
    return counted


three_rates = st.lists(exchanges, min_size=3, max_size=3)


@given(tariffs, three_rates, histories)
def test_no_order_is_left_out_for_its_currency(tariff: Tariff, rates_of: list[Exchange], history: list[tuple[int, int, Decimal]]) -> None:
    last = {order: (Decimal(quantity), price) for order, quantity, price in history}
    for order, one in counted_abroad(tariff, rates_of, history).items():
        assert (one.quantity, one.amount) == last.get(order, (Decimal(0), Decimal(0)))
        assert one.network_share + one.region_share == one.levy


@given(prices, exchanges, blocks)
def test_an_amount_for_each_block_is_worth_the_same_in_another_currency(each: Decimal, exchange: Exchange, quantity: int) -> None:
    levy = entry(Tariff("per_part", per_part=each), Decimal(0), Decimal(quantity), Decimal(0), Counted(), exchange=exchange).levy
    half = Decimal(1).scaleb(-exchange.decimals) / 2
    assert abs(levy - each * quantity / exchange.rate) <= half


@given(tiers(), exchanges, prices)
def test_tiers_begin_at_what_the_terms_name_in_another_currency_too(tariff: Tariff, exchange: Exchange, price: Decimal) -> None:
    levy = entry(tariff, Decimal(0), Decimal(1), price, Counted(), exchange=exchange).levy
    assert levy == exchange.back(tariff.levy(price * exchange.rate))


@given(tariffs, exchanges, histories)
def test_what_went_back_in_another_currency_is_credited_whole(tariff: Tariff, exchange: Exchange, history: list[tuple[int, int, Decimal]]) -> None:
    one_order = [(0, quantity, price) for _order, quantity, price in history]
    counted = counted_abroad(tariff, [exchange] * 3, [*one_order, (0, 0, Decimal(0))])[0]
    assert counted.quantity == counted.amount == 0
    if tariff.kind != "tiers":
        assert counted.levy == counted.region_share == 0
    assert abs(counted.levy) <= Decimal(1).scaleb(-exchange.decimals) * len(history)  # each entry of tiers is rounded once


@given(tariffs, three_rates, histories)
def test_counting_again_counts_nothing_in_any_currency(tariff: Tariff, rates_of: list[Exchange], history: list[tuple[int, int, Decimal]]) -> None:
    counted = counted_abroad(tariff, rates_of, history)
    turnover = sum((one.amount * rates_of[number].rate for number, one in counted.items()), Decimal(0))
    assert not any(
        entry(tariff, Decimal(40), one.quantity, one.amount, one, turnover, rates_of[number]) for number, one in counted.items()
    )


def test_a_rate_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        Exchange(Decimal(0))
