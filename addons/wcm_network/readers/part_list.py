"""Part lists of WikiHouse Skylark blocks: `Label,Quantity`, one file per block.

Pure Python. Two revisions of one part may stand in the same list (`F-S-A` and
`F-S-A_v2`), so the revision is part of a part's identity.
"""

import csv
import io
import re
from dataclasses import dataclass

FIRST_REVISION = "v1"
LABEL = re.compile(r"(?P<label>.+?)(?:_(?P<revision>v\d+))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PartRow:
    """How many of one revision of one part a block needs."""

    label: str
    revision: str
    quantity: int

    @property
    def code(self) -> str:
        """The label as the design files spell it."""
        return self.label if self.revision == FIRST_REVISION else f"{self.label}_{self.revision}"


def block_code(filename: str) -> str:
    """`W-O-L-1_production.csv` -> `W-O-L-1`."""
    return re.sub(r"(_production)?\.(csv|xlsx)$", "", filename.strip(), flags=re.IGNORECASE)


def read_part_list(content: bytes) -> list[PartRow]:
    """Rows of a part list; a ValueError names the line and what is wrong with it."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError("The file is no text in UTF-8.") from error
    reader = csv.DictReader(io.StringIO(text))
    if not {"Label", "Quantity"} <= set(reader.fieldnames or ()):
        raise ValueError("The first line must name the columns Label and Quantity.")
    rows = [_row(reader.line_num, line) for line in reader]
    if not rows:
        raise ValueError("The file lists no parts.")
    _refuse_repeats(rows)
    return rows


def _row(number: int, line: dict[str, str | None]) -> PartRow:
    match = LABEL.fullmatch((line["Label"] or "").strip())
    if not match:
        raise ValueError(f"Line {number}: the label is empty.")
    quantity = (line["Quantity"] or "").strip()
    if not quantity.isdecimal() or not int(quantity):
        raise ValueError(f"Line {number}: {quantity!r} is no whole number above 0.")
    return PartRow(match["label"], (match["revision"] or FIRST_REVISION).lower(), int(quantity))


def _refuse_repeats(rows: list[PartRow]) -> None:
    seen: set[str] = set()
    for row in rows:
        if row.code in seen:
            raise ValueError(f"{row.code} is listed twice.")
        seen.add(row.code)
