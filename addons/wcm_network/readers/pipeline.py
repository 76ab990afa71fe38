"""A pipeline of homes: a table (xlsx or CSV) with a row per home, or per group of equal homes. Knows no Odoo.

Headers are found in the words people use. A row that cannot be read says so in its `error` and costs no other row.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from odoo.addons.wcm_mapping.readers import ReadError, table
from odoo.addons.wcm_mapping.readers.columns import word_of
from odoo.addons.wcm_mapping.readers.row import clean_text

# Our column: (header of the template, what else people call it, what belongs in it, an example).
COLUMNS = {
    "site": ("Site", ("site_name", "scheme", "development"), "Name or code of the housing site.", "Hawkfield Meadow"),
    "postcode": ("Postcode", ("post_code", "zip", "site_postcode"), "Of the site; needed where the site is new.", "BS14 0BX"),
    "name": ("Home", ("home_name", "home_number", "house", "plot", "unit", "name"), "Name or number of the home, once on each site.", "Plot 1"),
    "kit": ("Kit", ("bom", "bill_of_materials", "product", "house_type", "type"), "Reference or name of the bill of materials of the whole home. It may stay empty until it is known.", "STUDIO"),
    "quantity": ("Quantity", ("homes", "number_of_homes", "count", "qty"), "How many such homes; empty is one. Three of “Plot” become Plot 1, Plot 2 and Plot 3.", 1),
    "date_required": ("Required on site", ("date_required", "first_blocks_on_site", "required", "date", "start_on_site"), "When the first blocks are needed: 1/3/2027 (day first), 2027-03-01 or a date of the spreadsheet.", "01/03/2027"),
    "date_walls": ("Walls on site", ("walls",), "When the walls are needed. Empty: as the kit says.", "08/03/2027"),
    "date_roof": ("Roof on site", ("roof",), "When the roof is needed. Empty: as the kit says.", "22/03/2027"),
    "region": ("Region", ("area",), "Where the site is new: name or code. Empty: by its postcode.", "Bristol & West"),
}
NEEDED = ("site", "name", "date_required")
DATES = ("date_required", "date_walls", "date_roof")
MOST_HOMES = 2_000
YEARS = (2000, 2100)
# Day 0 of a spreadsheet's own numbers for dates.
SHEET_EPOCH = date(1899, 12, 30)
SHEET_DAYS = range((date(YEARS[0], 1, 1) - SHEET_EPOCH).days, (date(YEARS[1], 1, 1) - SHEET_EPOCH).days)
DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")


@dataclass(slots=True)
class PipelineRow:
    """One home as the file tells it; `error` says why it cannot be used."""

    row_number: int
    site: str = ""
    postcode: str = ""
    name: str = ""
    kit: str = ""
    region: str = ""
    dates: dict[str, date] = field(default_factory=dict)
    error: str = ""


def read_pipeline(content: bytes) -> tuple[list[PipelineRow], list[str]]:
    """Rows, and the headers that were not read.

    :raise ReadError: the file as a whole cannot be used; its text is for the user
    """
    if not content.strip():
        raise ReadError("The file is empty.")
    headers = table.headers(content)
    _check_headers(headers)
    groups = [group for number, record in table.records(content, column_of) if (group := _group(number, record))]
    if not groups:
        raise ReadError("The file lists no homes: there is nothing below the row of headers.")
    if (homes := sum(count for _row, count in groups)) > MOST_HOMES:
        raise ReadError(f"The file lists {homes} homes. Split it into files of {MOST_HOMES} at most.")
    return [row for group in groups for row in _repeated(*group)], [header for header in headers if not column_of(header)]


def column_of(header: str) -> str | None:
    """Our name for a header, None for one that we do not know."""
    return _WORDS.get(word_of(header))


def read_date(value: object) -> date | None:
    """A date of a spreadsheet, its number, day first, or ISO 8601; None for nothing.

    :raise ValueError: it is none of these; its text is for the user
    """
    if isinstance(value, datetime):
        value = value.date()
    text = clean_text(value)
    if not text:
        return None
    if text.isdecimal() and int(text) in SHEET_DAYS:
        return SHEET_EPOCH + timedelta(days=int(text))
    day = _written_date(text)
    if not day or not YEARS[0] <= day.year < YEARS[1]:
        raise ValueError(f"“{text[:40]}” is no date. Write it as 31/12/2027 (day first) or 2027-12-31.")
    return day


def _written_date(text: str) -> date | None:
    iso, day_first = ISO.fullmatch(text), DAY_FIRST.fullmatch(text)
    parts = iso.groups() if iso else day_first and day_first.groups()[::-1]
    try:
        return date(*map(int, parts)) if parts else None
    except ValueError:
        return None


def _index() -> dict[str, str]:
    return {word: name for name, (header, words, *_) in COLUMNS.items() for word in (word_of(header), name, *words)}


_WORDS = _index()


def _check_headers(headers: list[str]) -> None:
    found = [column_of(header) for header in headers]
    if missing := [COLUMNS[name][0] for name in NEEDED if name not in found]:
        raise ReadError(f"There is no column “{missing[0]}”. The template shows the columns that are read.")
    if twice := next((COLUMNS[name][0] for name in COLUMNS if found.count(name) > 1), None):
        raise ReadError(f"Two columns mean “{twice}”. Keep one of them.")


def _group(number: int, record: dict | None) -> tuple[PipelineRow, int] | None:
    """One row and how many homes it stands for: one with an error when it cannot be read; None when it is empty."""
    if record is None:
        return PipelineRow(number, error="It has more cells than the row of headers."), 1
    if not any(map(clean_text, record.values())):
        return None
    cells = {column_of(header): value for header, value in record.items()}
    row = PipelineRow(number, **{name: clean_text(cells.get(name)) for name in ("site", "postcode", "name", "kit", "region")})
    try:
        count = _count(clean_text(cells.get("quantity")))
        row.dates = _dates(cells)
        _check_row(row)
    except ValueError as error:
        row.error = str(error)
        return row, 1
    return row, count


def _repeated(row: PipelineRow, count: int) -> list[PipelineRow]:
    if count == 1:
        return [row]
    about = {name: getattr(row, name) for name in ("site", "postcode", "kit", "region", "dates")}
    return [PipelineRow(row.row_number, name=f"{row.name} {number}", **about) for number in range(1, count + 1)]


def _count(text: str) -> int:
    if not text:
        return 1
    if not text.isdecimal() or not 1 <= int(text) <= MOST_HOMES:
        raise ValueError(f"The quantity “{text[:40]}” is no whole number from 1 to {MOST_HOMES}.")
    return int(text)


def _dates(cells: dict) -> dict[str, date]:
    """The dates that are given.

    :raise ValueError: one is none
    """
    found = {}
    for name in DATES:
        try:
            if day := read_date(cells.get(name)):
                found[name] = day
        except ValueError as error:
            raise ValueError(f"{COLUMNS[name][0]}: {error}") from None
    return found


def _check_row(row: PipelineRow) -> None:
    empty = [COLUMNS[name][0] for name in ("site", "name") if not getattr(row, name)]
    if not row.dates.get("date_required"):
        empty.append(COLUMNS["date_required"][0])
    if empty:
        raise ValueError(f"“{empty[0]}” is empty.")
    for name, day in row.dates.items():
        if day < row.dates["date_required"]:
            raise ValueError(f"“{COLUMNS[name][0]}” is before “{COLUMNS['date_required'][0]}”.")
