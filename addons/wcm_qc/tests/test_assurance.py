from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import QualityCase

SCHEMES = ("iso_9001", "bopas", "nhbc")


@tagged("post_install", "-at_install")
class TestAssurance(QualityCase):
    """Factory audits: Alder is visited by the lead; its answers become findings, and those are closed by corrective action."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.template = cls.env.ref("wcm_qc.audit_bopas")
        cls.audit = cls.plan_audit(cls.template)

    @classmethod
    def plan_audit(cls, template, by=None):
        return cls.env["wcm.audit"].with_user(by or cls.lead).create({"facility_id": cls.alder.facility_id.id, "survey_id": template.id})

    def answer(self, audit, weak=None):
        """Everything is met, but for what `weak` says: {question id: (words of the answer, what was seen)}"""
        audit.action_start()
        answers = audit.sudo().user_input_id
        for question in audit.sudo().survey_id.question_ids:
            words, seen = (weak or {}).get(question, ("Met", ""))
            answer = question.suggested_answer_ids.filtered(lambda one, words=words: one.value == words)
            answers._save_lines(question, str(answer.id), seen)
        answers._mark_done()
        audit.action_complete()

    def question(self, name, scheme="bopas"):
        return self.env.ref(f"wcm_qc.audit_{scheme}_{name}")

    def audited(self):
        """A BOPAS audit with one major and one minor finding."""
        self.answer(self.audit, {
            self.question("manufacture_instruments"): ("Not met", "Two calipers without certificate"),
            self.question("design_changes"): ("Met in part", ""),
        })
        return self.audit.finding_ids.sorted("severity")

    def act_on(self, finding, **values):
        return self.env["wcm.corrective.action"].with_user(self.lead).create({
            "name": "Send the calipers away every year", "finding_id": finding.id, "owner_id": self.maker.id,
            "due_on": self.today + timedelta(days=20), **values,
        })

    def test_every_question_names_its_scheme_and_clause_and_what_to_ask_to_see(self):
        for scheme in SCHEMES:
            template = self.env.ref(f"wcm_qc.audit_{scheme}")
            self.assertEqual(sum(template.page_ids.mapped("audit_weight")), 100)
            self.assertGreaterEqual(len(template.question_ids), 25)
            for question in template.question_ids:
                self.assertTrue(question.clause)
                self.assertIn("Ask to see", question.description)
                self.assertTrue(question.constr_mandatory and question.comments_allowed)

    def test_iso_9001_is_asked_from_clause_4_to_10(self):
        clauses = self.env.ref("wcm_qc.audit_iso_9001").question_ids.mapped("clause")
        self.assertEqual({int(clause.split(".")[0]) for clause in clauses}, set(range(4, 11)))

    def test_no_clause_number_of_bopas_is_made_up(self):
        self.assertFalse([clause for clause in self.template.question_ids.mapped("clause") if clause[0].isdigit()])

    def test_weak_answers_become_findings_with_clause_grade_and_date(self):
        major, minor = self.audited()
        self.assertEqual((major.severity, minor.severity), ("major", "minor"))
        self.assertEqual(major.description, "Two calipers without certificate")
        self.assertEqual(minor.description, self.question("design_changes").title)
        self.assertEqual(major.clause, self.question("manufacture_instruments").clause)
        self.assertEqual(major.due_on, self.today + timedelta(days=30))
        self.assertEqual(major.owner_id, self.lead)

    def test_what_does_not_apply_counts_neither_for_nor_against(self):
        section = self.question("digital")
        self.answer(self.audit, {self.question("digital_shared"): ("Does not apply here", "")})
        score = self.audit.section_score_ids.filtered(lambda line: line.section_id == section)
        self.assertEqual((score.score, score.question_count), (100, 1))
        self.assertFalse(self.audit.finding_ids)

    def test_the_next_audit_is_due_when_the_scheme_asks_for_it(self):
        self.answer(self.audit)
        self.assertEqual(self.audit.score, 100)
        self.assertEqual(self.audit.next_due_on, fields.Date.add(self.today, months=12))

    def test_an_audit_of_another_scheme_does_not_stand_in_for_this_one(self):
        self.answer(self.audit)
        other = self.plan_audit(self.env.ref("wcm_qc.audit_nhbc"))
        self.answer(other)
        self.assertTrue(self.audit.is_current and other.is_current)
        self.assertFalse(other.previous_audit_id)

    def test_a_major_finding_is_not_closed_without_corrective_action(self):
        major = self.audited()[0]
        with self.assertRaisesRegex(ValidationError, "corrective action"):
            major.write({"evidence_text": "Done", "state": "done"})
        self.act_on(major)
        with self.assertRaisesRegex(ValidationError, "Not done yet"):
            major.write({"evidence_text": "Done", "state": "done"})

    def test_what_the_member_did_closes_the_finding_and_another_person_verifies_it(self):
        major = self.audited()[0]
        action = self.act_on(major)
        self.assertEqual(action.membership_id, self.alder)
        action.with_user(self.maker).action_done("Calibrated; certificates on the wall")
        self.assertEqual((major.state, major.evidence_text), ("done", "Calibrated; certificates on the wall"))
        major.with_user(self.lead).action_verify()
        self.assertEqual(major.state, "verified")

    def test_who_did_it_does_not_verify_it(self):
        major = self.audited()[0]
        self.act_on(major, owner_id=self.lead.id).with_user(self.lead).action_done("Done myself")
        with self.assertRaisesRegex(UserError, "another person"):
            major.with_user(self.lead).action_verify()

    def test_a_finding_opens_again_when_its_action_did_not_help(self):
        major = self.audited()[0]
        action = self.act_on(major)
        action.with_user(self.maker).action_done("Calibrated")
        action.sudo().check_from = self.today
        action.with_user(self.second_lead).action_ineffective("Certificate missing again")
        self.assertEqual((major.state, action.state), ("open", "open"))

    def test_no_certificate_while_a_major_finding_is_open_and_one_afterwards(self):
        major = self.audited()[0]
        with self.assertRaisesRegex(UserError, "Two calipers"):
            self.audit.action_certify()
        self.act_on(major).with_user(self.maker).action_done("Calibrated")
        major.action_verify()
        self.audit.action_certify()
        certificate = self.audit.certificate_id.sudo()
        self.assertEqual((certificate.kind, certificate.expires_on), ("assurance", self.audit.next_due_on))
        with self.assertRaisesRegex(UserError, "already"):
            self.audit.action_certify()

    def test_a_major_finding_past_its_date_is_found(self):
        major = self.audited()[0]
        self.assertFalse(major.is_serious_and_late)
        major.sudo().due_on = self.today - timedelta(days=1)
        self.assertTrue(major.is_serious_and_late)
        self.assertIn(major, self.env["wcm.audit.finding"].search([("is_serious_and_late", "=", True)]))

    def test_a_corrective_action_is_about_a_finding_or_a_nonconformity(self):
        nonconformity = self.env["wcm.nonconformity"].create({"title": "Edge torn", "part_ids": self.new_part("A1").ids})
        major = self.audited()[0]
        self.assertTrue(self.refused_by_database(lambda: self.act_on(major, nonconformity_id=nonconformity.id)))

    def refused_by_database(self, act):
        with self.assertRaisesRegex(Exception, "one nonconformity, or one finding|wcm_corrective_action_about_one"), self.env.cr.savepoint():
            act()
            self.env.flush_all()
        return True

    def test_members_reach_no_audit_and_no_finding(self):
        major = self.audited()[0]
        for user in (self.maker, self.rival):
            for record in (self.audit, major, self.template):
                with self.assertRaises(AccessError):
                    record.with_user(user).read(["display_name"])
            with self.assertRaises(AccessError):
                self.audit.with_user(user).action_certify()

    def test_the_member_sees_what_it_has_to_change_and_its_rival_does_not(self):
        action = self.act_on(self.audited()[0])
        self.assertIn("Two calipers", action.with_user(self.maker).about)
        with self.assertRaises(AccessError):
            action.with_user(self.rival).read(["about"])

    def test_neither_certificate_nor_score_of_an_audit_can_be_written(self):
        for values in ({"certificate_id": 1}, {"assurance_scheme": False}, {"score": 100}):
            with self.assertRaises(AccessError):
                self.audit.with_user(self.lead).write(values)

    def test_a_coordinator_of_another_region_sees_no_audit_of_this_one(self):
        stranger = self.other_coordinator
        with self.assertRaises(AccessError):
            self.audit.with_user(stranger).read(["score"])

    def test_the_report_says_clause_and_corrective_action(self):
        self.act_on(self.audited()[0])
        html = self.env["ir.actions.report"].with_user(self.lead)._render_qweb_html("wcm_mapping.audit_report", self.audit.ids)[0].decode()
        self.assertIn("Two calipers without certificate", html)
        self.assertIn(self.question("manufacture_instruments").clause, html)
        self.assertIn("Send the calipers away every year", html)
