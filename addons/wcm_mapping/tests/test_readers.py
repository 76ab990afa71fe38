import json

import yaml

from odoo.tests import BaseCase, tagged

from .. import readers

PUBLISHED = {
    "geocoding": {"latitude": 51.53, "longitude": -0.05, "geocoding_id": "g-1"},
    "address": {"zip_code": " E8 4QY", "extended": "Hackney Depot, "},
    "region": {"country": "GB", "state_region": "", "city_town": "London "},
    "location": None,
    "facility": {"name": " Batch  Space ", "facility_id": "f-1", "url": "https://batch.space"},
}


@tagged("post_install", "-at_install")
class TestReaders(BaseCase):
    def okw(self, document):
        return readers.read("okw", json.dumps(document).encode())

    def assert_refused(self, kind, content, words):
        with self.assertRaises(readers.ReadError) as caught:
            readers.read(kind, content)
        self.assertIn(words, str(caught.exception))

    def test_a_published_file_gives_its_rows_trimmed(self):
        (row,) = self.okw([PUBLISHED])
        self.assertEqual(row.name, "Batch Space")
        self.assertEqual((row.street, row.city, row.zip), ("Hackney Depot", "London", "E8 4QY"))
        self.assertEqual((row.latitude, row.longitude), (51.53, -0.05))
        self.assertEqual((row.external_id, row.website), ("f-1", "https://batch.space"))

    def test_unknown_fields_are_kept(self):
        (row,) = self.okw([{**PUBLISHED, "opened": 2014, "tools": [{"name": "laser"}]}])
        self.assertEqual(
            row.extra,
            {"geocoding.geocoding_id": "g-1", "opened": 2014, "tools": [{"name": "laser"}]},
        )

    def test_the_matching_engine_speaks_the_same_words_flat(self):
        (row,) = self.okw(
            {
                "name": "James",
                "facility_status": "Temporary Closure",
                "access_type": "Restricted with public hours",
                "location": {
                    "address": {"number": 5, "street": "High Street", "postcode": "BS4 1DB"},
                    "gps_coordinates": "51.4, -2.5",
                },
                "contact": {"email": "jane@example.org"},
            }
        )
        self.assertEqual((row.status, row.access_type), ("temporary_closure", "restricted_public_hours"))
        self.assertEqual((row.street, row.latitude, row.longitude), ("5 High Street", 51.4, -2.5))
        self.assertEqual(row.email, "", "a person's address is not the space's")
        self.assertEqual(row.extra, {"contact.email": "jane@example.org"})

    def test_version_1_numbers_its_fields(self):
        text = b"4.1. name: James\n4.6 facility_status: Active\n6.1. Address:\n  city: Bath\n"
        (row,) = readers.read("okw", text)
        self.assertEqual((row.name, row.status, row.city), ("James", "active", "Bath"))

    def test_the_relational_schema_of_2024_is_read_where_a_record_carries_its_address(self):
        (row,) = self.okw(
            {
                "facility_id": 7,
                "resource_id": 3,
                "name": "James",
                "capacity": 12,
                "address": {"number": "5", "street": "Rue X", "locality": "Bath", "postcode": 79120, "latitude": 51.4},
            }
        )
        self.assertEqual((row.external_id, row.name, row.street), ("7", "James", "5 Rue X"))
        self.assertEqual((row.city, row.zip, row.latitude), ("Bath", "79120", 51.4))
        self.assertEqual(row.extra, {"resource_id": 3, "capacity": 12})

    def tables(self):
        return {
            "ManufacturingFacility": [
                {"facility_id": 7, "resource_id": 3, "name": "James", "capabilities": "milling", "source_id": 1},
                {"facility_id": 8, "resource_id": 99, "name": "Alone"},
                "no record",
            ],
            "DistributedResource": [{"resource_id": 3, "address_id": 5, "contact_id": 6, "verification": True}],
            "Address": [
                {"address_id": 5, "street": "Rue X", "number": "5", "locality": "Bath", "region": "Somerset"}
                | {"postcode": "BA1 1AA", "country": "GB", "latitude": 51.38, "longitude": -2.36}
            ],
            "Contact": [{"contact_id": 6, "email": "a@b.example", "website": "https://b.example", "social": "@b"}],
            "ManufacturingEquipment": [{"equipment_id": 1, "resource_id": 3, "brand": "Trotec", "model": "S400", "type": "Laser"}],
            "DatabaseSourceMetadata": [{"source_id": 1, "license": "CC BY 4.0", "publisher": "IoPA"}],
        }

    def test_the_relational_schema_of_2024_is_read_as_separate_tables(self):
        row, alone, wrong = self.okw(self.tables())
        self.assertEqual((row.external_id, row.name, row.street, row.city), ("7", "James", "5 Rue X", "Bath"))
        self.assertEqual((row.county, row.zip, row.country), ("Somerset", "BA1 1AA", "GB"))
        self.assertEqual((row.latitude, row.longitude), (51.38, -2.36))
        self.assertEqual((row.email, row.website), ("a@b.example", "https://b.example"))
        self.assertEqual((row.licence, row.attribution), ("CC BY 4.0", "IoPA"))
        (machine,) = row.kit
        self.assertEqual((machine["name"], machine["make"], machine["model"]), ("Laser", "Trotec", "S400"))
        self.assertEqual((row.extra["capabilities"], row.extra["social"], row.extra["verification"]), ("milling", "@b", True))
        self.assertEqual((alone.name, alone.kit, alone.error), ("Alone", [], ""))
        self.assertTrue(wrong.error)

    def test_separate_tables_are_the_same_in_yaml(self):
        self.assertEqual(readers.read("okw", yaml.safe_dump(self.tables()).encode()), self.okw(self.tables()))

    def test_yaml_and_json_give_the_same(self):
        (from_yaml,) = readers.read("okw", b"name: James\nid: 7\nlat: 51.4\nlon: -2.5\n")
        (from_json,) = self.okw({"name": "James", "id": 7, "lat": 51.4, "lon": -2.5})
        self.assertEqual(from_yaml, from_json)

    def test_a_word_that_is_no_status_is_kept_as_it_is(self):
        (row,) = self.okw({"name": "James", "facility_status": "Asleep"})
        self.assertEqual((row.status, row.extra), ("", {"status": "Asleep"}))

    def test_a_script_is_no_website(self):
        (row,) = self.okw({"name": "James", "website": "javascript:alert(1)"})
        self.assertEqual((row.website, row.extra), ("", {"website": "javascript:alert(1)"}))

    def test_one_bad_record_costs_one_row(self):
        rows = self.okw([{"name": "Good"}, 7, {"name": ""}, {"name": "Bad", "lat": "north"}])
        self.assertEqual(
            [row.error for row in rows],
            [
                "",
                "It is not a record with named fields.",
                "It has no name.",
                "The latitude “north” is not a number.",
            ],
        )

    def test_a_coordinate_beyond_the_globe_is_an_error(self):
        (row,) = self.okw({"name": "Far", "latitude": 151.4, "longitude": -2})
        self.assertEqual(row.error, "The latitude 151.4 is not between -90 and 90.")

    def test_characters_that_a_database_refuses_are_dropped(self):
        (row,) = readers.read("okw", b'{"name": "Jam\\u0000es\\ud800", "x": ["\\u0000"]}')
        self.assertEqual((row.name, row.extra), ("James", {"x": [""]}))

    def test_broken_json_says_where(self):
        self.assert_refused("okw", b'[\n{"name": }\n]', "line 2, column 10")

    def test_files_that_hold_no_records_are_refused(self):
        self.assert_refused("okw", b"", "empty")
        self.assert_refused("okw", b" \n", "empty")
        self.assert_refused("okw", b"[]", "holds no records")
        self.assert_refused("okw", b"42", "list of records")
        self.assert_refused("okw", b"<!DOCTYPE html>", "web page")
        self.assert_refused("okw", b"[" * 100_000, "nested too deeply")
        self.assert_refused("okw", b"name: [", "not valid JSON or YAML")

    def test_yaml_that_would_unfold_into_gigabytes_is_refused(self):
        self.assert_refused("okw", b"a: &a [x]\nname: *a\n", "anchors")

    def test_csv_takes_the_separator_and_the_names_that_people_use(self):
        content = "Name;Post code;Lat;Lng\nCafé;BS4 1DB;51,4;-2,5\n".encode("cp1252")
        (row,) = readers.read("csv", content)
        self.assertEqual((row.row_number, row.name, row.zip), (2, "Café", "BS4 1DB"))
        self.assertEqual((row.latitude, row.longitude), (51.4, -2.5))

    def test_a_line_with_too_many_cells_costs_one_row(self):
        first, second = readers.read("csv", b"name,city\nA,Bath,x\nB,Wells\n")
        self.assertEqual(first.error, "It has more cells than the header row.")
        self.assertEqual((second.error, second.city), ("", "Wells"))

    def test_csv_without_names_is_refused(self):
        self.assert_refused("csv", b"a,b\n1,2\n", "No column is called “name”")
        self.assert_refused("csv", b"PK\x03\x04....", "not a whole xlsx workbook")
        self.assert_refused("csv", b"\xd0\xcf\x11\xe0....", "xlsx or CSV")
        self.assert_refused("csv", b"name,city\n", "holds no records")
