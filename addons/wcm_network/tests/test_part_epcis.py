import json
from pathlib import Path

import jsonschema

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .common import MakingCase

SCHEMA = Path(__file__).parents[4] / "shared" / "data" / "epcis" / "EPCIS-JSON-Schema.json"


@tagged("post_install", "-at_install")
class TestPartEpcis(MakingCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shipment = cls.make_dispatched(cls.alder, cls.block_line, 2)
        cls.shipment.with_user(cls.manager).action_receive_all()
        cls.first, cls.second = cls.shipment.part_ids.sorted("id")
        cls.order = cls.first.work_order_id
        cls.foreign = cls.make_released(cls.birch, cls.beam_line, 1).part_ids
        cls.coordinator.password = "coordinator-password"

    def events(self, parts):
        return parts._epcis("/x")["epcisBody"]["eventList"]

    def get(self, path):
        return self.url_open(f"/network/{path}/epcis.jsonld")

    def test_a_part_tells_its_life_from_sheets_to_site(self):
        events = self.events(self.first)
        self.assertEqual(
            [(event["type"], event["bizStep"]) for event in events],
            [
                ("ObjectEvent", "commissioning"), ("TransformationEvent", "assembling"), ("AggregationEvent", "packing"),
                ("ObjectEvent", "shipping"), ("ObjectEvent", "receiving"),
            ],
        )
        self.assertEqual(events[1]["inputQuantityList"][0]["quantity"], 1.0)
        self.assertTrue(events[1]["inputQuantityList"][0]["epcClass"].endswith("/id/lot/T-SHEET/SH-A"))
        self.assertEqual(events[1]["wcm:designRevision"], "v1")
        self.assertTrue(events[0]["eventID"].startswith(self.first.public_url + "#"))
        self.assertTrue(events[3]["destinationList"][0]["destination"].endswith("/id/place/Test%20Meadow"))

    def test_nobody_is_named_and_no_note_leaves(self):
        self.first._log("holding", note="Person X did it", data={"nonconformity": "NC/1"}, is_public=False)
        told = json.dumps(self.first._epcis("/x"))
        for secret in ("Person X", "NC/1", "Alder Person", "alder@example.com"):
            self.assertNotIn(secret, told)

    def test_a_member_fetches_its_own_and_nothing_of_others(self):
        self.authenticate("alder@example.com", "alder-password")
        answer = self.get(f"part/{self.first.id}")
        self.assertEqual((answer.status_code, answer.headers["Content-Type"]), (200, "application/ld+json"))
        self.assertEqual(len(self.get(f"work-order/{self.order.id}").json()["epcisBody"]["eventList"]), 10)
        for path in (f"part/{self.foreign.id}", f"work-order/{self.foreign.work_order_id.id}", f"build/{self.build.id}", "part/0"):
            with self.subTest(path):
                self.assertEqual(self.get(path).status_code, 404)
        self.first.with_user(self.alder_user).action_download_epcis()
        with self.assertRaises(AccessError):
            self.first.with_user(self.birch_user).action_download_epcis()
        with self.assertRaises(AccessError):
            self.order.with_user(self.birch_user).action_download_epcis()
        with self.assertRaises(AccessError):
            self.build.with_user(self.alder_user).action_download_epcis()

    def test_a_coordinator_fetches_a_whole_home_that_the_standard_accepts(self):
        self.authenticate(self.coordinator.login, "coordinator-password")
        found = self.get(f"build/{self.build.id}").json()
        self.assertEqual(len(found["epcisBody"]["eventList"]), 11)
        if not SCHEMA.exists():
            self.skipTest(f"shared data absent: {SCHEMA}")
        schema = json.loads(SCHEMA.read_text())
        jsonschema.validators.validator_for(schema)(schema).validate(found)

    def test_strangers_get_nothing(self):
        self.authenticate(None, None)
        for path in (f"part/{self.first.id}", f"build/{self.build.id}"):
            self.assertIn("/web/login", self.url_open(f"/network/{path}/epcis.jsonld").url)

    def test_a_home_is_read_in_a_few_queries(self):
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            self.shipment.part_ids._epcis("/x")
