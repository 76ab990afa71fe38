"""The statement as an owner meets it: figures, the number of its own invoice, a dispute and its answer, the paper."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from odoo.addons.wcm_network.tests.test_statement_money import StatementCase

from .common import DESKTOP, PHONE, BrowserCase


@tagged("post_install", "-at_install")
class TestStatement(BrowserCase, StatementCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.alder_user | cls.coordinator:
            user.password = user.login

    def look(self, page, name):
        self.picture(page, f"statement-{name}", full=True)
        self.assert_accessible(page, within=".wcm_statement", name=name)

    def test_an_owner_reads_disputes_and_gives_its_number(self):
        self.accrue()
        self.propose_bills()
        with self.browser_page("alder@example.com", PHONE) as page:
            page.goto("/workshop/my-statement")
            page.get_by_text("Levy, invoiced apart").wait_for()
            self._give_number(page)
            self._dispute(page)
            self.look(page, "phone")
        self.assertEqual(self.drafts("in_invoice").ref, "ALD-77")
        dispute = self.env["wcm.statement.dispute"].search([("membership_id", "=", self.alder.id)])
        self.assertEqual((dispute.reason, dispute.work_order_id), ("One block is missing", self.order))
        self._answer(dispute)
        with self.browser_page("alder@example.com", DESKTOP) as page:
            page.goto("/workshop/my-statement")
            page.get_by_text("It came on Friday").wait_for()
            self.look(page, "desktop")
            with page.expect_download() as paper:
                page.get_by_role("link", name="PDF").first.click()
            self.assertTrue(paper.value.suggested_filename.endswith(".pdf"))
            page.get_by_role("button", name="That settles it").click()
            page.get_by_text("It came on Friday").wait_for(state="detached")
        self.assertEqual(dispute.state, "settled")

    def _give_number(self, page):
        page.get_by_role("button", name="Give the number").click()
        page.get_by_label("Number of your invoice").fill("ALD-77")
        self.assert_accessible(page, within="#wcm_ask", name="number")
        page.get_by_role("button", name="Save").click()
        page.get_by_text("your invoice ALD-77").wait_for()

    def _dispute(self, page):
        page.get_by_role("button", name=f"Wrong? {self.order.name}").click()
        page.get_by_label("What is wrong").fill("One block is missing")
        page.get_by_role("button", name="Send to the coordinator").click()
        page.get_by_text("Disputed. Waits for an answer").wait_for()

    def _answer(self, dispute):
        with self.browser_page("coordinator_t", DESKTOP) as page:
            page.goto(f"/odoo/statement-disputes/{dispute.id}")
            page.get_by_label("Your answer").fill("It came on Friday")
            page.get_by_role("button", name="Send the answer").click()
            page.locator(".o_field_widget[name=answer]").get_by_text("It came on Friday").wait_for()
            self.picture(page, "statement-answer")

    def test_a_coordinator_settles_from_the_list(self):
        self.accrue()
        for size in (DESKTOP, PHONE):
            with self.subTest(size), self.browser_page("coordinator_t", size) as page:
                page.goto("/odoo/to-settle")
                page.get_by_text("Alder Works").first.wait_for()
                self.picture(page, f"settle-{size['width']}")
                page.goto("/odoo/levy-entries")
                page.get_by_text("Alder Works").first.wait_for()
                self.picture(page, f"levy-{size['width']}")
        with self.browser_page("coordinator_t", DESKTOP) as page:
            page.goto("/odoo/to-settle")
            page.get_by_role("row", name="Alder Works").get_by_role("checkbox").check()
            page.get_by_role("button", name="Propose bills").click()
            page.get_by_text("Proposed as drafts").wait_for()
            self.picture(page, "settle-proposed")
        self.assertEqual(self.drafts("in_invoice").amount_untaxed, 150)

    def test_late_is_shown_in_days(self):
        self.propose_bills()
        bill = self.drafts("in_invoice")
        bill.write({"invoice_date": fields.Date.today() - timedelta(days=40), "ref": "ALD-8"})
        bill.action_post()
        self.settle()
        with self.browser_page("alder@example.com", PHONE) as page:
            page.goto("/workshop/my-statement")
            page.get_by_text("10 days late").wait_for()
            self.look(page, "late")
