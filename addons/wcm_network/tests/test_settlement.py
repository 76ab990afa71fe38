from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import AccessError, UserError
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_levy_entry import LevyCase, TogetherCase


class MoneyCase(LevyCase):
    """Beside the delivery: journals and accounts as a chart of accounts makes them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_accounting()

    @classmethod
    def set_up_accounting(cls):
        kinds = {"expense": "expense", "income": "income", "payable": "liability_payable", "receivable": "asset_receivable"}
        made = {name: cls.env["account.account"].create({"name": f"Test {name}", "code": f"T{name[:3].upper()}", "account_type": kind, "reconcile": name.endswith("able")}) for name, kind in kinds.items()}
        cls.env["account.journal"].create([
            {"name": "Test bills", "code": "TBILL", "type": "purchase", "default_account_id": made["expense"].id},
            {"name": "Test invoices", "code": "TINV", "type": "sale", "default_account_id": made["income"].id},
        ])
        cls.partner_accounts = {"property_account_payable_id": made["payable"].id, "property_account_receivable_id": made["receivable"].id}
        (cls.alder | cls.birch).partner_id.write(cls.partner_accounts)

    def propose_bills(self, members=None, user=None):
        told = (self.alder if members is None else members).with_user(user or self.manager).action_propose_bills()
        self.settle()
        return told["params"]["message"]

    def propose_levy(self, members=None, user=None):
        told = (self.alder if members is None else members).with_user(user or self.manager).action_propose_levy_invoices()
        self.settle()
        return told["params"]["message"]

    def drafts(self, *kinds):
        return self.env["account.move"].search([("move_type", "in", kinds), ("partner_id", "=", self.alder.partner_id.id), ("state", "!=", "cancel")], order="id")

    def post(self, moves, reference="ALD-7"):
        for number, move in enumerate(moves):
            move.write({"invoice_date": fields.Date.today(), "ref": f"{reference}-{number}"})
        moves.action_post()
        self.settle()


@tagged("post_install", "-at_install")
class TestSettlement(MoneyCase):
    def test_a_bill_is_for_what_is_accepted_at_the_agreed_price_with_the_agreed_days(self):
        self.hold(self.parts[:1])
        self.assertIn("€" if self.order.currency_id.name == "EUR" else "100.00", self.propose_bills())
        [bill] = self.drafts("in_invoice")
        [line] = bill.invoice_line_ids
        self.assertEqual((line.quantity, line.price_unit, line.purchase_line_id), (2, 50, self.order.purchase_line_id))
        self.assertEqual((bill.state, bill.invoice_payment_term_id, bill.currency_id), ("draft", self.order.purchase_id.payment_term_id, self.order.currency_id))

    def test_proposing_again_bills_nothing_twice(self):
        self.propose_bills()
        self.assertEqual(self.propose_bills(), "Nothing accepted waits for a bill.")
        self.assertEqual(len(self.drafts("in_invoice", "in_refund")), 1)

    def test_a_block_that_is_released_is_billed_after_the_others(self):
        self.hold(self.parts[:1])
        self.propose_bills()
        self.hold(self.parts[:1], False)
        self.propose_bills()
        self.assertEqual(self.drafts("in_invoice").invoice_line_ids.mapped("quantity"), [2, 1])

    def test_a_billed_block_that_goes_back_is_credited_and_one_on_hold_is_not(self):
        self.propose_bills()
        self.post(self.drafts("in_invoice"))
        self.hold(self.parts[:1])
        self.propose_bills()
        self.assertFalse(self.drafts("in_refund"))
        self.hold(self.parts[:1], False)
        self.parts[:1].with_user(self.manager).action_return("credit", "Wrong groove")
        self.settle()
        self.propose_bills()
        self.propose_bills()
        [credit] = self.drafts("in_refund")
        self.assertEqual((credit.invoice_line_ids.quantity, credit.amount_untaxed), (1, 50))

    def test_a_bill_is_posted_with_the_members_own_number_only(self):
        self.propose_bills()
        bill = self.drafts("in_invoice")
        bill.invoice_date = fields.Date.today()
        with self.assertRaisesRegex(UserError, "no number of the member's own invoice"):
            bill.action_post()
        self.post(bill)
        self.assertEqual((bill.state, bill.invoice_date_due), ("posted", fields.Date.today() + timedelta(days=30)))

    def test_a_draft_whose_block_was_held_since_is_not_posted(self):
        self.propose_bills()
        self.hold(self.parts[:1])
        with self.assertRaisesRegex(UserError, "3 blocks of .* are billed, and 2 are accepted now"):
            self.post(self.drafts("in_invoice"))

    def test_a_deleted_draft_is_proposed_again(self):
        self.propose_bills()
        self.drafts("in_invoice").unlink()
        self.settle()
        self.propose_bills()
        self.assertEqual(self.drafts("in_invoice").amount_untaxed, 150)

    def test_the_levy_of_a_month_is_one_invoice_with_its_entries(self):
        beams = self.deliver(self.alder, self.beam_line, 2)
        self.propose_levy()
        [invoice] = self.drafts("out_invoice")
        self.assertEqual((invoice.amount_untaxed, len(invoice.invoice_line_ids)), (7.5, 2))
        self.assertEqual(invoice.invoice_line_ids.wcm_levy_entry_ids.work_order_id, self.order | beams)
        self.assertEqual(invoice.invoice_line_ids.product_id, self.env.ref("wcm_network.product_levy"))
        self.assertEqual(self.propose_levy(), "No levy waits for an invoice.")

    def test_a_credit_after_the_invoice_is_a_credit_note(self):
        self.propose_levy()
        self.post(self.drafts("out_invoice"))
        self.hold(self.parts[:2])
        self.propose_levy()
        [credit] = self.drafts("out_refund")
        self.assertEqual(credit.amount_untaxed, 3)
        self.post(credit)

    def test_cancelling_and_deleting_a_draft_frees_its_entries(self):
        for free in ("button_cancel", "unlink"):
            with self.subTest(free):
                self.propose_levy()
                getattr(self.drafts("out_invoice"), free)()
                self.settle()
                self.assertEqual(self.entries.with_user(self.coordinator).search([("is_invoiced", "=", False)]), self.order.levy_entry_ids)
        self.propose_levy()
        self.assertEqual(self.drafts("out_invoice").amount_untaxed, 4.5)

    def test_a_cancelled_invoice_is_not_posted_after_its_entries_went_elsewhere(self):
        self.propose_levy()
        first = self.drafts("out_invoice")
        first.button_cancel()
        self.settle()
        self.propose_levy()
        first.button_draft()
        with self.assertRaisesRegex(UserError, "propose it again"):
            self.post(first)

    def test_an_invoice_that_was_reversed_gives_its_entries_free(self):
        self.propose_levy()
        invoice = self.drafts("out_invoice")
        self.post(invoice)
        invoice._reverse_moves(cancel=True)
        self.settle()
        self.assertEqual(invoice.payment_state, "reversed")
        self.propose_levy()
        self.assertEqual(self.order.levy_entry_ids.invoice_id.state, "draft")

    def test_months_and_currencies_are_invoiced_apart(self):
        self.accrue()
        self.env.cr.execute("ALTER TABLE wcm_levy_entry DISABLE TRIGGER USER")
        self.env.cr.execute("UPDATE wcm_levy_entry SET date = date - 70")
        self.env.cr.execute("ALTER TABLE wcm_levy_entry ENABLE TRIGGER USER")
        self.settle()
        self.deliver(self.alder, self.beam_line, 2)
        self.propose_levy()
        self.assertEqual(self.drafts("out_invoice").mapped("amount_untaxed"), [4.5, 3])

    def test_whoever_runs_the_region_is_billed_its_share_of_posted_levy(self):
        runner = self.env["res.partner"].create({"name": "Bristol Makers CIC", "is_company": True, **self.partner_accounts})
        self.bristol.run_by_id = runner
        self.propose_levy()
        members = self.alder.with_user(self.manager)
        self.assertIn("No share", members.action_propose_region_bills()["params"]["message"])
        self.post(self.drafts("out_invoice"))
        members.action_propose_region_bills()
        members.action_propose_region_bills()
        [bill] = self.env["account.move"].search([("partner_id", "=", runner.id)])
        self.assertEqual((bill.move_type, bill.amount_untaxed), ("in_invoice", 0.9))
        self.post(bill, "BM-1")

    def test_where_nobody_else_runs_the_region_the_share_stays(self):
        self.propose_levy()
        self.post(self.drafts("out_invoice"))
        self.assertIn("No share", self.alder.with_user(self.manager).action_propose_region_bills()["params"]["message"])

    def test_only_coordinators_propose_and_only_for_their_own_members(self):
        for method in ("action_propose_bills", "action_propose_levy_invoices", "action_propose_region_bills"):
            for user in (self.alder_user, self.birch_user, self.other_coordinator):
                with self.subTest(f"{method} {user.login}"), self.assertRaises(AccessError):
                    getattr(self.alder.with_user(user), method)()
        with self.assertRaisesRegex(UserError, "proposed by a manager"):
            self.alder.with_user(self.coordinator).action_propose_region_bills()
        self.assertIn("150.00", self.propose_bills(user=self.coordinator))

    def test_without_a_journal_it_says_what_is_missing_and_makes_nothing(self):
        self.env["account.journal"].search([("type", "in", ("sale", "purchase"))]).active = False
        with self.assertRaisesRegex(UserError, "has no journal of purchases"):
            self.propose_bills()
        with self.assertRaisesRegex(UserError, "has no journal of sales"):
            self.propose_levy()

    def test_to_settle_shows_what_waits_and_what_is_late(self):
        self.accrue()
        member = self.alder.with_user(self.coordinator)
        self.assertEqual((member.money_to_bill, member.money_levy, member.money_late), (150, 4.5, 0))
        self.propose_bills()
        self.propose_levy()
        bill = self.drafts("in_invoice")
        bill.write({"invoice_date": fields.Date.today() - timedelta(days=40), "ref": "ALD-8"})
        bill.action_post()
        self.settle()
        self.assertEqual((member.money_to_bill, member.money_levy, member.money_late, member.money_late_days), (0, 0, bill.amount_residual, 10))
        with self.assertRaises(AccessError):
            self.alder.with_user(self.alder_user).read(["money_late"])

    def test_many_members_are_shown_in_the_same_queries(self):
        members = self.alder | self.birch
        few = self._queries(self.alder)
        self.deliver(self.birch, self.beam_line, 2)
        self.assertLessEqual(self._queries(members), few + 1)

    def _queries(self, members):
        self.settle()
        started = self.env.cr.sql_log_count
        members.mapped("money_to_bill")
        return self.env.cr.sql_log_count - started


@tagged("post_install", "-at_install")
class TestSettlementTogether(TogetherCase):
    """A double click on *Propose bills*, in two transactions."""

    def propose(self, before=None):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["wcm.work.order"].browse(self.order_id).mapped("purchase_line_id.qty_invoiced")  # the transaction begins here
            if before:
                before()
            retrying(env["wcm.membership"].browse(self.member_id).action_propose_bills, env)

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_two_proposals_at_one_moment_make_one_bill(self):
        self.propose(before=self.propose)
        with self.registry.cursor() as cr:
            order = api.Environment(cr, SUPERUSER_ID, {})["wcm.work.order"].browse(self.order_id)
            self.assertEqual(order.purchase_line_id.invoice_lines.mapped("quantity"), [3])
