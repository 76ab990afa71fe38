"""The books of the platform as a board meets them: what to enter, what it comes to, and what to take along."""

from odoo.tests import tagged

from odoo.addons.wcm_network.tests.test_viability import ViabilityCase

from .common import DESKTOP, PHONE, BrowserCase

PAGE = ".o_wcm_viability"


@tagged("post_install", "-at_install")
class TestViabilityPage(BrowserCase, ViabilityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user in cls.manager | cls.coordinator:
            user.password = user.login

    def look(self, page, name, size):
        self.picture(page, f"viability-{name}", full=True)
        self.assert_accessible(page, PAGE, name=name)
        self.assertLessEqual(page.locator(PAGE).evaluate("el => el.scrollWidth"), size["width"])

    def test_a_board_reads_figures_picture_and_what_changes_them(self):
        for size in (DESKTOP, PHONE):
            with self.subTest(width=size["width"]), self.browser_page("manager_t", size) as page:
                page.goto("/odoo/viability")
                page.get_by_text("It breaks even at 6 homes a year.").wait_for()
                card = page.locator("[data-card=months_of_reserve]")
                self.assertIn("6.0 months", card.inner_text())
                picture = page.get_by_role("img", name="Levy income and running cost by homes a year")
                self.assertIn("break-even: 6", " ".join(picture.text_content().split()))
                self.look(page, "network", size)
                page.get_by_label("Try homes a year").fill("12")
                page.get_by_label("Try homes a year").blur()
                page.get_by_text("What if").wait_for()
                page.get_by_text("60 is left").wait_for()
                page.locator("[data-code=cost_next]").click()
                page.locator(".o_list_view .o_data_row, .o_kanban_view .o_kanban_record:not(.o_kanban_ghost)").nth(2).wait_for()

    def test_it_is_taken_along_as_paper_and_spreadsheet(self):
        with self.browser_page("manager_t", DESKTOP) as page:
            page.goto("/odoo/viability")
            for name, ending in (("PDF", ".pdf"), ("Spreadsheet", ".xlsx")):
                with page.expect_download() as file:
                    page.get_by_role("link", name=name).click()
                self.assertTrue(file.value.suggested_filename.endswith(ending))

    def test_a_coordinator_enters_the_cost_and_reserve_of_the_own_region(self):
        for size in (DESKTOP, PHONE):
            with self.subTest(width=size["width"]), self.browser_page("coordinator_t", size) as page:
                page.goto("/odoo/viability")
                page.get_by_role("heading", name="Viability: Test Bristol").wait_for()
                page.get_by_text("There is not enough to say yet").wait_for()
                self.look(page, "empty", size)
                page.locator("[data-missing=cost_next]").click()
                page.get_by_role("button", name="New").click()
                page.get_by_label("What for").fill(f"Desk {size['width']}")
                page.locator("[name=amount] input").fill("24")
                self.picture(page, "viability-cost-form", full=True)
                page.locator(".o_form_button_save").first.click()
                page.locator(".o_form_button_save").first.wait_for(state="hidden")
                self.assertFalse(page.locator("[name=account_ids]").count())
            cost = self.env["wcm.running.cost"].search([("name", "=", f"Desk {size['width']}")])
            self.assertEqual((cost.region_id, cost.amount), (self.bristol, 24))
            cost.unlink()
