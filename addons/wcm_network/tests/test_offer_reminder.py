from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import NetworkCase


@tagged("post_install", "-at_install")
class TestOfferReminder(NetworkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.make_order(cls.alder, cls.block_line, 8)
        cls.order.with_user(cls.coordinator).action_offer()

    def mail(self):
        return self.env["mail.message"].search([("model", "=", "wcm.membership"), ("res_id", "=", self.alder.id)], limit=1)

    def remind(self, answer_in, asked_ago=1):
        """The nightly job, for an offer that runs out in so many days; whether it wrote."""
        today, before = fields.Date.context_today(self.order), self.mail()
        self.order.write({"offered_on": today - timedelta(days=asked_ago), "offer_expires_on": today + timedelta(days=answer_in)})
        self.env["wcm.work.order"]._cron_remind_offers()
        return self.mail() != before

    def test_an_offer_that_runs_out_soon_is_asked_about_once(self):
        self.assertFalse(self.remind(answer_in=3))
        self.assertTrue(self.remind(answer_in=2))
        self.assertIn("Please answer by", self.mail().subject)
        self.assertFalse(self.remind(answer_in=1), "Once is enough.")

    def test_nobody_is_reminded_on_the_day_of_the_offer_or_after_the_answer(self):
        self.assertFalse(self.remind(answer_in=1, asked_ago=0))
        self.order.with_user(self.alder_user).action_accept()
        self.assertFalse(self.remind(answer_in=1))

    def test_how_many_days_before_is_a_setting(self):
        for setting, reminded in (("0", False), ("nonsense", True), ("5", True)):
            with self.subTest(setting):
                self.order.sudo().write({"state": "offered", "reminded_on": False})
                self.env["ir.config_parameter"].set_param("wcm_network.offer_reminder_days", setting)
                self.assertEqual(self.remind(answer_in=2), reminded)
