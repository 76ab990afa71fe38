"""Readings as people and gauges write them: "18.1", "18,1 mm", "1.81 cm", '0.71"'; several are parted by ";"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

# No exponents and no thousands separators: a reading that can be understood in two ways is asked for again.
QUANTITY = re.compile(r"\s*([+-]?[0-9]{1,9}(?:[.,][0-9]{1,6})?)\s*(.*?)\s*")
SEPARATOR = ";"
MOST_READINGS = 10


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text.strip()).casefold()


# Other ways to write a unit, both folded.
SPELLINGS = {
    _folded(spelling): _folded(unit)
    for unit, spellings in {"in": ('"', "″", "”", "inch", "inches"), "ft": ("foot", "feet"), "µm": ("um", "micron"), "°": ("deg", "degree", "degrees"), "°C": ("c",), "%": ("percent",)}.items()
    for spelling in spellings
}


class Unreadable(ValueError):
    """This text is no quantity."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class ForeignUnit(Unreadable):
    """A number in a unit that does not convert to the one that is wanted."""


def fold(unit: str) -> str:
    """One spelling of each unit, whoever writes it: case, the two micro signs and words do not matter."""
    text = _folded(unit)
    return SPELLINGS.get(text, text)


def quantity(text: str, units: Mapping[str, Fraction]) -> Fraction:
    """A number in the wanted unit, exactly.

    :param units: how many of the wanted unit each unit holds, by its folded name; "" is the wanted unit itself
    :raise Unreadable: where it is no number, or (ForeignUnit) its unit is not among them
    """
    match = QUANTITY.fullmatch(text)
    if not match:
        raise Unreadable(text)
    unit = fold(match[2])
    if unit not in units:
        raise ForeignUnit(text) if unit[0].isalpha() or unit[0] in "%°" else Unreadable(text)
    return Fraction(match[1].replace(",", ".")) * units[unit]


def unit_of(text: str) -> str:
    """The folded name of the unit that was typed; "" where there is none."""
    match = QUANTITY.fullmatch(text)
    return fold(match[2]) if match else ""


def split(text: str) -> list[str]:
    """Each reading as it was typed; those that are still to come are empty, and none follow the last one."""
    parts = [part.strip() for part in text.split(SEPARATOR)]
    while parts and not parts[-1]:
        parts.pop()
    return parts


def read(text: str, units: Mapping[str, Fraction]) -> list[Fraction | None]:
    """All readings of a checkpoint in its unit, in their order; None where one is left out.

    :raise Unreadable: for the first that is no quantity
    """
    return [quantity(part, units) if part else None for part in split(text)]


def words(value: Fraction, places: int = 6) -> str:
    """For a person: rounded to so many places, without zeros at the end."""
    rounded = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal(1).scaleb(-places))
    return f"{rounded.normalize() + 0:f}"
