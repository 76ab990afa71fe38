from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import MappingCase

BATH = (51.381, -2.359)
DORCHESTER = (50.7156, -2.4372)
IRISH_SEA = (53.6, -4.7)


@tagged("post_install", "-at_install")
class TestPlaceRepair(MappingCase):
    def setUp(self):
        super().setUp()
        self.mine = self.workshop.with_user(self.coordinator)

    def put(self, point, **values):
        self.workshop.write({"latitude": point[0], "longitude": point[1], "location_precision": "exact", **values})

    def place(self, facility=None):
        return tuple((facility or self.workshop)[name] for name in ("latitude", "longitude", "location_precision"))

    def test_a_point_in_the_sea_is_to_fix(self):
        self.put(IRISH_SEA, region_id=False)
        self.assertEqual(self.workshop.location_issue, "in_sea")

    def test_swapped_numbers_are_swapped_and_can_be_taken_back(self):
        self.put((-2.59, 51.45))
        answer = self.mine.action_swap_place()
        self.assertIn("1 put right", answer["params"]["message"])
        self.assertEqual(self.place(), (51.45, -2.59, "exact"))
        self.assertFalse(self.workshop.location_issue)
        self.assertTrue(self.mine.can_undo_place)
        self.mine.action_undo_place()
        self.assertEqual(self.place(), (-2.59, 51.45, "exact"))
        self.assertEqual(self.workshop.location_issue, "swapped")
        self.assertFalse(self.mine.can_undo_place)

    def test_a_selection_is_repaired_and_taken_back_together(self):
        other = self.facility("Other", self.bristol)
        (self.workshop | other).write({"latitude": -2.59, "longitude": 51.45})
        fine = self.facility("Fine", self.bristol)
        answer = (self.workshop | other | fine).with_user(self.coordinator).action_swap_place()
        self.assertIn("2 put right. 1 stay", answer["params"]["message"])
        repairs = self.env["wcm.place.repair"].with_user(self.coordinator).search([("user_id", "=", self.coordinator.id)])
        self.assertEqual(repairs.facility_id, self.workshop | other)
        repairs.action_undo()
        self.assertEqual(set((self.workshop | other).mapped("latitude")), {-2.59})
        self.assertEqual(repairs.undone_by_id, self.coordinator)

    def test_what_was_changed_since_is_not_taken_back(self):
        self.put((-2.59, 51.45))
        self.mine.action_swap_place()
        self.put(BATH)
        with self.assertRaisesRegex(UserError, "changed since"):
            self.workshop.place_repair_ids.with_user(self.coordinator).action_undo()
        self.assertEqual(self.place(), (*BATH, "exact"))

    def test_the_postcodes_middle_puts_it_right(self):
        self.put((57.15, -2.1), zip="BS4 1DB")
        self.assertEqual(self.workshop.location_issue, "far_from_postcode")
        self.assertIn("from its postcode BS4 1DB", self.workshop.place_hint)
        self.mine.action_locate()
        self.assertEqual(self.place()[2], "postcode_sector")
        self.assertFalse(self.workshop.location_issue)
        self.assertGreater(self.workshop.place_repair_ids.moved_km, 500)

    def test_northern_ireland_is_placed_by_its_town_and_says_so(self):
        space = self.env["wcm.facility"].create({"name": "Derry", "zip": "BT48 8NN"})
        self.assertIn("not open data", space.place_hint)
        space.action_locate()
        self.assertEqual(self.place(space), (55.0, -7.33, "town"))
        self.assertFalse(space.location_issue)

    def test_it_is_right_is_remembered_until_something_changes(self):
        self.put(BATH, zip="BS99 9ZZ")
        self.assertEqual(self.workshop.location_issue, "unknown_postcode")
        self.mine.action_place_is_right()
        self.assertFalse(self.workshop.location_issue)
        self.assertEqual(self.workshop.confirmed_by_id, self.coordinator)
        self.workshop.zip = "BS99 8ZZ"
        self.assertEqual(self.workshop.location_issue, "unknown_postcode")

    def test_nobody_says_of_nowhere_that_it_is_right(self):
        self.put((0, 0))
        self.mine.action_place_is_right()
        self.assertEqual(self.workshop.location_issue, "null_island")

    def test_who_placed_a_pin_is_recorded_and_cannot_be_typed(self):
        self.mine.write({"latitude": 51.46, "location_precision": "manual", "placed_by_id": self.manager.id})
        self.assertEqual((self.workshop.place_source, self.workshop.placed_by_id), ("hand", self.coordinator))
        self.mine.write({"confirmed_by_id": self.manager.id, "confirmed_place": "x", "region_by_hand": True})
        self.assertFalse(self.workshop.confirmed_by_id or self.workshop.confirmed_place or self.workshop.region_by_hand)

    def test_who_moves_a_pin_again_is_recorded_too(self):
        self.mine.write({"latitude": 51.46, "location_precision": "manual"})
        self.workshop.with_user(self.manager).write({"latitude": 51.47})
        self.assertEqual((self.workshop.place_source, self.workshop.placed_by_id), ("hand", self.manager))

    def test_a_pin_that_is_put_back_before_saving_is_as_it_was(self):
        with Form(self.workshop) as form:
            form.latitude = BATH[0]
            self.assertEqual(form.location_precision, "manual")
            form.latitude = 51.45
            self.assertEqual(form.location_precision, "exact")

    def test_the_region_is_the_one_around_the_point(self):
        space = self.env["wcm.facility"].create({"name": "New", "latitude": DORCHESTER[0], "longitude": DORCHESTER[1]})
        self.assertEqual((space.region_id, space.region_by_hand), (self.dorset, False))
        space.write({"latitude": BATH[0], "longitude": BATH[1]})
        self.assertEqual(space.region_id, self.bristol)

    def test_a_region_chosen_by_hand_stays(self):
        self.assertTrue(self.far_workshop.region_by_hand)
        self.assertFalse(self.far_workshop.location_issue)
        self.far_workshop.write({"latitude": BATH[0], "longitude": BATH[1]})
        self.assertEqual(self.far_workshop.region_id, self.dorset)

    def test_a_coordinator_gives_no_space_away_by_a_slip(self):
        self.mine.write({"latitude": DORCHESTER[0], "longitude": DORCHESTER[1]})
        self.assertEqual((self.workshop.region_id, self.workshop.location_issue), (self.bristol, "outside_region"))
        self.assertIn("Dorset", self.workshop.place_hint)
        self.workshop.with_user(self.manager).action_take_region()
        self.assertEqual((self.workshop.region_id, self.workshop.location_issue), (self.dorset, False))
        self.workshop.with_user(self.manager).action_undo_place()
        self.assertEqual(self.workshop.region_id, self.bristol)

    def test_another_outline_judges_anew(self):
        self.put(BATH)
        self.assertFalse(self.workshop.location_issue)
        self.bristol.boundary = '{"type":"Polygon","coordinates":[[[-2.7,51.4],[-2.5,51.4],[-2.5,51.5],[-2.7,51.4]]]}'
        self.assertEqual(self.workshop.location_issue, "outside_region")

    def test_the_menu_counts_what_the_reader_can_put_right(self):
        spaces = self.env["wcm.facility"]
        before = spaces.with_user(self.coordinator).count_to_fix()
        self.put((0, 0))
        self.far_workshop.write({"latitude": 0, "longitude": 0})
        self.assertEqual(spaces.with_user(self.coordinator).count_to_fix(), before + 1)
        self.assertEqual(spaces.with_user(self.outsider).count_to_fix(), 0)

    def test_repairs_of_another_region_stay_there(self):
        self.far_workshop.write({"latitude": -2.59, "longitude": 51.45})
        self.far_workshop.with_user(self.manager).action_swap_place()
        repair = self.far_workshop.place_repair_ids
        theirs = repair.with_user(self.coordinator)
        self.assertFalse(theirs.search([("id", "=", repair.id)]))
        with self.assertRaises(AccessError):
            theirs.action_undo()
        with self.assertRaises(AccessError):
            repair.with_user(self.outsider).action_undo()
        with self.assertRaises(AccessError):
            self.env["wcm.place.repair"].with_user(self.coordinator).create({"facility_id": self.workshop.id, "kind": "swap", "user_id": 1})


@tagged("post_install", "-at_install")
class TestRegionOutline(MappingCase):
    SQUARE = b'{"type":"Polygon","coordinates":[[[-2.7,51.4],[-2.5,51.4],[-2.5,51.5],[-2.7,51.5],[-2.7,51.4]]]}'

    def test_a_coordinator_draws_the_outline_of_an_own_region_and_nothing_else(self):
        mine = self.bristol.with_user(self.coordinator)
        mine.boundary = self.SQUARE.decode()
        self.assertIn("MultiPolygon", self.bristol.boundary)
        for name, value in (("name", "Mine"), ("coordinator_ids", [(4, self.outsider.id)]), ("code", "x"), ("active", False)):
            with self.assertRaises(AccessError):
                mine.write({name: value})
        with self.assertRaises(AccessError):
            self.dorset.with_user(self.coordinator).boundary = self.SQUARE.decode()
        with self.assertRaises(AccessError):
            self.bristol.with_user(self.outsider).boundary = self.SQUARE.decode()

    def test_an_outline_comes_from_a_file(self):
        import base64

        with Form(self.bristol.with_user(self.coordinator)) as form:
            form.boundary_file = base64.b64encode(self.SQUARE)
            self.assertIn("MultiPolygon", form.boundary)
        self.assertAlmostEqual(self.bristol.area_km2, 154, delta=2)
        with self.assertRaisesRegex(UserError, "no area"):
            self.bristol.boundary_file = base64.b64encode(b'{"type":"Point","coordinates":[1,2]}')
        with self.assertRaisesRegex(UserError, "UTF-8"):
            self.bristol.boundary_file = base64.b64encode(b"\xff\xfe")

    def test_the_spaces_within_are_seen_and_taken_in(self):
        free = self.facility("Free", self.env["wcm.region"])
        self.assertEqual(free.region_id, self.bristol)
        self.dorset.boundary = self.SQUARE.decode()
        self.assertEqual(self.dorset._within(), self.workshop | self.far_workshop | free)
        self.assertEqual(self.dorset.action_open_within()["domain"], [("id", "in", self.dorset._within().ids)])
        self.assertEqual(self.bristol.with_user(self.coordinator).within_count, 2)

    def test_taking_in_leaves_what_was_chosen_by_hand(self):
        self.bristol.boundary = False
        self.dorset.boundary = self.SQUARE.decode()
        self.facility("Chosen", self.bristol)
        self.dorset.with_user(self.manager).action_take_within()
        self.assertEqual(self.workshop.region_id, self.dorset)
        self.assertEqual(self.env["wcm.facility"].search([("name", "=", "Chosen")]).region_id, self.bristol)
