from datetime import date, datetime
from unittest.mock import patch

from odoo.tests import BaseCase, tagged

from ..writers import Chart, Column, Table, Workbook, workbook
from .office import OpensInOffice, cells, tables

COLUMNS = (
    Column("Home", "Name", width=30), Column("Day", "Of it", kind="date"), Column("Blocks", "Made", "blocks", "whole", total=True),
    Column("Spend", "Paid", "GBP", "money", total=True), Column("Share", "Of all", kind="percent"), Column("Factor", "Of it", kind="reading"),
)
AWKWARD = ("=1+1", "+44 20", "@home", "-", "two\nlines", "tab\there", '"quoted", & <b>', "  spaced  ", "ünï ☃ 𝄞", "_x0041_", "0012", "TRUE", "2026-01-01", "")


def rows(count):
    return [
        (f"{AWKWARD[number % len(AWKWARD)]} {number}" if number % 3 else AWKWARD[number % len(AWKWARD)], date(2026, 1 + number % 12, 1), number, number * 1.01 - 700, number / 7, None)
        for number in range(count)
    ]


def book(count, **more):
    tables = [Table("Long", "Many homes", "One row each.", COLUMNS, rows(count)), Table("Plain", "Without sums", "One row each.", COLUMNS[:2], [(None, False)] * count)]
    return Workbook("Homes", "All of them", tables, (("Note", "What to know"),), made_at=datetime(2026, 11, 24), **more)


@tagged("post_install", "-at_install")
class TestWorkbook(BaseCase):
    def test_a_long_table_gives_the_same_bytes_as_one_that_is_kept_cell_by_cell(self):
        """Of sixteen rows XlsxWriter says together how far they reach, so each end of a table within them is tried."""
        for count in (1, 2, *range(28, 46), 500):
            with self.subTest(rows=count):
                with patch.object(workbook, "LONG", 0):
                    long = book(count).to_bytes()
                self.assertEqual(long, book(count).to_bytes())

    def test_a_table_that_a_chart_shows_is_the_same_as_well(self):
        chart = Chart("Blocks", "A bar each", "Long", "Home", "Blocks", (0, 9))
        with patch.object(workbook, "LONG", 0):
            long = book(30, charts=(chart,)).to_bytes()
        self.assertEqual(long, book(30, charts=(chart,)).to_bytes())

    def test_a_number_that_is_none_is_refused(self):
        for value in (float("nan"), float("inf")):
            for longest in (0, 10):
                with self.subTest(value=value, longest=longest), patch.object(workbook, "LONG", longest), self.assertRaises(TypeError):
                    Workbook("A", "B", [Table("Long", "T", "D", (Column("Figure", "F", kind="decimal"),), [(value,)])]).to_bytes()

    def test_the_same_content_and_moment_give_the_same_bytes_also_by_way_of_json(self):
        first = book(2500)
        content = first.to_bytes()
        self.assertEqual(Workbook.from_json(first.to_json()).to_bytes(), content)
        self.assertEqual(book(2500).to_bytes(), content)


@tagged("post_install", "-at_install")
class TestOpensInLibreOffice(OpensInOffice, BaseCase):
    """Three ways out of LibreOffice: its own xlsx, CSV of every sheet, and the tables in its own format."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.count = 2500
        cls.content = book(cls.count, charts=(Chart("Blocks", "A bar each", "Plain", "Home", "Day", (0, 3)),)).to_bytes()

    def test_every_cell_is_the_one_that_was_written_and_every_sum_comes_out_the_same(self):
        self.assertGreater(self.assert_opens_in_office(self.content), 8 * self.count)
        self.assertEqual(tables(self.content)["Long_table"], f"Long.A3:Long.F{self.count + 4}")

    def test_a_sum_that_is_wrong_in_the_file_is_put_right(self):
        """So that the one before proves what it says: LibreOffice goes by the formula, not by the value beside it."""
        table = Table("Long", "T", "D", (Column("Name", "N"), Column("Blocks", "B", kind="whole", total=True)), [("a", 1), ("b", 2)])
        with patch.object(workbook, "round", lambda _value, _places: 99, create=True):
            content = Workbook("A", "B", [table]).to_bytes()
        self.assertEqual(cells(content)["Long"][-1], ["Total", 99])
        self.assertEqual(self.office.cells(content)["Long"][-1], ["Total", 3])

    def test_as_csv_no_text_became_a_number_a_date_or_an_error(self):
        found = self.office.as_csv(self.content)
        lines = found["Long"][workbook.HEADER_ROW + 1:]
        self.assertEqual([line[0] for line in lines[:-1]], [row[0] or "[x]" for row in rows(self.count)])
        self.assertEqual([float(line[2]) for line in lines], [*range(self.count), sum(range(self.count))])
        self.assertEqual([line[1] for line in lines[:3]], ["2026-01-01", "2026-02-01", "2026-03-01"])
        self.assertEqual([cell for sheet in found.values() for line in sheet for cell in line if cell.startswith(("#", "Err:"))], [])
