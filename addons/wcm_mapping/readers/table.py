"""Tables with a header row, CSV or xlsx: their columns are found by name, or as a person matched them."""

from collections.abc import Iterator

from . import columns, csv_table, words, xlsx_table
from .row import FacilityRow, ReadError, clean_extra, clean_text

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


def read(content: bytes, matching: dict | None = None) -> list[FacilityRow]:
    """:param matching: header -> our column, "" for "keep it as it is"; headers not in it are found by name"""
    matching = matching or {}
    return [_read_one(record, number, matching) for number, record in records(content, matching=matching)]


def records(content: bytes, column_of=columns.column_of, matching: dict | None = None):
    """Row numbers, counted with the header as row 1, and cells by header.

    None stands for a row that has more cells than the header.

    :param column_of: gives our name for a header, to see whether one is the name
    """
    lines = _lines(content)
    names = _header(lines)
    _check_header(names, column_of, matching or {})
    return [(number, _record(names, cells)) for number, cells in lines]


def headers(content: bytes) -> list[str]:
    """The header row's texts.

    :raise ReadError: the content is no table
    """
    return [name for name in _header(_lines(content)) if name]


def _lines(content: bytes) -> Iterator[tuple[int, list]]:
    if content[:4] == OLD_WORKBOOK:
        raise ReadError("This is a workbook of the old kind, or one with a password. Save it as xlsx or CSV.")
    return xlsx_table.lines(content) if xlsx_table.is_workbook(content) else csv_table.lines(content)


def _header(lines: Iterator[tuple[int, list]]) -> list[str]:
    _number, cells = next(lines, (0, []))
    return [clean_text(cell) for cell in cells]


def _record(names: list[str], cells: list) -> dict | None:
    if any(cell not in (None, "") for cell in cells[len(names) :]):
        return None
    return {name: cell for name, cell in zip(names, cells, strict=False) if name or cell}


def _check_header(names: list[str], column_of, matching: dict) -> None:
    known = {matching[name] if name in matching else column_of(name) for name in names}
    if "name" not in known:
        listed = ", ".join(filter(None, names))
        raise ReadError(
            f"No column is called “name”. The first row has: {listed[:300]}. Call one so, or match the columns."
        )


def _read_one(record: dict | None, number: int, matching: dict) -> FacilityRow:
    if record is None:
        return FacilityRow(number, error="It has more cells than the header row.")
    matched = {matching[name]: value for name, value in record.items() if matching.get(name)}
    guessed = {name: value for name, value in record.items() if name not in matching}
    row = columns.read_record({**matched, **guessed}, number)
    kept = {name: value for name, value in record.items() if matching.get(name) == "" and value not in (None, "")}
    row.extra.update(clean_extra(kept))
    row.words = words.read(row.extra, columns.word_of)
    return row
