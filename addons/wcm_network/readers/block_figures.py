"""What a block takes to make: one CSV line per block, numbers only.

Columns: block; sheets (per block); cnc_minutes, assembly_minutes (standard
minutes per block), setup_minutes (per batch); mass_kg; tolerance_mm (±);
envelope_x_mm, envelope_y_mm, envelope_z_mm (smallest machine that will do).
Pure Python.
"""

import csv
import io

TEXT = {"block", "stage"}


def read_block_figures(content: bytes) -> dict[str, dict[str, float]]:
    """Figures by block code; a ValueError names the line and the column."""
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    if not {"block", "sheets"} <= set(reader.fieldnames or ()):
        raise ValueError("The first line must name at least the columns block and sheets.")
    return {line["block"].strip(): _numbers(reader.line_num, line) for line in reader}


def _numbers(number: int, line: dict[str, str]) -> dict[str, float]:
    return {column: _number(number, column, text) for column, text in line.items() if column not in TEXT}


def _number(number: int, column: str, text: str) -> float:
    try:
        value = float(text or 0)
    except ValueError:
        value = -1
    if not 0 <= value < 1e9:
        raise ValueError(f"Line {number}, column {column}: {text!r} is no number from 0 up.")
    return value
