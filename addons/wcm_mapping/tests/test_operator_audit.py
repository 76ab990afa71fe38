from io import BytesIO

from lxml import html
from PIL import Image

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import AuditCase

PDF = b"%PDF-1.4\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF"


@tagged("post_install", "-at_install")
class TestOperatorAudit(AuditCase, HttpCase):
    """The link to a self-audit goes out by mail; operators see their own audits, findings and papers, and add to them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.operator = cls.user("operator", "wcm_mapping.group_operator")
        cls.workshop.operator_user_ids = cls.operator
        cls.operator.partner_id.email = "operator@example.com"
        cls.address = f"/my/spaces/{cls.workshop.id}"

    def setUp(self):
        super().setUp()
        self.authenticate("operator", "operator")

    def send(self, path, files=None, **changes):
        page = html.fromstring(self.url_open(path).text)
        form = dict(page.xpath("//form[@enctype]")[0].form_values())
        return self.url_open(path, data={**form, **changes}, files=files)

    def found(self, facility=None, **values):
        """A finding of a completed visit."""
        audit = self.completed(self.worst, facility=facility) if facility else self.completed(self.worst)
        return self.finding(audit, severity="major", **values)

    @staticmethod
    def picture():
        stream = BytesIO()
        Image.new("RGB", (8, 8), "green").save(stream, "PNG")
        return {"photo": ("fixed.png", stream.getvalue(), "image/png")}

    def test_the_link_to_a_self_audit_is_mailed_to_the_operator(self):
        audit = self.audit(kind="self").with_user(self.coordinator)
        audit.action_send_link()
        self.assertEqual((audit.state, audit.link_sent_to, audit.link_state), ("in_progress", "operator@example.com", "sent"))
        mail = self.env["mail.mail"].search([("email_to", "=", "operator@example.com")])
        self.assertIn(audit.sudo().user_input_id.access_token, mail.body_html)

    def test_the_state_of_the_link_follows_the_answers(self):
        audit = self.audit(kind="self")
        audit.action_send_link()
        audit.user_input_id._mark_in_progress()
        self.assertEqual(audit.link_state, "begun")
        self.answer(audit, self.best)
        audit.user_input_id._mark_done()
        self.assertEqual((audit.link_state, audit.state), ("submitted", "done"))

    def test_a_link_that_bounced_is_seen_until_it_is_mailed_again(self):
        audit = self.audit(kind="self")
        audit.action_send_link()
        audit._message_receive_bounce("operator@example.com", self.env["res.partner"])
        self.assertEqual(audit.link_state, "bounced")
        audit.action_send_link()
        self.assertEqual(audit.link_state, "sent")

    def test_what_cannot_be_mailed_says_why(self):
        with self.assertRaises(UserError):
            self.audit(kind="visit").action_send_link()
        with self.assertRaises(UserError):
            self.completed(self.best, kind="self").action_send_link()
        self.workshop.operator_user_ids = False
        with self.assertRaises(UserError):
            self.audit(kind="self").action_send_link()

    def test_only_coordinators_of_the_region_mail_the_link(self):
        audit = self.audit(kind="self")
        for user in (self.user("dorset_coordinator", "wcm_mapping.group_mapping_user"), self.operator, self.outsider):
            with self.subTest(user.login), self.assertRaises(AccessError):
                audit.with_user(user).action_send_link()
        with self.assertRaises(AccessError):
            audit.with_user(self.coordinator).link_sent_to = "me@example.com"
        self.assertEqual(audit.state, "planned")

    def test_a_self_audit_in_progress_is_answered_from_the_operators_pages(self):
        audit = self.audit(kind="self")
        audit._start()
        self.assertIn(audit.user_input_id.access_token, self.url_open(self.address).text)

    def test_scores_and_findings_with_their_day_are_shown(self):
        finding = self.found(description="No emergency stop")
        finding.audit_id.summary = "Good people, old machines"
        text = self.url_open(self.address).text
        for words in ("No emergency stop", finding.due_on.strftime("%d %B %Y"), "Major"):
            self.assertIn(words, text)
        audit = self.url_open(f"{self.address}/audits/{finding.audit_id.id}").text
        for words in ("Good people, old machines", finding.audit_id.section_score_ids[0].section_id.title, "No emergency stop"):
            self.assertIn(html.tostring(html.fromstring(f"<p>{words}</p>"), encoding="unicode")[3:-4].replace("'", "&#39;"), audit)

    def test_what_an_auditor_is_still_writing_is_not_shown(self):
        audit = self.audit()
        audit._start()
        finding = self.finding(audit, description="Half a thought")
        self.assertNotIn("Half a thought", self.url_open(self.address).text)
        self.assertNotIn("Half a thought", self.url_open(f"{self.address}/audits/{audit.id}").text)
        self.assertEqual(self.url_open(f"{self.address}/findings/{finding.id}").status_code, 404)

    def test_internal_notes_and_people_are_on_no_page(self):
        finding = self.found(owner_id=self.coordinator.id)
        self.coordinator.name = "Secret Owner"
        for record in (finding, finding.audit_id, self.certificate(90)):
            record.message_post(body="Between ourselves")
        for path in (self.address, f"{self.address}/findings/{finding.id}", f"{self.address}/audits/{finding.audit_id.id}"):
            text = self.url_open(path).text
            self.assertNotIn("Between ourselves", text)
            self.assertNotIn("Secret Owner", text)

    def test_evidence_of_closure_is_added_once_and_looked_at_by_a_coordinator(self):
        finding = self.found()
        path = f"{self.address}/findings/{finding.id}"
        self.assertIn("Write what was done", self.send(path).text)
        self.assertEqual(finding.state, "open")
        files, changes = self.picture(), {"state": "verified", "severity": "minor", "due_on": "2099-01-01"}
        self.assertIn("A coordinator looks", self.send(path, files=files, evidence_text="New cable", **changes).text)
        self.assertEqual((finding.state, finding.evidence_text, finding.severity), ("done", "New cable", "major"))
        self.assertTrue(finding.evidence_photo)
        self.assertLess(finding.due_on, fields.Date.from_string("2099-01-01"))
        self.assertIn(self.coordinator, self.workshop.activity_ids.user_id)
        self.assertEqual(self.url_open(f"{path}/evidence").headers["Content-Type"], "image/jpeg")
        token = html.fromstring(self.url_open(f"{self.address}/edit").text).xpath("//input[@name='csrf_token']/@value")[0]
        self.url_open(path, data={"csrf_token": token, "evidence_text": "Changed again"})
        self.assertEqual(finding.evidence_text, "New cable")

    def test_a_certificate_that_was_sent_in_counts_when_it_is_accepted(self):
        new = f"{self.address}/certificates/new"
        paper = {"document": ("insurance.pdf", PDF, "application/pdf")}
        page = self.send(new, files=paper, kind="public_liability", expires_on="2020-01-31", review="accepted")
        self.assertIn("Waits for your coordinator", page.text)
        certificate = self.workshop.certificate_ids
        self.assertEqual((certificate.review, certificate.document_name), ("waiting", "insurance.pdf"))
        self.assertEqual(certificate.activity_ids.user_id, self.coordinator)
        self.env["wcm.certificate"]._cron_remind()
        self.assertFalse(certificate.reminded, "nobody is reminded of what does not count")
        certificate.with_user(self.coordinator).action_accept()
        self.assertEqual(certificate.review, "accepted")
        self.assertFalse(certificate.activity_ids)

    def test_a_refused_certificate_says_why(self):
        certificate = self.certificate(90, review="waiting").with_user(self.coordinator)
        with self.assertRaises(UserError):
            certificate.action_refuse()
        certificate.review_reason = "This page is blank"
        certificate.action_refuse()
        self.assertIn("This page is blank", self.url_open(self.address).text)
        with self.assertRaises(UserError):
            certificate.action_accept()
        with self.assertRaises(AccessError):
            certificate.review = "accepted"

    def test_a_certificate_that_cannot_be_is_refused_in_words(self):
        new = f"{self.address}/certificates/new"
        paper = {"document": ("x.pdf", PDF, "application/pdf")}
        script = {"document": ("x.html", b"<html><script>1</script></html>", "application/pdf")}
        wrong = [
            ({}, {"kind": "iso_9001"}),
            (script, {"kind": "iso_9001"}),
            (paper, {"kind": ""}),
            (paper, {"kind": "best"}),
            (paper, {"kind": "iso_9001", "expires_on": "soon"}),
            (paper, {"kind": "iso_9001", "issued_on": "2026-02-01", "expires_on": "2026-01-01"}),
        ]
        for files, values in wrong:
            with self.subTest(values):
                self.assertIn('class="wcm_error"', self.send(new, files=files, **values).text)
        self.assertFalse(self.workshop.certificate_ids)

    def test_a_paper_is_saved_and_never_run(self):
        certificate = self.certificate(90, document=b"PGh0bWw+", document_name="a.html")
        answer = self.url_open(f"{self.address}/certificates/{certificate.id}")
        self.assertEqual(answer.headers["Content-Type"], "application/octet-stream")
        self.assertIn("attachment", answer.headers["Content-Disposition"])

    def test_what_belongs_to_another_space_is_not_there(self):
        finding, certificate = self.found(self.far_workshop), self.certificate(90, self.far_workshop, document=b"eA==")
        other = f"/my/spaces/{self.far_workshop.id}"
        for base in (self.address, other):
            for part in (f"audits/{finding.audit_id.id}", f"findings/{finding.id}", f"findings/{finding.id}/photo", f"findings/{finding.id}/evidence", f"certificates/{certificate.id}"):
                with self.subTest(base + part):
                    self.assertEqual(self.url_open(f"{base}/{part}").status_code, 404)
        token = html.fromstring(self.url_open(f"{self.address}/edit").text).xpath("//input[@name='csrf_token']/@value")[0]
        for path in (f"{self.address}/findings/{finding.id}", f"{other}/findings/{finding.id}", f"{other}/certificates/new"):
            self.assertEqual(self.url_open(path, data={"csrf_token": token, "evidence_text": "x"}).status_code, 404)
        self.assertEqual(finding.state, "open")

    def test_over_rpc_an_operator_reaches_none_of_it(self):
        finding, certificate = self.found(), self.certificate(90)
        for record, action in ((finding, "action_done"), (finding, "action_verify"), (certificate, "action_accept"), (finding.audit_id, "action_review_evidence")):
            with self.subTest(action), self.assertRaises(AccessError):
                getattr(record.with_user(self.operator), action)()
        for record in (finding, certificate, finding.audit_id):
            with self.assertRaises(AccessError):
                record.with_user(self.operator).read(["create_date"])
