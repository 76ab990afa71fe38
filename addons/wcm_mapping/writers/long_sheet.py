"""A worksheet whose table is too long to be kept cell by cell: nine bytes a cell instead of some four hundred.

XlsxWriter's own constant memory knows no tables, and writes each text where it stands instead of once for all. This one
keeps numbers, and the place of each text among the shared ones, in arrays until the sheet is written; the file is the
same, byte for byte (tests/test_workbook.py). Knows no Odoo.
"""

from array import array
from math import isfinite

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

# Rows of which XlsxWriter says together how far they reach.
BLOCK = 16
# Of a cell's style: its value is the place of a shared text.
TEXT = 128


class LongSheet(Worksheet):
    """Rows of a table by `add_row`, from the one that `begin` names on; what stands above and below them as ever."""

    def begin(self, first: int, columns: int, styles: list) -> None:
        """:param styles: the formats that a cell may have; `add_row` names them by their place in this list"""
        self._first, self._after, self._styles = first, first, styles
        self._names = [xl_col_to_name(column) for column in range(columns)]
        self._marks: list[str | None] = [None] * len(styles)
        self._values, self._style_of = array("d"), bytearray()
        self.table_cells = _LetGo()

    def add_row(self, row: list[tuple[int, object]]) -> None:
        """:param row: style and text, number or date of each cell"""
        if self._check_dimensions(self._after, len(self._names) - 1):
            raise ValueError(f"A sheet holds {self.xls_rowmax:,} rows.")
        for style, value in row:
            is_text = isinstance(value, str)
            self._style_of.append(style | TEXT if is_text else style)
            self._values.append(self.str_table._get_shared_string_index(value[: self.xls_strmax]) if is_text else self._number(value))
        self._after += 1

    def _number(self, value) -> float:
        number = value if isinstance(value, (int, float)) else self._convert_date_time(value)
        if not isfinite(number):
            raise TypeError("A cell cannot hold what is no number, or no finite one.")
        return number

    def _write_rows(self) -> None:
        """Above, between and below, each in the range that XlsxWriter is told of meanwhile."""
        begin, end = self.dim_rowmin, self.dim_rowmax
        self.dim_rowmax = self._first - 1
        super()._write_rows()
        self._write_long()
        self.dim_rowmin, self.dim_rowmax = self._after, end
        super()._write_rows()
        self.dim_rowmin = begin

    def _calculate_spans(self) -> None:
        """A block of rows that has one of the table in it reaches over all its columns."""
        super()._calculate_spans()
        self.row_spans |= dict.fromkeys(range(self._first // BLOCK, (self._after - 1) // BLOCK + 1), f"1:{len(self._names)}")

    def _write_long(self) -> None:
        cells = zip(self._style_of, self._values, strict=True)
        span = f'spans="1:{len(self._names)}"'
        for row in range(self._first + 1, self._after + 1):
            content = "".join([self._cell(f"{name}{row}", *next(cells)) for name in self._names])
            self.fh.write(f'<row r="{row}" {span}>{content}</row>')

    def _cell(self, place: str, style: int, value: float) -> str:
        if style & TEXT:
            return f'<c r="{place}" s="{self._mark(style - TEXT)}" t="s"><v>{value:.0f}</v></c>'
        return f'<c r="{place}" s="{self._mark(style)}"><v>{value:.16G}</v></c>'

    def _mark(self, style: int) -> str:
        """XlsxWriter numbers formats as they are first used, so only what is used is asked for."""
        if self._marks[style] is None:
            self._marks[style] = str(self._styles[style]._get_xf_index())
        return self._marks[style]


class _LetGo(dict):
    """A sheet has one table, so none overlaps: what XlsxWriter would remember of each of its cells is not needed."""

    def __setitem__(self, _cell, _range) -> None:
        return
