"""xlsx: the first sheet that holds anything. Values as a spreadsheet shows them, formulas by their result."""

import io
import zipfile
from collections.abc import Iterator

from openpyxl import load_workbook

from .row import ReadError

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
        yield from _sheet_lines(load_workbook(io.BytesIO(content), read_only=True, data_only=True))
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
    for sheet in book.worksheets:
        found = False
        for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), 1):
            values = _without_end(cells)
            if values:
                found = True
                yield number, values
        if found:
            return


def _without_end(cells: tuple) -> list:
    """Cells without the empty ones at the end; whole numbers without ".0"."""
    values = [int(cell) if isinstance(cell, float) and cell.is_integer() else cell for cell in cells]
    while values and values[-1] in (None, ""):
        values.pop()
    return values
