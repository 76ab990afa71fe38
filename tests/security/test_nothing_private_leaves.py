"""A mark in every private field; no byte that anybody gets without a login may hold one.

Routes are found, not listed: a new public route of ours is asked too, with the marked space's number in it.
"""

import io
import re
import zipfile

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tests.common import new_test_user

OURS = "odoo.addons.wcm_"
# What a listed space shows whatever it agreed to, of its own fields.
ALWAYS_PUBLIC = {"name", "description", "opening_hours", "county", "licence", "attribution", "code"}
# Written by machines, with a meaning that a mark would break.
TECHNICAL = {"external_id", "source_host", "access_token", "name_search"}
CONTACT = {"email", "phone", "website"}
PLACE = {"street", "street2", "city", "zip"}
KIT = {"make", "model"}
AGREED = {
    "published_precision": "exact", "publish_contact": True, "publish_kit": True, "publish_evidence": True, "publish_capacity": True,
}  # fmt: skip
# Asked with these too, as a stranger would.
QUERIES = ("", "?dialect=ome", "?q={mark}", "?region=bristol", "?space={id}")


@tagged("post_install", "-at_install")
class TestNothingPrivateLeaves(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.marks = {}
        person = cls.env["res.partner"].create({"name": "Person"})
        cls.mark(person, "name", "email", "phone", "street", "comment", "function")
        coordinator = new_test_user(cls.env, "marked_coordinator", groups="wcm_mapping.group_mapping_user", name="MARKCOORDINATOR")
        cls.marks["MARKCOORDINATOR"] = "coordinator"
        region = cls.env.ref("wcm_mapping.region_bristol")
        region.coordinator_ids = coordinator
        process = cls.env.ref("wcm_mapping.process_cnc_routing")
        cls.space = cls.env["wcm.facility"].create({
            "name": "Marked space", "region_id": region.id, "visibility": "public", "published_precision": "hidden", "operator_id": person.id,
            "latitude": 51.4567891, "longitude": -2.5912345, "location_precision": "exact", "verified_by_id": coordinator.id,
        })
        cls.marks.update({"51.4567891": "latitude", "2.5912345": "longitude"})
        machine = cls.env["maintenance.equipment"].create({
            "name": "MARKMACHINE", "facility_id": cls.space.id, "process_id": process.id, "owner_user_id": coordinator.id, "partner_id": person.id,
        })
        cls.marks["MARKMACHINE"] = "maintenance.equipment.name"
        capability = cls.env["wcm.capability"].create({
            "facility_id": cls.space.id, "process_id": process.id, "cost_per_hour": 43.2187, "minutes_per_hour": 51.2349,
        })
        cls.marks.update({"43.2187": "cost", "43.22": "cost", "51.2349": "pace"})
        certificate = cls.env["wcm.certificate"].create({"facility_id": cls.space.id, "kind": "public_liability"})
        audit = cls.env["wcm.audit"].create({"facility_id": cls.space.id, "auditor_id": coordinator.id})
        finding = cls.env["wcm.audit.finding"].create({"audit_id": audit.id, "description": "Loose cable"})
        for record in (cls.space, machine, capability, certificate, audit, finding):
            cls.mark_everything(record)
        cls.space.message_post(body="MARKMESSAGE")
        cls.marks["MARKMESSAGE"] = "message"

    @classmethod
    def mark_everything(cls, record):
        """Every stored text that can be written, but the words that are always public."""
        for name, field in record._fields.items():
            text = field.type in ("char", "text", "html", "json") and field.store and not field.compute and not field.related
            if text and name not in ALWAYS_PUBLIC | TECHNICAL:
                cls.mark(record, name)

    @classmethod
    def mark(cls, record, *names):
        for name in names:
            mark = f"MARK{len(cls.marks):03}{name.replace('_', '').upper()}"
            cls.marks[mark] = f"{record._name}.{name}"
            record[name] = {"contact": mark} if record._fields[name].type == "json" else mark

    def addresses(self):
        """Of every route of ours that a stranger may GET, with the marked space's number for numbers."""
        modules = sorted(self.env.registry._init_modules)
        for rule, endpoint in http._generate_routing_rules(modules, False):
            if endpoint.func.__module__.startswith(OURS) and self.is_open(endpoint.routing):
                yield re.sub(r"<(\w+):[^>]*>|<[^>]*>", lambda m: str(self.space.id) if m[1] == "int" else "x", rule)

    def is_open(self, routing):
        return routing["auth"] in ("public", "none") and routing["type"] == "http" and "GET" in (routing["methods"] or {"GET"})

    def answer(self, address):
        """Headers and bytes, unpacked where they are packed."""
        response = self.url_open(address, allow_redirects=True)
        content = response.content
        if content[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(io.BytesIO(content)) as parts:
                content = b"".join(map(parts.read, parts.namelist()))
        return f"{response.status_code} {response.headers} {content.decode('utf-8', 'replace')}"

    def told(self):
        """{mark: the first address that tells it}"""
        told = {}
        for address in sorted(self.addresses()):
            for query in QUERIES:
                asked = address + query.format(id=self.space.id, mark="MARKMACHINE")
                text = self.answer(asked).replace("value=\"MARKMACHINE\"", "").replace("q=MARKMACHINE", "")
                told.update({mark: asked for mark in self.marks if mark in text and mark not in told})
        return told

    def test_the_routes_are_found(self):
        self.assertLessEqual({"/spaces", "/spaces/embed", "/spaces/points.json", "/open-data/spaces.xlsx"}, set(self.addresses()))
        self.assertGreater(len(self.marks), 30)

    def test_nothing_is_told_that_was_not_agreed(self):
        self.assertIn("Marked space", self.answer("/spaces"))
        self.assertEqual({self.marks[mark]: address for mark, address in self.told().items()}, {})

    def test_only_what_was_agreed_is_told(self):
        self.space.write(AGREED)
        told = {self.marks[mark] for mark in self.told()}
        agreed = {f"wcm.facility.{name}" for name in CONTACT | PLACE} | {f"maintenance.equipment.{name}" for name in {"name"} | KIT}
        self.assertEqual(told, agreed | {"latitude", "longitude"})

    def test_a_space_that_is_not_listed_tells_nothing_at_all(self):
        self.space.write({**AGREED, "visibility": "network"})
        self.assertEqual(self.told(), {})
        self.assertNotIn("Marked space", "".join(map(self.answer, self.addresses())))
