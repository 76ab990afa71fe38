"""Spreadsheets for people outside: real tables, one a sheet, that a screen reader can walk.

Follows the Government Analysis Function's guidance on releasing statistics in
spreadsheets: cover with contents, notes, one table per sheet from column A with
nothing below, title in A1, description in A2, shorthand for what is missing,
no merged cells, sans serif, document title and language. Knows no Odoo.
"""

import io
import zipfile
from dataclasses import dataclass, field
from datetime import date

import xlsxwriter
from lxml import etree

FONT = {"font_name": "Arial", "font_size": 11, "valign": "top"}
FORMATS = {"text": {"text_wrap": True}, "whole": {"num_format": "#,##0"}, "decimal": {"num_format": "#,##0.0"},
           "money": {"num_format": "#,##0.00"}, "reading": {"num_format": "0.0#####"}, "percent": {"num_format": "0.0%"}, "date": {"num_format": "yyyy-mm-dd"}}
SHORTHAND = (("[x]", "Not available: nobody has recorded it, or it cannot be worked out yet."),)
MISSING = "[x]"
HEADER_ROW = 2
LANGUAGE = "en-GB"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    :ivar kind: text, whole, decimal, reading (as many decimals as it has), money, percent (a share, 0 to 1) or date
    """

    name: str
    meaning: str
    unit: str = ""
    kind: str = "text"
    width: int = 18


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet; a cell that is None or False is shown as not available."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    rows: list[tuple]


@dataclass(slots=True)
class Workbook:
    """Cover, notes, tables and data dictionary."""

    title: str
    description: str
    tables: list[Table]
    notes: tuple[tuple[str, str], ...] = ()
    _book: xlsxwriter.Workbook | None = field(default=None, init=False)
    _formats: dict = field(default_factory=dict, init=False)

    def to_bytes(self) -> bytes:
        """The workbook as the content of an .xlsx file."""
        content = io.BytesIO()
        self._book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        self._book.set_properties({"title": self.title, "comments": self.description})
        self._formats = {kind: self._book.add_format(FONT | extra) for kind, extra in FORMATS.items()}
        self._formats["title"] = self._book.add_format(FONT | {"font_size": 15, "bold": True})
        self._formats["header"] = self._book.add_format(FONT | {"bold": True, "text_wrap": True, "bottom": 1})
        for table in self._sheets():
            self._write(table)
        self._book.close()
        return _with_language(content.getvalue())

    def _sheets(self) -> list[Table]:
        return [self._cover(), self._notes_table(), *self.tables, _dictionary(self.tables)]

    def _cover(self) -> Table:
        contents = [(table.name, table.title) for table in (self._notes_table(), *self.tables, _dictionary(self.tables))]
        return Table("Cover", self.title, self.description, (Column("Sheet", "", width=26), Column("What it holds", "", width=70)), contents)

    def _notes_table(self) -> Table:
        columns = (Column("Note", "", width=20), Column("Meaning", "", width=80))
        return Table("Notes", "Notes", "What to know before reading the tables.", columns, [*SHORTHAND, *self.notes])

    def _write(self, table: Table) -> None:
        sheet = self._book.add_worksheet(table.name)
        sheet.write_string(0, 0, table.title, self._formats["title"])
        sheet.write_string(1, 0, table.description, self._book.add_format(FONT))
        for number, row in enumerate(table.rows, HEADER_ROW + 1):
            self._write_row(sheet, number, table.columns, row)
        for number, column in enumerate(table.columns):
            sheet.set_column(number, number, column.width)
        self._add_table(sheet, table)

    def _write_row(self, sheet, number, columns, row) -> None:
        for position, (column, value) in enumerate(zip(columns, row, strict=True)):
            self._write_cell(sheet, number, position, column.kind, value)

    def _write_cell(self, sheet, row, column, kind, value) -> None:
        """As text, number or date; never as a formula by accident."""
        if value is None or value is False or value == "":
            sheet.write_string(row, column, MISSING, self._formats["text"])
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self._formats["date"])
        elif isinstance(value, (int, float)):
            sheet.write_number(row, column, value, self._formats[kind])
        else:
            sheet.write_string(row, column, str(value), self._formats["text"])

    def _add_table(self, sheet, table: Table) -> None:
        """A table needs a row: an empty one says so in its first cell."""
        if not table.rows:
            self._write_row(sheet, HEADER_ROW + 1, table.columns, (None,) * len(table.columns))
        header = self._formats["header"]
        sheet.add_table(HEADER_ROW, 0, HEADER_ROW + max(1, len(table.rows)), len(table.columns) - 1, {
            "name": f"{table.name}_table",
            "style": "Table Style Light 1",
            "autofilter": False,
            "columns": [{"header": column.name, "header_format": header} for column in table.columns],
        })
        sheet.freeze_panes(HEADER_ROW + 1, 0)


def _dictionary(tables: list[Table]) -> Table:
    rows = [(table.name, column.name, column.meaning, column.unit or "text") for table in tables for column in table.columns]
    return Table(
        "Data_dictionary", "Data dictionary", "One row for each column of each table.",
        (Column("Sheet", "", width=26), Column("Column", "", width=26), Column("Meaning", "", width=70), Column("Unit", "", width=14)), rows,
    )


def _with_language(content: bytes) -> bytes:
    """XlsxWriter cannot set the document's language, which screen readers go by."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            data = source.read(item)
            target.writestr(item, _add_language(data) if item.filename == "docProps/core.xml" else data)
    return result.getvalue()


def _add_language(core: bytes) -> bytes:
    properties = etree.fromstring(core)
    etree.SubElement(properties, f"{{{DUBLIN_CORE}}}language").text = LANGUAGE
    return etree.tostring(properties, xml_declaration=True, encoding="UTF-8", standalone=True)
