"""A coordinator writes the next version of the terms, a manager approves it, and a member compares and accepts it on a phone."""

from odoo import Command
from odoo.tests import tagged

from .common import DESKTOP, PHONE, StoryCase, expect


@tagged("post_install", "-at_install")
class TestTerms(StoryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        clauses = [
            {"heading": "What it is for", "key": "why", "text": "To make homes together.", "summary": "Homes, together.", "sequence": 10},
            {"heading": "Fair payment", "key": "pay", "text": "You are paid within {payment_days}.", "summary": "Paid in time.", "sequence": 20},
        ]
        cls.held = cls.make_terms("held", body=False, notice_days=30, clause_ids=[Command.create(clause) for clause in clauses])
        cls.held.action_approve()
        cls.alder.with_user(cls.alder_user).action_accept_terms()

    def test_from_a_coordinators_draft_to_a_members_acceptance(self):
        self.a_coordinator_writes_the_next_version()
        draft = self.env["wcm.terms"].search([("version", "=", "2.0")])
        self.assertEqual((draft.state, draft.author_ids, draft.payment_days), ("draft", self.coordinator, 14))
        self.a_manager_compares_and_approves(draft)
        self.assertEqual((draft.state, draft.approved_by_id), ("in_force", self.manager))
        self.a_member_compares_and_accepts_on_a_phone()
        acceptance = self.alder.acceptance_ids.filtered(lambda one: one.terms_id == draft)
        self.assertEqual((acceptance.accepted_by_name, acceptance.accepted_by_role, acceptance.user_id), ("Ann Alder", "Director", self.alder_user))
        self.assertIn("within 14 days, no later.", acceptance.text)
        self.assertTrue(acceptance._is_true())
        self.assertEqual(self.alder.held_terms_id, draft)

    def a_coordinator_writes_the_next_version(self):
        with self.browser_page(self.coordinator.login) as page:
            page.goto(f"/odoo/network-terms/{self.held.id}")
            page.get_by_text("These words bind people").wait_for()
            page.locator(".o_cp_action_menus button.dropdown-toggle, .o_control_panel .o_cp_action_menus button").first.click()
            page.get_by_role("menuitem", name="Duplicate").click()
            expect(page.get_by_label("Version")).to_have_value("test held, next")
            page.get_by_label("Version").fill("2.0")
            page.get_by_role("tab", name="Figures").click()
            page.get_by_label("Days to payment").fill("14")
            page.get_by_role("tab", name="Clauses").click()
            page.get_by_role("cell", name="Fair payment").click()
            dialog = page.get_by_role("dialog")
            dialog.locator("[name=text] textarea").fill("You are paid within {payment_days}, no later.")
            dialog.get_by_role("button", name="Save").first.click()
            page.get_by_role("tab", name="Preview").click()
            page.get_by_text("You are paid within 14 days, no later.").wait_for()
            self.picture(page, "terms-preview")
            page.get_by_role("button", name="Ask for approval").click()
            page.get_by_role("button", name="Save").wait_for(state="hidden")

    def a_manager_compares_and_approves(self, draft):
        with self.browser_page(self.manager.login) as page:
            page.goto(f"/odoo/network-terms/{draft.id}")
            page.get_by_role("button", name="Read and compare").click()
            page.get_by_role("tab", name="What is different").click()
            page.locator(".tab-pane.show ins", has_text="14").first.wait_for()
            self.picture(page, "terms-compare")
            self.assert_accessible(page, within=".wcm_terms_text", name="compare")
            page.goto(f"/odoo/network-terms/{draft.id}")
            page.get_by_role("button", name="Approve").click()
            page.get_by_role("dialog").get_by_role("button", name="Ok").click()
            page.get_by_text("These words bind people").wait_for()
            self.picture(page, "terms-approved")

    def a_member_compares_and_accepts_on_a_phone(self):
        with self.browser_page(self.alder_user.login, PHONE) as page:
            page.goto("/workshop/us")
            page.locator(".o_kanban_record", has_text="Alder Works").click()
            page.get_by_text("The terms change.").wait_for()
            self.assertEqual(page.locator("del", has_text="30").count() > 0, True)
            page.get_by_role("link", name="Go to the terms").click()
            expect(page.get_by_role("heading", name="What is different for you")).to_be_in_viewport()
            self.picture(page, "terms-member-changes")
            self.assert_accessible(page, within="#wcm_our_terms", name="member")
            page.get_by_role("button", name="We accept these terms").click()
            page.get_by_label("Your name").fill("Ann Alder")
            page.get_by_label("You are its …").fill("Director")
            self.picture(page, "terms-member-accept")
            page.get_by_role("dialog").get_by_role("button", name="Accept").click()
            page.get_by_text("A copy is on its way to you.").wait_for()
            page.get_by_role("link", name="Our copy (PDF)").first.wait_for()
            page.get_by_role("dialog").wait_for(state="detached")
            page.get_by_text("The terms change.").wait_for(state="detached")
            self.picture(page, "terms-member-accepted", full=True)

    def test_screens_on_desktop_and_phone(self):
        for size in (DESKTOP, PHONE):
            with self.subTest(width=size["width"]), self.browser_page(self.manager.login, size) as page:
                page.goto("/odoo/network-terms")
                page.get_by_text("Test terms").first.wait_for()
                self.picture(page, "terms-list")
                page.goto(f"/odoo/network-terms/{self.held.id}")
                page.get_by_text("What it is for").first.wait_for()
                self.picture(page, "terms-form", full=True)
                page.get_by_role("tab", name="Figures").click()
                page.get_by_text("Words only").wait_for()
                self.picture(page, "terms-figures", full=True)
                page.get_by_role("tab", name="Preview").click()
                page.locator(".tab-pane.show .wcm_terms_text").get_by_text("The figures in these terms").wait_for()
                self.assert_accessible(page, within=".wcm_terms_text", name="form")
