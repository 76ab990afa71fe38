from psycopg2 import IntegrityError

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MappingCase


@tagged("post_install", "-at_install")
class TestFacility(MappingCase):
    def test_a_space_typed_in_is_private(self):
        self.assertEqual(self.workshop.visibility, "private")
        self.assertEqual(self.workshop.source, "manual")

    def test_processes_come_from_kit_and_capability(self):
        self.equipment(self.workshop, self.routing)
        self.assertEqual(self.workshop.process_ids, self.routing)
        capability = self.capability(self.workshop, self.assembly)
        self.assertEqual(self.workshop.process_ids, self.routing | self.assembly)
        capability.active = False
        self.assertEqual(self.workshop.process_ids, self.routing)

    def test_spaces_are_found_by_process(self):
        self.equipment(self.workshop, self.routing)
        self.env.flush_all()  # a search does not flush a stored many2many, the request's end does
        found = self.env["wcm.facility"].search([("process_ids", "=", self.routing.id)])
        self.assertIn(self.workshop, found)
        self.assertNotIn(self.far_workshop, found)

    def test_a_process_is_found_by_its_alias(self):
        names = self.env["wcm.process"].name_search("cnc woodworking")
        self.assertEqual([id_ for id_, _name in names], [self.routing.id])

    def test_a_word_names_a_process_by_code_name_or_alias(self):
        processes = self.env["wcm.process"]
        for word in ("cnc_routing", "CNC routing", "CNC Router"):
            self.assertEqual(processes._find_by_word(word), self.routing)
        for word in ("rout", "%", "CNC rout_ng", "CNC%"):
            self.assertFalse(processes._find_by_word(word), word)

    def test_a_code_is_snake_case(self):
        with self.assertRaises(ValidationError):
            self.env["wcm.process"].create({"name": "New", "code": "New Process"})

    def test_a_facility_lists_a_process_once(self):
        self.capability(self.workshop, self.routing)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.capability(self.workshop, self.routing)

    def test_an_id_is_known_once_per_source(self):
        source = {"source_host": "example.org", "external_id": "1"}
        self.workshop.write(source)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"):
            self.far_workshop.write(source)
            self.env.flush_all()

    def test_typed_in_spaces_need_no_id(self):
        self.assertFalse(self.workshop.external_id or self.far_workshop.external_id)

    def test_a_road_is_longer_than_the_crow_flies(self):
        straight = self.workshop._distance_km(52.45, -2.59) / 1.3
        self.assertAlmostEqual(straight, 111.195, places=2)
        self.env["ir.config_parameter"].set_param("wcm_mapping.road_factor", "1.0")
        self.assertAlmostEqual(self.workshop._distance_km(52.45, -2.59), straight)

    def test_a_space_without_a_place_is_to_fix(self):
        space = self.env["wcm.facility"].create({"name": "Somewhere"})
        self.assertEqual(space.location_issue, "missing")
        self.assertFalse(self.workshop.location_issue)

    def test_a_wrong_point_is_to_fix(self):
        self.workshop.write({"latitude": -2.59, "longitude": 51.45})
        self.assertEqual(self.workshop.location_issue, "swapped")
        self.workshop.write({"latitude": 0, "longitude": 0})
        self.assertEqual(self.workshop.location_issue, "null_island")

    def test_a_postcode_places_a_space(self):
        space = self.env["wcm.facility"].create({"name": "Somewhere", "zip": "bs41db"})
        space.action_locate()
        self.assertEqual(space.location_precision, "postcode_sector")
        self.assertAlmostEqual(space.latitude, 51.4251)

    def test_a_postcode_that_does_not_exist_says_what_to_do(self):
        space = self.env["wcm.facility"].create({"name": "Somewhere", "zip": "BS99 9ZZ"})
        with self.assertRaisesRegex(UserError, "Correct the postcode"):
            space.action_locate()

    def test_verifying_records_who_and_when(self):
        self.workshop.with_user(self.coordinator).action_mark_verified()
        self.assertEqual(self.workshop.verified_by_id, self.coordinator)
        self.assertTrue(self.workshop.verified_on)

    def test_a_boundary_must_be_an_outline(self):
        for text in ("{", "[]", '{"type": "Point", "coordinates": [1, 2]}', '{"type": "Polygon"}'):
            with self.assertRaises(ValidationError):
                self.bristol.boundary = text

    def test_the_shipped_regions_hold_their_towns(self):
        regions = self.env["wcm.region"]._outlined()
        for latitude, longitude, code in (
            (51.4545, -2.5879, "bristol"),
            (54.6640, -3.3650, "cumbria"),
            (50.7156, -2.4372, "dorset"),
        ):
            self.assertEqual(regions._around(latitude, longitude).code, code)
        self.assertFalse(regions._around(53.48, -2.24))
