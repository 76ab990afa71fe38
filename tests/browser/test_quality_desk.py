from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import DESKTOP, PHONE, StoryCase


@tagged("post_install", "-at_install")
class TestQualityDesk(StoryCase):
    """What waits for a quality lead, from the menu to the decision."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.make_user("lead_b", "wcm_qc.group_quality_lead", password="lead_b")

    def test_a_quality_lead_sees_what_waits_on_a_desktop(self):
        self.walk(DESKTOP)

    def test_a_quality_lead_sees_what_waits_on_a_phone(self):
        self.walk(PHONE)

    def test_where_nothing_waits_the_desk_says_so(self):
        self.env["wcm.quality.signal"].search([]).activity_ids.unlink()
        with self.browser_page("lead_b", PHONE) as page:
            page.goto("/odoo/quality-desk")
            page.get_by_role("heading", name="Nothing waits for you").wait_for()
            self.assert_accessible(page, ".o_wcm_desk", "empty desk")

    def walk(self, size):
        self.make_work()
        with self.browser_page("lead_b", size) as page:
            page.goto("/odoo/quality-desk")
            holds = page.locator("[data-card=holds]")
            holds.get_by_text("more").wait_for()
            self.picture(page, "quality-desk", full=True)
            self.assert_accessible(page, ".o_wcm_desk", "desk")
            self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), size["width"])
            page.get_by_role("button", name="Decide: ").click()
            dialog = page.get_by_role("dialog")
            dialog.get_by_label("Rework").check()
            dialog.locator("[name=reason] textarea").fill("Fill and sand")
            dialog.get_by_role("button", name="Decide").click()
            page.locator("[data-card=carry_out]").get_by_text("Split at the screw holes").wait_for()
            self.assertEqual(page.locator("[data-card=decide]").count(), 0)
            holds.locator(".o_wcm_desk_line button").first.click()
            page.locator(".o_form_view").wait_for()
            page.go_back()
            page.locator("[data-card=holds] .o_wcm_desk_head").click()
            page.locator(".o_list_view, .o_kanban_view").wait_for()
            page.get_by_text("Hold points to pass").first.wait_for()

    def make_work(self):
        order = self.released_order(6)
        order.with_user(self.alder_user).action_start()
        order.part_ids.with_user(self.alder_user).action_mark_made("PLY-A")
        nonconformity = order.part_ids[0].with_user(self.colleague).action_report("Split at the screw holes").sudo()
        late = fields.Date.today() - timedelta(days=2)
        self.env["wcm.corrective.action"].create({
            "name": "Pre-drill every rib", "nonconformity_id": nonconformity.id, "owner_id": self.alder_user.id, "due_on": late,
        })
