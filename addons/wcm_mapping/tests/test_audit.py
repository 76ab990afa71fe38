import base64
import re
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged

from ..reaudit import DEFAULT_RULE, months_until_next, read_rule
from .common import AuditCase


@tagged("post_install", "-at_install")
class TestAudit(AuditCase):
    def test_the_rule_for_the_next_audit_is_read_from_text(self):
        self.assertEqual(read_rule("0:6, 80:24,60:12"), [(80, 24), (60, 12), (0, 6)])
        for wrong in ("", "80:24", "80", "a:b", "0:0"):
            with self.subTest(wrong=wrong), self.assertRaises(ValueError):
                read_rule(wrong)

    def test_better_results_wait_longer_and_unvisited_spaces_wait_least(self):
        rule = read_rule(DEFAULT_RULE)
        for score, months in ((100, 24), (80, 24), (79.9, 12), (60, 12), (59.9, 6), (0, 6)):
            with self.subTest(score=score):
                self.assertEqual(months_until_next(score, rule, was_visited=True), months)
                self.assertEqual(months_until_next(score, rule, was_visited=False), 6)

    def test_the_shipped_template_has_nine_weighted_sections_of_scored_questions(self):
        sections = self.template.page_ids
        self.assertEqual(len(sections), 9)
        self.assertEqual(sum(sections.mapped("audit_weight")), 100)
        for section in sections:
            scored = section.question_ids.filtered(lambda question: question._best_score() > 0)
            self.assertTrue(4 <= len(scored) <= 8, section.title)
        self.assertTrue(self.template.has_conditional_questions)

    def test_the_best_answers_score_a_hundred(self):
        audit = self.completed(self.best)
        self.assertEqual(audit.state, "done")
        self.assertEqual(audit.score, 100)
        self.assertEqual(audit.section_score_ids.mapped("score"), [100] * 9)

    def test_the_worst_answers_score_nothing(self):
        self.assertEqual(self.completed(self.worst).score, 0)

    def test_sections_count_by_their_weight(self):
        safety = self.env.ref("wcm_mapping.audit_section_safety")
        audit = self.completed(lambda question: self.best(question) if question.page_id == safety else self.worst(question))
        self.assertEqual(audit.score, safety.audit_weight)
        line = audit.section_score_ids.filtered(lambda line: line.section_id == safety)
        self.assertEqual((line.score, line.question_count, line.answered_count), (100, 7, 7))

    def test_questions_that_never_come_up_do_not_count(self):
        kit = self.env.ref("wcm_mapping.audit_section_kit")
        no_router = self.env.ref("wcm_mapping.audit_kit_cnc_1")
        audit = self.completed(
            lambda question: no_router if question == no_router.question_id else self.best(question)
        )
        line = audit.section_score_ids.filtered(lambda line: line.section_id == kit)
        self.assertEqual((line.score, line.question_count), (100, 3))

    def test_a_question_left_out_earns_nothing(self):
        first = self.env.ref("wcm_mapping.audit_quality_files")
        audit = self.completed(lambda question: False if question == first else self.best(question))
        line = audit.section_score_ids.filtered(lambda line: line.section_id == first.page_id)
        self.assertLess(line.score, 100)
        self.assertEqual(line.question_count - line.answered_count, 1)

    def test_a_visit_is_complete_only_when_the_answers_are_submitted(self):
        audit = self.audit()
        audit.action_start()
        with self.assertRaisesRegex(UserError, "submit"):
            audit.action_complete()

    def test_a_self_audit_completes_when_the_space_submits_it(self):
        audit = self.audit(kind="self")
        audit.action_start()
        self.answer(audit, self.best)
        audit.user_input_id._mark_done()
        self.assertEqual((audit.state, audit.score), ("done", 100))

    def test_change_is_counted_since_the_audit_before_of_the_same_kind(self):
        self.completed(self.best, kind="self")
        first = self.completed(self.worst)
        second = self.completed(self.best)
        self.assertFalse(first.previous_audit_id)
        self.assertEqual((second.previous_audit_id, second.score_change), (first, 100))
        self.assertEqual(second.section_score_ids.mapped("change"), [100] * 9)

    def test_a_visit_counts_more_than_a_later_self_audit(self):
        visit = self.completed(self.best)
        own_view = self.completed(self.worst, kind="self")
        self.assertTrue(visit.is_current)
        self.assertFalse(own_view.is_current)
        self.assertEqual(self.workshop.audit_score, 100)

    def test_the_next_audit_falls_due_by_the_result(self):
        today = fields.Date.context_today(self.workshop)
        self.assertEqual(self.completed(self.best).next_due_on, today + relativedelta(months=24))
        self.assertEqual(self.completed(self.worst).next_due_on, today + relativedelta(months=6))

    def test_spaces_are_found_by_when_their_audit_is_due(self):
        spaces = self.workshop | self.far_workshop
        domain = [("id", "in", spaces.ids)]
        self.completed(self.worst)
        search = self.env["wcm.facility"].search
        self.assertEqual(search([*domain, ("next_audit_due", "=", False)]), self.far_workshop)
        self.assertEqual(search([*domain, ("next_audit_due", "<=", "today +7m")]), self.workshop)
        self.assertFalse(search([*domain, ("next_audit_due", "<=", "today")]))

    def test_coordinators_are_asked_once_when_an_audit_is_due(self):
        audit = self.completed(self.best)
        audit.next_due_on = fields.Date.today()
        for _run in range(2):
            self.env["wcm.facility"]._cron_remind_audits()
        self.assertEqual(self.workshop.activity_ids.user_id, self.coordinator)
        self.assertEqual(len(self.workshop.activity_ids), 1)

    def test_nobody_is_asked_when_the_next_audit_is_planned(self):
        self.completed(self.best).next_due_on = fields.Date.today()
        self.audit()
        self.env["wcm.facility"]._cron_remind_audits()
        self.assertFalse(self.workshop.activity_ids)

    def test_audits_that_have_begun_stay(self):
        audit = self.audit()
        audit.action_start()
        with self.assertRaisesRegex(UserError, "stays"):
            audit.unlink()
        with self.assertRaisesRegex(UserError, "stays with its space"):
            audit.facility_id = self.far_workshop

    def test_the_report_names_space_score_and_findings(self):
        audit = self.completed(self.best)
        self.finding(audit, description="Loose cable at the saw")
        html = str(self.env["ir.actions.report"]._render_qweb_html("wcm_mapping.audit_report", audit.ids)[0])
        for text in ("Bristol Workshop", "100", "Loose cable at the saw", "Health and safety"):
            self.assertIn(text, html)


@tagged("post_install", "-at_install")
class TestAuditAccess(AuditCase):
    def test_coordinators_audit_their_own_region_only(self):
        own = self.audit().with_user(self.coordinator)
        own.action_start()
        other = self.audit(self.far_workshop).with_user(self.coordinator)
        for change in (other.action_start, other.action_complete, other.action_cancel):
            with self.assertRaises(AccessError):
                change()

    def test_results_of_other_regions_are_not_shown_with_a_public_space(self):
        self.far_workshop.visibility = "public"
        self.completed(self.best, facility=self.far_workshop)
        space = self.far_workshop.with_user(self.coordinator)
        self.assertEqual(space.name, "Dorset Workshop")
        self.assertEqual((space.audit_score, space.audit_count, space.next_audit_due), (0, 0, False))
        self.assertNotIn(space, space.search([("next_audit_due", "!=", False)]))

    def test_a_score_cannot_be_typed(self):
        audit = self.audit().with_user(self.coordinator)
        for name, value in (("score", 99), ("state", "done"), ("next_due_on", "2099-01-01")):
            with self.subTest(name=name), self.assertRaises(AccessError):
                audit.write({name: value})

    def test_answers_are_closed_to_coordinators_and_to_the_surveys_app(self):
        audit = self.audit()
        audit.action_start()
        with self.assertRaises(AccessError):
            audit.user_input_id.with_user(self.coordinator).read(["access_token"])
        surveyor = self.user("surveyor", "survey.group_survey_user")
        self.assertFalse(self.env["survey.user_input"].with_user(surveyor).search([("id", "=", audit.user_input_id.id)]))


@tagged("post_install", "-at_install")
class TestFinding(AuditCase):
    def test_the_due_date_follows_the_severity(self):
        today = fields.Date.context_today(self.workshop)
        for severity, days in (("critical", 7), ("major", 30), ("minor", 90)):
            self.assertEqual(self.finding(severity=severity).due_on, today + timedelta(days=days))
        self.assertFalse(self.finding(severity="observation").due_on)

    def test_a_finding_is_closed_with_evidence_only(self):
        finding = self.finding()
        with self.assertRaisesRegex(ValidationError, "Show that"):
            finding.action_done()
        finding.evidence_text = "New cable, tested"
        finding.action_done()
        finding.action_verify()
        self.assertEqual((finding.state, finding.verified_by_id), ("verified", self.env.user))
        with self.assertRaises(ValidationError):
            finding.evidence_text = False

    def test_the_owner_has_one_activity_until_it_is_done(self):
        finding = self.finding(owner_id=self.coordinator.id)
        finding.due_on = fields.Date.today() + timedelta(days=3)
        self.assertEqual(finding.activity_ids.user_id, self.coordinator)
        self.assertEqual(finding.activity_ids.date_deadline, finding.due_on)
        finding.evidence_text = "Done"
        finding.action_done()
        self.assertFalse(finding.activity_ids)

    def test_overdue_findings_are_found(self):
        late = self.finding(due_on=fields.Date.today() - timedelta(days=1))
        on_time = self.finding()
        found = self.env["wcm.audit.finding"].search([("is_overdue", "=", True)])
        self.assertIn(late, found)
        self.assertNotIn(on_time, found)
        self.assertTrue(late.is_overdue)
        self.assertIn(on_time, self.env["wcm.audit.finding"].search([("is_overdue", "=", False)]))


@tagged("post_install", "-at_install")
class TestEvidence(AuditCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.router = cls.capability(cls.workshop, cls.routing)

    def review(self, audit):
        return self.env["wcm.audit.evidence"].browse(audit.action_review_evidence()["res_id"])

    def test_a_good_visit_proposes_to_raise_what_was_declared(self):
        review = self.review(self.completed(self.best))
        self.assertEqual(review.line_ids.level, "audited")
        review.action_apply()
        self.assertEqual(self.router.evidence_level, "audited")
        change = self.env["wcm.capability.evidence"].search([("capability_id", "=", self.router.id)])
        self.assertEqual((change.before, change.after, change.audit_id), ("declared", "audited", review.audit_id))
        self.assertIn("100 %", change.reason)
        self.assertIn(change.reason, self.router.message_ids[:1].body)

    def test_a_weak_visit_lowers_what_was_audited_and_leaves_what_was_made(self):
        proven = self.capability(self.workshop, self.assembly, evidence_level="demonstrated")
        self.router.evidence_level = "audited"
        levels = {line.capability_id: line.level for line in self.review(self.completed(self.worst)).line_ids}
        self.assertEqual(levels, {self.router: "declared", proven: "demonstrated"})

    def test_a_critical_finding_lowers_it_whatever_the_score(self):
        self.router.evidence_level = "audited"
        audit = self.completed(self.best)
        self.finding(audit, severity="critical", description="No emergency stop")
        line = self.review(audit).line_ids
        self.assertEqual((line.level, line.reason), ("declared", "No emergency stop"))

    def test_a_change_needs_a_reason(self):
        review = self.review(self.completed(self.best))
        review.line_ids.reason = " "
        with self.assertRaisesRegex(UserError, "Say why"):
            review.action_apply()

    def test_a_change_by_hand_is_kept_too(self):
        self.router.with_user(self.coordinator).evidence_level = "demonstrated"
        change = self.env["wcm.capability.evidence"].search([("capability_id", "=", self.router.id)])
        self.assertEqual((change.user_id, change.after), (self.coordinator, "demonstrated"))

    def test_a_self_audit_speaks_of_no_capability(self):
        audit = self.completed(self.best, kind="self")
        with self.assertRaises(UserError):
            self.review(audit).action_apply()


@tagged("post_install", "-at_install")
class TestCertificate(AuditCase):
    def test_validity_follows_the_last_day(self):
        for days, validity in ((-1, "expired"), (0, "expiring"), (60, "expiring"), (61, "valid")):
            self.assertEqual(self.certificate(days).validity, validity)
        self.assertEqual(self.certificate(None).validity, "valid")

    def test_coordinators_are_reminded_at_sixty_thirty_and_no_days(self):
        certificate = self.certificate(61)
        for days, note in ((61, False), (60, "60"), (59, "60"), (30, "30"), (1, "30"), (0, "0"), (-9, "0")):
            self.env.cr.execute(
                "UPDATE wcm_certificate SET expires_on = %s WHERE id = %s",
                (fields.Date.today() + timedelta(days=days), certificate.id),
            )
            certificate.invalidate_recordset()
            certificate._cron_remind()
            self.assertEqual(certificate.reminded, note, days)
            self.assertEqual(len(certificate.activity_ids), int(bool(note)), days)
        self.assertEqual(certificate.activity_ids.user_id, self.coordinator)

    def test_a_renewed_certificate_asks_no_more(self):
        certificate = self.certificate(10)
        certificate._cron_remind()
        certificate.expires_on += timedelta(days=365)
        self.assertFalse(certificate.reminded)
        self.assertFalse(certificate.activity_ids)

    def test_papers_of_other_regions_are_closed(self):
        other = self.certificate(10, facility=self.far_workshop, document=base64.b64encode(b"paper"))
        with self.assertRaises(AccessError):
            other.with_user(self.coordinator).read(["document"])


@tagged("post_install", "-at_install")
class TestAuditPages(AuditCase, HttpCase):
    def test_whoever_has_the_link_answers_also_when_logged_in_as_somebody_else(self):
        audit = self.audit(kind="self")
        url = audit.action_start()["url"]
        for login in (None, "mapping_coordinator", "mapping_outsider"):
            self.authenticate(login, login)
            page = self.url_open(url).text
            self.assertIn("Audit of a production space", page)
            self.assertIn("Start Survey", page)

    def test_without_the_link_nobody_answers(self):
        audit = self.audit()
        audit.action_start()
        page = self.url_open(f"/survey/start/{self.template.access_token}").text
        self.assertFalse(re.search("Start Survey", page))

    def test_the_last_page_gives_no_verdict_and_leads_back(self):
        audit = self.audit()
        url = audit.action_start()["url"]
        self.answer(audit, self.worst)
        audit.user_input_id._mark_done()
        self.authenticate("mapping_coordinator", "mapping_coordinator")
        page = self.url_open(url).text
        self.assertIn(f"/odoo/production-audits/{audit.id}", page)
        for text in ("You scored", "failed", "Take Again"):
            self.assertNotIn(text, page)
