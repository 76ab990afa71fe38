import json

from ..models import base
from .common import MappingCase

ENGLAND = (49.0, -8.0, 60.0, 3.0)


class MapCase(MappingCase):
    """Spaces around Bristol and in Dorset; nothing else has a place."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["wcm.facility"].search([]).unlink()
        cls.bristol_spaces = cls.spaces(cls.bristol, 51.45, -2.59, 6)
        cls.dorset_spaces = cls.spaces(cls.dorset, 50.71, -2.44, 4)
        cls.lost = cls.facility("Lost", cls.bristol, latitude=0, longitude=0)

    @classmethod
    def spaces(cls, region, latitude, longitude, count):
        kinds = ("charity", "sme")
        return cls.env["wcm.facility"].create(
            [
                {
                    "name": f"{region.code} {number}",
                    "region_id": region.id,
                    "latitude": latitude + number / 1000,
                    "longitude": longitude,
                    "location_precision": "unknown" if number else "exact",
                    "organisation_type": kinds[number % 2],
                }
                for number in range(count)
            ]
        )

    def map_of(self, user=None):
        return self.env["wcm.facility"].with_user(user or self.manager)

    def cut(self, points):
        """As if there were too many to send one by one."""
        self.patch(base, "POINTS_AT_ONCE", points)


class TestMapRead(MapCase):
    def test_a_map_opens_with_totals_and_points(self):
        answer = self.map_of().wcm_map_open([])
        self.assertEqual((answer["placed"], answer["missing"]), (10, 1))
        self.assertEqual(answer["bounds"], [50.71, -2.59, 51.455, -2.44])
        self.assertEqual([g[::2] for g in answer["groups"] if g[2]], [["sme", 5], ["charity", 5]])
        self.assertEqual(len(answer["points"]), 10)

    def test_a_point_says_where_what_and_how_exact_it_is(self):
        points = {row[3]: row for row in self.map_of().wcm_map_open([])["points"]}
        first, second = points["bristol 0"], points["bristol 1"]
        self.assertEqual(first, [self.bristol_spaces[0].id, 51.45, -2.59, "bristol 0", "charity", False])
        self.assertEqual(second[4:], ["sme", True])

    def test_many_points_come_as_counted_clusters(self):
        self.cut(3)
        self.assertIsNone(self.map_of().wcm_map_open([])["points"])
        answer = self.map_of().wcm_map_marks([], ENGLAND, 5)
        self.assertEqual(answer["points"], [])
        self.assertEqual(sorted(sum(row[2:]) for row in answer["clusters"]), [4, 6])
        counts = dict(zip(answer["values"], answer["clusters"][0][2:], strict=True))
        self.assertEqual(counts["charity"], counts["sme"])

    def test_what_stands_alone_is_a_point_among_clusters(self):
        self.cut(3)
        far = self.facility("Orkney", self.dorset, latitude=58.9, longitude=-3.0)
        answer = self.map_of().wcm_map_marks([], ENGLAND, 5)
        self.assertEqual([row[0] for row in answer["points"]], far.ids)
        self.assertEqual(sum(sum(row[2:]) for row in answer["clusters"]), 10)

    def test_a_window_with_few_gives_points_however_many_there_are(self):
        self.cut(5)
        answer = self.map_of().wcm_map_marks([], (50.0, -3.0, 51.0, -2.0), 9)
        self.assertEqual(len(answer["points"]), 4)
        self.assertEqual(answer["clusters"], [])

    def test_clusters_stay_where_they_are_when_the_map_is_moved(self):
        self.cut(3)
        here = self.map_of().wcm_map_marks([], ENGLAND, 5)["clusters"]
        moved = self.map_of().wcm_map_marks([], (49.3, -7.1, 60.3, 3.9), 5)["clusters"]
        self.assertEqual(sorted(here), sorted(moved))

    def test_the_search_narrows_what_is_counted(self):
        answer = self.map_of().wcm_map_open([("organisation_type", "=", "charity")])
        self.assertEqual((answer["placed"], answer["missing"]), (5, 0))

    def test_a_group_by_of_the_search_colours_the_points(self):
        answer = self.map_of().wcm_map_open([], color="region_id")
        named = [[self.bristol.id, "Bristol & West", 6, False], [self.dorset.id, "Dorset", 4, False]]
        self.assertEqual(answer["groups"], named)

    def test_nothing_found_is_an_empty_map(self):
        answer = self.map_of().wcm_map_open([("name", "=", "no such")])
        self.assertEqual((answer["placed"], answer["bounds"], answer["points"]), (0, None, []))

    def test_a_related_place_is_read_where_it_is_kept(self):
        search = self.env["wcm.capability.search"].create({"process_id": self.routing.id})
        self.env["wcm.capability.match"].create(
            {"search_id": search.id, "facility_id": self.lost.id, "outcome": "fits"},
        )
        self.env["wcm.capability.match"].create(
            {"search_id": search.id, "facility_id": self.dorset_spaces[0].id, "outcome": "fits"},
        )
        answer = self.env["wcm.capability.match"].wcm_map_open([("search_id", "=", search.id)])
        self.assertEqual((answer["placed"], answer["missing"]), (1, 1))
        self.assertEqual(answer["points"][0][1:5], [50.71, -2.44, "dorset 0", "fits"])


class TestMapList(MapCase):
    def test_the_list_holds_what_the_window_holds_by_name(self):
        answer = self.map_of().wcm_map_list([], (51.0, -3.0, 52.0, -2.0))
        self.assertEqual(answer["length"], 6)
        self.assertEqual([row[3] for row in answer["rows"]], [f"bristol {n}" for n in range(6)])

    def test_the_list_by_distance_starts_at_the_centre(self):
        answer = self.map_of().wcm_map_list([], ENGLAND, centre=(51.455, -2.59))
        self.assertEqual(answer["rows"][0][3], "bristol 5")
        self.assertEqual(answer["rows"][0][6], 0.0)
        self.assertEqual(answer["rows"][1][6], 0.1)
        self.assertGreater(answer["rows"][-1][6], 75)

    def test_a_second_page_goes_on_where_the_first_ended(self):
        self.patch(base, "LIST_PAGE", 4)
        pages = [self.map_of().wcm_map_list([], ENGLAND, offset=offset)["rows"] for offset in (0, 4, 8)]
        self.assertEqual([len(page) for page in pages], [4, 4, 2])
        self.assertEqual(len({row[0] for page in pages for row in page}), 10)

    def test_groups_that_are_hidden_on_the_map_are_not_listed(self):
        answer = self.map_of().wcm_map_list([], ENGLAND, hidden=["sme"])
        self.assertEqual({row[4] for row in answer["rows"]}, {"charity"})
        self.assertEqual(answer["length"], 5)

    def test_yes_and_no_can_be_hidden_too(self):
        (self.bristol_spaces[0] | self.dorset_spaces[0]).is_illustrative = True
        for hidden, shown in (([True], {False}), ([False], {True})):
            answer = self.map_of().wcm_map_list([], ENGLAND, color="is_illustrative", hidden=hidden)
            self.assertEqual({row[4] for row in answer["rows"]}, shown)

    def test_a_swapped_place_does_not_draw_the_map_away_from_the_others(self):
        bounds = self.map_of().wcm_map_open([])["bounds"]
        swapped = self.facility("Swapped", self.bristol, latitude=-2.59, longitude=51.45)
        self.assertEqual(swapped.location_issue, "swapped")
        answer = self.map_of().wcm_map_open([])
        self.assertEqual((answer["placed"], answer["bounds"]), (11, bounds))
        self.assertEqual(self.map_of().wcm_map_open([("id", "=", swapped.id)])["bounds"], [-2.59, 51.45] * 2)


class TestMapCost(MapCase):
    def test_a_map_asks_the_same_few_questions_however_many_spaces_there_are(self):
        self.spaces(self.bristol, 52.0, -2.0, 200)
        self.map_of().wcm_map_open([])
        self.env.invalidate_all()
        with self.assertQueryCount(5):
            self.map_of().wcm_map_open([])
        self.cut(3)
        self.env.invalidate_all()
        with self.assertQueryCount(4):
            self.map_of().wcm_map_marks([], ENGLAND, 5)

    def test_a_thousand_points_weigh_less_than_150_kb(self):
        self.spaces(self.bristol, 50.0, -2.0, 990)
        answer = self.map_of().wcm_map_open([])
        self.assertEqual(len(answer["points"]), 1000)
        self.assertLess(len(json.dumps(answer)), 150_000)
