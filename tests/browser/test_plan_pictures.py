from datetime import timedelta

from odoo import Command
from odoo.tests import tagged

from .common import DESKTOP, PHONE, StoryCase


@tagged("post_install", "-at_install")
class TestPlanPictures(StoryCase):
    """A coordinator looks at a solved plan; Birch is of another region."""

    def setUp(self):
        super().setUp()
        self.alder.facility_id.capability_ids.share_offered = 0.1
        self.plan = self.make_plan(self.make_build("Soon", {self.block: 12}, weeks=2), carbon_price=0.2)
        self.plan._solve_now()

    def test_the_pictures_open_their_lines_at_a_desk_and_on_a_phone(self):
        for size in (DESKTOP, PHONE):
            with self.subTest(width=size["width"]), self.browser_page("coordinator_t", size) as page:
                page.emulate_media(reduced_motion="reduce")  # axe looks at colours that stand still
                page.goto(f"/odoo/network-plans/{self.plan.id}")
                page.get_by_role("tab", name="Cost", exact=True).click()
                page.locator(".o_wcm_cost_split", has_text="Carbon").wait_for()
                self.picture(page, "plan-form-cost")
                page.goto(f"/odoo/network-plans/{self.plan.id}/plan-pictures")
                self.look_at(page, "Timeline", ".o_wcm_chip")
                self.look_at(page, "Map", ".o_wcm_flow_map .leaflet-marker-icon[role=button]")
                self.look_at(page, "Cost", ".o_wcm_share")
                self.look_at(page, "Who makes what", "[data-row]")
                self.look_at(page, "Load", ".o_wcm_cell_plain")
                self.choose_a_process(page)
                self.go_by_keys(page)
                self.open_lines(page)

    def test_a_plan_of_years_is_shown_by_months_and_a_quarter_of_it_by_weeks(self):
        monday = self.monday
        home = self.make_build("Later", {self.block: 12}, weeks=100)
        self.plan = self.make_plan(home, start_date=monday, weeks=104)
        line = {"build_line_id": home.line_ids.id, "membership_id": self.alder.id, "quantity": 1}
        self.plan.line_ids = [Command.create({**line, "week_start": monday + timedelta(weeks=8 * number)}) for number in range(12)]
        with self.browser_page("coordinator_t", PHONE) as page:
            page.emulate_media(reduced_motion="reduce")
            page.goto(f"/odoo/network-plans/{self.plan.id}/plan-pictures")
            self.look_at(page, "Timeline", ".o_wcm_chip")
            columns = page.locator(".o_wcm_plan_pictures thead th")
            self.assertLess(columns.count(), 28)
            page.get_by_label("Time").select_option(index=2)
            page.get_by_role("columnheader", name="1 ").first.wait_for()
            self.assertLess(columns.count(), 16)
            page.locator("[data-row]").first.click()
            page.locator(".o_list_view .o_data_row, .o_kanban_view .o_kanban_record").first.wait_for()
            page.go_back()
            page.locator(".o_wcm_picture_tabs [aria-current]", has_text="Timeline").wait_for()
            page.locator(".o_wcm_chip").first.wait_for()
            self.assertLess(columns.count(), 16)

    def look_at(self, page, name, selector):
        page.get_by_role("button", name=name, exact=True).click()
        page.locator(".o_wcm_picture_tabs [aria-current]", has_text=name).wait_for()
        page.locator(selector).first.wait_for()
        self.picture(page, f"plan-picture-{name.split()[0].lower()}")
        self.assert_accessible(page, ".o_wcm_plan_pictures", name)
        self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), page.viewport_size["width"])

    def go_by_keys(self, page):
        """One cell is on the way of Tab; from there the arrows lead on, over rows without a cell to press."""
        cell = page.locator("[data-row][tabindex='0']")
        self.assertEqual((cell.count(), cell.get_attribute("data-row")), (1, "1"))
        cell.focus()
        page.keyboard.press("ArrowDown")
        self.assertEqual((cell.count(), cell.get_attribute("data-row")), (1, "3"))
        self.assertEqual(page.evaluate("document.activeElement.dataset.row"), "3")

    def choose_a_process(self, page):
        """The process and the one member whose hours are this reader's to see; then all again."""
        page.get_by_label("Show").select_option(label=self.routing.name)
        page.wait_for_function("document.querySelectorAll('.o_wcm_plan_pictures tbody tr').length === 2")
        page.get_by_label("Show").select_option(label="All processes")
        page.wait_for_function("document.querySelectorAll('.o_wcm_plan_pictures tbody tr').length === 4")

    def open_lines(self, page):
        """Of one member, process and week; the way back leads to the same picture."""
        page.locator("[data-row]").first.click()
        page.locator(".o_list_view .o_data_row, .o_kanban_view .o_kanban_record").first.wait_for()
        self.picture(page, "plan-picture-lines")
        page.go_back()
        page.locator(".o_wcm_picture_tabs [aria-current]", has_text="Load").wait_for()
        page.get_by_text("Members of other regions work in this plan too").wait_for()
