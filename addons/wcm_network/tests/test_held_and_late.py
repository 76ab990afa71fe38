from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_statement_money import StatementCase


class BilledCase(StatementCase):
    """Alder's three blocks are billed at 50 each, and the bill is posted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alder.with_user(cls.manager).action_propose_bills()
        cls.bill = cls.env["account.move"].search([("wcm_membership_id", "=", cls.alder.id), ("move_type", "=", "in_invoice")])
        cls.date_bill(40)

    @classmethod
    def date_bill(cls, days_ago):
        """Due 30 days after its date."""
        cls.bill.write({"invoice_date": fields.Date.today() - timedelta(days=days_ago), "ref": "ALD-7"})
        cls.bill.action_post()
        cls.settle()

    def pay(self, amount, days_ago=0):
        """As a bank statement would: an entry against what is payable."""
        payable = self.bill.line_ids.filtered(lambda line: line.account_type == "liability_payable")
        other = self.env["account.account"].search([("account_type", "=", "expense")], limit=1)
        entry = self.env["account.move"].create({
            "move_type": "entry", "date": fields.Date.today() - timedelta(days=days_ago), "journal_id": self.bill.journal_id.id,
            "line_ids": [
                Command.create({"account_id": payable.account_id.id, "partner_id": payable.partner_id.id, "debit": amount}),
                Command.create({"account_id": other.id, "credit": amount}),
            ],
        })
        entry.action_post()
        (payable | entry.line_ids.filtered(lambda line: line.account_id == payable.account_id)).reconcile()
        self.settle()

    def money(self, member=None):
        member = (member or self.alder).with_user(self.coordinator)
        return member.money_to_bill, member.money_to_credit, member.money_held, member.money_late, member.money_late_days


@tagged("post_install", "-at_install")
class TestBilledAndHeld(BilledCase):
    def test_a_block_that_is_held_after_it_was_billed_waits_and_the_rest_is_due(self):
        self.assertEqual(self.money(), (0, 0, 0, self.bill.amount_total, 10))
        self.hold(self.parts[:1])
        share = self.bill.amount_total / 3
        self.assertEqual(self.money()[:3], (0, 0, 50))
        self.assertAlmostEqual(self.money()[3], self.bill.amount_total - share)
        self.assertAlmostEqual(self.bill.wcm_held_amount, share)
        self.assertIn("Edge is torn (1)", self.bill.wcm_held_words)
        self.assertIn(self.bill.wcm_held_words, [alert["message"] for alert in self.bill.alerts.values()])
        [held] = self.statement()["held"]
        self.assertEqual((held["name"], held["quantity"], held["why"]), (self.order.name, "1", "Edge is torn (1)"))
        self.assertIn("Edge is torn", self.statement()["bills"][0]["held"])

    def test_a_bill_that_is_on_hold_whole_is_not_late(self):
        self.hold(self.parts)
        self.assertEqual(self.money(), (0, 0, 150, 0, 0))
        self.assertEqual(self.statement()["bills"][0]["late"], "")

    def test_nothing_is_credited_until_it_is_decided(self):
        self.hold(self.parts[:1])
        self.assertEqual(self.propose_bills(), "Nothing accepted waits for a bill.")
        self.hold(self.parts[:1], False)
        self.assertEqual((self.money()[:3], self.statement()["held"], self.bill.wcm_held_words), ((0, 0, 0), [], False))

    def test_what_goes_back_is_credited_and_waits_no_more(self):
        self.hold(self.parts[1:2])
        self.parts[:1].with_user(self.manager).action_return("credit", "Wrong groove")
        self.settle()
        self.assertEqual(self.money()[:3], (0, 50, 50))
        self.propose_bills()
        self.assertEqual((self.drafts("in_refund").amount_untaxed, self.money()[:3]), (50, (0, 0, 50)))

    def test_a_draft_holds_nothing_as_it_is_proposed_anew(self):
        self.deliver(self.alder, self.beam_line, 1)
        self.propose_bills()
        self.assertFalse(self.drafts("in_invoice").filtered(lambda bill: bill.state == "draft").wcm_held_words)

    def test_what_was_paid_already_is_asked_for_of_nobody(self):
        self.pay(self.bill.amount_total)
        self.hold(self.parts[:1])
        self.assertEqual((self.bill.wcm_held_amount, self.money()[:3]), (0, (0, 0, 50)))

    def test_a_block_that_was_scrapped_on_site_without_a_fault_on_record_is_owed(self):
        self.parts[:1].with_user(self.manager).action_scrap("The crane dropped it")
        self.settle()
        self.assertEqual(self.money()[:3], (0, 0, 0))
        self.assertEqual(self.order._quantities_accepted(), {self.order: 3})


@tagged("post_install", "-at_install")
class TestPaidLate(BilledCase):
    def test_a_bill_that_was_paid_late_says_by_how_many_days(self):
        self.pay(100, days_ago=9)
        self.assertEqual(self.statement()["bills"][0]["late"], "10 days late")
        self.pay(self.bill.amount_residual, days_ago=4)
        row = self.env["wcm.bill"].browse(self.bill.id)
        self.assertEqual((row.state, row.days_to_pay, row.days_paid_late, row.days_open_late, row.is_overdue), ("paid", 36, 6, 0, False))
        shown = self.statement()
        self.assertEqual(shown["bills"][0]["late"], "paid 6 days late")
        self.assertIn("1 of your bills were paid, 0 of them in time; on average 6.0 days late.", shown["paid_lately"])
        self.assertNotIn("All members", shown["paid_lately"])

    def test_all_members_are_told_of_when_they_are_enough(self):
        self.env["ir.config_parameter"].set_param("wcm_network.reference_members", "2")
        self.pay(self.bill.amount_total, days_ago=4)
        self.assertNotIn("All members", self.statement()["paid_lately"])

    def test_in_time_is_not_late(self):
        self.pay(self.bill.amount_total, days_ago=20)
        row = self.env["wcm.bill"].browse(self.bill.id)
        self.assertEqual((row.state, row.days_paid_late, self.statement()["bills"][0]["late"]), ("paid", 0, ""))
        self.assertEqual(self.env["wcm.bill"]._paid_lately(self.alder), (1, 1, 0.0, 1))

    def test_credit_notes_alone_pay_nothing(self):
        self.bill._reverse_moves([{"invoice_date": fields.Date.today()}], cancel=True)
        self.settle()
        row = self.env["wcm.bill"].browse(self.bill.id)
        self.assertEqual((row.state, row.paid_on, row.days_paid_late), ("settled", False, 0))
        self.assertEqual(self.env["wcm.bill"]._paid_lately(self.alder)[0], 0)

    def test_levy_invoices_stand_beside_without_days(self):
        self.propose_levy()
        self.post(self.drafts("out_invoice"), "INV")
        rows = self.env["wcm.bill"].with_user(self.coordinator).search([])
        self.assertEqual(set(rows.mapped("kind")), {"bill", "levy"})
        self.assertEqual(rows.filtered(lambda row: row.kind == "levy").days_open_late, 0)

    def test_a_coordinator_reads_those_of_its_region_and_nobody_else_any(self):
        rows = self.env["wcm.bill"]
        self.assertEqual(rows.with_user(self.coordinator).search([]).membership_id, self.alder)
        self.assertFalse(rows.with_user(self.other_coordinator).search([]))
        for user in (self.alder_user, self.birch_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                rows.with_user(user).search([])
        with self.assertRaises(AccessError):
            rows.with_user(self.manager).browse(self.bill.id).write({"date": "2020-01-01"})


@tagged("post_install", "-at_install")
class TestToSettle(BilledCase):
    def listed(self):
        return self.env["wcm.membership"].with_user(self.manager).search([("has_to_settle", "=", True), ("id", "in", (self.alder | self.birch).ids)])

    def test_who_has_nothing_to_settle_is_not_listed(self):
        self.accrue()
        self.assertEqual(self.listed(), self.alder)  # its levy, and the bill that is late
        self.propose_levy()
        self.pay(self.bill.amount_total)
        self.assertFalse(self.listed())
        self.assertFalse(self.alder.has_to_settle)
        self.assertIn(self.birch, self.env["wcm.membership"].search([("has_to_settle", "=", False)]))

    def test_each_thing_to_settle_lists_its_member(self):
        self.pay(self.bill.amount_total)
        self.propose_levy()
        self.assertFalse(self.listed())
        self.hold(self.parts[:1])
        self.assertEqual(self.listed(), self.alder)
        self.hold(self.parts[:1], False)
        self.assertFalse(self.listed())
        self.deliver(self.birch, self.beam_line, 1)
        self.assertEqual(self.listed(), self.birch)
        self.deliver(self.alder, self.beam_line, 1)
        self.propose_bills()
        self.assertEqual(self.listed(), self.alder | self.birch)  # its levy waits
        self.propose_levy()
        self.assertEqual(self.listed(), self.birch)

    def test_the_list_says_what_the_figures_say(self):
        self.deliver(self.birch, self.beam_line, 1)
        self.pay(self.bill.amount_total)
        for member in self.alder | self.birch:
            figures = (*self.money(member), member.with_user(self.coordinator).money_levy)
            self.assertEqual(member in self.listed(), any(figures), member.name)
