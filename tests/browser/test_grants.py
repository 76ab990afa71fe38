import io
from datetime import timedelta

import openpyxl

from odoo.tests import tagged

from odoo.addons.wcm_network.tests.test_grant import GrantCase

from .common import DESKTOP, PHONE, BrowserCase

GRANTS, REPORTS = (f"/odoo/action-wcm_network.action_{name}" for name in ("grant", "grant_report"))


@tagged("post_install", "-at_install")
class TestGrants(BrowserCase, GrantCase):
    """A manager makes a grant, charges spend to it once and closes a report; the funder sees that and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.manager | cls.funder:
            user.password = user.login
        bill = cls.billed(cls.near).move_id
        bill.button_draft()
        bill.invoice_date = cls.today - timedelta(days=1)
        bill.action_post()
        cls.env.flush_all()

    def test_a_grant_from_the_award_to_the_funder(self):
        self._make_it()
        made = self.env["wcm.grant"].search([("name", "=", "Skylark year")])
        self.assertEqual([(line.name, line.amount) for line in made.budget_line_ids], [("Making", 400), ("Training", 100)])
        self.build.grant_id = made
        made.write({"user_ids": [(4, self.funder.id)], "date_start": self.today - timedelta(days=60)})
        self._charge_once(made)
        self.assertEqual((made.spend_ids.amount, made.budget_line_ids.mapped("amount_left")), (150, [250, 100]))
        report = self.env["wcm.grant.report"].create({
            "grant_id": made.id, "date_from": made.date_start, "date_to": self.today - timedelta(days=1), "date_due": self.today,
        })
        self._close_and_download(report)
        self._the_funder_gets_it(made, report)

    def _make_it(self):
        with self.browser_page("manager_t") as page:
            page.goto(GRANTS)
            page.get_by_role("button", name="New", exact=True).click()
            page.locator("[name=name] input, [name=name] textarea").first.fill("Skylark year")
            page.locator("[name=funder_id] input").fill("Test Fund")
            page.get_by_role("option", name="Test Fund", exact=True).click()
            page.locator("[name=amount] input").first.fill("500")
            page.get_by_role("tab", name="Budget").click()
            for number, (name, amount) in enumerate((("Making", "400"), ("Training", "100"))):
                page.get_by_role("button", name="Add a line").click()
                row = page.locator("[name=budget_line_ids] tr.o_data_row").nth(number)
                row.locator("[name=name] input").fill(name)
                row.locator("[name=amount] input").fill(amount)
            page.get_by_role("button", name="Save manually").click()
            page.locator(".o_form_saved").wait_for()
            self.picture(page, "grant-made", full=True)

    def _charge_once(self, grant):
        """Two people, or one in two windows, chose the same bill before either charged it."""
        with self.browser_page("manager_t") as page:
            other = page.context.new_page()
            for window in (page, other):
                window.goto(f"{GRANTS}/{grant.id}")
                window.get_by_role("button", name="Charge spend").click()
                window.locator(".o_data_row .o_list_record_selector input").first.check()
                window.get_by_role("button", name="Charge to a grant").click()
                window.get_by_role("dialog").get_by_text("Chosen").wait_for()
            self.picture(page, "grant-charge")
            page.get_by_role("dialog").get_by_role("button", name="Charge", exact=True).click()
            page.locator(".modal").wait_for(state="detached")
            other.get_by_role("dialog").get_by_role("button", name="Charge", exact=True).click()
            other.get_by_text("The same money is never charged twice").wait_for()
            self.picture(other, "grant-refused")

    def _close_and_download(self, report):
        with self.browser_page("manager_t") as page:
            page.goto(f"{REPORTS}/{report.id}")
            page.get_by_role("button", name="Close", exact=True).click()
            page.get_by_role("dialog").get_by_role("button", name="Ok").click()
            page.get_by_text("SHA-256").wait_for()
            self.picture(page, "grant-report-closed")
            with page.expect_download() as found:
                page.get_by_role("button", name="Download spreadsheet").click()
            self._is_the_report(found.value)

    def _is_the_report(self, download):
        with open(download.path(), "rb") as file:
            book = openpyxl.load_workbook(io.BytesIO(file.read()), data_only=True)
        self.assertEqual([cell.value for cell in book["Spend"]["H"]][2:], ["Amount", 150, 150])

    def _the_funder_gets_it(self, grant, report):
        self.grant.user_ids -= self.funder
        for size in (DESKTOP, PHONE):
            with self.subTest(width=size["width"]), self.browser_page("grant_funder", size) as page:
                page.goto("/my/grants")
                page.get_by_role("heading", name="Skylark year").wait_for()
                self.picture(page, "grant-funder", full=True)
                self.assert_accessible(page, "#wrap")
                self.assertEqual(page.get_by_role("heading", name=self.grant.name, exact=True).count(), 0)
                with page.expect_download() as found:
                    page.get_by_role("link", name=report.name).click()
                self._is_the_report(found.value)
                for path in ("/odoo", "/odoo/what-came-of-it", GRANTS):
                    page.goto(path)
                    self.assertEqual(page.locator(".o_main_navbar").count(), 0, path)
                self.assertEqual(page.goto(f"/network/grant/{self.grant.id}/workbook.xlsx").status, 404)
                self.forgive("404 (NOT FOUND)")
