import json

from odoo.tests import tagged

from ..matching import Place, Places, normalise_address, normalise_website
from .common import MappingCase


@tagged("post_install", "-at_install")
class TestImportMatching(MappingCase):
    def load(self, *records, apply=False, host="example.org"):
        records = [{"id": str(n), "country": "GB", **record} for n, record in enumerate(records, 1)]
        imports = self.env["wcm.facility.import"].with_user(self.manager)
        return imports._import_bytes(json.dumps(records).encode(), "okw", host, "CC0", "Example", apply=apply)

    def here(self, name="Fab Lab", **values):
        return self.facility(name, self.bristol, **{"street": "5 Mill Rd.", "zip": "BS1 1AA", **values})

    def test_an_address_is_the_same_in_other_words(self):
        asked = normalise_address("Unit 2, 5 Mill Rd.", "bs11aa", "Bristol")
        self.assertEqual(asked, "2 5 mill road unit @ BS1 1AA")
        self.assertEqual(normalise_address("5 Mill Road Unit 2, Bristol", "BS1 1AA", "Bristol"), asked)
        self.assertNotEqual(normalise_address("Unit 3, 5 Mill Rd", "BS1 1AA", ""), asked)

    def test_an_address_that_says_too_little_is_none(self):
        self.assertEqual(normalise_address("Mill Road", "", "Bath"), "", "a street without a number or postcode")
        self.assertEqual(normalise_address("5 Mill Road", "", "Bath"), "5 mill road @ bath")
        self.assertEqual(normalise_address("", "BS1 1AA", "Bristol"), "")

    def test_a_website_is_the_same_with_and_without_its_trimmings(self):
        for address in ("https://www.Example.org/lab/?lang=en", "example.org/lab", " http://example.org/lab#top"):
            self.assertEqual(normalise_website(address), "example.org/lab")
        for address in ("", "none", "http://[", "see notes"):
            self.assertEqual(normalise_website(address), "")

    def test_two_ids_of_one_source_at_one_address_are_two_places(self):
        places = Places()
        places.add("Fab Lab", Place("first", None, "", "example.org", True), "here")
        self.assertIsNone(places.find_at("here", "example.org", True))
        self.assertTrue(places.find_at("here", "example.org", False))
        self.assertTrue(places.find_at("here", "other.org", True))

    def test_another_name_at_a_known_address_is_asked_about(self):
        here = self.here()
        run = self.load(
            {"name": "Mill Makers", "street": "5, Mill Road", "zip": "bs1 1aa", "latitude": 51.4, "longitude": -2.5}
        )
        self.assertEqual((run.line_ids.outcome, run.line_ids.facility_id), ("duplicate", here))
        self.assertEqual(run.line_ids.reason, "The address of “Fab Lab”, which is here")

    def test_the_name_nearby_goes_before_the_address(self):
        self.here("Neighbour", latitude=51.5)
        here = self.here("Mill Makers", street="Elsewhere")
        run = self.load(
            {"name": "Mill Makers", "street": "5 Mill Road", "zip": "BS1 1AA", "latitude": 51.45, "longitude": -2.59}
        )
        self.assertEqual(run.line_ids.facility_id, here)

    def test_an_address_alone_never_makes_one_of_two(self):
        """Also where a source has no ids, and name and place are the identity."""
        self.here(source_host="example.org", source="csv")
        content = b"name,street,zip\nMill Makers,5 Mill Road,BS1 1AA\n"
        imports = self.env["wcm.facility.import"].with_user(self.manager)
        run = imports._import_bytes(content, "csv", "example.org", "CC0", "", apply=False)
        self.assertEqual(run.line_ids.outcome, "duplicate")

    def test_neighbours_in_one_file_are_no_duplicates(self):
        address = {"street": "5 Mill Road", "zip": "BS1 1AA"}
        run = self.load({"name": "Fab Lab", **address}, {"name": "Mill Makers", **address})
        self.assertEqual(run.line_ids.mapped("outcome"), ["create", "create"])

    def test_many_rows_take_no_more_queries_than_one(self):
        """To look at, not to write: the lines themselves are inserted in batches."""
        self.here()
        rows = [{"name": f"Space {n}", "street": f"{n} Mill Road", "zip": "BS1 1AA"} for n in range(60)]
        runs = [self.load(rows[0]), self.load(*rows)]
        counts = []
        for run in runs:
            found = run._read_rows()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            known = run._read_known(found)
            for row in found:
                run._plan_row(row, known)
            counts.append(self.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
