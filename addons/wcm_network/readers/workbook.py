"""A workbook where a reader knows CSV only. Knows no Odoo."""

import csv
import io

from odoo.addons.wcm_mapping.readers import xlsx_table
from odoo.addons.wcm_mapping.readers.row import clean_text


def as_csv(content: bytes) -> bytes:
    """The first sheet of an xlsx workbook as CSV, each row on its own line; what is no workbook, as it is.

    :raise ReadError: it is a workbook that cannot be read
    """
    if not xlsx_table.is_workbook(content):
        return content
    text, last = io.StringIO(), 0
    writer = csv.writer(text)
    for number, cells in xlsx_table.lines(content):
        writer.writerows([[]] * (number - last - 1))
        writer.writerow(map(clean_text, cells))
        last = number
    return text.getvalue().encode()
