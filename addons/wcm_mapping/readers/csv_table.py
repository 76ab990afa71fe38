"""CSV with a header row: comma, semicolon, tab or bar; any column names that we know."""

import csv
import io

from . import columns, documents
from .row import FacilityRow, ReadError

OVERFLOW = None  # the key under which DictReader puts cells without a header


def read(content: bytes) -> list[FacilityRow]:
    return [_read_one(record, number) for number, record in records(content)]


def records(content: bytes, column_of=columns.column_of) -> list[tuple[int, dict | None]]:
    """Row numbers, counted with the header as row 1, and cells by header.

    None stands for a row that has more cells than the header.

    :param column_of: gives our name for a header, to see whether one is the name
    """
    if content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise ReadError("This is a spreadsheet. Save it as CSV, then import that.")
    text = documents.decode(content).replace("\x00", "")
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        _check_header(table.fieldnames or [], column_of)
        return [(table.line_num, None if record.pop(OVERFLOW, None) else record) for record in table]
    except csv.Error as error:
        raise ReadError(f"This is not valid CSV: {error}, line {table.line_num}.") from None


def _delimiter(text: str) -> str:
    header = text.lstrip().split("\n", 1)[0]
    return max(",;\t|", key=header.count)


def _check_header(names: list[str], column_of) -> None:
    known = {column_of(name) for name in names}
    if "name" not in known:
        listed = ", ".join(name.strip() for name in names if name.strip())
        raise ReadError(f"No column is called “name”. The first row has: {listed[:300]}.")


def _read_one(record: dict | None, number: int) -> FacilityRow:
    if record is None:
        return FacilityRow(number, error="It has more cells than the header row.")
    return columns.read_record(record, number)
