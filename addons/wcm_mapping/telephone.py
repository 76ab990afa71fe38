"""The same telephone number however it is written: 0117 496 0123, +44 (0)117 4960123, 0044-117-4960123."""

import re

# What stands between the digits of a number; a no-break space too. Nothing else, so that two numbers stay two.
BETWEEN = " \t\u00a0\u202f().-/"
FEWEST_DIGITS = 7
_GAP = f"[{re.escape(BETWEEN)}]*"


def core_digits(number: str | None) -> str:
    """What every way to write it shares: the digits after 0, +44 or 0044. Empty when it is too short to tell anybody.

    >>> core_digits("+44 (0)117 496 0123"), core_digits("0117 496 0123"), core_digits("+33 1 23 45 67 89"), core_digits("999")
    ('1174960123', '1174960123', '33123456789', '')
    """
    text = (number or "").strip()
    digits = re.sub(r"[^0-9]", "", text)
    if text.startswith("+") or digits.startswith("00"):
        digits = digits.removeprefix("00")
        core = digits.removeprefix("44").removeprefix("0") if digits.startswith("44") else digits
    else:
        core = digits.removeprefix("0")
    return core if len(core) >= FEWEST_DIGITS else ""


def number_pattern(core: str) -> str:
    """Regular expression for those digits with any prefix and any gaps, and no digit on either side.

    >>> bool(re.search(number_pattern("1174960123"), "ring 0044 117-496 01 23."))
    True
    >>> bool(re.search(number_pattern("1174960123"), "part 901174960123"))
    False
    """
    prefix = rf"(?:(?:\+|00){_GAP}(?:44{_GAP}(?:\(?0\)?{_GAP})?)?|\(?0)?"
    return rf"(?<![\w+]){prefix}{_GAP}{_GAP.join(core)}(?![\w]|[.-]\d)"
