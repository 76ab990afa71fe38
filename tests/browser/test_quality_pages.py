from playwright.sync_api import expect

from odoo.tests import tagged

from odoo.addons.wcm_qc.tests.common import picture

from .common import DESKTOP, PHONE, StoryCase


@tagged("post_install", "-at_install")
class TestQualityPages(StoryCase):
    """A home's quality board, and a member's own quality page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.make_user("lead_b", "wcm_qc.group_quality_lead", password="lead_b")
        cls.block_line.stage, cls.beam_line.stage = "walls", "roof"
        order = cls.released_order(cls, 5)
        order.with_user(cls.alder_user).action_start()
        order.part_ids[:4].with_user(cls.alder_user).action_mark_made("PLY-A")
        cls.first, cls.second, *_others = order.part_ids.sorted("name")
        cls.nonconformity = cls.first.with_user(cls.colleague).action_report("Split at the screw holes", photo=picture()).sudo()
        cls.nonconformity.with_user(cls.lead).action_decide("rework", "Fill and sand")
        cls.nonconformity.with_user(cls.lead).action_set_cost("member", 120, "Cut to an old drawing")

    def test_a_quality_lead_reads_a_homes_board_and_opens_what_keeps_a_block(self):
        for size in (DESKTOP, PHONE):
            with self.subTest(width=size["width"]), self.browser_page("lead_b", size) as page:
                page.goto(f"/odoo/quality-board?active_id={self.build.id}")
                page.locator(".o_wcm_block").first.wait_for()
                self.picture(page, "quality-board", full=True)
                self.look_at(page, ".o_wcm_quality_board")
                page.get_by_role("button", name="Nonconforming", exact=True).click()
                expect(page.locator(".o_wcm_block:not(.o_wcm_block_faded)")).to_have_count(1)
                page.get_by_role("button", name="To check, together: 3").click()
                page.locator(".o_data_row, .o_kanban_record:not(.o_kanban_ghost)").nth(2).wait_for()
                self.picture(page, "quality-board-list")
                page.go_back()
                page.locator(".o_wcm_state_nonconforming").click()
                page.locator(".o_form_view").get_by_text("Parts held").wait_for()

    def test_a_member_sees_what_to_do_what_is_open_and_its_own_yield(self):
        for size in (DESKTOP, PHONE):
            with self.subTest(width=size["width"]), self.browser_page("alder@example.com", size) as page:
                page.goto("/workshop")
                page.locator("[data-tab=quality]").click()
                page.locator(".wcm_member_quality [data-card=cost]").wait_for()
                self.picture(page, "member-quality", full=True)
                self.look_at(page, ".o_wcm_quality_charts")
                page.get_by_role("button", name="4 Blocks on hold").wait_for()
                page.locator(".wcm_member_quality [data-card=rework] .wcm_line").click()
                page.get_by_role("button", name="Rework is done").wait_for()
                photo = page.get_by_role("img", name="Photo of what is wrong")
                photo.scroll_into_view_if_needed()
                self.assertTrue(photo.evaluate("image => image.decode().then(() => image.naturalWidth > 0)"))

    def test_another_member_sees_nothing_of_it(self):
        with self.browser_page("birch@example.com", PHONE) as page:
            page.goto("/workshop")
            page.locator("[data-tab=quality]").click()
            page.get_by_text("Nothing: no rework, no check and no corrective action waits for you.").wait_for()
            page.get_by_role("button", name="0 Blocks on hold").wait_for()
            page.get_by_text("No block was checked").wait_for()

    def look_at(self, page, within):
        self.assert_accessible(page, within, within)
        self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), page.viewport_size["width"])
