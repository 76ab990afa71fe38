from datetime import timedelta

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import QualityCase


class WitnessCase(QualityCase):
    """A final check with a witness point; the insurer's inspector is invited to the plan, the client to the home."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.insurer, cls.client_ = cls.env["res.partner"].create([{"name": "Insurer's inspector", "email": "inspector@example.com"}, {"name": "Client", "email": "client@example.com"}])
        cls.order.build_id.witness_ids = cls.client_
        cls.plan = cls.make_witness_plan()

    @classmethod
    def make_witness_plan(cls, hours=0, **values):
        return cls.make_control_plan(
            {"name": "Pull test", "kind": "pass_fail", "point_type": "witness", "notice_hours": hours, "sequence": 1},
            {"name": "Edges clean", "kind": "pass_fail", "sequence": 2},
            witness_ids=cls.insurer.ids, **values,
        )

    def opened(self, name="KNO-1", **values):
        return self.make_part(name, **values).inspection_ids

    def answer(self, check, user, result="pass"):
        check.with_user(user).line_ids.passed_by_hand = result

    def notices(self):
        return self.env["wcm.witness.notice"].search([("plan_id", "=", self.plan.id)])

    def mails(self):
        return self.env["mail.mail"].search([("model", "=", "wcm.witness.notice"), ("res_id", "in", self.notices().ids)])

    def later(self, **hours):
        return freeze_time(fields.Datetime.now() + timedelta(**hours))


@tagged("post_install", "-at_install")
class TestWitness(WitnessCase):
    def test_those_of_the_plan_and_the_home_and_the_quality_leads_are_told(self):
        check = self.opened()
        told = self.mails().recipient_ids
        self.assertLessEqual(self.insurer | self.client_ | self.lead.partner_id | self.second_lead.partner_id, told)
        self.assertNotIn(self.rival.partner_id, told)
        self.assertEqual(self.mails().mapped("state"), ["outgoing"])
        self.assertEqual((check.witness_state, check.witness_notice_id), ("waits", self.notices()))
        self.assertAlmostEqual((check.witness_from - fields.Datetime.now()) / timedelta(hours=1), 24, delta=0.1)

    def test_the_mail_says_what_where_and_until_when_and_nothing_that_is_not_theirs(self):
        self.order.price_unit = 123.45
        self.opened()
        mail = self.mails()
        for words in ("Pull test", self.order.name, self.order.build_id.name, self.alder.facility_id.name, "24 hours"):
            self.assertIn(words, mail.body_html)
        for words in ("123", "£", "Birch", "KNO-1"):
            self.assertNotIn(words, mail.body_html)

    def test_once_for_an_order_and_a_day_and_each_block_waits_from_when_it_came(self):
        midday = fields.Datetime.now().replace(hour=12) + timedelta(days=1)  # one hour later is still that day
        with freeze_time(midday):
            first = self.opened("KNO-1")
        with freeze_time(midday + timedelta(hours=1)):
            second = self.opened("KNO-2")
            self.assertEqual(len(self.mails()), 1)
        self.assertGreater(second.witness_from, first.witness_from)
        with freeze_time(midday + timedelta(hours=30)):
            self.opened("KNO-3")
        self.opened("RIV-1", order=self.rival_order)
        self.assertEqual(len(self.mails()), 3)
        self.assertEqual(self.notices().mapped("work_order_id"), self.order | self.rival_order)

    def test_it_does_not_pass_before_the_notice_has_run_out_and_says_until_when(self):
        check = self.opened()
        self.answer(check, self.colleague)
        with self.assertRaisesRegex(UserError, "witness point: Pull test. Without the witness it can be passed from .* Until then say who came"):
            check.with_user(self.colleague).action_close()
        with self.later(hours=23.9), self.assertRaisesRegex(UserError, "witness point"):
            check.with_user(self.colleague).action_close()
        with self.later(hours=24.1):
            check.with_user(self.colleague).action_close()
        self.assertEqual((check.state, check.witness_state, check.witness_by_id), ("passed", "absent", self.colleague))
        self.assertIn("No witness came", check.witness_words)

    def test_whoever_checks_says_who_came(self):
        check = self.opened()
        self.answer(check, self.colleague)
        with self.assertRaisesRegex(UserError, "by name"):
            check.with_user(self.colleague).action_witness_came("  ")
        with self.assertRaises(AccessError):
            check.with_user(self.rival).action_witness_came("Ms Field")
        check.with_user(self.colleague).action_witness_came("Ms Field, insurer")
        check.with_user(self.colleague).action_close()
        self.assertEqual((check.state, check.witness_state, check.witness_names), ("passed", "came", "Ms Field, insurer"))
        self.assertIn("Witnessed by Ms Field, insurer, recorded by Colleague", check.witness_words)
        with self.assertRaisesRegex(UserError, "closed"):
            check.with_user(self.colleague).action_witness_came("Somebody else")

    def test_a_quality_lead_alone_waives_it_and_says_why(self):
        check = self.opened()
        for user in (self.colleague, self.coordinator, self.manager, self.rival):
            with self.assertRaises(AccessError):
                check.with_user(user).action_waive_witness("No need")
        with self.assertRaisesRegex(UserError, "why"):
            check.with_user(self.lead).action_waive_witness("")
        check.with_user(self.lead).action_waive_witness("Agreed on the telephone")
        self.answer(check, self.colleague)
        check.with_user(self.colleague).action_close()
        self.assertEqual((check.state, check.witness_state, check.witness_reason), ("passed", "waived", "Agreed on the telephone"))
        with self.assertRaisesRegex(UserError, "closed"):
            check.with_user(self.lead).action_waive_witness("Again")

    def test_what_fails_need_not_wait(self):
        check = self.opened()
        self.answer(check, self.colleague, "fail")
        check.with_user(self.colleague).action_close()
        self.assertEqual((check.state, check.witness_state), ("failed", "waits"))

    def test_nothing_else_lets_it_pass(self):
        check = self.opened()
        self.answer(check, self.colleague)
        for user in (self.colleague, self.lead, self.manager):
            for values in ({"witness_state": "came"}, {"witness_from": "2020-01-01"}, {"witness_notice_id": False}, {"state": "passed"}):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    check.with_user(user).write(values)
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.env["wcm.witness.notice"].with_user(user).create({"plan_id": self.plan.id, "day": "2020-01-01", "hours": 1})
        with self.assertRaises(UserError), self.env.cr.savepoint():
            check.sudo()._close("passed")
        with self.assertRaisesRegex(Exception, "waits for a witness"), self.env.cr.savepoint():
            self.env.flush_all()
            self.env.cr.execute("UPDATE wcm_inspection SET state = 'passed' WHERE id = %s", check.ids)

    def test_a_closed_one_says_for_ever_who_came(self):
        check = self.opened()
        self.answer(check, self.colleague)
        check.with_user(self.colleague).action_witness_came("Ms Field")
        check.with_user(self.colleague).action_close()
        self.env.flush_all()
        with self.assertRaisesRegex(Exception, "is closed"), self.env.cr.savepoint():
            self.env.cr.execute("UPDATE wcm_inspection SET witness_names = 'Me' WHERE id = %s", check.ids)

    def test_a_correction_keeps_who_came_and_invites_nobody_again(self):
        check = self.opened()
        self.answer(check, self.colleague)
        check.with_user(self.colleague).action_witness_came("Ms Field")
        check.with_user(self.colleague).action_close()
        check.with_user(self.lead).action_correct("Wrong note")
        again = self.env["wcm.inspection"].search([("replaces_id", "=", check.id)])
        self.assertEqual((again.witness_state, again.witness_names, again.witness_by_id), ("came", "Ms Field", self.colleague))
        self.assertEqual(len(self.mails()), 1)

    def test_a_point_may_have_its_own_notice(self):
        version = self.plan.with_user(self.lead)._new_version()
        version.checkpoint_ids[0].notice_hours = 72
        version.action_approve()
        self.plan = version
        check = self.opened()
        self.assertAlmostEqual((check.witness_from - fields.Datetime.now()) / timedelta(hours=1), 72, delta=0.1)
        with self.assertRaisesRegex(UserError, "approved and does not change"):
            version.with_user(self.lead).witness_hours = 1
        version.with_user(self.lead).witness_ids = [Command.clear()]
        with self.assertRaises(AccessError):
            version.with_user(self.coordinator).witness_ids = self.rival.partner_id

    def test_a_member_sees_that_a_witness_is_awaited_and_not_who_is_invited(self):
        check = self.opened()
        seen = check.with_user(self.colleague)
        self.assertIn("A witness is invited", seen.witness_words)
        for read in (lambda: seen.witness_notice_id, lambda: self.order.build_id.with_user(self.colleague).witness_ids, lambda: self.env["wcm.witness.notice"].with_user(self.colleague).search([])):
            with self.assertRaises(AccessError):
                read()

    def test_a_point_of_surveillance_invites_nobody(self):
        self.make_control_plan({"name": "Look", "kind": "pass_fail"}, product_ids=self.beam.ids)
        check = self.opened("BEAM-1", order=self.beam_order)
        self.assertEqual((check.witness_state, check.witness_words), ("none", False))

    def test_the_app_tells_who_came_with_the_check(self):
        check = self.opened()
        told = check.part_id._bench_check(self.colleague)
        self.assertEqual(told["witness"]["state"], "waits")
        answers = [{"name": "Pull test", "passed_by_hand": "pass"}, {"name": "Edges clean", "passed_by_hand": "pass"}]
        act = self.env["wcm.bench.action"].with_user(self.colleague)
        with self.assertRaisesRegex(UserError, "witness point"), self.env.cr.savepoint():
            act._do_check({"parts": check.part_id.ids, "stage": "final", "answers": answers})
        act._do_check({"parts": check.part_id.ids, "stage": "final", "answers": answers, "witness": "Ms Field"})
        self.assertEqual((check.state, check.witness_names), ("passed", "Ms Field"))

    def test_the_dialog_and_my_desk(self):
        check = self.opened()
        cards = {card["key"]: card for card in self.env["wcm.quality.desk"].with_user(self.lead).cards()}
        self.assertEqual((cards["witness"]["count"], cards["witness"]["lines"][0]["id"]), (1, check.id))
        Dialog = self.env["wcm.inspection.witness"].with_user(self.lead)
        Dialog.create({"inspection_id": check.id, "what": "waived", "reason": "By telephone"}).action_confirm()
        self.assertEqual(check.witness_state, "waived")

    def test_the_evidence_says_it(self):
        check = self.opened()
        check.with_user(self.lead).action_waive_witness("By telephone")
        row = check.part_id._evidence_check(check, self.env["wcm.evidence.pack"]._files(check.part_id))
        self.assertIn("Witness waived by", row["witness"])
