from datetime import timedelta
from urllib.parse import urlsplit

from odoo import fields
from odoo.tests import tagged

from .common import DESKTOP, PHONE, StoryCase
from .test_public_spaces import AXE, RULES


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
        page.add_script_tag(path=AXE)
        found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        self.assertEqual([(v["id"], [n["html"] for n in v["nodes"]]) for v in found["violations"]], [])
        self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), page.viewport_size["width"])
        self.picture(page, name)

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
