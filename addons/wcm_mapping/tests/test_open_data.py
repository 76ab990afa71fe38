import base64
import csv
import io
import json
import re
from pathlib import Path

import openpyxl

from odoo.tests import HttpCase, tagged

from .. import readers
from ..writers import FIELD_NAMES, KIT_NAMES
from .common import MappingCase, photo_of

# What each format must give back, in the words of a reader's row.
SAME_WORDS = (
    "name", "organisation_type", "status", "access_type", "opening_hours", "description", "street", "street2", "city", "county", "country",
    "latitude", "longitude", "location_precision", "website", "email", "phone", "licence", "attribution",
)
# The same of a machine.
KIT_WORDS = tuple(name for name in KIT_NAMES if name not in ("id", "process_uri", "photo"))
# What an import keeps to itself or gives anew.
OWN_WORDS = {"id", "page", "network_region", "processes", "verified_on", "website", "email", "phone", "evidence", "free_capacity", "sources"}
# A picture that says whose camera took it.
PHOTO = base64.b64encode(photo_of("SECRET-OWNER"))
OKW_WORDS = Path(__file__).parents[4] / "shared" / "data" / "okw" / "okw_v1_schema_definition.yaml"
FORMATS = ("okw.json", "okw.json?dialect=ome", "geojson", "csv", "xlsx")


@tagged("post_install", "-at_install")
class TestOpenData(MappingCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["wcm.facility"].search([]).visibility = "network"
        uk = cls.env.ref("base.uk").id
        cls.full = cls.facility(
            "=Ünïcode, “Works” & Söns", cls.bristol, visibility="public", published_precision="exact", publish_contact=True, organisation_type="sme",
            status="temporary_closure", access_type="restricted_public_hours", opening_hours="Mo-Fr 09:00-17:00", description="Two lines,\nand <b>.",
            street="1 High Street", street2="Unit 4", city="Bristol", county="Avon", zip="BS4 1DB", country_id=uk, latitude=51.4412345,
            longitude=-2.5912345, website="https://example.org", email="a@example.org", phone="+44 117 496 0000", licence="ODbL 1.0",
            attribution="A map, its makers", verified_on="2026-05-04",
        )
        cls.by_sector = cls.facility(
            "By Sector", cls.dorset, visibility="public", city="Poole", zip="BH15 1HH", country_id=uk, latitude=50.715, longitude=-1.985
        )
        cls.hidden = cls.facility("Hidden", cls.dorset, visibility="public", published_precision="hidden", street="9 Lane", country_id=uk)
        cls.capability(cls.full, cls.routing)
        cls.full.write({"publish_kit": True, "publish_evidence": True, "publish_capacity": True})
        ply = cls.env.ref("wcm_mapping.material_birch_plywood")
        cls.router = cls.equipment(
            cls.full, cls.routing, name="=Router, “big”", make="Shopbot", model="PRS", quantity=2, condition="worn", envelope_x_mm=2500,
            envelope_y_mm=1250, envelope_z_mm=200, material_ids=ply.ids, thickness_max_mm=18.5, tolerance_mm=0.125, tolerance_class="m",
            power_kw=2.25, spindle_speed_rpm=18000, photo=PHOTO, serial_no="SECRET-SERIAL",
        )
        cls.equipment(cls.full, cls.routing, name="Bench")
        cls.equipment(cls.by_sector, cls.assembly, name="Not agreed to show")
        cls.public = cls.full | cls.by_sector | cls.hidden

    def get(self, address, code=200, **headers):
        response = self.url_open(f"/open-data/spaces.{address}", headers=headers)
        self.assertEqual(response.status_code, code, response.text[:300])
        return response

    def ids(self, address):
        return {feature["id"] for feature in self.get(address).json()["features"]}

    def rows(self, address):
        """The file, read again by the readers of the import."""
        content = self.get(address).content
        return readers.read("csv" if address in ("csv", "xlsx") else "okw", content)

    def as_csv(self, content):
        """Its table of spaces in plain text."""
        text = io.StringIO(newline="")
        rows = self.sheet(content, "Spaces")[2:]
        csv.writer(text).writerows([cell if cell is not None else "" for cell in row] for row in rows)
        return text.getvalue().encode()

    def test_every_format_gives_every_field_back(self):
        for address in FORMATS:
            rows = {row.external_id: row for row in self.rows(address)}
            self.assertEqual(set(rows), {str(space.id) for space in self.public})
            for space in self.public._public_values():
                row = rows[str(space["id"])]
                with self.subTest(format=address, space=space["name"]):
                    self.assertEqual(row.error, "")
                    self.assertEqual({name: getattr(row, name) for name in SAME_WORDS}, {name: self.as_row(name, space[name]) for name in SAME_WORDS})
                    self.assertEqual(row.zip, space["postcode"] or "")

                    self.assertEqual([self.as_told(machine) for machine in row.kit], [self.as_told(m) for m in space["kit"] or ()])

    def as_told(self, machine):
        return {name: machine.get(name) for name in KIT_WORDS if machine.get(name)}

    def as_row(self, name, value):
        return value if value is not None or name in ("latitude", "longitude") else ""

    def test_an_export_imported_is_the_same_space(self):
        for number, address in enumerate(FORMATS):
            kind = "csv" if address in ("csv", "xlsx") else "okw"
            run = self.env["wcm.facility.import"].create({"kind": kind, "source_host": f"copy{number}.example.org"})
            known = run._read_known([])
            for row in self.rows(address):
                with self.subTest(format=address, space=row.name):
                    line = run._plan_row(row, known)
                    values = {name: value for name, value in line["values"].items() if name != "region_id"}
                    agreed = {"publish_kit": True, "source_date": "2026-01-01"}
                    copy = self.env["wcm.facility"].create({**values, **agreed})
                    (before,), (after,) = self.env["wcm.facility"].browse(int(row.external_id))._public_values(), copy._public_values()
                    self.assertEqual(self.lasting(after), self.lasting(before))

    def lasting(self, record):
        kit = [self.as_told(machine) for machine in record["kit"] or ()]
        return {**{name: value for name, value in record.items() if name not in OWN_WORDS}, "kit": kit}

    def test_a_second_import_does_not_mix_its_kit_with_what_is_known(self):
        content = self.get("okw.json").content
        for number, space in enumerate(self.public):
            space.write({"name": f"No twin {number}", "street": False, "zip": False, "latitude": 52.0})
        for wanted in ("create", "same"):
            run = self.env["wcm.facility.import"]._import_bytes(content, "okw", "copy.example.org", "CC BY 4.0", "A copy")
            self.assertEqual(set(run.line_ids.mapped("outcome")), {wanted}, run.line_ids.mapped("reason"))
        copy = self.env["wcm.facility"].search([("source_host", "=", "copy.example.org"), ("external_id", "=", str(self.full.id))])
        self.assertEqual(copy.equipment_count, 3)
        self.assertIn("photo", copy.equipment_ids[0].source_extra | copy.equipment_ids[1].source_extra)

    def test_kit_evidence_and_free_capacity_leave_only_when_agreed(self):
        for address in FORMATS:
            text = self.get(address).text if address != "xlsx" else str(self.sheet(self.get(address).content, "Kit"))
            with self.subTest(format=address):
                self.assertIn("Shopbot", text)
                self.assertNotIn("Not agreed to show", text)
                self.assertNotIn("SECRET-SERIAL", text)
        self.full.status = "active"
        (record,) = self.full._public_values()
        self.assertEqual((record["evidence"], record["free_capacity"]), ({"cnc_routing": "declared"}, {"cnc_routing": "plenty"}))
        self.full.write({"publish_kit": False, "publish_evidence": False, "publish_capacity": False})
        (record,) = self.full._public_values()
        self.assertEqual((record["kit"], record["evidence"], record["free_capacity"]), (None, None, None))

    def test_free_capacity_is_told_in_three_steps(self):
        capability = self.full.capability_ids
        self.full.status = "active"
        for share, word in ((0, "none"), (0.5, "some"), (1.0, "plenty")):
            capability.share_offered = share
            self.assertEqual(self.full._public_values()[0]["free_capacity"], {"cnc_routing": word})

    def test_a_photo_leaves_without_what_the_camera_wrote_into_it(self):
        (record,) = self.full._public_values()
        (address,) = [machine["photo"] for machine in record["kit"] if machine["photo"]]
        path = address.removeprefix(self.full.get_base_url())
        photo = self.url_open(path)
        self.assertEqual((photo.status_code, photo.headers["Content-Type"]), (200, "image/jpeg"))
        self.assertNotIn(b"SECRET-OWNER", photo.content)
        self.assertEqual(self.url_open(path, headers={"If-None-Match": photo.headers["ETag"]}).status_code, 304)
        self.assertEqual(self.url_open(path.replace(f"/spaces/{self.full.id}/", f"/spaces/{self.by_sector.id}/")).status_code, 404)
        self.full.publish_kit = False
        self.assertEqual(self.url_open(path).status_code, 404)

    def sheet(self, content, name):
        return list(openpyxl.load_workbook(io.BytesIO(content))[name].iter_rows(values_only=True))

    def test_processes_are_kept_with_their_codes(self):
        for address in FORMATS:
            with self.subTest(format=address):
                (row,) = (row for row in self.rows(address) if row.external_id == str(self.full.id))
                kept = row.extra.get("process_codes") or row.extra.get("processes")
                self.assertIn(kept, (["cnc_routing"], "cnc_routing"))

    def test_both_dialects_of_open_know_where_are_spoken(self):
        (first, *_rest) = self.get("okw.json").json()["manufacturing_facilities"]
        self.assertEqual(first["facility_status"], "Temporary Closure")
        self.assertEqual(first["location"]["gps_coordinates"], {"latitude": 51.4412345, "longitude": -2.5912345})
        self.assertEqual(first["manufacturing_process"], ["cnc_routing"])
        (first, *_rest) = self.get("okw.json?dialect=ome").json()["manufacturing_facilities"]
        self.assertEqual(first["location"]["gps_coordinates"], "51.4412345, -2.5912345")
        self.assertEqual(first["manufacturing_processes"], ["cnc_routing"])
        self.get("okw.json?dialect=cobol", code=400)

    def test_private_and_network_spaces_never_leave(self):
        for address in FORMATS:
            text = self.get(address).text if address != "xlsx" else self.as_csv(self.get(address).content).decode()
            with self.subTest(format=address):
                self.assertIn("By Sector", text)
                for secret in ("Bristol Workshop", "Dorset Workshop", "9 Lane", "BH15 1HH"):
                    self.assertNotIn(secret, text)

    def test_a_file_can_be_asked_for_a_region_a_process_or_one_space(self):
        self.assertEqual(self.ids("geojson?region=dorset"), {self.by_sector.id, self.hidden.id})
        self.assertEqual(self.ids("geojson?process=cnc_routing"), {self.full.id})
        self.assertEqual(self.ids(f"geojson?space={self.hidden.id}"), {self.hidden.id})

    def test_a_question_that_names_nothing_is_told_so(self):
        for address in ("geojson?region=atlantis", "csv?process=alchemy", f"xlsx?space={self.workshop.id}", "geojson?space=99999999"):
            with self.subTest(address=address):
                self.get(address, code=404)
        for address in ("geojson?limit=-1", "geojson?offset=x", "csv?space=1;drop"):
            with self.subTest(address=address):
                self.get(address, code=400)

    def test_pages_follow_each_other_to_the_end(self):
        seen, address = [], "/open-data/spaces.geojson?limit=2"
        while address:
            page = self.url_open(address).json()
            self.assertEqual(page["total"], 3)
            seen += [feature["id"] for feature in page["features"]]
            address = page["next"] and page["next"].replace(self.env["wcm.facility"].get_base_url(), "")
        self.assertEqual(seen, sorted(self.public.ids))
        self.assertIn('rel="next"', self.get("csv?limit=2").headers["Link"])

    def test_an_unchanged_file_is_not_sent_again(self):
        for address in FORMATS:
            with self.subTest(format=address):
                etag = self.get(address).headers["ETag"]
                again = self.get(address, code=304, **{"If-None-Match": etag})
                self.assertEqual(again.content, b"")
        self.by_sector.name = "Renamed"
        self.assertEqual(self.get("csv", **{"If-None-Match": etag}).status_code, 200)

    def test_every_file_names_licence_and_attribution(self):
        for address in FORMATS[:3]:
            document = self.get(address).json()
            self.assertTrue(document["licence"] and document["attribution"])
            self.assertIn("ODbL 1.0", json.dumps(document))
        for address in ("csv", "xlsx"):
            self.assertEqual({row.licence for row in self.rows(address)}, {"CC BY 4.0", "ODbL 1.0"})
        self.assertIn("creativecommons.org", self.get("csv").headers["Link"])

    def test_every_source_is_named_in_every_file_with_what_its_licence_asks(self):
        self.hidden.write({"licence": "ODbL", "attribution": "Another map"})
        for address in FORMATS[:3]:
            sources = {source["attribution"]: source for source in self.get(address).json()["sources"]}
            self.assertEqual(set(sources), {"A map, its makers", "Another map", self.env.company.name})
            for name in ("A map, its makers", "Another map"):
                self.assertIn("Open Database License (ODbL)", sources[name]["notice"])
                self.assertIn("opendatacommons.org", sources[name]["licence_url"])
        rows = self.sheet(self.get("xlsx").content, "Sources")[3:]
        self.assertEqual({row[0] for row in rows}, {"A map, its makers", "Another map", self.env.company.name})
        self.assertEqual({row.attribution for row in self.rows("csv")}, {row[0] for row in rows})
        links = self.get("csv").headers["Link"]
        self.assertTrue("creativecommons.org" in links and "opendatacommons.org" in links)
        self.assertIn("Open Database License (ODbL)", self.url_open("/spaces").text)

    def test_a_merged_space_names_the_sources_of_both(self):
        first, second = {"licence": "ODbL 1.0", "attribution": "A map, its makers"}, {"licence": "CC BY 4.0", "attribution": "A list"}
        self.facility("Twin", self.bristol, active=False, merged_into_id=self.full.id, **second)
        (record,) = self.full._public_values()
        self.assertEqual(record["sources"], [first, second])
        self.assertEqual((record["licence"], record["attribution"]), ("ODbL 1.0; CC BY 4.0", "A map, its makers; A list"))

    def test_it_can_be_asked_without_its_body_from_any_site_and_packed(self):
        for address in FORMATS:
            with self.subTest(format=address):
                plain = self.get(address, **{"Accept-Encoding": "identity"})
                packed = self.get(address, **{"Accept-Encoding": "gzip"})
                same = packed.content == plain.content  # requests unpacks it
                self.assertTrue(same or address == "xlsx", "a workbook says when it was made")
                self.assertEqual("Content-Encoding" in packed.headers, address != "xlsx")
                head = self.url_open(f"/open-data/spaces.{address}", method="HEAD")
                self.assertEqual((head.status_code, head.content, bool(head.headers["ETag"])), (200, b"", True))
                asked = self.url_open(f"/open-data/spaces.{address}", method="OPTIONS")
                self.assertEqual((asked.status_code, asked.headers["Access-Control-Allow-Origin"]), (204, "*"))

    def test_open_know_where_speaks_its_own_words(self):
        """Every word of a record and of a machine is of version 1's list, or known to be ours."""
        if not OKW_WORDS.exists():
            self.skipTest(f"shared data absent: {OKW_WORDS}")
        published = set(re.findall(r"Field Name: '?(?:fk_)?[\d.]+ ?(.+)", OKW_WORDS.read_text()))
        words = {re.sub(r"\W+", "_", word.strip().lower()) for word in published}
        (first, *_rest) = self.get("okw.json").json()["manufacturing_facilities"]
        self.assertLessEqual(set(first) - words, {
            "id", "organisation_type", "location_precision", "network_region", "website", "email", "phone", "licence", "attribution", "page",
            "process_codes", "record_data", "evidence", "free_capacity",
        })
        self.assertLessEqual({"equipment", "facility_status", "access_type"}, set(first) & words)
        ours = {"id", "process_code", "thickness_max_mm", "tolerance_mm", "photo"}
        self.assertEqual(set(first["equipment"][0]) - words, ours)

    def test_any_site_may_read_it(self):
        self.assertEqual(self.get("geojson").headers["Access-Control-Allow-Origin"], "*")

    def test_no_cell_of_a_table_is_a_formula(self):
        self.assertIn("'=Ünïcode", self.get("csv").content.decode("utf-8-sig"))
        book = openpyxl.load_workbook(io.BytesIO(self.get("xlsx").content))
        self.assertNotIn("f", {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row})
        self.assertEqual(tuple(cell.value for cell in book["Spaces"][3]), tuple(name for name in FIELD_NAMES if name != "kit"))
        self.assertEqual(tuple(cell.value for cell in book["Kit"][3]), ("space", *KIT_NAMES))
