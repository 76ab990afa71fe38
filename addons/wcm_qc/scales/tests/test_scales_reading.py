# mypy: disable-error-code="untyped-decorator, import-not-found, import-untyped"
# Where lint runs, hypothesis need not be installed.
from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scales import MOST_READINGS, ForeignUnit, Unreadable, fold, quantity, read, split, words

EXAMPLES = settings(deadline=None, derandomize=True, database=None)
# How many millimetres each holds; the inch is 25.4 mm by definition since 1959.
LENGTHS = {"mm": "1", "cm": "10", "m": "1000", "in": "25.4", "ft": "304.8", "μm": "0.001"}
MM = {"": Fraction(1), **{unit: Fraction(size) for unit, size in LENGTHS.items()}}
numbers = st.decimals(min_value=-(10**6), max_value=10**6, places=3, allow_nan=False, allow_infinity=False)
units = st.sampled_from(sorted(LENGTHS))


def in_unit(wanted: str) -> dict[str, Fraction]:
    size = Fraction(LENGTHS[wanted])
    return {"": Fraction(1), **{unit: Fraction(other) / size for unit, other in LENGTHS.items()}}


@pytest.mark.parametrize(
    ("text", "millimetres"),
    [
        ("18.1", "18.1"), ("18,1 mm", "18.1"), ("1.81 cm", "18.1"), ("0.71 in", "18.034"), ('0.71"', "18.034"), ("0.71 inch", "18.034"),
        ("+0018.10MM", "18.1"), ("-0.5 mm", "-0.5"), ("1 ft", "304.8"), ("18100 µm", "18.1"), ("18100 um", "18.1"), (" 0 ", "0"),
    ],
)
def test_what_is_typed_is_read_in_millimetres(text: str, millimetres: str) -> None:
    assert quantity(text, MM) == Fraction(millimetres)


@pytest.mark.parametrize("text", ["18 kg", "18 %", "18 sheets"])
def test_another_kind_of_unit_is_refused_as_such(text: str) -> None:
    with pytest.raises(ForeignUnit):
        quantity(text, MM)


@pytest.mark.parametrize("text", ["abc", "", "1e1", "nan", "18.1.2", "1,234.5", "18 19", "٣", "-", "18.1; 18.2", "0x12", "1234567890"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        quantity(text, MM)


@EXAMPLES
@given(numbers, units, units)
def test_a_reading_means_the_same_in_every_unit_there_and_back(number: Decimal, typed: str, wanted: str) -> None:
    there = quantity(f"{number} {typed}", in_unit(wanted))
    assert there * Fraction(LENGTHS[wanted]) == Fraction(str(number)) * Fraction(LENGTHS[typed])


@EXAMPLES
@given(numbers, numbers, units, units)
def test_the_longer_one_is_the_longer_one_in_every_unit(one: Decimal, other: Decimal, typed: str, wanted: str) -> None:
    table = in_unit(wanted)
    assert (quantity(f"{one} {typed}", table) < quantity(f"{other} {typed}", table)) == (one < other)


@EXAMPLES
@given(numbers)
def test_a_reading_without_unit_is_in_the_unit_of_its_checkpoint(number: Decimal) -> None:
    for wanted in LENGTHS:
        assert quantity(str(number), in_unit(wanted)) == Fraction(str(number)) == quantity(f"{number}{wanted}", in_unit(wanted))


@EXAMPLES
@given(st.lists(st.one_of(st.none(), numbers), max_size=MOST_READINGS))
def test_each_reading_keeps_its_place_and_none_that_was_left_out_is_zero(given_: list[Decimal | None]) -> None:
    text = "; ".join("" if number is None else f"{number} mm" for number in given_)
    found = read(text, MM)
    expected = [None if number is None else Fraction(str(number)) for number in given_]
    while expected and expected[-1] is None:
        expected.pop()
    assert found == expected


@EXAMPLES
@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    try:
        value = quantity(text, MM)
    except Unreadable as refusal:
        assert refusal.text == text
    else:
        assert isinstance(value, Fraction)
    assert all(part == part.strip() for part in split(text))


@EXAMPLES
@given(units)
def test_a_unit_is_folded_once_and_for_all(unit: str) -> None:
    assert fold(fold(unit.upper())) == fold(unit) == fold(f" {unit} ")


def test_a_value_is_said_without_zeros_that_nobody_measured() -> None:
    assert [words(Fraction(text)) for text in ("18.100", "18", "0", "-0.5", "300")] == ["18.1", "18", "0", "-0.5", "300"]
    assert words(Fraction(1, 3)) == "0.333333"
