"""Spreadsheets for people outside: real tables, one a sheet, that a screen reader can walk.

Follows the Government Analysis Function's guidance on releasing statistics in
spreadsheets: cover with contents, notes, one table per sheet from column A with
nothing below, title in A1, description in A2, shorthand for what is missing,
no merged cells, sans serif, document title and language. Knows no Odoo.
"""

import io
import json
import shutil
import tempfile
import zipfile
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import IO

import xlsxwriter
from lxml import etree

from .long_sheet import LongSheet

FONT = {"font_name": "Arial", "font_size": 11, "valign": "top"}
FORMATS = {"text": {"text_wrap": True}, "whole": {"num_format": "#,##0"}, "decimal": {"num_format": "#,##0.0"},
           "money": {"num_format": "#,##0.00"}, "reading": {"num_format": "0.0#####"}, "percent": {"num_format": "0.0%"}, "date": {"num_format": "yyyy-mm-dd"}}
SHORTHAND = (("[x]", "Not available: nobody has recorded it, or it cannot be worked out yet."),)
MISSING = "[x]"
# Tables of more rows are kept in arrays until they are written: a cell takes XlsxWriter some four hundred bytes.
LONG = 2000
# Of all files in the archive, so that the same content gives the same bytes.
EPOCH = (1980, 1, 1, 0, 0, 0)
CHARTS = "Charts"
# Rows that a chart takes up on its sheet.
CHART_ROWS = 20
HEADER_ROW = 2
LANGUAGE = "en-GB"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    :ivar kind: text, whole, decimal, reading (as many decimals as it has), money, percent (a share, 0 to 1) or date
    :ivar total: whether the table ends with the sum of it
    """

    name: str
    meaning: str
    unit: str = ""
    kind: str = "text"
    width: int = 18
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet; a cell that is None or False is shown as not available."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    rows: list[tuple]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of two columns of a table, on the sheet of charts.

    :ivar words: what it shows, for who cannot see it
    :ivar kind: bar or column
    :ivar rows: first and last row of the table that it shows, from 0
    """

    title: str
    words: str
    table: str
    categories: str
    values: str
    rows: tuple[int, int]
    kind: str = "bar"


@dataclass(slots=True)
class Workbook:
    """Cover, notes, tables, charts and data dictionary.

    :ivar made_at: stands in the file's properties; the same content and moment give the same bytes. None: left out
    """

    title: str
    description: str
    tables: list[Table]
    notes: tuple[tuple[str, str], ...] = ()
    charts: tuple[Chart, ...] = ()
    made_at: datetime | None = None
    _book: xlsxwriter.Workbook | None = field(default=None, init=False)
    _formats: dict = field(default_factory=dict, init=False)

    def to_bytes(self) -> bytes:
        """The workbook as the content of an .xlsx file."""
        with tempfile.TemporaryFile() as content:
            self._write_to(content)
            return _with_language(content)

    def _write_to(self, content: IO[bytes]) -> None:
        self._book = xlsxwriter.Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False})
        self._book.set_properties({"title": self.title, "comments": self.description, **({"created": self.made_at} if self.made_at else {})})
        self._formats = {kind: self._book.add_format(FONT | extra) for kind, extra in FORMATS.items()}
        self._formats["title"] = self._book.add_format(FONT | {"font_size": 15, "bold": True})
        self._formats["header"] = self._book.add_format(FONT | {"bold": True, "text_wrap": True, "bottom": 1})
        for table in (self._cover(), self._notes_table(), *self.tables):
            self._write(table)
        if self.charts:
            self._write_charts()
        self._write(_dictionary(self.tables))
        self._book.close()

    def to_json(self) -> str:
        """All that the file is made of, to make it again from."""
        content = {name: getattr(self, name) for name in ("title", "description", "notes")}
        content["charts"] = [asdict(chart) for chart in self.charts]
        content["tables"] = [
            {"name": table.name, "title": table.title, "description": table.description, "columns": [asdict(column) for column in table.columns], "rows": table.rows}
            for table in self.tables
        ]
        return json.dumps({**content, "made_at": self.made_at and self.made_at.isoformat()}, default=lambda day: {"day": day.isoformat()}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Workbook":
        content = json.loads(text, object_hook=lambda found: date.fromisoformat(found["day"]) if found.keys() == {"day"} else found)
        tables = [Table(**{**table, "columns": tuple(Column(**column) for column in table["columns"]), "rows": [tuple(row) for row in table["rows"]]}) for table in content["tables"]]
        charts = tuple(Chart(**{**chart, "rows": tuple(chart["rows"])}) for chart in content["charts"])
        made_at = datetime.fromisoformat(content["made_at"]) if content["made_at"] else None
        return cls(content["title"], content["description"], tables, tuple(tuple(note) for note in content["notes"]), charts, made_at)

    def _cover(self) -> Table:
        charts = [(CHARTS, "Charts of the tables, each with its description")] if self.charts else []
        contents = [(table.name, table.title) for table in (self._notes_table(), *self.tables)]
        contents += [*charts, *((table.name, table.title) for table in (_dictionary(self.tables),))]
        return Table("Cover", self.title, self.description, (Column("Sheet", "", width=26), Column("What it holds", "", width=70)), contents)

    def _notes_table(self) -> Table:
        columns = (Column("Note", "", width=20), Column("Meaning", "", width=80))
        return Table("Notes", "Notes", "What to know before reading the tables.", columns, [*SHORTHAND, *self.notes])

    def _write(self, table: Table) -> None:
        is_long = len(table.rows) > LONG and table.name not in {chart.table for chart in self.charts}
        sheet = self._book.add_worksheet(table.name, LongSheet if is_long else None)
        sheet.write_string(0, 0, table.title, self._formats["title"])
        sheet.write_string(1, 0, table.description, self._book.add_format(FONT))
        (self._write_long if is_long else self._write_rows)(sheet, table)
        for number, column in enumerate(table.columns):
            sheet.set_column(number, number, column.width)
        self._add_table(sheet, table)

    def _write_rows(self, sheet, table: Table) -> None:
        kinds = [column.kind for column in table.columns]
        for number, row in enumerate(table.rows, HEADER_ROW + 1):
            self._write_row(sheet, number, kinds, row)

    def _write_long(self, sheet: LongSheet, table: Table) -> None:
        """Charts look into the cells of their tables, so what a chart shows is never written like this."""
        kinds, places = [column.kind for column in table.columns], {kind: place for place, kind in enumerate(FORMATS)}
        sheet.begin(HEADER_ROW + 1, len(kinds), [self._formats[kind] for kind in FORMATS])
        for row in table.rows:
            cells = (self._cell(kind, value) for kind, value in zip(kinds, row, strict=True))
            sheet.add_row([(places[kind], value) for kind, value in cells])

    def _write_row(self, sheet, number, kinds, row) -> None:
        for position, (kind, value) in enumerate(zip(kinds, row, strict=True)):
            shown, content = self._cell(kind, value)
            write = sheet.write_string if isinstance(content, str) else sheet.write_datetime if isinstance(content, date) else sheet.write_number
            write(number, position, content, self._formats[shown])

    def _cell(self, kind: str, value: object) -> tuple[str, object]:
        """Kind and text, number or date of a cell; never a formula by accident."""
        if value is None or value is False or value == "":
            return "text", MISSING
        if isinstance(value, date):
            return "date", value
        return (kind, value) if isinstance(value, (int, float)) else ("text", str(value))

    def _add_table(self, sheet, table: Table) -> None:
        """A table needs a row: an empty one says so in its first cell. Totals are formulas with their values."""
        if not table.rows:
            self._write_row(sheet, HEADER_ROW + 1, ["text"] * len(table.columns), (None,) * len(table.columns))
        has_totals = any(column.total for column in table.columns) and bool(table.rows)
        sheet.add_table(HEADER_ROW, 0, HEADER_ROW + max(1, len(table.rows)) + has_totals, len(table.columns) - 1, {
            "name": f"{table.name}_table",
            "style": "Table Style Light 1",
            "autofilter": False,
            "total_row": has_totals,
            "columns": [self._table_column(table, position, has_totals) for position in range(len(table.columns))],
        })
        if has_totals:
            self._write_totals(sheet, table)
        sheet.freeze_panes(HEADER_ROW + 1, 0)

    def _table_column(self, table: Table, position: int, has_totals: bool) -> dict:
        column = table.columns[position]
        options = {"header": column.name, "header_format": self._formats["header"]}
        if not has_totals:
            return options
        if column.total:
            return options | {"total_function": "sum", "format": self._formats[column.kind]}
        return options | ({"total_string": "Total"} if position == 0 else {})

    def _write_totals(self, sheet, table: Table) -> None:
        """XlsxWriter's own formula leaves out the table's name, as only Excel may: LibreOffice makes #NAME? of it."""
        for position, column in enumerate(table.columns):
            if column.total:
                name = "".join(f"'{letter}" if letter in "'#[]" else letter for letter in column.name)
                value = round(sum(row[position] or 0 for row in table.rows), 6)
                formula = f"=SUBTOTAL(109,{table.name}_table[{name}])"
                sheet.write_formula(HEADER_ROW + 1 + len(table.rows), position, formula, self._formats[column.kind], value)

    def _write_charts(self) -> None:
        """Below each other on a sheet of their own; the words stand beside the picture and in it."""
        sheet = self._book.add_worksheet(CHARTS)
        sheet.write_string(0, 0, CHARTS, self._formats["title"])
        sheet.write_string(1, 0, "Each chart shows a table of this file; its description says what.", self._book.add_format(FONT))
        sheet.set_column(0, 0, 90)
        tables = {table.name: table for table in self.tables}
        for number, chart in enumerate(self.charts):
            top = 3 + number * (CHART_ROWS + 1)
            sheet.write_string(top - 1, 0, f"{chart.title}. {chart.words}", self._formats["text"])
            sheet.insert_chart(top, 0, self._chart(chart, tables[chart.table]), {"description": f"{chart.title}. {chart.words}", "decorative": False})

    def _chart(self, chart: Chart, table: Table):
        names = [column.name for column in table.columns]
        first, last = (HEADER_ROW + 1 + row for row in chart.rows)
        ranges = {key: [table.name, first, names.index(name), last, names.index(name)] for key, name in (("categories", chart.categories), ("values", chart.values))}
        drawn = self._book.add_chart({"type": chart.kind})
        drawn.add_series({"name": chart.values, **ranges, "fill": {"color": "#1F6EA3"}})
        drawn.set_title({"name": chart.title, "name_font": {"name": FONT["font_name"], "size": 12}})
        drawn.set_legend({"none": True})
        drawn.set_size({"width": 620, "height": 380})
        return drawn


def _dictionary(tables: list[Table]) -> Table:
    rows = [(table.name, column.name, column.meaning, column.unit or "text") for table in tables for column in table.columns]
    return Table(
        "Data_dictionary", "Data dictionary", "One row for each column of each table.",
        (Column("Sheet", "", width=26), Column("Column", "", width=26), Column("Meaning", "", width=70), Column("Unit", "", width=14)), rows,
    )


def _with_language(written: IO[bytes]) -> bytes:
    """XlsxWriter cannot set the document's language, which screen readers go by."""
    result = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            item = zipfile.ZipInfo(name, EPOCH)
            item.compress_type, item.file_size = zipfile.ZIP_DEFLATED, source.getinfo(name).file_size
            with source.open(name) as content, target.open(item, "w") as copy:
                shutil.copyfileobj(_add_language(content) if name == "docProps/core.xml" else content, copy)
    return result.getvalue()


def _add_language(core: IO[bytes]) -> IO[bytes]:
    properties = etree.fromstring(core.read())
    etree.SubElement(properties, f"{{{DUBLIN_CORE}}}language").text = LANGUAGE
    return io.BytesIO(etree.tostring(properties, xml_declaration=True, encoding="UTF-8", standalone=True))
