"""What every reader gives back, and how text is cleaned on the way."""

import math
import re
from dataclasses import dataclass, field, fields
from datetime import date

# Control characters, which PostgreSQL or XML refuse, and halves of surrogate pairs.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class ReadError(ValueError):
    """The file as a whole cannot be read."""


@dataclass(slots=True)
class FacilityRow:
    """One production space as a file tells it.

    :ivar row_number: counts as the file's reader does: records from 1, spreadsheet rows
        with the header as row 1
    :ivar kit: its machines, dicts in the words of `kit.WORDS`
    :ivar words: categories, processes and the like, as the source calls them
    :ivar extra: what has no field here, unchanged but for characters that cannot be stored
    :ivar licence: what the record, or the file, says of its own licence, empty when it says nothing
    :ivar attribution: whom it asks to be named
    :ivar note: what a person should know of a row that can be used
    :ivar skipped: why the source itself does not stand by the row, empty when it does
    :ivar error: why the row cannot be used, empty when it can
    """

    row_number: int
    name: str = ""
    external_id: str = ""
    street: str = ""
    street2: str = ""
    city: str = ""
    county: str = ""
    zip: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    location_precision: str = ""
    organisation_type: str = ""
    status: str = ""
    access_type: str = ""
    opening_hours: str = ""
    website: str = ""
    email: str = ""
    phone: str = ""
    description: str = ""
    kit: list = field(default_factory=list)
    words: list = field(default_factory=list)
    extra: dict = field(default_factory=dict)
    licence: str = ""
    attribution: str = ""
    note: str = ""
    skipped: str = ""
    error: str = ""

    @classmethod
    def text_fields(cls) -> list[str]:
        """What the record itself says, in text."""
        about = {"licence", "attribution", "note", "skipped", "error"}
        return [f.name for f in fields(cls) if f.type is str and f.name not in about]

    @property
    def has_position(self) -> bool:
        return self.latitude is not None and self.longitude is not None


def clean_text(value: object) -> str:
    """One line of text without stray spaces; "" for nothing."""
    return " ".join(clean_lines(value).split())


def clean_lines(value: object) -> str:
    """Text that may have several lines."""
    text = "" if value is None else _scalar_text(value)
    return _UNWANTED.sub("", text).strip()


def clean_extra(value: object) -> object:
    """The same value in what JSON can hold and PostgreSQL can store."""
    if isinstance(value, dict):
        return {clean_text(key): clean_extra(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [clean_extra(item) for item in value]
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return value if abs(value) < 1e300 else str(value)
    return clean_lines(value)


def read_degrees(value: object, limit: float, what: str) -> float | None:
    """A latitude or longitude; None when there is none.

    :raise ValueError: it is no number, or beyond `limit`; its text is for the user
    """
    text = clean_text(value)
    if not text:
        return None
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    number = read_number(text)
    if number is None:
        raise ValueError(f"The {what} “{text[:40]}” is not a number.")
    if abs(number) > limit:
        raise ValueError(f"The {what} {text[:40]} is not between -{limit:g} and {limit:g}.")
    return round(number, 7)


def read_number(text: str) -> float | None:
    """A finite number; None when the text is none."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _scalar_text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(clean_text(item) for item in value)
    return str(value)
