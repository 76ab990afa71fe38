"""xlsx: the first sheet that holds anything. Values as a spreadsheet shows them, formulas by their result."""

import io
import json
import zipfile
from collections.abc import Iterator

from openpyxl import load_workbook

from .row import ReadError

# The sheet of `writers/xlsx.py` that holds the table, and the row of its header.
OPEN_DATA = ("Spaces", 3)
# Its sheet with a row per machine, the first column the space's number; header in the same row.
KIT = "Kit"
# A workbook is a zip: a few kilobytes may unfold into gigabytes.
MOST_BYTES = 300_000_000
# A stray cell in the last column makes every row as wide.
MOST_COLUMNS = 500


def is_workbook(content: bytes) -> bool:
    return content[:4] == b"PK\x03\x04"


def lines(content: bytes) -> Iterator[tuple[int, list]]:
    """Row numbers and cells, the header first; empty rows are left out."""
    try:
        _check_size(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        yield from _with_kit(_sheet_lines(book), _kit(book))
    except ReadError:
        raise
    except Exception as error:
        raise ReadError(f"This is not a whole xlsx workbook: {type(error).__name__}. Save it again.") from None


def _check_size(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > MOST_BYTES:
            raise ReadError(f"The workbook unfolds into more than {MOST_BYTES // 1_000_000} MB. Save it as CSV.")


def _sheet_lines(book) -> Iterator[tuple[int, list]]:
    """The first sheet with a filled cell, chart sheets aside."""
    for sheet, first in _sheets(book):
        found = False
        rows = sheet.iter_rows(values_only=True, min_row=first, max_col=MOST_COLUMNS)
        for number, cells in enumerate(rows, first):
            values = _without_end(cells)
            if values:
                found = True
                yield number, values
        if found:
            return


def _kit(book) -> dict:
    """{space: machines} of our own open data; {} of any other workbook."""
    if not _is_open_data(book) or KIT not in book.sheetnames:
        return {}
    header, *rows = book[KIT].iter_rows(values_only=True, min_row=OPEN_DATA[1], max_col=MOST_COLUMNS)
    kit: dict = {}
    for space, *cells in rows:
        machine = {name: cell for name, cell in zip(header[1:], cells, strict=True) if cell not in (None, "", "[x]")}
        kit.setdefault(space, []).append(machine)
    return kit


def _with_kit(lines: Iterator[tuple[int, list]], kit: dict) -> Iterator[tuple[int, list]]:
    """Each space's machines in one more column, as CSV has them."""
    if not kit:
        yield from lines
        return
    number, header = next(lines)
    yield number, [*header, "kit"]
    for number, cells in lines:
        machines = json.dumps(kit[cells[0]]) if cells[0] in kit else ""
        yield number, [*cells, *[""] * (len(header) - len(cells)), machines]


def _is_open_data(book) -> bool:
    return OPEN_DATA[0] in book.sheetnames and book[OPEN_DATA[0]].cell(OPEN_DATA[1], 1).value == "id"


def _sheets(book) -> list:
    """Sheets and the row that each begins with: of our own open data the table of spaces, under its title."""
    if _is_open_data(book):
        return [(book[OPEN_DATA[0]], OPEN_DATA[1])]
    return [(sheet, 1) for sheet in book.worksheets]


def _without_end(cells: tuple) -> list:
    """Cells without the empty ones at the end; whole numbers without ".0"."""
    values = [int(cell) if isinstance(cell, float) and cell.is_integer() else cell for cell in cells]
    while values and values[-1] in (None, ""):
        values.pop()
    return values
