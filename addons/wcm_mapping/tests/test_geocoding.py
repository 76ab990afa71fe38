import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import monotonic
from urllib.parse import parse_qs, urlsplit

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..nominatim import LookUpError, look_up
from .common import MappingCase

HOUSE = {"lat": "51.43210", "lon": "-2.58760", "place_rank": 30, "type": "industrial", "display_name": "1, Leinster Avenue"}


class Asked(BaseHTTPRequestHandler):
    """A small Nominatim: answers what the test put there and remembers what it was asked."""

    def do_GET(self):
        server = self.server
        server.questions.append({**parse_qs(urlsplit(self.path).query), "agent": self.headers["User-Agent"]})
        content = server.answer if isinstance(server.answer, bytes) else json.dumps(server.answer).encode()
        self.send_response(server.status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_args):
        pass


@contextmanager
def nominatim(answer, status=200):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Asked)
    server.answer, server.status, server.questions = answer, status, []
    server.url = f"http://127.0.0.1:{server.server_port}/search"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@tagged("post_install", "-at_install")
class TestGeocoding(MappingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lost = cls.facility("Lost", cls.bristol, latitude=0, longitude=0, location_precision="unknown",
                                street="1 Leinster Avenue", city="Bristol", zip="BS4 1NN")  # fmt: skip

    def allow(self, server):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("wcm_mapping.look_up_addresses", "True")
        parameters.set_param("wcm_mapping.nominatim_url", server.url)

    def run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("wcm_mapping.cron_find_places").method_direct_trigger()
        self.env.invalidate_all()

    def test_an_address_is_found_to_the_house(self):
        with nominatim([HOUSE]) as server:
            found = look_up(server.url, "1 Leinster Avenue, Bristol", "GB", "us")
        self.assertEqual((found.latitude, found.longitude, found.precision), (51.4321, -2.5876, "exact"))
        self.assertEqual(server.questions[0]["agent"], "us")
        self.assertEqual(server.questions[0]["countrycodes"], ["gb"])

    def test_what_is_found_says_how_good_it_is(self):
        for rank, kind, precision in ((30, "house", "exact"), (26, "residential", "street"), (21, "postcode", "postcode_sector"),
                                      (21, "suburb", "town"), (16, "town", "town"), (8, "administrative", None)):  # fmt: skip
            with nominatim([{**HOUSE, "place_rank": rank, "type": kind}]) as server:
                found = look_up(server.url, "x", None, "us")
            self.assertEqual(found and found.precision, precision)

    def test_every_failure_is_said_in_words(self):
        for answer, status, words in (
            ([], 429, "no more questions"), ([], 500, "answers 500"), (b"<html>", 200, "no list of places"),
            ({"error": "x"}, 200, "no list of places"), ([{}], 200, "no position"), ([1], 200, "no position"),
            ([{**HOUSE, "lat": "95"}], 200, "not on the globe"), (b" " * 1_100_000, 200, "far more"),
        ):  # fmt: skip
            with nominatim(answer, status) as server, self.assertRaisesRegex(LookUpError, words):
                look_up(server.url, "x", "GB", "us")
        with self.assertRaisesRegex(LookUpError, "cannot be reached"):
            look_up(server.url, "x", "GB", "us")

    def test_nobody_is_asked_before_an_administrator_allows_it(self):
        with nominatim([HOUSE]) as server:
            self.env["ir.config_parameter"].set_param("wcm_mapping.nominatim_url", server.url)
            with self.assertRaisesRegex(UserError, "wcm_mapping.look_up_addresses"):
                self.env["base.geocoder"]._call_openstreetmap("1 Leinster Avenue, Bristol")
            self.lost.action_find_place()
        self.assertFalse(server.questions)
        self.assertEqual((self.lost.location_precision, self.lost.place_source), ("postcode_sector", "postcode"))

    def test_the_address_places_a_space_better_than_its_postcode(self):
        with nominatim([HOUSE]) as server:
            self.allow(server)
            self.lost.with_user(self.coordinator).action_find_place()
        self.assertEqual((self.lost.latitude, self.lost.location_precision), (51.4321, "exact"))
        self.assertEqual((self.lost.place_source, self.lost.place_found), ("openstreetmap", "1, Leinster Avenue"))
        asked = server.questions[0]
        self.assertEqual(asked["q"], ["1 Leinster Avenue, BS4 1NN Bristol, United Kingdom"])
        self.assertIn("WeCanMake", asked["agent"])

    def test_when_the_address_is_not_found_the_postcode_serves(self):
        with nominatim([]) as server:
            self.allow(server)
            answer = self.lost.action_find_place()
        self.assertEqual(self.lost.location_precision, "postcode_sector")
        self.assertIn("does not know this address", answer["params"]["message"])

    def test_when_the_service_is_down_the_postcode_serves_and_says_so(self):
        with nominatim([], 503) as server:
            self.allow(server)
            self.lost.action_find_place()
        self.assertEqual(self.lost.location_precision, "postcode_sector")
        self.assertIn("no more questions", self.lost.place_trouble)

    def test_a_pin_that_a_person_set_stays(self):
        self.lost.write({"latitude": 51.4, "longitude": -2.6, "location_precision": "manual"})
        with self.assertRaisesRegex(UserError, "set by hand"):
            self.lost.action_find_place()
        with self.assertRaisesRegex(UserError, "set by hand"):
            self.lost.action_locate()
        (self.lost | self.workshop).action_find_place()
        self.assertEqual((self.lost.latitude, self.lost.longitude), (51.4, -2.6))

    def test_what_is_found_never_makes_a_place_worse(self):
        self.workshop.zip = "BS4 1NN"
        with self.assertRaisesRegex(UserError, "no better"):
            self.workshop.action_find_place()
        self.assertEqual(self.workshop.location_precision, "exact")

    def test_many_are_looked_up_in_the_background_one_a_second(self):
        other = self.lost.copy({"name": "Lost too"})
        with nominatim([HOUSE]) as server:
            self.allow(server)
            (self.lost | other).with_user(self.coordinator).action_find_place()
            self.assertFalse(server.questions)
            self.assertEqual(self.lost.place_wanted_by_id, self.coordinator)
            start = monotonic()
            self.run_cron()
        self.assertEqual(len(server.questions), 2)
        self.assertGreaterEqual(monotonic() - start, 1.9)
        self.assertEqual(set((self.lost | other).mapped("location_precision")), {"exact"})
        self.assertFalse((self.lost | other).place_wanted_by_id)

    def test_a_pin_set_before_its_turn_comes_is_not_moved(self):
        with nominatim([HOUSE]) as server:
            self.allow(server)
            (self.lost | self.lost.copy()).action_find_place()
            self.lost.write({"latitude": 57.15, "longitude": -2.1, "location_precision": "manual"})
            self.assertEqual(self.lost.location_issue, "far_from_postcode")
            self.run_cron()
        self.assertEqual(len(server.questions), 1)
        self.assertEqual((self.lost.latitude, self.lost.location_precision), (57.15, "manual"))
        self.assertFalse(self.lost.place_wanted_by_id or self.lost.place_trouble)

    def test_who_lost_the_right_to_ask_is_told_so_on_the_space(self):
        with nominatim([HOUSE]) as server:
            self.allow(server)
            (self.lost | self.lost.copy()).with_user(self.coordinator).action_find_place()
            self.bristol.coordinator_ids = False
            self.run_cron()
        self.assertFalse(server.questions)
        self.assertTrue(self.lost.place_trouble)

    def test_contacts_are_placed_by_postcode_without_a_network(self):
        geocoder = self.env["base.geocoder"]
        self.assertEqual(geocoder._get_provider().tech_name, "wcm_uk_postcode")
        address = geocoder.geo_query_address("1 High Street", "BS4 1DB", "Bristol", None, "United Kingdom")
        self.assertAlmostEqual(geocoder.geo_find(address)[0], 51.4251)
        self.assertIsNone(geocoder.geo_find("75011 Paris"))

    def test_only_a_regions_own_coordinator_finds_its_places(self):
        for action in ("action_find_place", "action_locate", "action_swap_place", "action_take_region",
                       "action_place_is_right", "action_undo_place"):  # fmt: skip
            with self.assertRaises(AccessError):
                getattr(self.far_workshop.with_user(self.coordinator), action)()
            with self.assertRaises(AccessError):
                getattr(self.lost.with_user(self.outsider), action)()
