"""CSV: comma, semicolon, tab or bar; UTF-8, UTF-16 or as Windows writes it."""

import csv
import io
from collections.abc import Iterator

from . import documents
from .row import ReadError

FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def lines(content: bytes) -> Iterator[tuple[int, list]]:
    """Line numbers and cells, the header first; blank lines are left out."""
    text = documents.decode(content).replace("\x00", "").lstrip("\r\n")
    table = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for cells in table:
            if cells:
                yield table.line_num, [_unescape(cell) for cell in cells]
    except csv.Error as error:
        raise ReadError(f"This is not valid CSV: {error}, line {table.line_num}.") from None


def _delimiter(text: str) -> str:
    header = text.lstrip().split("\n", 1)[0]
    return max(",;\t|", key=header.count)


def _unescape(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from taking text for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA) else cell
