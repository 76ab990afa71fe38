import json
from pathlib import Path

from odoo.tests import BaseCase, tagged

from .. import readers
from .common import MappingCase

RECORDED = Path(__file__).parents[4] / "shared/data/gogocarto/owater_gogofull_response.json"
ELEMENT = {
    "id": "mM",
    "name": "Fab Lab",
    "geo": {"latitude": 48.88, "longitude": 2.29},
    "address": {
        "streetNumber": "5",
        "streetAddress": "rue Edmond Proust",
        "addressLocality": "Chenay",
        "postalCode": "79120",
        "addressCountry": "FR",
        "customFormatedAddress": "5 rue Edmond Proust, Chenay",
    },
    "openHours": {"Mo": "09:00-12:00", "Sa": "10:00-11:00"},
    "createdAt": "2021-03-04T10:00:00+01:00",
    "status": 3,
    "categories": ["Woodwork", "CNC"],
    "machines": "laser",
    "email": "private",
}


@tagged("post_install", "-at_install")
class TestGogocartoReader(BaseCase):
    def rows(self, document):
        return readers.read("gogocarto", json.dumps(document).encode())

    def one(self, **changes):
        (row,) = self.rows({"ontology": "gogofull", "data": [{**ELEMENT, **changes}]})
        return row

    def test_a_full_answer_gives_name_place_hours_and_licence(self):
        (row,) = self.rows({"licence": "ODbL", "ontology": "gogofull", "data": [ELEMENT]})
        self.assertEqual((row.name, row.external_id, row.licence), ("Fab Lab", "mM", "ODbL"))
        self.assertEqual((row.street, row.city, row.zip), ("5 rue Edmond Proust", "Chenay", "79120"))
        self.assertEqual((row.latitude, row.longitude, row.country), (48.88, 2.29, "FR"))
        self.assertEqual(row.opening_hours, "Mo 09:00-12:00; Sa 10:00-11:00")
        self.assertFalse(row.error or row.skipped or row.note)

    def test_a_maps_own_fields_are_kept_and_a_hidden_address_is_not(self):
        row = self.one()
        self.assertEqual(row.email, "")
        self.assertEqual(
            row.extra,
            {
                "address.customFormatedAddress": "5 rue Edmond Proust, Chenay",
                "createdAt": "2021-03-04T10:00:00+01:00",
                "categories": ["Woodwork", "CNC"],
                "machines": "laser",
            },
        )

    def test_one_element_asked_by_id_is_read_like_a_list(self):
        self.assertEqual(self.rows({"data": ELEMENT}), self.rows({"data": [ELEMENT]}))
        self.assertEqual(self.rows(ELEMENT)[0].name, "Fab Lab")

    def test_older_servers_say_title_and_number_their_categories(self):
        (row,) = self.rows({"data": [{"id": 7, "title": "Old", "lat": 1, "lng": 2, "categories": [10427]}]})
        self.assertEqual((row.external_id, row.name, row.latitude), ("7", "Old", 1))
        self.assertEqual((row.extra, row.licence), ({"categories": [10427]}, ""))

    def test_older_dates_are_turned_round(self):
        self.assertEqual(self.one(createdAt="04/03/2021 10:00").extra["createdAt"], "2021-03-04")
        self.assertEqual(self.one(createdAt="44/33/2021").extra["createdAt"], "44/33/2021")

    def test_only_what_is_on_the_map_is_taken(self):
        for status in range(-7, 1):
            self.assertIn(f"(status {status})", self.one(status=status).skipped)
        for status in range(1, 8):
            self.assertEqual(self.one(status=status).skipped, "")
        self.assertEqual(self.one(status=None).skipped, "")

    def test_what_its_map_doubts_is_noted(self):
        self.assertIn("may be a duplicate", self.one(moderationState=4).note)
        self.assertEqual(self.one(moderationState=0).note, "")

    def test_compact_rows_are_read_by_their_mapping(self):
        rows = [["mM", ["Fab Lab", "Chenay"], 48.88, 2.29, [1, 2]], ["mN", ["Gone", ""], 48, 2, [1], -4, 1]]
        for mapping in (["name", "city"], ["id", ["name", "city"], "latitude", "longitude", "categories"]):
            first, second = self.rows({"ontology": "gogocompact", "mapping": mapping, "data": rows})
            self.assertEqual((first.external_id, first.name, first.city), ("mM", "Fab Lab", "Chenay"))
            self.assertEqual((first.latitude, first.extra), (48.88, {"categories": [1, 2]}))
            self.assertIn("deleted", second.skipped)

    def test_compact_rows_of_older_servers_hold_the_name_alone(self):
        row, short = self.rows({"ontology": "gogocompact", "data": [["mM", "Fab Lab", 48.8, 2.2, []], ["mN"]]})
        self.assertEqual((row.name, row.longitude), ("Fab Lab", 2.2))
        self.assertTrue(short.error)

    def test_linked_data_is_the_same_elements_in_a_graph(self):
        element = {**ELEMENT, "@id": "https://map.example/api/elements/mM", "@type": "Place"}
        del element["id"]
        (row,) = self.rows({"@context": "https://x", "@graph": [element]})
        self.assertEqual((row.external_id, row.name, row.city), ("mM", "Fab Lab", "Chenay"))

    def test_an_export_in_csv_is_read(self):
        content = (
            "id,name,categories,latitude,longitude,streetAddress,addressLocality,postalCode,addressCountry,Machines\n"
            'mM,Fab Lab,"Woodwork,CNC",48.88,2.29,rue Edmond Proust,Chenay,79120,FR,laser\n'
        )
        (row,) = readers.read("gogocarto", content.encode())
        self.assertEqual((row.external_id, row.name, row.zip), ("mM", "Fab Lab", "79120"))
        self.assertEqual(row.extra, {"categories": "Woodwork,CNC", "Machines": "laser"})

    def test_french_maps_are_read(self):
        content = "id;Nom;Adresse;Code postal;Ville;Téléphone;latitude;longitude\n1;Atelier;1 rue X;75001;Paris;01;48,8;2,3\n"
        (row,) = readers.read("gogocarto", content.encode())
        self.assertEqual((row.name, row.street, row.zip, row.city), ("Atelier", "1 rue X", "75001", "Paris"))
        self.assertEqual((row.phone, row.latitude), ("01", 48.8))

    def test_what_is_no_map_is_refused(self):
        for content, words in ((b"{}", ""), (b'"x"', ""), (b"<html>", "web page"), (b'{"data": [', "line 1")):
            with self.subTest(content=content):
                try:
                    rows = readers.read("gogocarto", content)
                except readers.ReadError as error:
                    self.assertIn(words, str(error))
                else:
                    self.assertTrue(all(row.error for row in rows))

    def test_a_recorded_answer(self):
        if not RECORDED.exists():
            self.skipTest(f"shared data absent: {RECORDED}")
        rows = readers.read("gogocarto", RECORDED.read_bytes())
        self.assertEqual(len(rows), 10)
        self.assertFalse([row for row in rows if row.error or row.skipped])
        self.assertIn("opendatacommons.org", rows[0].licence)
        self.assertEqual((rows[4].external_id, rows[4].latitude), ("mU", 47.22183))


@tagged("post_install", "-at_install")
class TestGogocartoImport(MappingCase):
    def load(self, *elements, licence=None):
        document = {"data": [{**ELEMENT, **element} for element in elements], "licence": licence}
        imports = self.env["wcm.facility.import"].with_user(self.manager)
        return imports._import_bytes(json.dumps(document).encode(), "gogocarto", "map.example", "unknown", "Map")

    def found(self):
        return self.env["wcm.facility"].search([("source_host", "=", "map.example")])

    def test_a_map_becomes_spaces_under_its_own_licence(self):
        run = self.load({}, {"id": "x", "name": "Refused", "status": -2}, licence="ODbL")
        self.assertEqual(run.line_ids.mapped("outcome"), ["create", "skip"])
        space = self.found()
        self.assertEqual((space.source, space.external_id, space.licence), ("gogocarto", "mM", "ODbL"))
        self.assertEqual(space.source_extra["machines"], "laser")
        self.assertEqual((run.skip_count, self.load({}, licence="ODbL").same_count), (1, 1))

    def test_a_map_without_licence_takes_what_the_importer_says(self):
        self.load({})
        self.assertEqual(self.found().licence, "unknown")

    def test_what_the_map_doubts_is_to_fix(self):
        run = self.load({"moderationState": 1})
        self.assertEqual(run.to_fix_count, 1)
        self.assertIn("reported", run.line_ids.warning)
