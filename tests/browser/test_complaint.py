"""A customer complains: from the first words to the 8D report, everybody on pages of their own."""

import io
from contextlib import contextmanager
from datetime import date, timedelta

from playwright.sync_api import expect
from PyPDF2 import PdfReader

from odoo.tests import tagged

from .common import DESKTOP, PHONE
from .nonconformity import DIALOG, NonconformityCase


@tagged("post_install", "-at_install")
class TestComplaint(NonconformityCase):
    """Six blocks of one delivery: each way to decide, once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        shipment = cls.shipment.with_user(cls.coordinator)
        for name in cls.names:
            shipment.action_receive_scan(name)
        shipment.action_receive()

    def test_from_the_complaint_to_the_8d_report(self):
        with self.browser_page("coordinator_t", DESKTOP) as page:
            self.complain(page)
            self.contain(page)
        complaint = self.nonconformities.search([("title", "=", "Draughty joint beside the door")])
        self.assert_contained(complaint)
        with self.browser_page("lead_b", DESKTOP) as page:
            self.open(page, complaint)
            self.decide_each(page)
            self.say_why(page)
            self.say_who_pays(page, "Cut to an old drawing")
        self.assert_decided(complaint)
        with self.browser_page("alder@example.com", PHONE) as page:
            self.refuse_and_rework(page)
        with self.browser_page("lead_b", DESKTOP) as page:
            self.open(page, complaint)
            self.press(page, "Close")
            page.locator(".o_arrow_button_current", has_text="Closed").wait_for()
            self.say_who_pays(page, "The drawing had been sent on Monday")
        with self.browser_page("alder@example.com", DESKTOP) as page:
            self.agree(page)
        with self.browser_page("coordinator_t", DESKTOP) as page:
            self.open(page, complaint)
            self.correct(page)
        with self.browser_page("lead_b", DESKTOP) as page:
            self.say_that_it_helped(page)
            words = self.report(page, complaint)
        self.assert_told(complaint)
        self.assert_report(words)

    def complain(self, page):
        page.goto("/odoo/action-wcm_qc.action_nonconformity")
        page.get_by_role("button", name="New").click()
        page.get_by_label("What is wrong").fill("Draughty joint beside the door")
        self.choose(page, "part_ids", self.names[0])
        page.get_by_label("A customer complained").check()
        page.locator("[name=customer_name] input").fill("Ann Smith")
        self.select(page, "customer_channel", "By telephone")
        self.look(page, "complaint")
        page.get_by_role("button", name="Save manually").click()
        page.get_by_text("Parts held").wait_for()

    def contain(self, page):
        dialog = self.press(page, "Hold siblings too")
        dialog.get_by_label("From the same sheet lots").check()
        dialog.get_by_text(self.names[5]).wait_for()
        self.look(page, "contain", DIALOG)
        dialog.get_by_role("button", name="Hold them").click()
        page.locator(".o_tag", has_text=self.names[5]).wait_for()

    def assert_contained(self, complaint):
        self.assertEqual((complaint.source, complaint.customer_name, complaint.opened_by_id), ("customer", "Ann Smith", self.coordinator))
        self.assertEqual(complaint.part_ids, self.parts)
        self.assertTrue(all(self.parts.mapped("is_held")))

    def decide_each(self, page):
        """Rework, as it is until a day, another member makes it again, not owed any more; the last two as they are, for this home."""
        self.look(page, "nonconformity")
        with self.deciding(page, "Rework", "Plane the edge", self.names[:1]) as dialog:
            dialog.locator("[name=steps] textarea").fill("Plane to 18 mm\nOil")
            self.look(page, "decide-rework", DIALOG)
        with self.deciding(page, "Use as is (concession)", "The lining hides it", self.names[1:2]) as dialog:
            dialog.get_by_label("Until a date").check()
            dialog.locator("[name=until] input").fill((date.today() + timedelta(days=30)).strftime("%m/%d/%Y"))
            dialog.locator("[name=until] input").press("Tab")
        with self.deciding(page, "Scrap", "Warped", self.names[2:3]) as dialog:
            dialog.get_by_label("Another member").check()
            self.choose(page, "membership_id", "Birch Joinery")
            self.look(page, "decide-scrap", DIALOG)
        with self.deciding(page, "Return", "Too narrow", self.names[3:4]) as dialog:
            dialog.get_by_label("It is not owed any more").check()
        with self.deciding(page, "Use as is (concession)", "Nothing wrong with these", self.names[4:]):
            pass
        page.locator(".o_arrow_button_current", has_text="Decided").wait_for()

    @contextmanager
    def deciding(self, page, kind, reason, names):
        """The dialog for some of the parts: opened, filled in by the body, sent."""
        dialog = self.press(page, "Decide")
        dialog.get_by_label(kind, exact=True).check()
        for name in self.names:
            box = dialog.locator("[name=part_ids]").get_by_label(name)
            if box.count():
                box.set_checked(name in names)
        dialog.locator("[name=reason] textarea").fill(reason)
        yield dialog
        dialog.get_by_role("button", name="Decide").click()
        dialog.wait_for(state="detached")
        page.locator("[name=disposition_ids]").get_by_text(names[0]).wait_for()

    def say_why(self, page):
        self.select(page, "cause_category", "Method")
        page.locator("[name=cause] textarea").fill("Old drawing at the bench")
        actions = page.locator("[name=corrective_action_ids]")
        actions.get_by_text("Add a line").click()
        today = date.today().strftime("%m/%d/%Y")
        actions.locator("[name=name] input, [name=name] textarea").first.fill("Drawings by code only")
        self.choose(page, "owner_id", "coordinator_t")
        due, again = (actions.locator(f"[name={field}] input") for field in ("due_on", "check_from"))
        due.fill(today)
        due.press("Tab")
        expect(again).not_to_have_value("")  # a month later, unless somebody says otherwise
        again.fill(today)
        again.press("Tab")
        page.get_by_role("button", name="Save manually").click()
        page.get_by_role("button", name="Save manually").wait_for(state="hidden")

    def say_who_pays(self, page, reason):
        dialog = self.press(page, "Who pays")
        dialog.get_by_label("The member").check()
        dialog.locator("[name=amount] input").fill("120")
        dialog.locator("[name=reason] textarea").fill(reason)
        self.look(page, "who-pays", DIALOG)
        dialog.get_by_role("button", name="Save").click()
        page.locator("[name=cost_reason]", has_text=reason).wait_for()

    def assert_decided(self, complaint):
        lines = {one.part_name: one for one in complaint.disposition_ids}
        reworked, used, scrapped, returned, *others = (lines[name] for name in self.names)
        self.assertEqual([one.kind for one in (reworked, used, scrapped, returned, *others)], ["rework", "use_as_is", "scrap", "return", "use_as_is", "use_as_is"])
        self.assertEqual((reworked.state, reworked.steps), ("to_do", "Plane to 18 mm\nOil"))
        self.assertEqual((used.until, others[0].concession_build_id), (date.today() + timedelta(days=30), self.build))
        self.assertEqual((scrapped.part_id.state, returned.then), ("scrapped", "credit"))
        self.assertEqual([part.is_held for part in self.parts], [True, False, False, False, False, False])
        self.assertEqual((complaint.state, complaint.cause_category, complaint.corrective_action_ids.owner_id), ("decided", "method", self.coordinator))

    def refuse_and_rework(self, page):
        """On a phone, from the page that says what is to do."""
        self.workshop(page, "quality")
        page.locator(".wcm_member_quality [data-card=cost] .wcm_line").click()
        page.get_by_text("Cut to an old drawing").wait_for()
        self.assertEqual(page.get_by_text("Ann Smith").count(), 0)
        self.look(page, "member-nonconformity")
        page.locator(".o_kanban_record", has_text=self.names[1]).click()
        page.wait_for_timeout(500)  # a decision has no page of its own: nothing opens
        self.assertEqual(page.get_by_role("dialog").count(), 0)
        page.get_by_role("button", name="Not agreed").click()
        page.get_by_role("dialog").get_by_label("Why not?").fill("We had the new one a week later")
        page.get_by_role("dialog").get_by_role("button", name="Send").click()
        page.get_by_text("Told to the network.").wait_for()
        page.get_by_role("button", name="Rework is done").click()
        page.get_by_role("dialog").get_by_label("What was done?").fill("Planed and oiled")
        page.get_by_role("dialog").get_by_role("button", name="Send").click()
        page.get_by_text("Another person checks the parts now").wait_for()

    def agree(self, page):
        page.goto("/workshop/my-nonconformities")
        page.locator(".o_searchview_facet .o_facet_remove").click()
        page.locator(".o_kanban_record", has_text="Draughty joint").click()
        page.get_by_role("button", name="Agreed", exact=True).click()
        page.get_by_role("dialog").get_by_role("button", name="Agreed").click()
        page.get_by_role("button", name="Not agreed").wait_for(state="hidden")
        self.look(page, "member-agreed")

    def correct(self, page):
        page.locator("[name=corrective_action_ids]").get_by_role("button", name="Done").click()
        dialog = page.get_by_role("dialog")
        dialog.locator("[name=note] textarea").fill("Codes on every drawing")
        dialog.get_by_role("button", name="Save").click()
        page.locator("[name=corrective_action_ids]").get_by_text("Done, to be looked at").wait_for()

    def say_that_it_helped(self, page):
        """From the desk, where it waits for another person than who did it."""
        page.goto("/odoo/quality-desk")
        page.locator("[data-card=effectiveness]").get_by_role("button", name="Say it").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("It helped").check()
        dialog.locator("[name=note] textarea").fill("Forty blocks, all right")
        dialog.get_by_role("button", name="Save").click()
        page.locator("[data-card=effectiveness]").wait_for(state="detached")

    def report(self, page, complaint):
        self.open(page, complaint)
        page.locator(".o_cp_action_menus button:has(.fa-cog)").click()
        with page.expect_download() as download:
            page.get_by_role("menuitem", name="8D report").click()
        self.assertIn("8D", download.value.suggested_filename)
        # A test's server prints a page instead of a PDF unless it is asked twice.
        made = page.request.get(f"/report/pdf/wcm_qc.eight_d/{complaint.id}?context=%7B%22force_report_rendering%22%3Atrue%7D")
        self.assertEqual(made.headers["content-type"], "application/pdf")
        return " ".join("".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(made.body())).pages).split())

    def assert_told(self, complaint):
        [action] = complaint.corrective_action_ids
        self.assertEqual((complaint.state, complaint.closed_by_id), ("closed", self.lead))
        self.assertEqual((complaint.rework_note, complaint.reworked_by_id), ("Planed and oiled", self.alder_user))
        self.assertEqual((complaint.payer, complaint.cost_amount, complaint.cost_answer, complaint.cost_answered_by_id), ("member", 120, "agreed", self.alder_user))
        self.assertIn("We had the new one a week later", " ".join(complaint.message_ids.mapped("body")) + " ".join(self.refusals_told(complaint)))
        self.assertEqual((action.state, action.done_by_id, action.checked_by_id), ("effective", self.coordinator, self.lead))
        self.assertFalse(any(self.parts.mapped("is_held")))

    def refusals_told(self, complaint):
        """Who said what it costs was told why the member did not agree."""
        told = self.env["mail.message"].search([("model", "=", complaint._name), ("res_id", "=", complaint.id), ("message_type", "=", "user_notification")])
        self.assertIn(self.lead.partner_id, told.notified_partner_ids)
        return told.mapped("body")

    def assert_report(self, words):
        for said in (
            "8D report", "Ann Smith", self.coordinator.name, self.lead.name, self.alder_user.name, "Method", "Old drawing at the bench",
            "Drawings by code only", "Codes on every drawing", "Forty blocks, all right", "Birch Joinery", "The drawing had been sent on Monday",
        ):
            self.assertIn(said, words)
