"""From a file's bytes to rows, one module per format. No Odoo in here.

`read(kind, content)` gives one FacilityRow per record. A row that cannot be used says so
in its `error` and costs nobody else; a file that cannot be used raises ReadError.
"""

from . import columns, gogocarto, okw, table
from .row import FacilityRow, ReadError

READERS = {"csv": table.read, "gogocarto": gogocarto.read, "okw": okw.read}


def read(kind: str, content: bytes, matching: dict | None = None) -> list[FacilityRow]:
    """
    :param matching: for tables, header -> our column as a person matched them
    :raise ReadError: the file as a whole cannot be read; its text is for the user
    """
    if not content.strip(b"\xef\xbb\xbf \t\r\n\x00"):
        raise ReadError("The file is empty.")
    rows = table.read(content, matching) if matching else READERS[kind](content)
    if not rows:
        raise ReadError("The file holds no records.")
    return rows


__all__ = ["READERS", "FacilityRow", "ReadError", "columns", "read", "table"]
