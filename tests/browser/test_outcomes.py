from odoo import fields
from odoo.tests import tagged

from .common import DESKTOP, PHONE, StoryCase


@tagged("post_install", "-at_install")
class TestOutcomesPage(StoryCase):
    """A coordinator reads what came of the work, and a member reports its jobs."""

    def setUp(self):
        super().setUp()
        fund = self.env["res.partner"].create({"name": "Test Fund", "is_company": True})
        self.build.grant_id = self.env["wcm.grant"].create({"name": "Test year", "funder_id": fund.id, "date_start": "2026-01-01", "date_end": "2040-12-31"})
        order = self.released_order(2)
        order.with_user(self.alder_user).action_start()
        order.part_ids.with_user(self.alder_user).action_mark_made("PLY-A")

    def test_figures_say_what_they_are_and_open_their_records(self):
        for size in (DESKTOP, PHONE):
            with self.subTest(width=size["width"]), self.browser_page("coordinator_t", size) as page:
                page.goto("/odoo/what-came-of-it")
                page.get_by_role("combobox", name="Grant").select_option(label="Test year")
                made = page.locator("[data-code=components_made]")
                jobs = page.locator("li", has=page.locator("[data-code=paid_hours]"))
                jobs.get_by_text("Estimated").wait_for()
                made.get_by_text("2").wait_for()
                self.assertEqual(page.get_by_label("From").input_value(), "2026-01-01")
                page.get_by_role("button", name="About Components made").click()
                page.get_by_text("Blocks that a member recorded as made").wait_for()
                self.picture(page, "outcomes", full=True)
                self.assert_accessible(page, ".o_wcm_outcomes")
                self.assertLessEqual(page.locator(".o_wcm_outcomes").evaluate("el => el.scrollWidth"), size["width"])
                made.click()
                page.locator(".o_list_view .o_data_row, .o_kanban_view .o_kanban_record:not(.o_kanban_ghost)").nth(1).wait_for()

    def test_an_owner_reports_jobs_on_a_phone(self):
        for size in (DESKTOP, PHONE):
            with self.subTest(width=size["width"]), self.browser_page(self.alder_user.login, size) as page:
                page.goto("/workshop/my-jobs")
                page.locator("[name=paid_hours]").fill("120")
                page.locator("[name=people]").fill("3")
                page.locator("[name=apprentices]").fill("1")
                self.picture(page, "jobs", full=True)
                self.assert_accessible(page, ".wcm_jobs")
                page.get_by_role("button", name="Report").click()
                page.get_by_text("Reported by Alder Person").wait_for()
        report = self.env["wcm.job.report"].search([])
        self.assertEqual((report.paid_hours, report.people, report.reported_by_id), (120, 3, self.alder_user))
        self.assertEqual(report.month, fields.Date.subtract(fields.Date.today().replace(day=1), months=1))
