"""From what is published to a file's bytes, one module per format. No Odoo in here.

`WRITERS[ending]` gives the media type and the function; each takes the spaces and what the file says of itself.
"""

from . import csv_table, geojson, licences, okw, schema_org, xlsx
from .spaces import FIELD_NAMES, KIT_NAMES, About
from .workbook import Chart, Column, Table, Workbook

WRITERS = {
    "okw.json": ("application/json; charset=utf-8", okw.write),
    "geojson": ("application/geo+json; charset=utf-8", geojson.write),
    "csv": ("text/csv; charset=utf-8", csv_table.write),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx.write),
}

__all__ = ["FIELD_NAMES", "KIT_NAMES", "WRITERS", "About", "Chart", "Column", "Table", "Workbook", "licences", "schema_org"]
