"""Control plans on a quality lead's screen: two side by side, and a table that comes in, right and wrong."""

import io

import openpyxl

from odoo import Command
from odoo.tests import tagged

from .common import DESKTOP, StoryCase


@tagged("post_install", "-at_install")
class TestControlPlans(StoryCase):
    def setUp(self):
        super().setUp()
        self.lead = self.make_user("lead_b", "wcm_qc.group_quality_lead", password="lead_b")
        self.plan = self.env["wcm.control.plan"].search([("name", "=", "Wall block")])
        self.other = self.plan.copy({"name": "Roof block", "product_ids": [Command.set(self.beam.ids)]})
        self.other.checkpoint_ids[0].tolerance_plus = 0.25
        self.other.checkpoint_ids[2].unlink()

    def table(self, *changes):
        """The plans as they are exported, with cells changed: (row, header, value)."""
        book = openpyxl.load_workbook(io.BytesIO((self.plan | self.other)._table_workbook()))
        sheet = book["Control plans"]
        headers = {cell.value: cell.column for cell in sheet[1]}
        for row, header, value in changes:
            sheet.cell(row, headers[header], value)
        stream = io.BytesIO()
        book.save(stream)
        return {"name": "plans.xlsx", "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "buffer": stream.getvalue()}

    def test_two_are_compared_side_by_side(self):
        with self.browser_page("lead_b", DESKTOP) as page:
            page.goto("/odoo/action-wcm_qc.action_control_plan")
            for name in ("Wall block", "Roof block"):
                page.get_by_role("row").filter(has_text=name).get_by_role("checkbox").first.check()
            page.get_by_role("button", name="Compare two").click()
            page.get_by_text("Removed").or_(page.get_by_text("Added")).first.wait_for()
            body = page.locator(".o_field_widget[name=body]")
            for words in ("Edges clean", "Thickness", "0.25"):
                body.get_by_text(words).first.wait_for()
            self.picture(page, "control-plans-compared", full=True)
            self.assert_accessible(page, within=".o_field_widget[name=body]", name="compared")

    def send(self, page, table):
        page.goto("/odoo/action-wcm_qc.action_control_plan")
        page.get_by_role("button", name="Import", exact=True).click()
        dialog = page.get_by_role("dialog")
        dialog.locator("input[type=file]").set_input_files(table)
        dialog.locator(".o_clear_file_button").wait_for()
        dialog.get_by_role("button", name="Import", exact=True).click()
        return dialog

    def test_a_good_table_changes_the_drafts(self):
        table = self.table((5, "Minus", 0.125))
        with self.browser_page("lead_b", DESKTOP) as page:
            dialog = self.send(page, table)
            dialog.get_by_text("Draft of version 1 changed: Thickness").wait_for()
            dialog.get_by_text("Nothing is different").wait_for()
            self.picture(page, "control-plans-imported")
            self.assert_accessible(page, within="[name=result]", name="imported")
            dialog.get_by_role("button", name="Open them").click()
            page.locator(".o_data_row").filter(has_text="Roof block").wait_for()
        self.assertEqual((self.other.checkpoint_ids[0].tolerance_minus, self.plan.state), (0.125, "approved"))

    def test_a_table_with_wrong_rows_says_which_and_writes_nothing(self):
        table = self.table((5, "Minus", 0.125), (3, "Kind", "Smell"), (6, "Stage", "Breakfast"))
        with self.browser_page("lead_b", DESKTOP) as page:
            dialog = self.send(page, table)
            dialog.get_by_text("“Smell” is not one of").wait_for()
            dialog.get_by_text("Row 3").first.wait_for()
            self.picture(page, "control-plans-wrong")
            self.assert_accessible(page, within="[name=result]", name="wrong")
            self.assertFalse(dialog.get_by_role("button", name="Open them").count())
        self.assertEqual(self.other.checkpoint_ids[0].tolerance_minus, 0.5)
