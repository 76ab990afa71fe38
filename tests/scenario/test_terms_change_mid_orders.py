"""Terms change in the middle of open orders: what each order was agreed at stays, and what is stated is done."""

from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.wcm_network.tests.test_statement_money import StatementCase

OLD = {"levy_percent": 3, "region_share_percent": 20, "payment_days": 30, "notice_days": 30, "response_days": 90}
NEW = {"levy_percent": 5, "region_share_percent": 50, "payment_days": 14, "notice_days": 60, "response_days": 90}


@tagged("post_install", "-at_install")
class TestTermsChangeMidOrders(StatementCase):
    """Alder (Bristol) accepts the new terms in the middle of the notice; Birch (Cumbria) lets the notice run out."""

    @classmethod
    def _set_up_terms(cls):
        cls.old = cls.make_version("1.0", **OLD)
        cls.old.action_approve()

    @classmethod
    def make_version(cls, version, **values):
        clauses = {
            "pay": "You are paid within {payment_days}.", "levy": "The levy is {levy}; {region_share} of it is the region's.", "answer": "You answer within {response_days}.",
            "changes": "You have {notice_days} to accept a change.",
        }
        lines = [Command.create({"heading": key.title(), "key": key, "text": text, "summary": "In short."}) for key, text in clauses.items()]
        return cls.make_terms(version, body=False, clause_ids=lines, **values)

    def settle_what_was_before(self):
        """What the set-up delivered is billed and levied under the old terms already."""
        self.order.sudo().write(self.order._figures_by_terms())
        self.propose_bills()
        self.propose_levy()
        self.before = self.drafts("in_invoice", "out_invoice")

    def days_pass(self, days):
        """Everything of the terms happened so many days earlier; the hourly scheduler runs."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE wcm_terms SET effective_date = effective_date - %s", [days])
        self.env.invalidate_all()
        with self.enter_registry_test_mode():
            self.env["wcm.terms"]._cron_put_in_force()

    def offer(self, member, line=None, quantity=1):
        order = self.make_order(member, line or self.block_line, quantity, offer_expires_on=False)
        order.with_user(self.manager).action_offer()
        return order

    def agree(self, order):
        order.with_user(order.membership_id.user_ids).action_accept()
        return order

    def make(self, order):
        """From the agreed order to the vehicle."""
        order.with_user(self.manager).action_release()
        self.supply(order)
        people = order.membership_id.user_ids
        order.with_user(people).action_start()
        order.part_ids.with_user(people).action_mark_made("SH-A")

    def arrive(self, order):
        people = order.membership_id.user_ids
        order.part_ids.with_user(people).action_pack()
        order.part_ids.shipment_id.with_user(people).action_dispatch()
        order.part_ids.shipment_id.with_user(self.manager).action_receive_all()
        self.settle()

    def agreed_at(self, order):
        return order.agreed_terms_id, order._levy_tariff().percent, order.agreed_region_share_percent, order.agreed_payment_days

    def test_terms_change_in_the_middle_of_open_orders(self):
        self.settle_what_was_before()
        made, agreed, offered, waiting = (self.offer(self.alder) for _number in range(4))
        north, north_open = (self.offer(self.birch, self.beam_line) for _number in range(2))
        for order in (made, agreed, north):
            self.agree(order)
        self.make(made)

        self._a_change_is_approved_and_told_before_its_day()
        self.days_pass(10)
        self.assertEqual((self.new.state, self.old.state), ("in_force", "superseded"))
        self._in_the_notice_offers_are_agreed_under_the_old_text(offered)
        self._alder_accepts_and_its_open_offer_is_agreed_under_the_new_one(waiting)
        self._the_notice_of_birch_runs_out(north_open)
        self._agreed_work_goes_on(made, agreed, offered, waiting, north)
        self._each_is_levied_and_billed_by_what_it_was_agreed_at(made, agreed, offered, waiting, north)
        self._birch_accepts_after_all(north_open)

    def _a_change_is_approved_and_told_before_its_day(self):
        self.new = self.make_version("2.0", effective_date=fields.Date.today() + timedelta(days=10), **NEW)
        self.new.with_user(self.manager).action_approve()
        self.settle()
        for user in (self.alder_user, self.birch_user):
            told = self.env["mail.message"].sudo().search([("subject", "=", f"New terms: {self.new.display_name}"), ("notified_partner_ids", "in", user.partner_id.ids)])
            self.assertEqual(len(told), 1)
            for change in ("[− 30]", "[+ 14]", "[− 3%]", "[+ 5%]"):
                self.assertIn(change, told.body)
        self.assertEqual(self.new.acceptance_count, 0)
        self.assertEqual(self.alder.terms_deadline, fields.Date.today() + timedelta(days=40))  # its day, and the 30 days that the old text promised

    def _in_the_notice_offers_are_agreed_under_the_old_text(self, order):
        self.agree(order)
        self.assertEqual(self.agreed_at(order), (self.old, 3, 20, 30))

    def _alder_accepts_and_its_open_offer_is_agreed_under_the_new_one(self, order):
        self.assertEqual((order.payment_days, order.levy_words), (30, "3% of the price of what was received and accepted"))
        self.alder.with_user(self.alder_user).action_accept_terms(text_hash=self.new._hash_of(self.alder))
        self.assertEqual((order.payment_days, order.levy_words), (14, "5% of the price of what was received and accepted"))
        self.agree(order)
        self.assertEqual(self.agreed_at(order), (self.new, 5, 50, 14))
        accepted = self.new.acceptance_ids
        self.assertEqual((accepted.membership_id, accepted.user_id, accepted._is_true()), (self.alder, self.alder_user, True))

    def _the_notice_of_birch_runs_out(self, order):
        self.days_pass(29)
        self.assertTrue(self.birch.has_current_terms)
        self.days_pass(1)
        self.assertEqual((self.birch.has_current_terms, self.birch.held_terms_id, self.birch.asked_terms_id), (False, self.old, self.new))
        with self.assertRaisesRegex(UserError, "Birch Joinery has not accepted the terms"):
            self.agree(order)
        plan = self.make_plan(max_facility_share=1)
        plan.with_user(self.manager).action_solve()
        self.assertEqual(plan.line_ids.membership_id, self.alder)

    def _agreed_work_goes_on(self, made, *agreed):
        for order in agreed:
            self.make(order)
        for order in (made, *agreed):
            self.arrive(order)
        self.assertEqual({order.state for order in (made, *agreed)}, {"received"})

    def _each_is_levied_and_billed_by_what_it_was_agreed_at(self, made, agreed, offered, waiting, north):
        self.entries._accrue(self.alder | self.birch)
        levies = {order: (sum(order.levy_entry_ids.mapped("levy")), sum(order.levy_entry_ids.mapped("region_share"))) for order in (made, agreed, offered, waiting, north)}
        self.assertEqual(levies, {made: (1.5, 0.3), agreed: (1.5, 0.3), offered: (1.5, 0.3), waiting: (2.5, 1.25), north: (1.5, 0.3)})
        self.propose_bills(self.alder | self.birch)
        bills = self.env["account.move"].search([("wcm_membership_id", "in", (self.alder | self.birch).ids), ("move_type", "=", "in_invoice")]) - self.before
        days = {(bill.wcm_membership_id, bill.invoice_payment_term_id.line_ids.nb_days): bill.amount_untaxed for bill in bills}
        self.assertEqual(days, {(self.alder, 30): 150, (self.alder, 14): 50, (self.birch, 30): 50})
        self.propose_levy(self.alder | self.birch)
        invoice = self.drafts("out_invoice") - self.before
        self.assertEqual(invoice.amount_untaxed, 7)
        words = " ".join(invoice.invoice_line_ids.mapped("name"))
        self.assertEqual((words.count("levy 3%"), words.count("levy 5%")), (3, 1))

    def _birch_accepts_after_all(self, order):
        self.birch.with_user(self.birch_user).action_accept_terms()
        self.agree(order)
        self.assertEqual(self.agreed_at(order), (self.new, 5, 50, 14))
