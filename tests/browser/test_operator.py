from datetime import timedelta
from urllib.parse import urlsplit

from odoo import fields
from odoo.tests import tagged

from .common import DESKTOP, PHONE, StoryCase


@tagged("post_install", "-at_install")
class TestOperatorPages(StoryCase):
    """Whoever runs a space, without an ERP login, at a desk and on a phone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.space = cls.alder.facility_id
        cls.space.write({
            "email": "alder@example.com", "street": "3 Mill Lane", "city": "Bristol", "zip": "BS4 1DQ", "opening_hours": "Mo-Fr 09:00-17:00",
            "verified_on": fields.Date.today() - timedelta(days=500), "visibility": "public", "is_illustrative": False,
        })

    def check_page(self, page, name):
        """No violation of WCAG 2.2 AA, nothing beside the screen, a picture to look at."""
        self.assert_accessible(page)
        self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), page.viewport_size["width"])
        self.picture(page, name, full=True)

    def test_a_listing_is_confirmed_from_the_mail(self):
        for size in (DESKTOP, PHONE):
            self.space.sudo().write({"verified_on": fields.Date.today() - timedelta(days=500), "confirmation_ids": [(5,)]})
            self.space._ask_to_confirm(60)
            path = urlsplit(self.space.confirmation_id._url()).path
            with self.browser_page(size=size) as page:
                page.goto(f"{path}/stop")
                self.check_page(page, "confirm-stop")
                page.goto(f"{path}/changed")
                self.check_page(page, "confirm-changed")
                page.get_by_role("link", name="Nothing, all correct").click()
                self.check_page(page, "confirm")
                page.get_by_role("button", name="Yes, all correct").click()
                page.get_by_text("is marked as checked").wait_for()
                self.check_page(page, "confirm-thanks")
            self.assertEqual((self.space.verified_on, self.space.verified_how), (fields.Date.today(), "mail"))

    def test_a_coordinator_asks_a_selection_and_reads_what_came_of_it(self):
        self.birch.facility_id.write({"email": False, "operator_id": self.birch.facility_id.operator_id.copy({"email": False}).id})
        for size in (DESKTOP,):
            with self.browser_page(self.manager.login, size=size) as page:
                page.goto("/odoo/production-spaces?view_type=list")
                page.locator(".o_data_row").first.wait_for()
                page.locator("thead .o_list_record_selector input").check()
                page.get_by_role("button", name="Ask to Confirm").click()
                page.locator(".o_notification", has_text="asked").wait_for()
                self.picture(page, "asked-by-hand")
                page.goto("/odoo/production-spaces-asked")
                page.locator(".o_data_row").first.wait_for()
                self.picture(page, "asked-list")

    def test_a_listing_is_claimed_and_the_claim_decided(self):
        for size in (DESKTOP, PHONE):
            email = f"ana{size['width']}@example.com"
            with self.browser_page(size=size) as page:
                page.goto(self.space._public_path())
                page.get_by_role("link", name="This is our space").click()
                page.get_by_label("Your name").fill("Ana Diaz")
                page.get_by_label("Work e-mail").fill(email)
                page.get_by_label("How do you belong").fill("I run the workshop")
                self.check_page(page, "claim")
                page.get_by_role("button", name="Send").click()
                page.get_by_role("heading", name="Look in your mailbox").wait_for()
                self.check_page(page, "claim-sent")
            claim = self.env["wcm.facility.claim"].search([("email", "=", email)])
            with self.browser_page(size=size) as page:
                page.goto(urlsplit(claim._url()).path)
                self.check_page(page, "claim-confirm")
                page.get_by_role("button", name="Yes, that is me").click()
                page.get_by_text("Your address is confirmed").wait_for()
                self.check_page(page, "claim-thanks")
            with self.browser_page(self.manager.login, size=size) as page:
                page.goto(f"/odoo/production-space-claims/{claim.id}")
                page.locator(".o_form_view").wait_for()
                self.picture(page, "claim-form")
            claim.with_user(self.manager).action_approve()
            self.assertEqual(claim.state, "approved")

    def test_a_member_keeps_its_listing_from_the_workshop_on(self):
        router = self.env["maintenance.equipment"].create({"name": "Router", "facility_id": self.space.id, "process_id": self.routing.id, "quantity": 2})
        for size in (DESKTOP, PHONE):
            with self.browser_page(self.alder_user.login, size=size) as page:
                self.change_listing(page, f"Mo-Sa, seen at {size['width']}")
                self.look_at_kit(page)
                self.propose(page)
            self.assertEqual(self.space.opening_hours, f"Mo-Sa, seen at {size['width']}")
        with self.browser_page(self.manager.login) as page:
            page.goto("/odoo/production-capability-proposals")
            page.locator(".o_data_row").first.click()
            page.locator(".o_form_view").wait_for()
            self.picture(page, "proposal-form")
            page.goto(f"/odoo/production-spaces/{self.space.id}")
            page.locator(".o_form_view .o_mail_message, .o-mail-Message").first.wait_for()
            self.picture(page, "space-backend")
        self.assertTrue(router.exists())

    def change_listing(self, page, hours):
        page.goto("/workshop/us")
        page.locator(".o_kanban_record:not(.o_kanban_ghost)").first.click()
        page.get_by_role("button", name="Our listing").wait_for()
        self.picture(page, "workshop-us")
        page.get_by_role("button", name="Our listing").click()
        page.get_by_role("heading", name="What is listed").wait_for()
        self.check_page(page, "space")
        page.get_by_role("link", name="Change the listing").click()
        page.get_by_label("Opening Hours").fill(hours)
        self.check_page(page, "space-edit")
        page.get_by_role("button", name="Save").click()
        page.get_by_text("Saved.").wait_for()

    def look_at_kit(self, page):
        page.get_by_role("link", name="Router").click()
        self.check_page(page, "space-kit")
        page.get_by_role("link", name="Back", exact=True).click()
        page.get_by_role("link", name="Add a machine").click()
        self.check_page(page, "space-kit-new")

    def propose(self, page):
        page.goto(f"/my/spaces/{self.space.id}/propose")
        page.get_by_label("Process *").select_option(label="Assembly")
        self.check_page(page, "space-propose")
        page.get_by_role("button", name="Send").click()
        page.get_by_text("Sent to your coordinator").wait_for()

    def test_a_finding_is_closed_and_a_certificate_sent_in(self):
        audit = self.completed_audit()
        for size in (DESKTOP, PHONE):
            finding = self.env["wcm.audit.finding"].create({"audit_id": audit.id, "severity": "major", "description": f"No emergency stop {size['width']}"})
            with self.browser_page(self.alder_user.login, size=size) as page:
                self.close_finding(page, finding)
                self.send_certificate(page)
            self.assertEqual(finding.state, "done")
        certificate = self.space.certificate_ids[:1]
        planned = self.env["wcm.audit"].create({"facility_id": self.space.id, "kind": "self", "auditor_id": self.manager.id})
        with self.browser_page(self.manager.login) as page:
            page.goto(f"/odoo/production-certificates/{certificate.id}")
            page.get_by_role("button", name="Accept").wait_for()
            self.picture(page, "certificate-form")
            page.goto(f"/odoo/production-audits/{planned.id}")
            page.get_by_role("button", name="Mail the Link").click()
            page.locator(".o_field_widget[name=link_state]", has_text="Mailed").wait_for()
            self.picture(page, "audit-link")

    def completed_audit(self):
        audit = self.env["wcm.audit"].create({"facility_id": self.space.id, "auditor_id": self.manager.id})
        audit.action_start()
        for question in audit.survey_id.question_ids:
            if question not in audit.user_input_id._get_inactive_conditional_questions():
                audit.user_input_id._save_lines(question, str(question.suggested_answer_ids[:1].id or ""))
        audit.user_input_id._mark_done()
        audit.action_complete()
        return audit

    def close_finding(self, page, finding):
        page.goto(f"/my/spaces/{self.space.id}")
        page.get_by_role("link", name="Visit").click()
        page.get_by_role("heading", name="Scores by section").wait_for()
        self.check_page(page, "own-audit")
        page.get_by_role("link", name=finding.description).click()
        page.get_by_label("What Was Done").fill("Fitted on Monday")
        self.check_page(page, "own-finding")
        page.get_by_role("button", name="It has changed").click()
        page.get_by_text("A coordinator looks at the evidence").wait_for()
        self.check_page(page, "own-finding-done")

    def send_certificate(self, page):
        paper = {"name": "insurance.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 test"}
        page.goto(f"/my/spaces/{self.space.id}/certificates/new")
        page.get_by_label("Kind *").select_option(label="ISO 9001")
        page.get_by_label("The paper itself").set_input_files(paper)
        self.check_page(page, "own-certificate")
        page.get_by_role("button", name="Send").click()
        page.get_by_text("Waits for your coordinator").first.wait_for()
        self.check_page(page, "own-space")
