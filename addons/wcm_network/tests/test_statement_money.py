import io
import re
from datetime import timedelta

import psycopg2
from PyPDF2 import PdfReader

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .test_settlement import MoneyCase


class StatementCase(MoneyCase):
    def statement(self, user=None):
        self.settle()
        [statement] = self.env["wcm.membership"].with_user(user or self.alder_user).workshop_statements()
        return statement

    @property
    def month(self):
        return str(fields.Date.start_of(fields.Date.today(), "month"))

    def dispute(self, user=None, **values):
        values = {"month": self.month, "reason": "Two blocks are missing", **values}
        self.alder.with_user(user or self.alder_user).action_dispute_statement(**values)
        return self.env["wcm.statement.dispute"].search([("membership_id", "=", self.alder.id)], limit=1)


@tagged("post_install", "-at_install")
class TestStatementMoney(StatementCase):
    def test_the_levy_stands_in_its_month(self):
        self.assertEqual(self.statement()["months"][0]["levy"], "")
        self.accrue()
        self.assertIn("4.50", self.statement()["months"][0]["levy"])
        self.assertIn("4.50", self.statement()["totals"]["levy"])

    def test_a_month_with_nothing_but_a_credit_has_a_statement(self):
        self.accrue()
        self.env.cr.execute("ALTER TABLE wcm_levy_entry DISABLE TRIGGER USER")
        self.env.cr.execute("UPDATE wcm_levy_entry SET date = date - 70")
        self.env.cr.execute("ALTER TABLE wcm_levy_entry ENABLE TRIGGER USER")
        self.assertEqual(len(self.statement()["months"]), 2)

    def test_a_bill_past_its_day_is_late_in_days_and_money(self):
        self.propose_bills()
        bill = self.drafts("in_invoice")
        bill.write({"invoice_date": fields.Date.today() - timedelta(days=33), "ref": "ALD-1"})
        bill.action_post()
        statement = self.statement()
        self.assertTrue(statement["is_late"])
        self.assertEqual(statement["bills"][0]["late"], "3 days late")

    def test_the_member_gives_the_number_of_its_invoice_on_a_draft_only(self):
        self.propose_bills()
        bill = self.drafts("in_invoice")
        self.assertEqual([one["id"] for one in self.statement()["proposed"]], bill.ids)
        self.alder.with_user(self.alder_user).action_give_invoice_number(bill.id, " ALD-77 ")
        self.assertEqual((bill.ref, self.statement()["proposed"][0]["reference"]), ("ALD-77", "ALD-77"))
        bill.invoice_date = fields.Date.today()
        bill.action_post()
        with self.assertRaisesRegex(UserError, "does not wait for a number"):
            self.alder.with_user(self.alder_user).action_give_invoice_number(bill.id, "ALD-78")

    def test_nobody_else_gives_a_number(self):
        self.propose_bills()
        bill = self.drafts("in_invoice")
        maker = self.alder._create_portal_user("max@example.com", "Max")
        for user in (self.birch_user, maker, self.coordinator):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.alder.with_user(user).action_give_invoice_number(bill.id, "X-1")
        with self.assertRaisesRegex(UserError, "does not wait"):
            self.birch.with_user(self.birch_user).action_give_invoice_number(bill.id, "X-1")

    def test_a_dispute_is_answered_and_shown_until_it_is_settled(self):
        dispute = self.dispute(order_id=self.order.id)
        [month] = self.statement()["months"]
        self.assertEqual([one["reason"] for one in month["orders"][0]["disputes"]], ["Two blocks are missing"])
        dispute.with_user(self.coordinator).write({"reply": "They came on Friday"})
        dispute.with_user(self.coordinator).action_answer()
        dispute.with_user(self.coordinator).action_answer("And are counted")
        [shown] = self.statement()["months"][0]["orders"][0]["disputes"]
        self.assertEqual((shown["answer"], shown["state"], dispute.reply), ("They came on Friday\n\nAnd are counted", "answered", False))
        dispute.with_user(self.alder_user).action_settle()
        self.assertEqual(self.statement()["months"][0]["orders"][0]["disputes"], [])
        self.assertEqual((dispute.state, dispute.settled_by_id, dispute.reason), ("settled", self.alder_user, "Two blocks are missing"))

    def test_a_whole_month_is_disputed_once_until_it_is_answered(self):
        self.dispute()
        with mute_logger("odoo.sql_db"), self.assertRaises(psycopg2.Error), self.env.cr.savepoint():
            self.dispute()
        self.assertEqual(len(self.statement()["months"][0]["disputes"]), 1)

    def test_a_dispute_without_reason_month_or_own_order_is_refused(self):
        foreign = self.make_order(self.birch, self.beam_line, 1)
        for values, words in (({"reason": " "}, "Say what is wrong"), ({"month": "never"}, "which month"), ({"order_id": foreign.id}, "not on your statement")):
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                self.dispute(**values)

    def test_the_office_opens_the_paper_of_the_newest_month(self):
        dispute = self.dispute()
        for record in (self.alder, dispute):
            self.assertEqual(record.with_user(self.coordinator).action_open_statement()["url"], f"/network/member/{self.alder.id}/statement/{self.month[:7]}.pdf")
        with self.assertRaisesRegex(UserError, "no statement of that month"):
            self.birch.with_user(self.manager).action_open_statement()
        for record in (self.alder, dispute):
            for user in (self.birch_user, self.other_coordinator):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    record.with_user(user).action_open_statement()

    def test_who_may_dispute_answer_and_read(self):
        maker = self.alder._create_portal_user("max@example.com", "Max")
        for user in (self.birch_user, maker, self.coordinator):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.dispute(user)
        dispute = self.dispute()
        for user in (self.alder_user, self.birch_user, self.other_coordinator):
            with self.subTest(user.login), self.assertRaises(AccessError):
                dispute.with_user(user).action_answer("No")
        for user in (self.birch_user, self.other_coordinator):
            self.assertFalse(self.env["wcm.statement.dispute"].with_user(user).search([]))
        with self.assertRaises(AccessError):
            dispute.with_user(self.coordinator).write({"reason": "Nothing"})
        with self.assertRaises(AccessError):
            dispute.with_user(self.alder_user).write({"reply": "Nothing"})
        with self.assertRaisesRegex(UserError, "first"):
            dispute.with_user(self.coordinator).action_settle()
        with self.assertRaisesRegex(UserError, "on record"):
            dispute.unlink()


@tagged("post_install", "-at_install")
class TestStatementPaper(HttpCase, StatementCase):
    def fetch(self, login, password, month=None, member=None):
        self.authenticate(login, password)
        return self.url_open(f"/network/member/{(member or self.alder).id}/statement/{month or self.month[:7]}.pdf")

    def test_the_paper_is_for_the_members_office_and_its_coordinators(self):
        self.accrue()
        self.dispute(order_id=self.order.id)
        self.alder._create_portal_user("max@example.com", "Max", password="max-password")
        for login, status in (("alder@example.com", 200), ("max@example.com", 404), ("birch@example.com", 404), ("coordinator_t", 200), ("coordinator_o", 404), ("manager_t", 200)):
            password = {"alder@example.com": "alder-password", "birch@example.com": "birch-password", "max@example.com": "max-password"}.get(login, login)
            with self.subTest(login):
                answer = self.fetch(login, password)
                self.assertEqual(answer.status_code, status)
                self.assertEqual(answer.content[:5] == b"%PDF-", status == 200)

    def test_a_month_without_anything_does_not_exist(self):
        for month in ("2001-01", "2026-99", "x", "2026-11-24"):
            with self.subTest(month):
                self.assertEqual(self.fetch("alder@example.com", "alder-password", month).status_code, 404)

    # What stands on it

    def paper(self, orders=1, bills=0):
        """Pages of the paper, of as many orders and bills, with the longest words that there are."""
        self.settle()
        day = fields.Date.to_date(self.month)
        [statement] = self.alder._statement_of_month(day)
        [row] = statement["month"]["orders"]
        long = {"component": "WALL-BLOCK-WITH-A-CODE-THAT-NOBODY-SHORTENED-2026-REVISION-12", "worth": "£\xa01,234,567.89", "billed": "£\xa01,234,567.89", "paid": "£\xa0987,654.32"}
        statement["month"]["orders"] = [row | long | {"name": f"WO/{number:05}"} for number in range(orders)]
        bill = {"name": "BILL/2026/11/00012", "reference": "OUR-NUMBER-WITH-YEAR-AND-MONTH-2026-11-000117", "date": "24/11/2026", "due": "24/12/2026", "paid_on": "31/12/2026", "late": "paid 7 days late", "total": "£\xa01,234,567.89", "open": "£\xa00.00"}
        statement["bills"] = [bill | {"name": f"BILL/2026/{number:05}"} for number in range(bills)]
        statement["held"] = [{"id": 1, "name": "WO/99999", "component": "W-1", "quantity": "3", "worth": "£\xa0150.00", "why": "Sheets of lot BIRCH-18-2026-10-4711 are recalled, as their glue does not hold (3)"}]
        return PdfReader(io.BytesIO(self.alder._statement_paper(day, [statement]))).pages

    def test_an_ordinary_month_is_one_page(self):
        self.accrue()
        self.propose_bills()
        self.post(self.drafts("in_invoice"))
        self.settle()
        [page] = PdfReader(io.BytesIO(self.alder._statement_pdf(fields.Date.to_date(self.month)))).pages
        text = " ".join(page.extract_text().split())
        for words in ("Alder Works", "Alder Works Ltd", self.order.name, "ALD-7-0", "Levy of the network", "no VAT invoice", "Still owed in all", self.company.name):
            self.assertIn(words, text)

    def test_thirty_orders_and_a_dozen_bills_fit_on_three_pages_with_every_word(self):
        pages = self.paper(orders=30, bills=12)
        self.assertLessEqual(len(pages), 3)
        text = "".join("".join(page.extract_text() for page in pages).split())
        for number in range(30):
            self.assertIn(f"WO/{number:05}", text)
        for number in range(12):
            self.assertIn(f"BILL/2026/{number:05}", text)
        self.assertEqual(len(re.findall("SHORTENED-2026-REVISION-12", text)), 30)
        self.assertEqual(len(re.findall("£1,234,567.89", text)), 30 * 2 + 12)
        self.assertIn("theirgluedoesnothold(3)", text)

    def test_nothing_is_written_past_the_edge_of_the_page(self):
        for page in self.paper(orders=30, bills=12):
            width, height = float(page.mediabox.width), float(page.mediabox.height)
            for x, y in self._places(page):
                self.assertTrue(20 < x < width - 20 and 20 < y < height - 20, (x, y))

    def _places(self, page):
        """Where each piece of text begins, in points."""
        found = []
        page.extract_text(visitor_text=lambda text, cm, tm, _font, _size: text.strip() and found.append((tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5])))
        return found
