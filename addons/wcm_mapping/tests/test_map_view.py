from lxml import etree

from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, TransactionCase, tagged

from odoo.addons.web.tests.test_js import unit_test_error_checker

# What Hoot calls the suite "@wcm_mapping": a hash of that name, see HOOTCommon in web.
SUITE = "7abe3170"


class TestMapView(TransactionCase):
    def map_view(self, attributes='latitude="latitude" longitude="longitude"', inside=""):
        return self.env["ir.ui.view"].create(
            {
                "name": "map",
                "model": "wcm.facility",
                "arch": f"<wcm_map {attributes}>{inside}</wcm_map>",
            }
        )

    def test_a_map_is_a_view_type_of_its_own(self):
        self.assertEqual(self.map_view().type, "wcm_map")
        info = self.env["ir.ui.view"].get_view_info()["wcm_map"]
        self.assertTrue(info["icon"])
        self.assertTrue(info["multi_record"])

    def test_the_client_learns_of_fields_that_only_attributes_name(self):
        view = self.map_view(
            'latitude="latitude" longitude="longitude" color="organisation_type" '
            "approximate=\"location_precision != 'exact'\""
        )
        answer = self.env["wcm.facility"].get_views([(view.id, "wcm_map")])
        known = answer["models"]["wcm.facility"]["fields"]
        for name in ("latitude", "longitude", "organisation_type", "location_precision"):
            self.assertIn(name, known)

    def test_a_map_without_a_place_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "longitude"):
            self.map_view('latitude="latitude"')

    def test_a_place_that_is_no_number_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "name"):
            self.map_view('latitude="name" longitude="longitude"')

    def test_a_field_that_does_not_exist_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "no_such_field"):
            self.map_view('latitude="latitude" longitude="no_such_field"')

    def test_an_attribute_that_does_nothing_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "zoom"):
            self.map_view('latitude="latitude" longitude="longitude" zoom="3"')

    def test_only_fields_go_into_the_pop_up(self):
        with self.assertRaisesRegex(ValidationError, "button"):
            self.map_view(inside="<button name='x'/>")

    def test_layers_and_colours_say_what_they_need(self):
        for inside, wrong in (
            ("<layer name='a' string='A' model='wcm.region'/>", "latitude"),
            ("<layer name='a' string='A' model='wcm.region' outline='no_such'/>", "wcm.region"),
            ("<layer name='a' string='A' model='no.such' outline='boundary'/>", "no.such"),
            ("<color name='a' string='A' field='no_such'/>", "no_such"),
            ("<color name='a' string='A' model='wcm.capacity' bands='1'/>", "link"),
        ):
            with self.subTest(inside), self.assertRaisesRegex(ValidationError, wrong):
                self.map_view(inside=inside)

    def test_the_map_of_spaces_shows_what_a_reader_asks_first(self):
        arch = self.env["wcm.facility"].get_view(view_type="wcm_map")["arch"]
        shown = {field.get("name") for field in etree.fromstring(arch).iter("field")}
        self.assertLessEqual({"city", "region_id", "process_ids", "location_precision"}, shown)


@tagged("post_install", "-at_install")
class TestMapInBrowser(HttpCase):
    def session_info(self, login):
        self.authenticate(login, login)
        return self.url_open("/web/session/get_session_info", json={"params": {}}).json()["result"]

    def test_people_inside_are_told_where_tiles_come_from_and_scripts_are_cleaned(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("wcm_mapping.tile_url", "https://tiles.example/{z}/{x}/{y}.png")
        parameters.set_param(
            "wcm_mapping.tile_attribution",
            '© <a href="https://example.org">Example</a><script>alert(1)</script>',
        )
        background = self.session_info("admin")["wcm_map"]
        self.assertEqual(background["tile_url"], "https://tiles.example/{z}/{x}/{y}.png")
        self.assertIn("https://example.org", background["tile_attribution"])
        self.assertNotIn("script", background["tile_attribution"])

    def test_without_a_tile_address_the_map_draws_coastlines(self):
        self.assertEqual(self.session_info("admin")["wcm_map"]["tile_url"], "")

    def test_the_javascript_of_the_map(self):
        for preset, size in (("desktop", "1366x768"), ("mobile", "375x667")):
            self.browser_size = size
            self.browser_js(
                f"/web/tests?headless&loglevel=2&preset={preset}&timeout=15000&id={SUITE}",
                "",
                "",
                login="admin",
                timeout=300,
                success_signal="[HOOT] Test suite succeeded",
                error_checker=unit_test_error_checker,
            )
