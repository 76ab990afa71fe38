"""Figures in the words of a clause: `{payment_days}` stands for the figure, and nothing else between braces is known."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from .levy import Tariff

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


class UnknownPlaceholder(ValueError):
    """Something between braces that stands for no figure, or a brace alone.

    :ivar name: what stands there
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def names_in(text: str) -> set[str]:
    """The names between braces."""
    return set(PLACEHOLDER.findall(text))


def check(text: str, known: Iterable[str]) -> None:
    """:raises UnknownPlaceholder: for the first thing between braces that is no figure, and for a brace without its other half"""
    unknown = [name for name in PLACEHOLDER.findall(text) if name not in set(known)]
    alone = re.search(r"[{}]", PLACEHOLDER.sub("", text))
    if unknown or alone:
        raise UnknownPlaceholder(f"{{{unknown[0]}}}" if unknown else alone[0] if alone else "")


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its figures; nothing is evaluated, and a figure that looks like a placeholder stays as it is."""
    check(text, values)
    return PLACEHOLDER.sub(lambda found: values[found[1]], text)


def plain(number: Decimal) -> str:
    """3.00 as 3, 2.50 as 2.5, 100000 as 100,000."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(number: Decimal) -> str:
    return f"{plain(number)}%"


def money(amount: Decimal, symbol: str, decimals: int = 2) -> str:
    """£50,000 for whole amounts, £2.50 for others."""
    whole = amount == amount.to_integral_value()
    return f"{symbol}{amount:,.{0 if whole else decimals}f}"


def days(number: int) -> str:
    return "1 day" if number == 1 else f"{number} days"


def levy(tariff: Tariff, symbol: str) -> str:
    """The levy as a sentence has it: “the levy is …”."""
    if tariff.kind == "per_part":
        return f"{money(tariff.per_part, symbol, tariff.decimals)} for each component that was received and accepted"
    if tariff.kind == "tiers":
        return f"{_tiers(tariff, symbol)}, of the price of what was received and accepted in a calendar year"
    return f"{percent(tariff.percent)} of the price of what was received and accepted"


def _tiers(tariff: Tariff, symbol: str) -> str:
    starts = [money(tier.from_turnover, symbol, tariff.decimals) for tier in tariff.tiers]
    pieces = []
    for number, tier in enumerate(tariff.tiers):
        last = number == len(tariff.tiers) - 1
        where = f"above {starts[number]}" if last else f"from {starts[number]} to {starts[number + 1]}"
        pieces.append(f"{percent(tier.percent)} {where}")
    return ", ".join(pieces[:-1]) + f" and {pieces[-1]}" if len(pieces) > 1 else pieces[0]


def waiver(probation: bool, charity: bool) -> str:
    """Who pays no levy, as a whole sentence."""
    who = [words for applies, words in ((probation, "a member on probation"), (charity, "a charity")) if applies]
    return f"No levy is taken on orders that {' or '.join(who)} agrees to." if who else "Nobody is let off the levy."
