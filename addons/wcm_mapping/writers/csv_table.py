"""CSV for a spreadsheet: UTF-8 with its mark, a header row, no cell that becomes a formula."""

import csv
import io
import json

from .spaces import FIELD_NAMES, About, flat

# A spreadsheet takes text that begins so for a formula; `readers/csv_table.py` takes the apostrophe off again.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")


def write(spaces: list[dict], about: About) -> bytes:
    """One row a space; licence and attribution stand in each row, as a table has no head."""
    content = io.StringIO(newline="")
    table = csv.DictWriter(content, FIELD_NAMES, lineterminator="\r\n")
    table.writeheader()
    table.writerows(_row(space) for space in spaces)
    return content.getvalue().encode("utf-8-sig")


def _row(space: dict) -> dict:
    cells = flat(space)
    kit = json.dumps(cells["kit"], ensure_ascii=False) if cells["kit"] else ""
    return {name: safe(value) for name, value in {**cells, "kit": kit}.items()}


def safe(value: object) -> object:
    """The value as a spreadsheet may take it: never as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
