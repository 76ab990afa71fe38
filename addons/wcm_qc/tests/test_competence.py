import base64
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError

from .instruments import InstrumentCase

PDF = base64.b64encode(b"%PDF-1.4\n%%EOF\n").decode()


class TestCompetence(InstrumentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.learnt = cls.env["wcm.competence.kind"].create({"name": "Measuring moisture", "months": 12})
        cls.person = cls.alder.person_ids.filtered(lambda one: one.user_id == cls.colleague)
        cls.told = {"person": str(cls.person.id), "kind": str(cls.learnt.id), "trained_by": "Lab", "evidence": {"name": "paper.pdf", "data": PDF}}

    def tell(self, days_ago=0, **values):
        day = fields.Date.today() - timedelta(days=days_ago)
        return self.env["wcm.competence"].create({"person_id": self.person.id, "kind_id": self.learnt.id, "trained_by": "Lab", "valid_from": day, **values})

    def authorised(self, days_ago=0, **values):
        one = self.tell(days_ago, **values)
        one.with_user(self.lead).action_authorise()
        return one

    def test_an_owner_tells_it_for_own_people_and_a_quality_lead_authorises(self):
        self.alder.with_user(self.maker).action_add_competence(**self.told)
        one = self.env["wcm.competence"].search([("person_id", "=", self.person.id)])
        self.assertEqual((one.state, one.evidence.decode(), one.holder_name, one.create_uid), ("told", PDF, "Colleague", self.maker))
        for user in (self.maker, self.colleague, self.coordinator):
            with self.assertRaises(AccessError):
                one.with_user(user).action_authorise()
        one.with_user(self.lead).action_authorise()
        self.assertEqual((one.state, one.authorised_by_id), ("valid", self.lead))

    def test_nobody_else_tells_it_and_nobody_for_others(self):
        for user in (self.colleague, self.rival):
            with self.assertRaises(AccessError):
                self.alder.with_user(user).action_add_competence(**self.told)
        theirs = self.birch.person_ids[:1]
        for bad in ({"person": str(theirs.id)}, {"kind": "0"}, {"trained_by": " "}, {"valid_from": "soon"}, {"evidence": {"name": "x", "data": "PGh0bWw+"}}):
            with self.subTest(bad=bad), self.assertRaises(UserError):
                self.alder.with_user(self.maker).action_add_competence(**{**self.told, **bad})

    def test_a_maker_sees_its_own_and_an_owner_those_of_the_workshop(self):
        one, owners = self.tell(), self.tell(person_id=self.alder.person_ids.filtered(lambda one: one.user_id == self.maker).id)
        seen = {user: self.env["wcm.competence"].with_user(user).search([]) for user in (self.maker, self.colleague, self.rival)}
        self.assertEqual((seen[self.maker], seen[self.colleague], seen[self.rival]), (one | owners, one, one.browse()))
        for user in (self.maker, self.colleague):
            with self.assertRaises(AccessError):
                one.with_user(user).write({"valid_until": "2099-01-01"})
        choices = [self.alder.with_user(user).competence_choices["people"] for user in (self.maker, self.colleague)]
        self.assertEqual([len(people) for people in choices], [2, 1])

    def test_what_was_authorised_stays_and_what_is_withdrawn_is_over(self):
        one = self.authorised()
        with self.assertRaisesRegex(UserError, "authorised as it is"):
            one.with_user(self.lead).write({"valid_until": fields.Date.today()})
        with self.assertRaisesRegex(UserError, "Say why"):
            one.with_user(self.lead).action_withdraw()
        one.with_user(self.lead).withdraw_reason = "Measured wrongly"
        one.with_user(self.lead).action_withdraw()
        self.assertEqual(one.state, "withdrawn")
        with self.assertRaisesRegex(UserError, "decided already"):
            one.with_user(self.lead).action_authorise()
        for values in ({"authorised_on": fields.Datetime.now()}, {"withdrawn_on": False}, {"authorised_by_id": self.lead.id}):
            with self.assertRaises(AccessError):
                one.with_user(self.lead).write(values)
        with self.assertRaises(UserError):
            one.unlink()

    def test_nobody_authorises_what_they_have_learnt_themselves(self):
        mine = self.env["wcm.competence"].create({"user_id": self.lead.id, "kind_id": self.learnt.id, "trained_by": "Lab"})
        with self.assertRaisesRegex(UserError, "Another quality lead"):
            mine.with_user(self.lead).action_authorise()
        mine.with_user(self.second_lead).action_authorise()
        self.assertEqual(mine.state, "valid")

    def test_it_holds_no_longer_than_its_kind_lets_it(self):
        self.assertEqual(self.tell(valid_from="2026-03-01").valid_until, fields.Date.to_date("2027-02-28"))
        with self.assertRaisesRegex(ValidationError, "12 months at the longest"):
            self.tell(valid_from="2026-03-01", valid_until="2027-03-01")

    def test_its_state_follows_from_the_day_and_is_looked_for(self):
        made = {"told": self.tell(), "valid": self.authorised(), "expiring": self.authorised(345), "expired": self.authorised(400)}
        for state, one in made.items():
            with self.subTest(state=state):
                self.assertEqual(one.state, state)
                self.assertEqual(one.search([("state", "=", state), ("person_id", "=", self.person.id)]), one)


class TestReminders(InstrumentCase):
    def sent(self, call):
        """Subjects of what is sent by it, and to whom."""
        last = self.env["mail.message"].search([], order="id desc", limit=1).id
        call()
        return [(message.subject, message.partner_ids) for message in self.env["mail.message"].search([("id", ">", last), ("subject", "!=", False)])]

    def test_who_keeps_an_instrument_is_told_a_month_before_and_once_when_it_is_overdue(self):
        self.env["wcm.instrument"].search([])._cron_remind()
        one = self.make_instrument("Due")
        self.calibrate(one, days_ago=350)
        one._lend(self.birch, None)
        [(subject, people)] = self.sent(one._cron_remind)
        self.assertIn("is due by", subject)
        self.assertEqual(people, (self.maker | self.rival).partner_id)
        self.assertFalse(self.sent(one._cron_remind))
        self.calibrate(one, days_ago=350, good_for=340, corrects_id=one.calibration_id.id, reason="Mistyped")
        [(subject, _people)] = self.sent(one._cron_remind)
        self.assertIn("was due by", subject)
        self.assertFalse(self.sent(one._cron_remind))

    def test_for_the_networks_own_a_quality_lead_has_it_on_the_list(self):
        one = self.make_instrument("Network", False)
        self.calibrate(one, days_ago=350)
        one._cron_remind()
        one._cron_remind()
        self.assertEqual(len(one.activity_ids), 1)
        self.assertTrue(one.activity_ids.user_id.has_group("wcm_qc.group_quality_lead"))
        self.calibrate(one)
        self.assertFalse(one.activity_ids or one.reminded)

    def test_owners_are_told_of_trainings_that_run_out_unless_they_were_renewed(self):
        kind = self.env["wcm.competence.kind"].create({"name": "Torque", "months": 12})
        person = self.alder.person_ids.filtered(lambda one: one.user_id == self.colleague)
        values = {"person_id": person.id, "kind_id": kind.id, "trained_by": "Lab", "valid_from": fields.Date.today() - timedelta(days=345)}
        one = self.env["wcm.competence"].create(values)
        one.with_user(self.lead).action_authorise()
        self.env["wcm.competence"].search([("id", "!=", one.id)]).reminded = "0"
        [(subject, people)] = self.sent(one._cron_remind)
        self.assertIn("Colleague: Torque", subject)
        self.assertEqual(people, self.maker.partner_id)
        self.assertFalse(self.sent(one._cron_remind))
        one.reminded = False
        self.env["wcm.competence"].create({**values, "valid_from": fields.Date.today()}).with_user(self.lead).action_authorise()
        self.assertFalse(self.sent(one._cron_remind))
