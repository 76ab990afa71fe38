import json

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common import MappingCase

# Coordinates that nobody would round to by chance.
EXACT = (51.4567891, -2.5912345)
MARKS = ("51.45678", "51.4568", "2.59123", "2.5912")
ENGLAND = "49,-8,60,3"


@tagged("post_install", "-at_install")
class TestPublishedPlace(MappingCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["wcm.facility"].search([]).visibility = "network"
        cls.space = cls.facility(
            "Marked", cls.bristol, latitude=EXACT[0], longitude=EXACT[1], city="Bristol", zip="BS4 1DB",
            visibility="public", published_precision="exact", organisation_type="charity",
        )

    def place(self):
        return tuple(self.space[name] for name in ("published_latitude", "published_longitude", "published_place"))

    def projected(self):
        self.env.flush_all()
        self.env.cr.execute("SELECT public_x, public_y FROM wcm_facility WHERE id = %s", [self.space.id])
        return self.env.cr.fetchone()

    def asked(self, query=""):
        return self.url_open(f"/spaces/points.json?{query}")

    def everything(self):
        """Every byte of the public map and its list, in every window, and of the open data."""
        boxes = [f"box={ENGLAND}&zoom={zoom}" for zoom in (0, 5, 13)] + ["box=51.4,-2.7,51.5,-2.5&zoom=13"]
        maps = [f"/spaces/points.json?{query}" for query in ("", *boxes)]
        lists = [f"{path}?box={ENGLAND}" for path in ("/spaces", "/spaces/embed", "/spaces/list")]
        files = ["/open-data/spaces.geojson", "/open-data/spaces.okw.json", "/open-data/spaces.csv"]
        return "".join(self.url_open(address).text for address in [*maps, *lists, *files, self.space._public_path()])

    def test_an_exact_place_is_kept_and_drawn(self):
        self.assertEqual(self.place(), (*EXACT, "exact"))
        (point,) = self.asked().json()["points"]
        self.assertEqual(point, [self.space.id, 51.456789, -2.591235, "Marked", "charity", False, "Bristol"])

    def test_the_exact_point_of_a_sector_or_a_hidden_space_never_leaves(self):
        self.assertTrue(any(mark in self.everything() for mark in MARKS), "the marks are looked for in the right places")
        for agreed in ("postcode_sector", "hidden"):
            self.space.published_precision = agreed
            with self.subTest(agreed=agreed):
                text = self.everything()
                self.assertEqual([mark for mark in MARKS if mark in text], [])

    def test_a_sector_is_drawn_in_its_middle(self):
        self.space.published_precision = "postcode_sector"
        (point,) = self.asked(f"box={ENGLAND}&zoom=5").json()["points"]
        (record,) = self.space._public_values()
        self.assertEqual(point[1:3], [round(record["latitude"], 6), round(record["longitude"], 6)])
        self.assertTrue(point[5], "shown as approximate")

    def test_what_is_withdrawn_is_gone_at_once(self):
        for withdrawn in ({"visibility": "network"}, {"visibility": "private"}, {"active": False}, {"published_precision": "hidden"}):
            with self.subTest(**withdrawn):
                self.space.write({"visibility": "public", "active": True, "published_precision": "exact"})
                self.assertEqual(len(self.asked().json()["points"]), 1)
                self.space.write(withdrawn)
                self.assertEqual((self.place(), self.projected()), ((0, 0, False), (None, None)))
                self.assertEqual(self.asked().json()["points"], [])
                self.assertEqual(self.asked(f"box={ENGLAND}&zoom=9").json()["points"], [])

    def test_the_point_follows_place_postcode_and_what_is_wrong_with_them(self):
        self.space.published_precision = "postcode_sector"
        before = self.place()
        self.space.zip = "BS1 4DJ"
        self.assertNotEqual(self.place()[:2], before[:2])
        self.space.write({"latitude": EXACT[1], "longitude": EXACT[0]})
        self.assertEqual(self.place(), (0, 0, False), "a place that cannot be right is not published")

    def test_the_database_withdraws_a_point_by_itself(self):
        """Also when a row is changed without the model: a repair in SQL, a restored table."""
        self.assertNotIn(None, self.projected())
        for change in ("visibility = 'network'", "active = FALSE", "published_precision = 'hidden'", "published_precision = 'postcode_sector'"):
            with self.subTest(change), self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(f"UPDATE wcm_facility SET {change} WHERE id = %s", [self.space.id])
                self.env.cr.execute("SELECT public_x, public_y FROM wcm_facility WHERE id = %s", [self.space.id])
                self.assertEqual(self.env.cr.fetchone(), (None, None))
                savepoint.rollback()

    def test_no_login_reads_the_kept_point_past_the_public_pages(self):
        for user in (self.coordinator, self.manager):
            for name in ("published_latitude", "published_longitude", "published_place"):
                with self.subTest(user=user.login, field=name):
                    spaces = self.env["wcm.facility"].with_user(user)
                    with self.assertRaises(AccessError):
                        spaces.browse(self.space.id).read([name])
                    with self.assertRaises(AccessError):
                        spaces.search([(name, "!=", 0)])
                    self.assertNotIn(name, spaces.fields_get())

    def test_a_search_reads_letters_as_they_stand_and_only_those_that_are_published(self):
        self.space.write({"description": "We cut 100% ÉLM", "street": "Old Lane"})
        def found(text):
            return self.env["wcm.facility"].search(self.space._published_domain(text=text))

        for text in ("marked", "100%", "élm", "bristol", "BRIST"):
            self.assertIn(self.space, found(text), text)
        for text in ("m_rked", "cut%elm", "old lane", "51.45"):
            self.assertNotIn(self.space, found(text), text)
        self.space.published_precision = "hidden"
        self.assertNotIn(self.space, found("bristol"))

    def test_the_page_counts_what_has_no_point(self):
        self.space.published_precision = "hidden"
        self.assertIn("(1 without a place on the map)", " ".join(self.url_open("/spaces").text.split()))


@tagged("post_install", "-at_install")
class TestPublishedWindow(MappingCase, HttpCase):
    """More spaces than are sent one by one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["wcm.facility"].search([]).visibility = "network"
        values = {"visibility": "public", "published_precision": "exact", "location_precision": "exact"}
        cls.spaces = cls.env["wcm.facility"].with_context(tracking_disable=True).create([
            {**values, "name": f"Space {n:04}", "latitude": 51 + n % 40 / 100, "longitude": -2.5 + n // 40 / 100,
             "region_id": (cls.dorset if n % 4 else cls.bristol).id, "organisation_type": "sme" if n % 2 else "charity",
             "location_issue": False, "region_by_hand": True, "country_id": False}
            for n in range(1040)
        ])
        cls.capability(cls.spaces[0], cls.routing)

    def asked(self, query="", **headers):
        return self.url_open(f"/spaces/points.json?{query}", headers=headers)

    def window(self, box=ENGLAND, zoom=6, query=""):
        return self.asked(f"box={box}&zoom={zoom}&{query}").json()

    def count(self, window):
        return len(window["points"]) + sum(sum(cluster[2:]) for cluster in window["clusters"])

    def test_it_opens_with_counts_and_bounds_and_no_points(self):
        opening = self.asked().json()
        self.assertIsNone(opening["points"])
        self.assertEqual(opening["placed"], 1040)
        self.assertEqual({row[0]: row[2] for row in opening["groups"] if row[2]}, {"sme": 520, "charity": 520})
        self.assertEqual([round(degrees, 2) for degrees in opening["bounds"]], [51.0, -2.5, 51.39, -2.25])

    def test_a_window_of_many_holds_every_space_once_in_clusters(self):
        for zoom in (0, 6, 9, 12):
            with self.subTest(zoom=zoom):
                window = self.window(zoom=zoom)
                self.assertTrue(window["clusters"])
                self.assertEqual(self.count(window), 1040)

    def test_a_window_of_few_holds_points(self):
        window = self.window("50.995,-2.505,51.105,-2.395", 12)
        self.assertEqual((len(window["points"]), window["clusters"]), (121, []))

    def test_a_window_is_filtered_as_the_page_is(self):
        for query, count in (("region=bristol", 260), ("process=cnc_routing", 1), ("q=Space+000", 10), ("q=nothing", 0)):
            with self.subTest(query):
                self.assertEqual(self.count(self.window(query=query)), count)

    def test_no_answer_is_larger_than_150_kb(self):
        boxes = [f"box={ENGLAND}&zoom={zoom}" for zoom in (0, 5, 9, 13)] + ["", "box=50.9,-2.6,51.35,-2.2&zoom=13", "region=bristol"]
        for query in boxes:
            with self.subTest(query):
                self.assertLess(len(json.dumps(self.asked(query).json())), 150_000)

    def test_who_has_the_answer_is_not_sent_it_again(self):
        query = f"box={ENGLAND}&zoom=6"
        tag = self.asked(query).headers["ETag"]
        self.assertEqual(self.asked(query, **{"If-None-Match": tag}).status_code, 304)
        self.spaces[0].visibility = "private"
        self.assertEqual(self.asked(query, **{"If-None-Match": tag}).status_code, 200)

    def test_a_box_of_nonsense_is_no_box(self):
        for box in ("", "x", "1,2,3", "nan,0,1,1", "60,0,50,1", "inf,inf,inf,inf", "0,0,91,0", "1e999,0,1,1"):
            with self.subTest(box):
                self.assertEqual(self.asked(f"box={box}&zoom=6").json()["placed"], 1040)
                self.assertEqual(self.url_open(f"/spaces?box={box}").status_code, 200)
        self.assertEqual(self.count(self.window(zoom="x")), 1040)

    def test_the_list_is_what_lies_in_the_box_page_by_page_without_any_script(self):
        box = "50.995,-2.505,51.105,-2.395"
        text = " ".join(self.url_open(f"/spaces?box={box}&region=dorset").text.split())
        self.assertIn("of 780 spaces: those in sight on the map", text)
        self.assertIn("region=dorset&amp;box=50.995%2C-2.505%2C51.105%2C-2.395&amp;page=2", text)
        shown = [self.url_open(f"/spaces/list?box={box}&page={page}").text.count("<h3>") for page in (1, 2, 3)]
        self.assertEqual(shown, [50, 50, 21])

    def test_the_list_alone_says_how_many_are_in_sight(self):
        answer = self.url_open("/spaces/list?box=50.995,-2.505,51.105,-2.395&embed=1")
        self.assertIn("121 of 1,040 spaces", " ".join(answer.text.split()))
        self.assertIn('href="/spaces/embed?', answer.text)
        self.assertIn("frame-ancestors 'self'", answer.headers["Content-Security-Policy"])

    def test_processes_to_choose_from_are_those_of_listed_spaces(self):
        processes = self.env["wcm.facility"].sudo()._published_processes()
        self.assertEqual(processes, self.routing)
        self.spaces[0].visibility = "network"
        self.assertFalse(self.env["wcm.facility"].sudo()._published_processes())
