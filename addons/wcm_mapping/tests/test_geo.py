from odoo.tests import BaseCase, tagged

from ..geo import haversine_km, outline_contains, point_issue
from ..matching import Place, Places, normalise_name
from ..place import place_issue
from ..postcode import normalise_postcode, sector_of, sector_position, sector_unknown

BRISTOL = (51.4545, -2.5879)
SQUARE = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
HOLE = [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]


@tagged("post_install", "-at_install")
class TestGeo(BaseCase):
    def test_a_degree_of_latitude_is_111_km(self):
        self.assertAlmostEqual(haversine_km(51, 0, 52, 0), 111.195, places=2)

    def test_the_way_back_is_as_long(self):
        there = haversine_km(*BRISTOL, 54.66, -3.36)
        self.assertAlmostEqual(there, haversine_km(54.66, -3.36, *BRISTOL))
        self.assertAlmostEqual(there, 360.5, delta=1)

    def test_the_far_side_of_the_world_is_half_its_girth_away(self):
        self.assertAlmostEqual(haversine_km(0, 0, 0, 180), 20015.1, delta=0.1)

    def test_points_that_cannot_be_right_are_named(self):
        self.assertIsNone(point_issue(*BRISTOL, "GB"))
        self.assertEqual(point_issue(0, 0, "GB"), "null_island")
        self.assertEqual(point_issue(-2.5879, 51.4545, "GB"), "swapped")
        self.assertEqual(point_issue(48.85, 2.35, "GB"), "outside_country")

    def test_a_country_without_a_box_is_not_judged(self):
        self.assertIsNone(point_issue(*BRISTOL, "KE"))

    def test_a_hole_is_outside(self):
        outline = {"type": "Polygon", "coordinates": [SQUARE, HOLE]}
        self.assertTrue(outline_contains(outline, 3, 3))
        self.assertFalse(outline_contains(outline, 1.5, 1.5))
        self.assertFalse(outline_contains(outline, 5, 3))

    def test_an_outline_may_have_several_parts(self):
        far = [[x + 10, y] for x, y in SQUARE]
        outline = {"type": "MultiPolygon", "coordinates": [[SQUARE], [far]]}
        self.assertTrue(outline_contains({"type": "Feature", "geometry": outline}, 2, 12))

    def test_a_line_is_no_outline(self):
        with self.assertRaises(ValueError):
            outline_contains({"type": "LineString", "coordinates": SQUARE}, 1, 1)

    def test_a_postcode_is_written_one_way(self):
        for text in ("BT488NN", " bt48 8nn", "BT48  8NN"):
            self.assertEqual(normalise_postcode(text), "BT48 8NN")
        self.assertEqual(normalise_postcode(" E8 4QY"), "E8 4QY")
        self.assertEqual(normalise_postcode(" 75011 "), "75011")
        self.assertEqual(normalise_postcode(None), "")

    def test_a_sector_is_all_but_the_last_two_letters(self):
        self.assertEqual(sector_of("bs41db"), "BS4 1")
        self.assertIsNone(sector_of("BS4"))

    def test_a_sector_lies_where_it_is(self):
        self.assertLess(haversine_km(*sector_position("BS4 1DB"), *BRISTOL), 5)
        self.assertLess(haversine_km(*sector_position("ZE1 0AA"), 60.155, -1.145), 5)

    def test_a_postcode_that_does_not_exist_is_known_as_such(self):
        self.assertTrue(sector_unknown("BS99 9ZZ"))
        self.assertFalse(sector_unknown("BS4 1DB"))

    def test_northern_ireland_is_not_judged(self):
        self.assertFalse(sector_unknown("BT48 8NN"))
        self.assertIsNone(sector_position("BT48 8NN"))

    def test_a_place_is_judged_by_point_and_postcode_together(self):
        self.assertEqual(place_issue(None, "GB", "BS4 1DB"), "missing")
        self.assertEqual(place_issue(BRISTOL, "GB", "BS99 9ZZ"), "unknown_postcode")
        self.assertEqual(place_issue(BRISTOL, "GB", "G1 1XJ"), "far_from_postcode")
        self.assertIsNone(place_issue(BRISTOL, "GB", "BS4 1DB"))

    def test_names_differ_only_in_words_that_lists_leave_out(self):
        self.assertEqual(normalise_name("The Fab-Lab (Bristol) Ltd."), "fab lab bristol")
        self.assertEqual(normalise_name("Café Électronique"), "cafe electronique")
        self.assertEqual(normalise_name("The Ltd"), "the ltd")

    def test_the_same_name_a_walk_away_is_the_same_place(self):
        places = Places()
        places.add("Fab Lab Ltd", Place("first", BRISTOL, "BS1 1AA"))
        self.assertEqual(places.find("The Fab Lab", (51.4560, -2.5879), "").key, "first")
        self.assertIsNone(places.find("Fab Lab", (51.4600, -2.5879), ""))
        self.assertIsNone(places.find("Other", BRISTOL, "BS1 1AA"))

    def test_without_a_point_the_postcode_decides(self):
        places = Places()
        places.add("Fab Lab", Place("first", None, "BS1 1AA"))
        self.assertTrue(places.find("Fab Lab", BRISTOL, "BS1 1AA"))
        self.assertIsNone(places.find("Fab Lab", BRISTOL, "BS2 1AA"))
