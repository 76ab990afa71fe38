"""A month of settlement with a return and a dispute, from the delivery to the last penny."""

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.wcm_network.tests.test_statement_money import StatementCase


@tagged("post_install", "-at_install")
class TestAMonthOfSettlement(StatementCase):
    """Alder delivered three wall blocks at 50 each; the levy is 3%, a fifth of it the region's."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.make_user("lead_t", "wcm_qc.group_quality_lead")
        cls.first, cls.second, cls.third = cls.parts

    def night(self):
        with self.enter_registry_test_mode():
            self.env.ref("wcm_network.cron_accrue_levy").method_direct_trigger()
        self.settle()

    def sums(self):
        """(levy of the month, network's share and region's share of it, levy invoiced less credit notes, billed less credit notes)"""
        entries = self.order.levy_entry_ids
        invoiced = sum(self.drafts("out_invoice").mapped("amount_untaxed")) - sum(self.drafts("out_refund").mapped("amount_untaxed"))
        billed = sum(self.drafts("in_invoice").mapped("amount_untaxed")) - sum(self.drafts("in_refund").mapped("amount_untaxed"))
        figures = (sum(entries.mapped("levy")), sum(entries.mapped("network_share")), sum(entries.mapped("region_share")), invoiced, billed)
        return tuple(round(figure, 2) for figure in figures)

    def test_a_month_with_a_return_and_a_dispute(self):
        self.night()
        self.propose_bills(user=self.coordinator)
        self.propose_levy(user=self.coordinator)
        self.assertEqual(self.sums(), (4.5, 3.6, 0.9, 4.5, 150))

        self._the_member_gives_its_number_and_the_bill_is_posted()
        self._one_block_goes_back_for_good()
        self.night()
        self.propose_bills(user=self.coordinator)
        self.propose_levy(user=self.coordinator)
        self.assertEqual(self.sums(), (3, 2.4, 0.6, 3, 100))

        self._the_member_agrees_to_pay_for_the_mending_of_another()
        self._the_month_is_disputed_answered_and_settled()
        self.deliver(self.alder, self.beam_line, 1)
        self.propose_bills(user=self.coordinator)
        self.assertEqual(self.drafts("in_invoice")[-1].amount_untaxed, 38)  # a beam at 50, less 12
        for again in (self.propose_bills, self.propose_levy, self.propose_levy, self.propose_bills):
            again()
        self.assertEqual((len(self.drafts("in_invoice")), len(self.drafts("in_refund"))), (2, 1))
        month = self.statement()["months"][0]
        self.assertIn("4.50", month["levy"])  # 3.00 on two blocks, 1.50 on the beam

    def _the_member_gives_its_number_and_the_bill_is_posted(self):
        bill = self.drafts("in_invoice")
        bill.invoice_date = fields.Date.today()
        with self.assertRaises(UserError):
            bill.action_post()
        self.alder.with_user(self.alder_user).action_give_invoice_number(bill.id, "ALD-2026-11")
        bill.action_post()
        invoice = self.drafts("out_invoice")
        invoice.action_post()
        self.settle()

    def _one_block_goes_back_for_good(self):
        self.first.with_user(self.coordinator).action_return("credit", "Wrong groove")
        self.settle()

    def _the_member_agrees_to_pay_for_the_mending_of_another(self):
        found = self.env["wcm.nonconformity"].with_user(self.lead).create({"title": "Edge torn", "part_ids": self.second.ids})
        found.with_user(self.coordinator).sudo(False).action_set_cost("member", 12, "Mended by the site")
        found.with_user(self.alder_user).action_agree_cost()
        self.night()
        self.assertEqual(self.order._quantities_accepted(), {self.order: 1})  # it is held until quality has decided
        other = self.make_user("other_lead", "wcm_qc.group_quality_lead")
        found.with_user(other).action_decide("use_as_is", "The edge is covered")
        self.settle()
        self.night()
        self.assertEqual(self.order._quantities_accepted(), {self.order: 2})

    def _the_month_is_disputed_answered_and_settled(self):
        dispute = self.dispute(order_id=self.order.id, reason="The block that went back was not ours")
        self.assertTrue(self.statement()["months"][0]["orders"][0]["disputes"])
        dispute.with_user(self.coordinator).action_answer("Its label says WAY-ALD; a photo is on the order.")
        dispute.with_user(self.alder_user).action_settle()
        self.assertEqual(self.statement()["months"][0]["orders"][0]["disputes"], [])
