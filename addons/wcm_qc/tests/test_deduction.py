from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.wcm_network.tests.test_settlement import MoneyCase


@tagged("post_install", "-at_install")
class TestDeduction(MoneyCase):
    """Alder delivered three blocks at 50; something was wrong with one, and it was mended on site."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nonconformity = cls.blame(40)

    @classmethod
    def blame(cls, amount):
        lead = cls.make_user(f"lead_{amount}", "wcm_qc.group_quality_lead")
        nonconformity = cls.env["wcm.nonconformity"].with_user(lead).create({"title": "Edge torn", "part_ids": cls.parts[:1].ids})
        nonconformity.action_set_cost("member", amount, "Mended on site")
        nonconformity.sudo()._close("closed")
        cls.settle()
        return nonconformity.sudo()

    def setUp(self):
        super().setUp()
        self.assertFalse(self.parts.filtered("is_held"), "closed nonconformities hold nothing")

    def agree(self, nonconformity):
        nonconformity.with_user(self.alder_user).action_agree_cost()

    def test_nothing_is_taken_off_before_the_member_agrees(self):
        self.propose_bills()
        self.assertEqual(self.drafts("in_invoice").amount_untaxed, 150)

    def test_nothing_is_taken_off_when_the_member_does_not_agree(self):
        self.nonconformity.with_user(self.alder_user).action_refuse_cost("It was the driver")
        self.propose_bills()
        self.assertEqual(self.drafts("in_invoice").amount_untaxed, 150)

    def test_what_was_agreed_is_taken_off_once(self):
        self.agree(self.nonconformity)
        self.propose_bills()
        bill = self.drafts("in_invoice")
        self.assertEqual((bill.amount_untaxed, self.nonconformity.cost_deducted), (110, 40))
        self.deliver(self.alder, self.beam_line, 1)
        self.propose_bills()
        self.assertEqual(self.drafts("in_invoice").mapped("amount_untaxed"), [110, 50])
        self.post(bill)

    def test_never_more_than_the_bill_and_the_rest_from_the_next(self):
        self.agree(self.nonconformity)
        dear = self.blame(170)
        self.agree(dear)
        self.propose_bills()
        self.assertEqual((self.drafts("in_invoice").amount_untaxed, dear.cost_deducted), (0, 110))
        self.deliver(self.alder, self.beam_line, 2)
        self.propose_bills()
        self.assertEqual((self.drafts("in_invoice").mapped("amount_untaxed"), dear.cost_deducted), ([0, 40], 170))

    def test_a_cancelled_bill_gives_the_deduction_free(self):
        self.agree(self.nonconformity)
        self.propose_bills()
        self.drafts("in_invoice").button_cancel()
        self.settle()
        self.assertEqual(self.nonconformity.cost_deducted, 0)
        self.propose_bills()
        self.assertEqual(self.drafts("in_invoice").amount_untaxed, 110)

    def test_the_cost_is_not_changed_once_it_is_on_a_bill(self):
        self.agree(self.nonconformity)
        self.propose_bills()
        with self.assertRaisesRegex(UserError, "taken off a bill already"):
            self.nonconformity.with_user(self.manager).action_set_cost("network", 40, "Ours after all")

    def test_a_member_that_takes_its_agreement_back_stops_the_draft(self):
        self.agree(self.nonconformity)
        self.propose_bills()
        self.nonconformity.with_user(self.alder_user).action_refuse_cost("It was the driver")
        with self.assertRaisesRegex(UserError, "without the member's agreement"):
            self.post(self.drafts("in_invoice"))

    def test_once_the_bill_is_posted_the_answer_stands(self):
        self.agree(self.nonconformity)
        self.propose_bills()
        self.post(self.drafts("in_invoice"))
        with self.assertRaisesRegex(UserError, "taken off bill .* already"):
            self.nonconformity.with_user(self.alder_user).action_refuse_cost("It was the driver")

    def test_a_deduction_that_was_made_larger_by_hand_is_not_posted(self):
        self.agree(self.nonconformity)
        self.propose_bills()
        bill = self.drafts("in_invoice")
        bill.invoice_line_ids.filtered("wcm_nonconformity_id").price_unit = -60
        with self.assertRaisesRegex(UserError, "more than it agreed to"):
            self.post(bill)
