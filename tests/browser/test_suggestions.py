from urllib.parse import urlsplit

from odoo.tests import tagged

from .common import DESKTOP, PHONE, BrowserCase


@tagged("post_install", "-at_install")
class TestSuggestions(BrowserCase):
    """Somebody without a login suggests a space; the coordinator of its region takes it up."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for model in ("wcm.facility.suggestion", "wcm.suggestion.count"):
            cls.env[model].search([]).unlink()
        cls.bristol = cls.env.ref("wcm_mapping.region_bristol")
        cls.coordinator = cls.env["res.users"].create({
            "name": "Casey", "login": "suggestion_coordinator", "password": "suggestion_coordinator",
            "group_ids": [cls.env.ref("wcm_mapping.group_mapping_user").id],
        })
        cls.bristol.coordinator_ids = cls.coordinator
        cls.elm = cls.env["wcm.facility"].create({
            "name": "Elm Works", "visibility": "public", "zip": "BS4 1DB", "city": "Bristol", "region_id": cls.bristol.id,
            "latitude": 51.43, "longitude": -2.58, "location_precision": "postcode_sector", "organisation_type": "charity",
        })
        cls.correction = f"/spaces/{cls.elm.id}/suggest"

    def fill(self, page):
        page.goto("/spaces/suggest")
        page.get_by_label("Name of the space").fill("Oak Works")
        page.get_by_label("Postcode").fill("bs3 1qp")
        page.get_by_text("Choose from", exact=False).first.click()
        page.get_by_label("CNC routing").check()
        page.get_by_label("Machines and tools").fill("A router, 1.2 by 2.4 m")
        page.get_by_label("Your e-mail address").fill("jo@example.org")

    def check_page(self, page, name):
        self.assert_accessible(page, name=name)
        width = page.evaluate("document.documentElement.scrollWidth")
        self.assertLessEqual(width, page.viewport_size["width"], f"{name} scrolls sideways")
        self.picture(page, f"suggestion-{name}")

    def link(self):
        suggestion = self.env["wcm.facility.suggestion"].search([("name", "=", "Oak Works")])
        return urlsplit(suggestion._confirmation_url()).path

    def test_axe_finds_nothing_to_complain_of_on_any_of_the_pages(self):
        for size in (DESKTOP, PHONE):
            with self.subTest(width=size["width"]), self.browser_page(size=size) as page:
                self.fill(page)
                self.check_page(page, "form")
                page.get_by_role("button", name="Send the suggestion").click()
                page.get_by_text("Please tick the box").first.wait_for()
                self.check_page(page, "error")
                self.forgive("422")
                page.goto(self.correction)
                self.check_page(page, "correction")
                page.goto("/spaces/suggest/thanks")
                self.check_page(page, "thanks")
                page.goto("/spaces/suggest/confirm/wrong")
                self.check_page(page, "wrong")
                self.forgive("404")

    def test_a_suggestion_from_the_form_to_the_space(self):
        self.send()
        self.confirm()
        self.accept()
        facility = self.env["wcm.facility"].search([("name", "=", "Oak Works")])
        self.assertEqual((facility.zip, facility.visibility, facility.process_ids.code), ("BS3 1QP", "private", "cnc_routing"))

    def send(self):
        with self.browser_page(size=PHONE) as page:
            self.fill(page)
            page.get_by_role("button", name="Send the suggestion").click()
            page.get_by_role("link", name="Please tick the box").click()
            self.forgive("422")
            self.assertEqual(page.evaluate("document.activeElement.id"), "consent")
            self.assertTrue(page.get_by_label("CNC routing").is_checked(), "what was ticked is still ticked")
            page.keyboard.press("Space")
            page.get_by_role("button", name="Send the suggestion").click()
            page.get_by_role("heading", name="Please look into your mail").wait_for()

    def confirm(self):
        link = self.link()
        with self.browser_page(size=PHONE) as page:
            page.goto(link)
            self.check_page(page, "confirm")
            page.get_by_role("button", name="Confirm").click()
            page.get_by_role("heading", name="Thank you, it is confirmed").wait_for()
            self.check_page(page, "confirmed")

    def accept(self):
        with self.browser_page(login="suggestion_coordinator") as page:
            page.goto("/odoo/production-suggestions")
            page.locator(".o_menu_sections").get_by_text("Listings").click()
            page.get_by_role("menuitem", name="Suggestions (1)").wait_for()
            page.keyboard.press("Escape")
            page.locator(".o_data_row", has_text="Oak Works").click()
            page.get_by_role("button", name="Accept All").click()
            page.locator(".o_statusbar_status button[aria-checked=true]", has_text="Accepted").wait_for()
            page.locator(".o_menu_sections").get_by_text("Listings").click()
            page.get_by_role("menuitem", name="Suggestions", exact=True).wait_for()
            self.picture(page, "suggestion-accepted")
