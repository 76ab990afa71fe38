import json

from odoo.tests import tagged

from .common import DESKTOP, PHONE, StoryCase


@tagged("post_install", "-at_install")
class TestDuplicatesInBrowser(StoryCase):
    """A coordinator makes one of two spaces, thinks better of it, and meets one of them again in a file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        about = {"region_id": cls.bristol.id, "location_precision": "exact", "city": "Bristol", "zip": "BS4 1ET"}
        cls.typed = cls.env["wcm.facility"].create(
            {
                **about,
                "name": "Filwood Makers",
                "latitude": 51.4183,
                "longitude": -2.5849,
                "phone": "0117 496 0001",
                "verified_on": "2026-01-01",
            }
        )
        cls.listed = cls.env["wcm.facility"].create(
            {
                **about,
                "name": "The Filwood Makers Ltd",
                "latitude": 51.4190,
                "longitude": -2.5840,
                "phone": "0117 496 0002",
                "email": "hello@example.org",
                "description": "Panels, trusses and a spray booth.",
                "source": "okw",
                "source_host": "example.org",
                "external_id": "a-1",
                "licence": "CC BY 4.0",
            }
        )
        cls.env["maintenance.equipment"].create({"name": "Panel saw", "facility_id": cls.listed.id})

    def see(self, page, text):
        page.get_by_text(text).first.wait_for()

    def open_pair(self, page):
        page.goto("/odoo/duplicate-spaces")
        page.get_by_role("button", name="Look Again").click()
        page.get_by_text("The Filwood Makers Ltd").first.click()
        page.wait_for_selector(".o_wcm_sides_value")

    def test_two_become_one_and_are_parted_again(self):
        with self.browser_page(self.coordinator.login, DESKTOP) as page:
            self.open_pair(page)
            self.picture(page, "duplicate")
            self.see(page, "Same name, 100 m apart")
            page.get_by_role("button", name="Phone: take this one").click()
            page.get_by_role("button", name="Merge", exact=True).click()
            page.locator(".modal").get_by_role("button", name="Merge").click()
            page.get_by_role("button", name="Undo the Merge").wait_for()
            self.picture(page, "duplicate-merged")
        self.assertEqual((self.typed.phone, self.typed.email), ("0117 496 0002", "hello@example.org"))
        self.assertEqual((self.typed.equipment_count, self.listed.active), (1, False))
        pair = self.env["wcm.facility.duplicate"].search([("other_id", "=", self.listed.id)])
        with self.browser_page(self.coordinator.login, DESKTOP) as page:
            page.goto(f"/odoo/production-spaces/{self.listed.id}")
            see = page.get_by_role("button", name="See what was merged")
            see.wait_for()
            self.picture(page, "duplicate-archived")
            see.click()
            page.get_by_role("button", name="Undo the Merge").click()
            page.locator(".modal").get_by_role("button", name="Undo").click()
            page.get_by_role("button", name="Merge", exact=True).wait_for()
        self.assertEqual((self.typed.phone, self.listed.active, pair.state), ("0117 496 0001", True, "open"))

    def test_on_a_phone_both_sides_stand_beside_each_other(self):
        self.env["wcm.facility.duplicate"]._look()
        pair = self.env["wcm.facility.duplicate"].search([("other_id", "=", self.listed.id)])
        with self.browser_page(self.coordinator.login, PHONE) as page:
            page.goto(f"/odoo/duplicate-spaces/{pair.id}")
            page.wait_for_selector(".o_wcm_sides_value")
            self.picture(page, "duplicate")
            left, right = (page.locator(".o_wcm_sides_value").nth(n).bounding_box() for n in (0, 1))
            self.assertEqual(left["y"], right["y"])
            self.assertLess(right["x"] + right["width"], 390)
            page.get_by_role("button", name="Phone: take this one").scroll_into_view_if_needed()
            self.picture(page, "duplicate-below")

    def test_a_row_of_a_file_is_put_together_with_a_space(self):
        row = {
            "name": "Filwood Makers",
            "id": "b-1",
            "latitude": 51.4183,
            "longitude": -2.5849,
            "country": "GB",
            "email": "new@example.org",
        }
        imports = self.env["wcm.facility.import"].with_user(self.coordinator)
        self.env.ref("wcm_mapping.region_bristol").coordinator_ids |= self.coordinator
        self.listed.name = "Another"
        self.typed.write({"source_host": "first.org", "external_id": "c-1", "source": "okw"})
        run = imports._import_bytes(json.dumps([row]).encode(), "okw", "other.org", "ODbL", "Other", apply=False)
        with self.browser_page(self.coordinator.login, DESKTOP) as page:
            page.goto(f"/odoo/production-imports/{run.id}")
            page.get_by_role("button", name="Compare").first.click()
            page.locator(".modal .o_wcm_sides_value").first.wait_for()
            self.picture(page, "import-compare")
            page.get_by_role("button", name="Same Space: Put Together").click()
            page.locator(".modal").wait_for(state="detached")
            self.see(page, "Same space: put together")
            self.picture(page, "import-chosen")
            page.locator(".o_statusbar_buttons").get_by_role("button", name="Import", exact=True).click()
            page.locator(".o_arrow_button_current", has_text="Done").wait_for()
        self.assertEqual((self.typed.email, self.typed.merged_ids.external_id), ("new@example.org", "b-1"))
