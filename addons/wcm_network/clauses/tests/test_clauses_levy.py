# mypy: disable-error-code="import-not-found, untyped-decorator"
# Where lint runs, hypothesis need not be installed.
from decimal import Decimal

import pytest
from clauses.levy import Tariff, Tier, tariff_of
from hypothesis import given
from hypothesis import strategies as st

pence = st.integers(0, 50_000_000).map(lambda number: Decimal(number) / 100)
rates = st.integers(0, 10_000).map(lambda number: Decimal(number) / 100)


@st.composite
def tiers(draw: st.DrawFn) -> Tariff:
    starts = sorted(draw(st.sets(st.integers(1, 400_000), max_size=4)))
    return Tariff("tiers", tiers=tuple(Tier(Decimal(start), draw(rates)) for start in (0, *starts)))


tariffs = st.one_of(tiers(), rates.map(lambda rate: Tariff("percent", percent=rate)))


@given(tariffs, pence, pence)
def test_a_levy_is_whole_pence_and_never_more_than_the_price(tariff: Tariff, amount: Decimal, before: Decimal) -> None:
    levy = tariff.levy(amount, turnover_before=before)
    assert levy == levy.quantize(Decimal("0.01"))
    assert 0 <= levy <= amount + Decimal("0.01")


@given(tariffs, pence, pence, pence)
def test_more_is_never_levied_less(tariff: Tariff, amount: Decimal, more: Decimal, before: Decimal) -> None:
    assert tariff.levy(amount, turnover_before=before) <= tariff.levy(amount + more, turnover_before=before)


@given(tiers(), st.lists(pence, max_size=8))
def test_what_deliveries_pay_one_by_one_is_what_the_year_pays(tariff: Tariff, amounts: list[Decimal]) -> None:
    before, paid = Decimal(0), Decimal(0)
    for amount in amounts:
        paid += tariff.levy(amount, turnover_before=before)
        before += amount
    assert paid == tariff.levy(sum(amounts, Decimal(0)))


@given(tariffs, pence, pence)
def test_a_credit_takes_back_what_was_taken(tariff: Tariff, amount: Decimal, before: Decimal) -> None:
    taken = tariff.levy(amount, turnover_before=before)
    assert taken + tariff.levy(-amount, turnover_before=before + amount) == 0


@given(tariffs, pence, rates)
def test_the_shares_are_the_levy(tariff: Tariff, amount: Decimal, share: Decimal) -> None:
    levy = tariff.levy(amount)
    network, region = tariff.split(levy, share)
    assert network + region == levy
    assert 0 <= region <= levy


@given(tiers(), pence)
def test_one_tier_is_a_percentage(tariff: Tariff, amount: Decimal) -> None:
    first = tariff.tiers[:1]
    assert Tariff("tiers", tiers=first).levy(amount) == Tariff("percent", percent=first[0].percent).levy(amount)


@given(st.one_of(tariffs, st.builds(Tariff, kind=st.just("per_part"), per_part=pence)))
def test_a_tariff_is_kept_as_it_is(tariff: Tariff) -> None:
    assert tariff_of(tariff.as_data()) == tariff


def test_each_pound_pays_the_rate_of_its_tier() -> None:
    tariff = Tariff("tiers", tiers=(Tier(Decimal(0), Decimal(5)), Tier(Decimal(10_000), Decimal(2))))
    assert tariff.levy(Decimal(4_000), turnover_before=Decimal(8_000)) == Decimal("140.00")


def test_a_levy_for_each_part() -> None:
    tariff = Tariff("per_part", per_part=Decimal("1.25"))
    assert (tariff.levy(Decimal(999), parts=8), tariff.levy(Decimal(-999), parts=-8)) == (Decimal("10.00"), Decimal("-10.00"))


def test_nothing_is_taken_where_it_is_waived() -> None:
    assert Tariff("percent", percent=Decimal(3), waived=True).levy(Decimal(100)) == 0


@pytest.mark.parametrize("values", [
    {"kind": "share"}, {"percent": Decimal(101)}, {"per_part": Decimal(-1)}, {"kind": "tiers"},
    {"kind": "tiers", "tiers": (Tier(Decimal(5), Decimal(1)),)},
    {"kind": "tiers", "tiers": (Tier(Decimal(0), Decimal(1)), Tier(Decimal(0), Decimal(2)))},
])
def test_what_makes_no_sense_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Tariff(**values)  # type: ignore[arg-type]
