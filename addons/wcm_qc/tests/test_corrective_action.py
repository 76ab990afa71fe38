from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError

from .common import QualityCase


class TestCorrectiveAction(QualityCase):
    def setUp(self):
        super().setUp()
        self.today = fields.Date.today()
        self.nonconformity = self.make_part("KNO-1").with_user(self.maker).action_report("Split").sudo()
        self.action = self.make(self.coordinator)

    def make(self, owner, by=None, **values):
        said = {"name": "Check the stops", "nonconformity_id": self.nonconformity.id, "owner_id": owner.id, "due_on": self.today}
        return self.env["wcm.corrective.action"].with_user(by or self.lead).create(said | values)

    def done(self, action=None, by=None, check_from=None):
        action = action or self.action
        action.with_user(by or self.coordinator).action_done("New stops")
        action.sudo().check_from = check_from or self.today

    def activities(self, action=None):
        return (action or self.action).sudo().activity_ids

    def test_the_owner_is_asked_for_the_day_it_is_due(self):
        self.assertEqual((self.activities().user_id, self.activities().date_deadline), (self.coordinator, self.today))
        self.action.write({"owner_id": self.manager.id, "due_on": self.today + timedelta(days=3)})
        self.assertEqual((self.activities().user_id, self.activities().date_deadline), (self.manager, self.today + timedelta(days=3)))

    def test_it_is_done_and_later_another_person_says_that_it_helped(self):
        self.action.with_user(self.coordinator).action_done("New stops")
        self.assertEqual((self.action.state, self.action.done_by_id), ("done", self.coordinator))
        self.assertNotIn(self.coordinator, self.activities().user_id)
        with self.assertRaisesRegex(UserError, "too early"):
            self.action.with_user(self.lead).action_effective("Forty blocks, none wrong")
        self.action.sudo().check_from = self.today
        with self.assertRaisesRegex(UserError, "another person"):
            self.action.with_user(self.coordinator).action_effective("Forty blocks, none wrong")
        self.action.with_user(self.lead).action_effective("Forty blocks, none wrong")
        self.assertEqual((self.action.state, self.action.outcome, self.action.checked_by_id), ("effective", "effective", self.lead))
        self.assertFalse(self.activities())

    def test_what_did_not_help_is_to_be_done_again(self):
        self.done()
        self.action.with_user(self.lead).action_ineffective("Two more splits")
        self.assertEqual((self.action.state, self.action.rounds, self.action.outcome, self.action.done_note), ("open", 1, "ineffective", False))
        self.assertEqual(self.action.due_on, self.today + timedelta(days=7))
        self.assertEqual(self.activities().user_id, self.coordinator)
        self.assertTrue(self.action.message_ids.filtered(lambda message: "New stops" in (message.body or "")))

    def test_words_are_asked_for(self):
        with self.assertRaisesRegex(UserError, "what was done"):
            self.action.with_user(self.coordinator).action_done(" ")
        self.done()
        with self.assertRaisesRegex(UserError, "what you saw"):
            self.action.with_user(self.lead).action_effective(None)
        with self.assertRaisesRegex(UserError, "done already"):
            self.action.with_user(self.coordinator).action_done("Again")

    def test_what_is_not_done_is_not_said_to_help(self):
        with self.assertRaisesRegex(UserError, "once it is done"):
            self.action.with_user(self.lead).action_effective("It will")

    def test_states_and_answers_are_not_written_by_hand(self):
        for values in ({"state": "effective"}, {"done_on": self.today}, {"outcome": "effective"}, {"checked_by_id": self.lead.id}, {"rounds": 0}):
            for user in (self.lead, self.coordinator):
                with self.subTest(user.login, **values), self.assertRaises(AccessError):
                    self.action.with_user(user).write(values)
        with self.assertRaises(AccessError):
            self.make(self.coordinator, state="effective")

    def test_who_did_it_does_not_make_somebody_else_the_owner_to_check_it(self):
        self.done()
        for values in ({"owner_id": self.manager.id}, {"check_from": self.today}):
            with self.assertRaisesRegex(UserError, "stay as they were"):
                self.action.with_user(self.coordinator).write(values)
        other = self.make_part("KNO-2").with_user(self.maker).action_report("Wet")
        with self.assertRaisesRegex(UserError, "stays with its nonconformity"):
            self.action.with_user(self.coordinator).write({"nonconformity_id": other.id})

    def test_a_person_of_the_member_may_own_it_sees_it_and_says_that_it_is_done(self):
        action = self.make(self.maker)
        self.assertFalse(self.activities(action))
        mine = action.with_user(self.maker)
        self.assertEqual((mine.is_mine, mine.owner_name, mine.is_for_member), (True, self.maker.name, True))
        with self.assertRaisesRegex(AccessError, "owner"):
            action.with_user(self.colleague).action_done("Mine")
        mine.action_done("Stops are checked each morning")
        self.assertEqual(action.state, "done")
        with self.assertRaises(AccessError):
            mine.action_effective("It did")
        card = self.alder.with_user(self.maker)._workshop_corrective_card()
        self.assertEqual(card["count"], 0)

    def test_nobody_of_another_member_owns_or_sees_it(self):
        with self.assertRaisesRegex(UserError, "member that made the parts"):
            self.make(self.rival)
        for user in (self.rival, self.other_coordinator):
            self.assertFalse(self.env["wcm.corrective.action"].with_user(user).search([]))
            with self.assertRaises(AccessError):
                self.action.with_user(user).action_done("x")
        for user in (self.maker, self.rival):
            with self.assertRaises(AccessError):
                self.make(self.coordinator, by=user)

    def test_what_is_late_is_reminded_of_once_a_week(self):
        self.action.sudo().write({"due_on": self.today - timedelta(days=1)})
        self.assertIn(self.action, self.action.search([("is_overdue", "=", True)]))
        mails = self.env["mail.message"].sudo()
        domain = [("subject", "like", "This was due on"), ("res_id", "=", self.action.id)]
        for _night in range(2):
            self.env["wcm.corrective.action"]._cron_remind()
            self.assertEqual(mails.search_count(domain), 1)
        self.action.sudo().reminded_on = self.today - timedelta(days=7)
        self.env["wcm.corrective.action"]._cron_remind()
        self.assertEqual(mails.search_count(domain), 2)
