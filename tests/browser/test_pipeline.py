from odoo.tests import tagged

from .common import DESKTOP, PHONE, StoryCase


@tagged("post_install", "-at_install")
class TestPipelinePage(StoryCase):
    """A coordinator shows a board how the homes stand."""

    def setUp(self):
        super().setUp()
        plan = self.make_plan(self.build)
        plan._solve_now()
        self.make_build("Plot 2", {self.block: 4}, weeks=70)
        self.load_of = f"{self.routing.name}, Test Bristol"  # read now: the page shares this database connection

    def test_the_page_tells_how_the_homes_stand_at_a_desk_and_on_a_phone(self):
        for size in (DESKTOP, PHONE):
            with self.subTest(width=size["width"]), self.browser_page("coordinator_t", size) as page:
                page.emulate_media(reduced_motion="reduce")
                page.goto("/odoo/pipeline")
                page.get_by_text("2 homes: 0 finished, 1 more in time by the plans, 1 late or not wholly planned.").wait_for()
                self.picture(page, "pipeline")
                self.assertEqual(page.locator(".o_wcm_pipeline_months tbody tr").count(), 36)
                self.assert_accessible(page, ".o_wcm_pipeline")
                self.assertLessEqual(page.locator(".o_wcm_pipeline").evaluate("el => el.scrollWidth"), size["width"])
                self.open_by_keys(page)

    def open_by_keys(self, page):
        """What is not planned leads to its home, the load to the hours behind it."""
        page.get_by_role("button", name="Test Meadow, Plot 2").focus()
        page.keyboard.press("Enter")
        page.locator(".o_form_view").get_by_text("Components").first.wait_for()
        page.go_back()
        page.get_by_role("button", name=self.load_of).press("Enter")
        page.locator(".o_list_view .o_data_row, .o_kanban_view .o_kanban_record").first.wait_for()
