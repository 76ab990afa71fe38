from odoo.tests import tagged

from .common import DESKTOP, PHONE, BrowserCase


@tagged("post_install", "-at_install")
class TestMap(BrowserCase):
    """A coordinator at the map of spaces: at a desk, on a phone, without a mouse."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["wcm.facility"].search([]).active = False
        region = cls.env.ref("wcm_mapping.region_bristol")
        groups = cls.env.ref("wcm_mapping.group_mapping_user") | cls.env.ref("base.group_user")
        user = cls.env["res.users"].create(
            {"name": "Coordinator", "login": "map_coordinator", "password": "map_coordinator", "group_ids": [(6, 0, groups.ids)]}
        )
        region.coordinator_ids = user
        cls.env["wcm.facility"].create(
            [
                {"name": f"Space {number:02}", "region_id": region.id, "location_precision": "exact",
                 "latitude": 51.0 + number / 10, "longitude": -2.6, "organisation_type": "charity" if number % 2 else "sme"}
                for number in range(12)
            ]
        )

    def open_map(self, page):
        page.goto("/odoo/production-spaces")
        page.locator(".o_wcm_map_view .leaflet-marker-icon[role=button]").first.wait_for()

    def test_a_circle_leaves_the_same_spaces_on_map_and_list(self):
        with self.browser_page("map_coordinator") as page:
            self.open_map(page)
            page.locator(".o_wcm_map_in_view", has_text="12 in view").wait_for()
            page.locator(".o_wcm_map_circle").click()
            page.locator(".o_wcm_map_km").fill("30")
            self.picture(page, "map-circle")
            page.keyboard.press("Enter")
            page.locator(".o_facet_values", has_text="Within 30 km").wait_for()
            on_map = int(page.locator(".o_wcm_map_count").inner_text().split()[0])
            self.picture(page, "map-found")
            page.locator(".o_switch_view.o_list").click()
            page.locator(".o_data_row").first.wait_for()
            self.assertEqual(page.locator(".o_data_row").count(), on_map)
            self.assertLess(on_map, 12)

    def test_the_way_back_leads_to_the_same_place_and_area(self):
        with self.browser_page("map_coordinator") as page:
            self.open_map(page)
            page.locator(".o_wcm_map_circle").click()
            page.locator(".o_wcm_map_select").click()
            page.locator(".o_facet_values", has_text="Within 20 km").wait_for()
            page.locator(".o_wcm_map_row").first.click()
            page.locator(".o_wcm_map_popup .o_wcm_map_open").click()
            page.locator(".o_form_view").wait_for()
            page.go_back()
            page.locator(".o_facet_values", has_text="Within 20 km").wait_for()
            page.locator(".leaflet-overlay-pane path").wait_for(state="attached")

    def test_a_space_is_reached_by_keyboard_through_the_list(self):
        with self.browser_page("map_coordinator") as page:
            self.open_map(page)
            page.locator(".o_wcm_map_row", has_text="Space 03").focus()
            page.locator(".o_wcm_map_highlight").wait_for()
            page.keyboard.press("Enter")
            page.locator(".o_wcm_map_popup", has_text="Space 03").wait_for()

    def test_layers_are_remembered(self):
        with self.browser_page("map_coordinator") as page:
            self.open_map(page)
            page.locator(".o_wcm_map_layers > button").click()
            with page.expect_response(lambda response: "set_res_users_settings" in response.url):
                page.locator("input[name=regions]").check()
            page.locator(".o_wcm_map_outline_name", has_text="Bristol").wait_for(state="attached")
            self.open_map(page)
            page.locator(".o_wcm_map_outline_name", has_text="Bristol").wait_for(state="attached")
            self.picture(page, "map-layers")

    def test_on_a_phone_the_list_is_a_sheet_and_nothing_scrolls_sideways(self):
        with self.browser_page("map_coordinator", size=PHONE) as page:
            self.open_map(page)
            page.locator(".o_wcm_map_sheet_toggle").click()
            page.locator(".o_wcm_map_row").first.wait_for()
            self.picture(page, "map-sheet")
            self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), PHONE["width"])

    def test_axe_finds_nothing_to_complain_of_in_the_map(self):
        for size in (DESKTOP, PHONE):
            with self.browser_page("map_coordinator", size=size) as page:
                self.open_map(page)
                page.locator(".o_wcm_map_layers > button").click()
                page.locator(".o_wcm_map_polygon").click()
                self.assert_accessible(page, ".o_wcm_map_renderer")
