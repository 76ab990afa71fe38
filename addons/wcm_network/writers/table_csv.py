"""A plain table as CSV for a spreadsheet: UTF-8 with its mark, one header row, no cell that becomes a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from odoo.addons.wcm_mapping.writers.csv_table import safe


def table_csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    content = io.StringIO(newline="")
    table = csv.writer(content, lineterminator="\r\n")
    table.writerow(headings)
    table.writerows([safe("" if cell is None or cell is False else cell) for cell in row] for row in rows)
    return content.getvalue().encode("utf-8-sig")
