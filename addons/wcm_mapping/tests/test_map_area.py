from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tests.common import BaseCase

from ..geo import Circle, Polygon, haversine_km, read_area
from .test_map_read import ENGLAND, MapCase

CITY = "circle 51.45 -2.59 5"
# Around Dorset, with a bay that leaves Dorchester out.
TRIANGLE = "polygon 50.0 -4.0 52.0 -4.0 50.0 -1.0"


@tagged("at_install")
class TestArea(BaseCase):
    """Plain Python: what lies inside."""

    def test_a_circle_reaches_as_far_as_its_kilometres(self):
        circle = read_area("circle 51.45 -2.59 20")
        self.assertTrue(circle.contains(51.45, -2.31))
        self.assertFalse(circle.contains(51.45, -2.29))
        south, west, north, east = circle.box
        self.assertAlmostEqual(haversine_km(51.45, -2.59, north, -2.59), 20, 3)
        self.assertGreater(haversine_km(51.45, -2.59, 51.45, east), 19.9)
        self.assertLess(south, 51.45)
        self.assertLess(west, -2.59)

    def test_the_box_of_a_circle_holds_all_of_it(self):
        for latitude, longitude, km in ((51, 0, 2000), (60, 10, 500), (89, 0, 200), (-17, 179.5, 300), (51, -3, 20_000)):
            circle = Circle(latitude, longitude, km)
            south, west, north, east = circle.box
            for n in range(-90, 91):
                for e in range(-180, 181):
                    if circle.contains(n, e):
                        self.assertTrue(south <= n <= north and west <= e <= east, (circle, n, e))

    def test_a_polygon_may_have_bays(self):
        horseshoe = Polygon(((50, -4), (52, -4), (52, -1), (50, -1), (50, -2), (51.5, -2), (51.5, -3), (50, -3)))
        self.assertTrue(horseshoe.contains(50.5, -3.5))
        self.assertFalse(horseshoe.contains(50.5, -2.5))
        self.assertEqual(horseshoe.box, (50, -4, 52, -1))

    def test_what_is_no_area_is_refused(self):
        for text in (
            "",
            "circle",
            "circle 1 2",
            "circle 1 2 0",
            "circle 91 0 1",
            "circle 1 2 nan",
            "circle a b c",
            "polygon 1 2 3 4",
            "polygon 1 2 3 4 5",
            "polygon 1 2 3 4 5 600",
            "square 1 2 3",
            "circle 1 2 3; DROP",
        ):
            with self.subTest(text), self.assertRaises(ValueError):
                read_area(text)

    def test_an_area_reads_as_it_is_written(self):
        self.assertEqual(read_area("circle 51.45 -2.59 20"), Circle(51.45, -2.59, 20))
        self.assertEqual(read_area("polygon 1 2 3 4 5 6"), Polygon(((1, 2), (3, 4), (5, 6))))


class TestAreaSearch(MapCase):
    def found(self, area, user=None):
        return self.map_of(user).search([("map_area", "=", area)])

    def test_a_circle_selects_what_lies_in_it(self):
        self.assertEqual(self.found(CITY), self.bristol_spaces)
        self.assertEqual(self.found("circle 51.45 -2.59 0.3"), self.bristol_spaces[:3])

    def test_a_polygon_selects_what_lies_in_it(self):
        self.assertEqual(self.found(TRIANGLE), self.dorset_spaces)

    def test_the_database_and_python_agree(self):
        spaces = self.env["wcm.facility"].create(
            [
                {
                    "name": f"Grid {n} {e}",
                    "latitude": 50 + n / 5,
                    "longitude": -4 + e / 5,
                    "location_precision": "exact",
                }
                for n in range(12)
                for e in range(16)
            ]
        )
        for area in (
            TRIANGLE,
            "circle 51 -2.5 60",
            "polygon 50.1 -3.9 52 -3.8 51.9 -1.2 50.2 -1.1 50.3 -2 51.4 -2.1 51.5 -3 50.1 -3.1",
        ):
            with self.subTest(area):
                domain = [("map_area", "=", area)]
                inside = spaces.filtered_domain(spaces._search_map_area("in", [area]))
                self.assertEqual(inside, spaces & self.env["wcm.facility"].search(domain, order="id"))

    def test_map_list_group_and_export_agree(self):
        domain = [("map_area", "=", CITY)]
        spaces = self.map_of()
        self.assertEqual(spaces.wcm_map_open(domain)["placed"], 6)
        self.assertEqual(spaces.wcm_map_list(domain, ENGLAND)["length"], 6)
        self.assertEqual(spaces._read_group(domain, [], ["__count"]), [(6,)])
        self.assertEqual(spaces.web_search_read(domain, {"name": {}})["length"], 6)
        self.assertEqual(len(self.env["wcm.facility"].search(domain).export_data(["name"])["datas"]), 6)

    def test_what_lies_outside_is_the_rest(self):
        outside = self.map_of().search([("map_area", "!=", CITY)])
        self.assertEqual(outside, self.dorset_spaces | self.lost)

    def test_two_areas_select_what_lies_in_one_of_them(self):
        self.assertEqual(self.map_of().search_count([("map_area", "in", [CITY, TRIANGLE])]), 10)

    def test_a_coordinator_selects_what_it_may_see(self):
        self.assertFalse(self.found(TRIANGLE, self.coordinator))

    def test_what_has_no_place_lies_in_no_area(self):
        self.assertNotIn(self.lost, self.found("circle 0 0 20000"))

    def test_nonsense_is_refused_in_words(self):
        for area in ("square", "circle 1 2", "polygon 1 2 3 4", "circle 1 2 3); --", True):
            with self.subTest(area=area), self.assertRaises(UserError):
                self.found(area)

    def test_audits_are_searched_by_the_place_of_their_space(self):
        audits = self.env["wcm.audit"].create(
            [{"facility_id": space.id, "auditor_id": self.coordinator.id} for space in (self.bristol_spaces[0], self.dorset_spaces[0])]
        )
        self.assertEqual(self.env["wcm.audit"].search([("map_area", "=", CITY), ("id", "in", audits.ids)]), audits[0])
        self.assertEqual(self.env["wcm.audit"].wcm_map_open([("map_area", "=", CITY)])["placed"], 1)

    def test_answers_of_the_finder_are_searched_by_the_place_of_their_space(self):
        question = self.env["wcm.capability.search"].create({"process_id": self.routing.id})
        answers = self.env["wcm.capability.match"].create(
            [
                {"search_id": question.id, "facility_id": space.id, "outcome": "fits"}
                for space in (self.bristol_spaces[0], self.dorset_spaces[0])
            ]
        )
        found = [("map_area", "=", CITY), ("search_id", "=", question.id)]
        self.assertEqual(self.env["wcm.capability.match"].search(found), answers[0])
        self.assertEqual(self.env["wcm.capability.match"].wcm_map_open(found)["placed"], 1)
