# mypy: disable-error-code="import-not-found, untyped-decorator"
# Where lint runs, hypothesis need not be installed.
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pricing.buildup import Rate, Step, apportion, price_parts

PENNY = Decimal("0.01")
money = st.integers(0, 20_000).map(lambda number: Decimal(number) / 100)
amounts = st.lists(st.decimals(0, 10_000, places=7), max_size=12)
counts = st.integers(1, 400)


@st.composite
def steps(draw: st.DrawFn) -> Step:
    rate = Rate(draw(money), draw(money), draw(st.integers(0, 60).map(Decimal)))
    minutes, setup = draw(st.integers(1, 6000)), draw(st.integers(0, 600))
    return Step("a process", Decimal(minutes) / 10, Decimal(setup), Decimal(draw(st.integers(20, 90))), rate, Decimal(draw(st.integers(0, 8))) / 4)


lists_of_steps = st.lists(steps(), min_size=1, max_size=5)


def total(parts: list[Decimal]) -> Decimal:
    return sum(parts, Decimal(0))


@given(amounts)
def test_parts_add_up_to_the_whole_and_none_is_off_by_a_penny(exact: list[Decimal]) -> None:
    parts = apportion(exact)
    assert abs(total(parts) - total(exact)) <= PENNY / 2
    assert all(part == part.quantize(PENNY) for part in parts)
    assert all(abs(part - amount) < PENNY for part, amount in zip(parts, exact, strict=True))


@given(lists_of_steps, counts, money)
def test_the_price_is_what_a_plan_counts_and_the_sheets(found: list[Step], quantity: int, material: Decimal) -> None:
    parts = price_parts(found, quantity, Decimal(1), material)
    planned = sum((step.unit_cost + step.setup_cost / quantity for step in found), material)
    assert abs(total([part.amount for part in parts]) - planned) <= PENNY / 2 + Decimal("1e-9")


@given(lists_of_steps, counts, counts)
def test_more_blocks_never_cost_more_each(found: list[Step], quantity: int, more: int) -> None:
    few, many = (total([part.amount for part in price_parts(found, count, Decimal(1), Decimal(0))]) for count in (quantity, quantity + more))
    assert many <= few


@given(steps(), counts, money)
def test_a_dearer_rate_never_makes_a_cheaper_price(step: Step, quantity: int, more: Decimal) -> None:
    dearer = Step(step.name, step.minutes, step.setup_minutes, step.pace, Rate(step.rate.machine + more, step.rate.hands_on, step.rate.overhead), step.hands)
    before, after = (total([part.amount for part in price_parts([one], quantity, Decimal(1), Decimal(0))]) for one in (step, dearer))
    assert after >= before


def test_a_price_is_built_up_line_by_line() -> None:
    cutting = Step("CNC routing", Decimal(40), Decimal(15), Decimal(60), Rate(Decimal(30), Decimal(18), Decimal(10)), Decimal("0.25"))
    parts = price_parts([cutting], 8, Decimal(1), Decimal(60))
    assert [(part.kind, part.amount) for part in parts] == [
        ("machine", Decimal("20.00")), ("hands_on", Decimal("3.00")), ("setup", Decimal("1.50")), ("overhead", Decimal("2.45")), ("material", Decimal("60.00")),
    ]  # fmt: skip
    assert parts[1].as_data() == {"kind": "hands_on", "name": "CNC routing", "amount": "3.00", "hours": "0.1667", "rate": "18.0000"}


def test_what_cannot_be_a_price_is_refused() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        Rate(Decimal(-1))
    with pytest.raises(ValueError, match="more than 0"):
        Step("a process", Decimal(1), Decimal(0), Decimal(0), Rate(Decimal(1)))
    with pytest.raises(ValueError, match="one block"):
        price_parts([], 0, Decimal(1), Decimal(0))
