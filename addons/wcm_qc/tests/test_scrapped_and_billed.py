from odoo.tests import tagged

from odoo.addons.wcm_network.tests.test_held_and_late import BilledCase


@tagged("post_install", "-at_install")
class TestScrappedAndBilled(BilledCase):
    """A block that was billed is held, and scrapped on site: who bears it is what its nonconformity says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead, cls.second = (cls.make_user(login, "wcm_qc.group_quality_lead") for login in ("lead_1", "lead_2"))
        cls.nonconformity = cls.env["wcm.nonconformity"].with_user(cls.lead).create({"title": "Edge torn", "part_ids": cls.parts[:1].ids})
        cls.settle()

    def scrap(self):
        self.nonconformity.with_user(self.second).action_decide("scrap", "Cannot be mended")
        self.settle()

    def say(self, payer, amount=0):
        self.nonconformity.with_user(self.manager).action_set_cost(payer, amount, "As it was found")
        self.settle()

    def test_it_waits_while_it_is_held_and_until_somebody_says_who_pays(self):
        self.assertEqual(self.money()[:3], (0, 0, 50))
        self.scrap()
        self.assertEqual(self.money()[:3], (0, 0, 50))
        self.assertIn("scrapped, and it is not said yet who pays", self.statement()["held"][0]["why"])

    def test_it_is_owed_when_the_member_does_not_bear_it(self):
        self.scrap()
        for payer in ("network", "client", "nobody"):
            with self.subTest(payer):
                self.say(payer)
                self.assertEqual(self.money()[:3], (0, 0, 0))

    def test_it_is_credited_when_the_member_agreed_that_it_bears_it_and_not_before(self):
        self.scrap()
        self.say("member", 5)
        self.assertEqual(self.money()[:3], (0, 0, 50))
        self.assertIn("has not agreed", self.statement()["held"][0]["why"])
        self.nonconformity.with_user(self.alder_user).action_agree_cost()
        self.settle()
        self.assertEqual(self.money()[:3], (0, 50, 0))
        self.propose_bills()
        self.propose_bills()
        self.assertEqual((self.drafts("in_refund").mapped("amount_untaxed"), self.money()[:3]), ([50], (0, 0, 0)))

    def test_a_hold_after_the_credit_waits_anew(self):
        self.scrap()
        self.say("member")
        self.nonconformity.with_user(self.alder_user).action_agree_cost()
        self.propose_bills()
        self.env["wcm.nonconformity"].with_user(self.lead).create({"title": "Groove", "part_ids": self.parts[1:2].ids})
        self.settle()
        self.assertEqual(self.money()[:3], (0, 0, 50))

    def test_released_by_concession_it_is_owed(self):
        self.nonconformity.with_user(self.second).action_decide("use_as_is", "The edge is covered")
        self.settle()
        self.assertEqual(self.money()[:3], (0, 0, 0))
