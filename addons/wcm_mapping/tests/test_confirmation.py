import re
from ast import literal_eval

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from ..models import wcm_facility_freshness
from .common import MappingCase

LONG_AGO = fields.Date.today() - relativedelta(months=13)


@tagged("post_install", "-at_install")
class TestConfirmation(MappingCase, HttpCase):
    """Listings that nobody has verified for long are asked about, and answered with one click."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["wcm.facility"].search([]).write({"verified_on": fields.Date.today()})
        cls.workshop.write({"email": "workshop@example.com", "verified_on": LONG_AGO, "street": "7 Long Lane"})
        cls.bristol.coordinator_ids = cls.coordinator

    def ask(self):
        self.workshop._ask_to_confirm(60)
        return self.workshop.confirmation_id

    def path(self, question, rest=""):
        return f"/spaces/still-right/{question._link_token('answer')}{rest}"

    def mail_to(self, email):
        return self.env["mail.mail"].search([("email_to", "=", email)])

    def post(self, path, **sent):
        return self.url_open(path, data={"sent": "1", **sent})

    def test_a_listing_that_is_old_is_asked_about_once(self):
        self.env["wcm.facility"]._cron_ask_to_confirm()
        self.env["wcm.facility"]._cron_ask_to_confirm()
        self.assertEqual(self.workshop.confirmation_ids.mapped("email"), ["workshop@example.com"])
        self.assertEqual(len(self.mail_to("workshop@example.com")), 1)

    def test_it_is_asked_again_after_the_days_between(self):
        self.ask().asked_on = fields.Datetime.now() - relativedelta(days=61)
        self.env["wcm.facility"]._cron_ask_to_confirm()
        self.assertEqual(len(self.workshop.confirmation_ids), 2)

    def test_who_is_not_asked_by_itself(self):
        reasons = {
            "verified lately": {"verified_on": fields.Date.today()},
            "never verified, but new here": {"verified_on": False},
            "asked not to": {"no_questions": True},
            "no address": {"email": False},
            "closed": {"status": "closed"},
            "made up": {"is_illustrative": True},
            "archived": {"active": False},
        }
        for reason, values in reasons.items():
            with self.subTest(reason), self.env.cr.savepoint() as savepoint:
                self.workshop.write(values)
                self.env["wcm.facility"]._cron_ask_to_confirm()
                self.assertFalse(self.workshop.confirmation_ids)
                savepoint.rollback()

    def test_at_night_and_by_hand_the_same_spaces_are_asked(self):
        """By night nobody is asked whom a coordinator's click would leave out, and the other way round."""
        keeper = self.user("keeper@example.com", "base.group_portal")
        keeper.email = "keeper@example.com"
        cases = {
            "only its operator's login has an address": ({"email": False, "operator_user_ids": keeper.ids}, 1),
            "made up": ({"is_illustrative": True}, 0),
            "an address that is none": ({"email": "nonsense"}, 0),
        }
        for case, (values, asked) in cases.items():
            for ask in (self.env["wcm.facility"]._cron_ask_to_confirm, lambda: self.workshop._ask_to_confirm(60)):
                with self.subTest(case), self.env.cr.savepoint() as savepoint:
                    self.workshop.write(values)
                    ask()
                    self.assertEqual(len(self.workshop.confirmation_ids), asked)
                    savepoint.rollback()

    def test_a_new_address_after_a_bounce_is_asked_at_night(self):
        self.ask().write({"state": "bounced", "asked_on": LONG_AGO})
        self.env["wcm.facility"]._cron_ask_to_confirm()
        self.assertEqual(len(self.workshop.confirmation_ids), 1)
        self.workshop.email = "new@example.com"
        self.env["wcm.facility"]._cron_ask_to_confirm()
        self.assertEqual(self.workshop.confirmation_id.email, "new@example.com")

    def test_spaces_that_cannot_be_asked_keep_nobody_waiting(self):
        self.patch(wcm_facility_freshness, "ASKED_PER_RUN", 1)
        self.patch(wcm_facility_freshness, "READ_AT_ONCE", 2)
        older = LONG_AGO - relativedelta(days=1)
        for number in range(3):
            self.facility(f"Silent {number}", self.bristol, email="nonsense", verified_on=older)
        self.env["wcm.facility"]._cron_ask_to_confirm()
        self.assertEqual(len(self.workshop.confirmation_ids), 1)

    def test_a_parameter_of_zero_or_nonsense_asks_nobody(self):
        for key in ("wcm_mapping.confirm_after_months", "wcm_mapping.confirm_days_between"):
            for value in ("0", "soon"):
                with self.subTest(key=key, value=value), self.env.cr.savepoint() as savepoint:
                    self.env["ir.config_parameter"].set_param(key, value)
                    self.env["wcm.facility"]._cron_ask_to_confirm()
                    self.assertFalse(self.workshop.confirmation_ids)
                    savepoint.rollback()

    def test_the_mail_says_what_is_listed_and_leads_to_both_answers(self):
        question = self.ask()
        mail = self.mail_to("workshop@example.com")
        for words in ("7 Long Lane", "Not on the public map", "Yes, all correct", "Something changed"):
            self.assertIn(words, mail.body_html)
        tokens = re.findall(r"/spaces/still-right/([\w-]+)", mail.body_html)
        self.assertEqual([self.env["wcm.facility.confirmation"]._of_token("answer", token) for token in tokens], [question] * 3)
        self.assertEqual(literal_eval(mail.headers)["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")

    def test_the_operators_address_is_used_when_the_space_has_none(self):
        self.workshop.write({"email": "nonsense", "operator_id": self.env["res.partner"].create({"name": "W", "email": "w@example.com"}).id})
        self.assertEqual(self.ask().email, "w@example.com")

    def test_opening_the_pages_changes_nothing(self):
        question = self.ask()
        for rest in ("", "/changed", "/stop"):
            page = self.url_open(self.path(question, rest))
            self.assertEqual((page.status_code, page.headers["Cache-Control"]), (200, "no-store"))
        self.assertEqual((question.state, self.workshop.verified_on, self.workshop.no_questions), ("asked", LONG_AGO, False))

    def test_yes_marks_the_listing_as_verified_by_its_contact(self):
        question = self.ask()
        self.assertIn("Thank you", self.post(self.path(question)).text)
        self.assertEqual((question.state, self.workshop.verified_on, self.workshop.verified_how), ("correct", fields.Date.today(), "mail"))
        self.assertFalse(self.workshop.verified_by_id)
        self.assertTrue(self.workshop.message_ids.filtered(lambda m: "workshop@example.com" in m.body))

    def test_a_link_used_again_changes_nothing(self):
        question = self.ask()
        self.post(self.path(question))
        self.workshop.sudo().verified_on = LONG_AGO
        self.post(self.path(question))
        self.post(self.path(question, "/changed"), remark="Everything")
        self.assertEqual((question.state, self.workshop.verified_on), ("correct", LONG_AGO))

    def test_what_changed_reaches_the_coordinators_and_verifies_nothing(self):
        question = self.ask()
        self.assertIn("Write what has changed", self.post(self.path(question, "/changed"), remark="  ").text)
        self.post(self.path(question, "/changed"), remark="We moved <b>house</b>")
        self.assertEqual((question.state, question.remark, self.workshop.verified_on), ("changed", "We moved <b>house</b>", LONG_AGO))
        self.assertEqual(self.workshop.activity_ids.user_id, self.coordinator)
        self.assertFalse(self.workshop.message_ids.filtered(lambda m: "<b>" in m.body))

    def test_stop_is_honoured(self):
        question = self.ask()
        self.assertIn("No more reminders", self.post(self.path(question, "/stop")).text)
        self.assertTrue(self.workshop.no_questions)
        question.asked_on = LONG_AGO
        self.assertEqual(self.workshop._ask_to_confirm(60)["unwanted"], 1)

    def test_a_link_that_was_changed_made_up_or_is_for_something_else_opens_nothing(self):
        question = self.ask()
        good = question._link_token("answer")
        for token in (good[:-2] + "AA", good[:20], "x", "AQ", "%C3%A9", question._link_token("other"), "A" * 4000):
            for rest in ("", "/changed", "/stop"):
                with self.subTest(token=token[:20], rest=rest):
                    self.assertEqual(self.url_open(f"/spaces/still-right/{token}{rest}").status_code, 404)
                    self.assertEqual(self.post(f"/spaces/still-right/{token}{rest}", remark="x").status_code, 404)
        self.assertEqual(question.state, "asked")

    def test_a_link_ends_after_sixty_days(self):
        with freeze_time(fields.Datetime.now() - relativedelta(days=61)):
            token = self.ask()._link_token("answer")
        self.assertFalse(self.env["wcm.facility.confirmation"]._of_token("answer", token))

    def test_a_link_ends_when_its_reader_does_not_speak_for_the_space_any_more(self):
        question = self.ask()
        self.workshop.email = "WORKSHOP@example.com"
        self.assertEqual(self.url_open(self.path(question)).status_code, 200)
        self.workshop.email = "successor@example.com"
        for rest in ("", "/changed", "/stop"):
            with self.subTest(rest):
                self.assertEqual(self.url_open(self.path(question, rest)).status_code, 404)
                self.assertEqual(self.post(self.path(question, rest), remark="x").status_code, 404)
        self.assertEqual((question.state, self.workshop.verified_on, self.workshop.no_questions), ("asked", LONG_AGO, False))

    def test_a_bounce_is_seen_and_the_address_is_not_tried_again(self):
        question = self.ask()
        message = self.mail_to("workshop@example.com").mail_message_id
        bounce = {"bounced_email": "workshop@example.com", "bounced_partner": self.env["res.partner"], "bounced_msg_ids": [], "bounced_message": message,
                  "email_from": "x@example.com", "to": "y@example.com", "message_id": "<z@example.com>"}
        self.env["mail.thread"]._routing_handle_bounce(None, bounce)
        self.assertEqual(question.state, "bounced")
        question.asked_on = fields.Datetime.now() - relativedelta(days=90)
        self.assertEqual(self.workshop._ask_to_confirm(60)["bounced"], 1)
        self.workshop.email = "new@example.com"
        self.assertEqual(self.workshop._ask_to_confirm(60)["asked"], 1)

    def test_a_mail_that_our_own_server_refused_counts_as_bounced(self):
        question = self.ask()
        self.mail_to("workshop@example.com").state = "exception"
        self.env["wcm.facility.confirmation"]._note_undelivered()
        self.assertEqual(question.state, "bounced")

    def test_asking_by_hand_says_how_many_and_why_not(self):
        silent = self.facility("Silent", self.bristol)
        spaces = (self.workshop | silent).with_user(self.coordinator)
        self.assertEqual(spaces.action_ask_to_confirm()["params"]["message"], "1 asked, 1 have no e-mail address.")
        self.assertEqual(spaces.action_ask_to_confirm()["params"]["message"], "0 asked, 1 have no e-mail address, 1 were asked in the last days.")

    def test_only_the_coordinators_of_the_region_ask_and_see_the_answer(self):
        self.ask()
        self.far_workshop.visibility = self.workshop.visibility = "network"
        with self.assertRaises(AccessError):
            self.far_workshop.with_user(self.coordinator).action_ask_to_confirm()
        other = self.user("dorset_coordinator", "wcm_mapping.group_mapping_user")
        self.assertFalse(self.workshop.with_user(other).asked_on)
        self.assertFalse(self.env["wcm.facility.confirmation"].with_user(other).search([]))
        self.assertTrue(self.workshop.with_user(self.coordinator).asked_on)
        with self.assertRaises(AccessError):
            self.workshop.confirmation_id.with_user(self.coordinator).state = "correct"

    def test_how_it_was_verified_is_not_typed(self):
        workshop = self.workshop.with_user(self.coordinator)
        with self.assertRaises(AccessError):
            workshop.verified_how = "operator"
        workshop.action_mark_verified()
        self.assertEqual((workshop.verified_how, workshop.verified_by_id), ("visit", self.coordinator))

    def test_the_filters_find_what_came_back(self):
        question = self.ask()
        arch = self.env["wcm.facility"].get_view(view_type="search")["arch"]
        for name, state in (("no_answer", "asked"), ("said_changed", "changed"), ("mail_bounced", "bounced")):
            question.state = state
            domain = re.search(rf'name="{name}"[^>]*domain="([^"]*)"', arch)[1]
            self.assertEqual(self.env["wcm.facility"].with_user(self.coordinator).search(literal_eval(domain)), self.workshop)
