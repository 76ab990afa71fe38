import io

import openpyxl

from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.wcm_mapping.writers import Column, Table, Workbook

COLUMNS = (Column("Name", "What it is called"), Column("Cost (GBP)", "What it cost", unit="GBP", kind="money"))


def opened(*rows):
    """A workbook of one table of these rows, written and read back."""
    content = Workbook("A title", "A description", [Table("Costs", "What it cost", "One row each.", COLUMNS, list(rows))]).to_bytes()
    return openpyxl.load_workbook(io.BytesIO(content))


@tagged("post_install", "-at_install")
class TestGrantWorkbook(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.funder = new_test_user(cls.env, "gw_funder", "wcm_network.group_funder")
        cls.other = new_test_user(cls.env, "gw_other", "wcm_network.group_funder")
        cls.member = new_test_user(cls.env, "gw_member", "wcm_network.group_member_factory")
        partner = cls.env["res.partner"].create({"name": "Fund"})
        cls.grant = cls.env["wcm.grant"].create({"name": "Studio", "funder_id": partner.id, "user_ids": cls.funder.ids})
        cls.url = f"/network/grant/{cls.grant.id}/workbook.xlsx"

    def content(self):
        return self.grant._workbook(self.grant._period_scope(None, None)).to_bytes()

    def test_every_sheet_is_one_table_from_column_a_with_nothing_below(self):
        book = openpyxl.load_workbook(io.BytesIO(self.content()))
        self.assertEqual(book.sheetnames[:2], ["Cover", "Notes"])
        self.assertEqual(book.sheetnames[-1], "Data_dictionary")
        for sheet in book:
            with self.subTest(sheet=sheet.title):
                [table] = sheet.tables.values()
                self.assertTrue(table.ref.startswith("A3:"))
                self.assertEqual(table.ref.split(":")[1], sheet.dimensions.split(":")[1])
                self.assertFalse(sheet.merged_cells.ranges)
                names = [cell.value for cell in sheet[3]]
                self.assertEqual(len(names), len(set(names)))

    def test_title_description_and_language_are_set(self):
        book = opened(("Block", 1.5))
        self.assertEqual((book["Costs"]["A1"].value, book["Costs"]["A2"].value), ("What it cost", "One row each."))
        self.assertEqual((book.properties.title, book.properties.language), ("A title", "en-GB"))

    def test_text_that_looks_like_a_formula_stays_text(self):
        cell = opened(("=1+1", 2.0))["Costs"]["A4"]
        self.assertEqual((cell.value, cell.data_type), ("=1+1", "s"))

    def test_what_is_missing_says_so_and_zero_stays_zero(self):
        sheet = opened((None, 0.0))["Costs"]
        self.assertEqual((sheet["A4"].value, sheet["B4"].value), ("[x]", 0))

    def test_every_column_stands_in_the_data_dictionary(self):
        book = openpyxl.load_workbook(io.BytesIO(self.content()))
        described = {(row[0].value, row[1].value) for row in book["Data_dictionary"].iter_rows(min_row=4)}
        tables = [sheet for sheet in book if sheet.title not in ("Cover", "Notes", "Data_dictionary")]
        self.assertEqual(described, {(sheet.title, cell.value) for sheet in tables for cell in sheet[3]})

    def test_a_funder_downloads_its_own_grant(self):
        self.authenticate("gw_funder", "gw_funder")
        answer = self.url_open(self.url)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("Homes", openpyxl.load_workbook(io.BytesIO(answer.content)).sheetnames)
        self.assertIn("Studio", self.url_open("/my/grants").text)

    def test_nobody_else_downloads_it(self):
        for login in ("gw_other", "gw_member"):
            with self.subTest(login=login):
                self.authenticate(login, login)
                self.assertEqual(self.url_open(self.url).status_code, 404)
