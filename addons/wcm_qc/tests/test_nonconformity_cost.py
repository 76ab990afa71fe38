from odoo.exceptions import AccessError, UserError

from .common import QualityCase


class TestNonconformityCost(QualityCase):
    """Who pays is recorded and answered; nothing is invoiced."""

    def setUp(self):
        super().setUp()
        self.nonconformity = self.make_part("KNO-1").with_user(self.maker).action_report("Split").sudo()

    def say(self, payer="member", amount=120.555, by=None):
        self.nonconformity.with_user(by or self.coordinator).action_set_cost(payer, amount, "Cut to an old drawing")

    def test_the_member_reads_it_with_the_reason_and_agrees(self):
        self.say()
        said = self.nonconformity.with_user(self.maker).read(["payer", "cost_amount", "cost_reason", "cost_answer"])[0]
        self.assertEqual((said["payer"], said["cost_amount"], said["cost_reason"], said["cost_answer"]), ("member", 120.56, "Cut to an old drawing", False))
        self.nonconformity.with_user(self.maker).action_agree_cost()
        self.assertEqual((self.nonconformity.cost_answer, self.nonconformity.cost_answered_by_id), ("agreed", self.maker))

    def test_the_member_does_not_agree_and_the_network_is_told(self):
        self.say()
        self.nonconformity.with_user(self.maker).action_refuse_cost("The new drawing never came")
        self.assertEqual((self.nonconformity.cost_answer, self.nonconformity.cost_answer_words), ("not_agreed", "The new drawing never came"))
        told = self.env["mail.message"].sudo().search([("subject", "like", "does not agree"), ("res_id", "=", self.nonconformity.id)])
        self.assertIn(self.coordinator.partner_id, told.notified_partner_ids | told.partner_ids)

    def test_said_again_it_is_asked_again(self):
        self.say()
        self.nonconformity.with_user(self.maker).action_refuse_cost("No")
        self.say("network", 80, by=self.lead)
        self.assertEqual((self.nonconformity.payer, self.nonconformity.cost_answer, self.nonconformity.cost_answer_words), ("network", False, False))

    def test_a_maker_neither_reads_nor_answers_what_its_workshop_is_asked_to_pay(self):
        self.say()
        hand = self.alder._create_portal_user("hand@example.com", "Hand", password="hand-password", role="maker")
        mine = self.nonconformity.with_user(hand)
        self.assertTrue(mine.read(["title"]))
        for call in (lambda: mine.read(["cost_amount"]), mine.action_agree_cost, lambda: mine.action_refuse_cost("No")):
            with self.assertRaises(AccessError):
                call()
        self.assertFalse(self.nonconformity.cost_answer)
        self.assertNotIn("cost_amount", mine.get_view(view_type="form")["arch"])
        self.assertIn("cost_amount", self.nonconformity.with_user(self.maker).get_view(view_type="form")["arch"])
        self.assertNotIn(hand.partner_id, self.nonconformity.message_ids.notified_partner_ids)

    def test_only_who_is_to_pay_answers(self):
        self.say("client")
        with self.assertRaisesRegex(UserError, "not asked to pay"):
            self.nonconformity.with_user(self.maker).action_agree_cost()
        self.say()
        for user in (self.rival, self.coordinator, self.lead, self.other_coordinator):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.nonconformity.with_user(user).action_agree_cost()
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.nonconformity.with_user(user).action_refuse_cost("No")

    def test_members_do_not_say_who_pays_and_nobody_writes_it(self):
        for user in (self.maker, self.rival, self.other_coordinator):
            with self.assertRaises(AccessError):
                self.say("network", by=user)
        for user in (self.coordinator, self.lead):
            for values in ({"payer": "member"}, {"cost_answer": "agreed"}, {"cost_amount": 1}):
                with self.assertRaises(UserError):
                    self.nonconformity.with_user(user).write(values)

    def test_what_makes_no_sense_is_refused_in_words(self):
        for payer, amount, words in (("me", 1, "Choose who pays"), ("member", -1, "0 or more"), ("member", "lots", "0 or more"), ("member", float("nan"), "0 or more")):
            with self.assertRaisesRegex(UserError, words):
                self.say(payer, amount)
        self.say("nobody", 50)
        self.assertEqual(self.nonconformity.cost_amount, 0)
