import csv
import io
import json

import openpyxl

from odoo.tests import HttpCase, tagged

from .. import readers
from ..writers import FIELD_NAMES
from .common import MappingCase

# What each format must give back, in the words of a reader's row.
SAME_WORDS = (
    "name", "organisation_type", "status", "access_type", "opening_hours", "description", "street", "street2", "city", "county", "country",
    "latitude", "longitude", "location_precision", "website", "email", "phone", "licence", "attribution",
)
# What an import keeps to itself or gives anew.
OWN_WORDS = {"id", "page", "network_region", "processes", "verified_on", "website", "email", "phone"}
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
        sheet = openpyxl.load_workbook(io.BytesIO(content))["Spaces"]
        text = io.StringIO(newline="")
        csv.writer(text).writerows([cell if cell is not None else "" for cell in row] for row in sheet.iter_rows(min_row=3, values_only=True))
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
                    copy = self.env["wcm.facility"].create({**values, "source_date": "2026-01-01"})
                    (before,), (after,) = self.env["wcm.facility"].browse(int(row.external_id))._public_values(), copy._public_values()
                    self.assertEqual(self.lasting(after), self.lasting(before))

    def lasting(self, record):
        return {name: value for name, value in record.items() if name not in OWN_WORDS}

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

    def test_any_site_may_read_it(self):
        self.assertEqual(self.get("geojson").headers["Access-Control-Allow-Origin"], "*")

    def test_no_cell_of_a_table_is_a_formula(self):
        self.assertIn("'=Ünïcode", self.get("csv").content.decode("utf-8-sig"))
        book = openpyxl.load_workbook(io.BytesIO(self.get("xlsx").content))
        self.assertNotIn("f", {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row})
        self.assertEqual(tuple(cell.value for cell in book["Spaces"][3]), FIELD_NAMES)
