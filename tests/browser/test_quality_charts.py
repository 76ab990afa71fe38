from odoo.tests import tagged

from odoo.addons.wcm_qc.tests.test_quality_chart import CALM, ChartCase

from .common import DESKTOP, PHONE, BrowserCase


@tagged("post_install", "-at_install")
class TestQualityCharts(ChartCase, BrowserCase):
    """24 calm readings of Alder's blocks and one outside; one reading of Birch's."""

    def test_a_quality_lead_reads_a_chart_and_opens_what_is_outside(self):
        self.measure(*CALM, "18.45")
        self.measure("18.3", order=self.rival_order)
        for size in (DESKTOP, PHONE):
            with self.subTest(width=size["width"]), self.browser_page("lead_t", size) as page:
                page.emulate_media(reduced_motion="reduce")
                page.goto("/odoo/quality-charts")
                page.get_by_label("Member").select_option(label=self.alder_name)
                page.locator(".o_wcm_chart_signals", has_text="Outside the control limits").wait_for()
                self.look_at(page, "quality-chart")
                self.go_by_keys(page)
                page.locator("label", has_text="Points").locator("select").select_option(label="Groups of 5 readings")
                page.get_by_text("Averages of groups").wait_for()
                page.locator("label", has_text="Points").locator("select").select_option(label="Single readings")
                page.locator(".o_wcm_chart_signals li", has_text="Outside the control limits").get_by_role("button").click()
                page.locator(".o_form_view", has_text="18.45").wait_for()
                page.go_back()
                page.locator(".o_wcm_chart_signals", has_text="Outside the control limits").wait_for()
                page.get_by_role("button", name="Yield, defects and cost").click()
                page.get_by_text("1,000,000 × 0 failed results").wait_for()
                self.look_at(page, "quality-counts")

    def test_a_member_sees_its_own_chart_only_and_downloads_its_readings(self):
        self.measure(*CALM)
        self.measure("18.3", "18.4", order=self.rival_order)
        for size in (DESKTOP, PHONE):
            with self.subTest(width=size["width"]), self.browser_page("birch@example.com", size) as page:
                page.emulate_media(reduced_motion="reduce")
                page.goto("/workshop")
                page.locator("[data-tab=quality]").click()
                page.get_by_text("there are 2").wait_for()
                page.locator(".o_wcm_point").nth(1).wait_for()
                self.assertEqual(page.get_by_label("Member").count(), 0)
                self.look_at(page, "workshop-quality")
                with page.expect_download() as download:
                    page.get_by_text("Download readings").click()
                self.assertEqual(download.value.suggested_filename, "readings.xlsx")

    def test_where_nothing_was_measured_the_page_says_when_it_begins(self):
        with self.browser_page("lead_t") as page:
            page.goto("/odoo/quality-charts")
            page.get_by_text("Nothing was measured yet").wait_for()
            page.get_by_role("button", name="Yield, defects and cost").click()
            page.get_by_text("Nothing was checked here").wait_for()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.lead | cls.rival:
            user.password = user.login

    def setUp(self):
        super().setUp()
        self.alder_name = self.alder.name

    def look_at(self, page, name):
        self.picture(page, name)
        self.assert_accessible(page, ".o_wcm_quality_charts", name)
        self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), page.viewport_size["width"])

    def go_by_keys(self, page):
        """The newest point is on the way of Tab; the arrows lead to the others."""
        newest = page.locator("figure").first.locator("[data-column][tabindex='0']")
        self.assertEqual(newest.get_attribute("data-column"), "24")
        newest.focus()
        page.keyboard.press("ArrowLeft")
        self.assertEqual(newest.get_attribute("data-column"), "23")
