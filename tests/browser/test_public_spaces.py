from urllib.parse import urlsplit

from odoo.tests import tagged

from .common import DESKTOP, PHONE, BrowserCase


@tagged("post_install", "-at_install")
class TestPublicSpaces(BrowserCase):
    """What anybody sees, without a login, at a desk and on a phone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["wcm.facility"].search([]).visibility = "network"
        common = {
            "visibility": "public", "published_precision": "exact", "publish_contact": True, "location_precision": "exact",
            "website": "https://example.org", "email": "a@example.org", "phone": "0117 496 0000", "country_id": cls.env.ref("base.uk").id,
        }
        cls.spaces = cls.env["wcm.facility"].create([
            {**common, "name": f"Space {number}", "city": "Bristol", "latitude": 51.4 + number, "longitude": -2.6,
             "organisation_type": "charity" if number else False, "is_illustrative": not number}
            for number in range(3)
        ])
        of_space = {"facility_id": cls.spaces[1].id, "process_id": cls.env.ref("wcm_mapping.process_cnc_routing").id}
        cls.env["wcm.capability"].create(of_space)
        cls.env["maintenance.equipment"].create({**of_space, "name": "Router", "make": "ShopBot", "envelope_x_mm": 2500, "tolerance_mm": 0.2})
        cls.spaces[1].write({"publish_kit": True, "publish_evidence": True, "publish_capacity": True})
        cls.addresses = ("/spaces", "/spaces/embed", "/spaces?q=nothing+like+this", cls.spaces[0]._public_path(), cls.spaces[1]._public_path())

    def open(self, page, address):
        page.goto(address)
        if "/spaces/" not in address or "embed" in address:
            page.locator(".wcm_map[data-ready]").wait_for()

    def test_axe_finds_nothing_to_complain_of(self):
        for size in (DESKTOP, PHONE):
            with self.browser_page(size=size) as page:
                for address in self.addresses:
                    with self.subTest(address=address, width=size["width"]):
                        self.open(page, address)
                        found = self.assert_accessible(page)
                        self.assertGreater(len(found["passes"]), 20)

    def test_nothing_scrolls_sideways_on_a_phone(self):
        with self.browser_page(size=PHONE) as page:
            for address in self.addresses:
                self.open(page, address)
                self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), PHONE["width"])

    def test_no_other_host_is_called(self):
        with self.browser_page() as page:
            hosts = set()
            page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
            for address in self.addresses:
                self.open(page, address)
            page.wait_for_load_state("networkidle")
            self.assertEqual(hosts, {urlsplit(self.base_url()).netloc})

    def test_a_space_is_reached_by_keyboard_alone(self):
        with self.browser_page() as page:
            self.open(page, "/spaces")
            page.locator(".wcm_map [role=button][aria-label^='Space 1']").focus()
            page.keyboard.press("Enter")
            page.locator(".leaflet-popup a", has_text="Space 1").wait_for()
            page.keyboard.press("Enter")
            page.wait_for_url("**/spaces/*-space-1")

    def test_the_skip_link_comes_first_and_leads_to_the_list(self):
        with self.browser_page(size=PHONE) as page:
            self.open(page, "/spaces")
            page.keyboard.press("Tab")
            self.assertIn("Skip the map", page.evaluate("document.activeElement.textContent"))
            page.keyboard.press("Enter")
            self.assertEqual(page.evaluate("document.activeElement.id"), "list")

    def test_a_filter_leaves_what_fits_on_list_and_map(self):
        with self.browser_page(size=PHONE) as page:
            self.open(page, "/spaces")
            page.get_by_label("Process", exact=True).select_option("cnc_routing")
            page.get_by_role("button", name="Show").click()
            page.locator(".wcm_map[data-ready]").wait_for()
            self.assertEqual(page.locator(".wcm_list li").count(), 1)
            self.assertEqual(page.locator(".wcm_map .leaflet-marker-icon[role=button]").count(), 1)

    def test_the_list_follows_the_map_says_how_many_and_survives_a_reload(self):
        for size in (DESKTOP, PHONE):
            with self.subTest(width=size["width"]), self.browser_page(size=size) as page:
                self.open(page, "/spaces/embed")
                self.assertEqual(page.locator(".wcm_list li").count(), 3)
                page.locator(".wcm_map [role=button][aria-label^='Space 2']").click()
                page.keyboard.press("Escape")
                page.locator(".wcm_map").focus()
                for _n in range(5):
                    page.keyboard.press("+")
                    page.wait_for_timeout(400)
                seen = page.locator("#seen", has_text="of 3 spaces: those in sight on the map")
                seen.wait_for()
                said = seen.inner_text()
                shown = page.locator(".wcm_list li").count()
                self.assertTrue(said.startswith(f"{shown} of 3 spaces"), said)
                self.assertLess(shown, 3)
                page.wait_for_url("**/spaces/embed?box=*")
                page.reload()
                page.locator(".wcm_map[data-ready]").wait_for()
                self.assertEqual(page.locator(".wcm_list li").count(), shown)
                self.assert_accessible(page)
                page.get_by_role("link", name="Show all").click()
                page.locator(".wcm_map[data-ready]").wait_for()
                self.assertEqual(page.locator(".wcm_list li").count(), 3)
