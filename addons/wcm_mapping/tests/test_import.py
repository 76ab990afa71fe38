import json
from pathlib import Path

from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user, tagged

from .common import MappingCase

# Not part of the add-on: the project's own copy, with its source and licence beside it.
PUBLISHED = Path(__file__).parents[3] / "data/okw/iopa_facilities_GB_37.json"


@tagged("post_install", "-at_install")
class TestImport(MappingCase):
    def load(self, records, apply=True, **values):
        content = json.dumps(records).encode() if not isinstance(records, bytes) else records
        values = {"kind": "okw", "source_host": "example.org", "licence": "CC BY 4.0", **values}
        imports = self.env["wcm.facility.import"].with_user(values.pop("user", self.manager))
        return imports._import_bytes(content, attribution="Example", apply=apply, **values)

    def record(self, name="Fab Lab", id="1", latitude=51.45, longitude=-2.6, **values):
        return {
            "name": name,
            "id": id,
            "latitude": latitude,
            "longitude": longitude,
            "country": "GB",
            **values,
        }

    def found(self, **values):
        domain = [(name, "=", value) for name, value in values.items()]
        return self.env["wcm.facility"].search([("source_host", "=", "example.org"), *domain])

    def outcomes(self, run):
        return run.line_ids.mapped("outcome")

    def test_a_preview_writes_no_space(self):
        run = self.load([self.record()], apply=False)
        self.assertEqual((run.state, run.create_count), ("previewed", 1))
        self.assertFalse(self.found())

    def test_a_new_record_becomes_a_public_space_with_its_provenance(self):
        self.load([self.record(zip="bs16aa", tools="laser")])
        space = self.found()
        self.assertEqual((space.zip, space.visibility), ("BS1 6AA", "public"))
        self.assertEqual((space.location_precision, space.region_id), ("exact", self.bristol))
        self.assertEqual((space.external_id, space.licence), ("1", "CC BY 4.0"))
        self.assertEqual((space.attribution, space.source), ("Example", "okw"))
        self.assertEqual(space.source_extra, {"tools": "laser"})
        self.assertTrue(space.source_date)

    def test_the_region_of_a_file_is_nobodys_choice_by_hand(self):
        """Placed in the sea, it is in the region of its postcode; put right, it goes to the one around its point."""
        self.load([self.record(latitude=53.6, longitude=-4.7, zip="BS1 6AA")])
        space = self.found()
        self.assertEqual((space.region_id, space.region_by_hand), (self.bristol, False))
        space.write({"latitude": 50.7156, "longitude": -2.4372, "zip": "DT1 1UZ", "location_precision": "manual"})
        self.assertEqual(space.region_id, self.dorset)

    def test_the_same_file_again_changes_nothing(self):
        records = [self.record(), self.record("Other", "2", 51.5)]
        self.load(records)
        self.assertEqual(self.outcomes(self.load(records)), ["same", "same"])
        self.assertEqual(len(self.found()), 2)

    def test_a_changed_record_says_what_changed(self):
        self.load([self.record(city="Bath")])
        run = self.load([self.record(city="Bristol")])
        self.assertEqual(run.line_ids.reason, "Changed: City")
        self.assertEqual(self.found().city, "Bristol")

    def test_an_empty_cell_empties_nothing(self):
        self.load([self.record(city="Bath")])
        self.assertEqual(self.outcomes(self.load([self.record(city="")])), ["same"])
        self.assertEqual(self.found().city, "Bath")

    def test_what_coordinators_decided_stays(self):
        self.load([self.record()])
        self.found().write({"visibility": "private", "latitude": 51.46, "location_precision": "manual"})
        self.load([self.record(latitude=51.47, city="Bath")])
        space = self.found()
        self.assertEqual((space.visibility, space.latitude), ("private", 51.46))
        self.assertEqual(space.city, "Bath")

    def test_the_same_name_nearby_needs_a_choice(self):
        self.facility("The Fab Lab Ltd", self.bristol, latitude=51.451, longitude=-2.6)
        run = self.load([self.record()])
        self.assertEqual(self.outcomes(run), ["duplicate"])
        self.assertFalse(self.found(), "left out unless somebody chooses")

    def test_a_duplicate_may_be_added_all_the_same(self):
        self.facility("Fab Lab", self.bristol, latitude=51.45, longitude=-2.6)
        run = self.load([self.record()], apply=False)
        run.line_ids.choice = "create"
        run.action_apply()
        self.assertEqual(self.found().external_id, "1")

    def test_a_duplicate_that_is_the_same_takes_the_identity(self):
        here = self.facility("Fab Lab", self.bristol, latitude=51.45, longitude=-2.6)
        run = self.load([self.record(city="Bath")], apply=False)
        run.line_ids.choice = "update"
        run.action_apply()
        self.assertEqual((here.external_id, here.city), ("1", "Bath"))
        self.assertEqual(self.outcomes(self.load([self.record(city="Bath")])), ["same"])

    def test_the_same_record_twice_counts_once(self):
        run = self.load([self.record(), self.record(), self.record(city="Bath")])
        self.assertEqual(self.outcomes(run), ["create", "same", "duplicate"])
        self.assertIn("row 1", run.line_ids[1].reason)
        self.assertEqual(len(self.found()), 1)

    def test_two_ids_of_one_place_in_a_file_need_a_choice(self):
        run = self.load([self.record(), self.record(id="2")], apply=False)
        self.assertEqual(self.outcomes(run), ["create", "duplicate"])
        with self.assertRaisesRegex(ValidationError, "repeats row 1"):
            run.line_ids[1].choice = "update"

    def test_an_id_that_comes_twice_is_never_written_twice(self):
        run = self.load([self.record(), self.record(city="Bath")], apply=False)
        run.line_ids[1].choice = "create"
        with self.assertLogs("odoo.sql_db", "ERROR"):
            run.action_apply()
        self.assertEqual(self.outcomes(run), ["create", "error"])
        self.assertIn("already", run.line_ids[1].reason)
        self.assertEqual(len(self.found()), 1)

    def test_a_source_without_ids_is_known_by_name_and_place(self):
        content = b"name,lat,lng,city\nFab Lab,51.45,-2.6,Bath\n"
        self.load(content, kind="csv")
        self.assertEqual(self.outcomes(self.load(content, kind="csv")), ["same"])
        run = self.load(content.replace(b"Bath", b"Wells"), kind="csv")
        self.assertEqual(self.outcomes(run), ["update"])
        self.assertEqual(self.found().city, "Wells")

    def test_without_a_point_the_postcode_places_it(self):
        run = self.load([self.record(latitude=None, longitude=None, zip=" bs41db")])
        self.assertEqual(run.line_ids.warning, "Placed by its postcode only")
        self.assertEqual(self.found().location_precision, "postcode_sector")
        self.assertEqual(self.found().region_id, self.bristol)

    def test_without_any_place_it_is_to_fix(self):
        run = self.load([self.record(latitude=None, longitude=None)])
        self.assertEqual((run.to_fix_count, run.error_count), (1, 0))
        self.assertEqual(self.found().location_issue, "missing")

    def test_a_postcode_never_moves_an_exact_point(self):
        self.load([self.record(zip="BS4 1DB")])
        run = self.load([self.record(zip="BS4 1DB", latitude=None, longitude=None)])
        self.assertEqual(self.outcomes(run), ["same"])
        self.assertEqual(self.found().latitude, 51.45)

    def test_points_that_look_wrong_are_imported_and_flagged(self):
        run = self.load(
            [
                self.record("Swapped", "1", -2.6, 51.45),
                self.record("Null", "2", 0, 0),
                self.record("Abroad", "3", 48.85, 2.35),
            ]
        )
        self.assertEqual((run.create_count, run.to_fix_count), (3, 3))
        self.assertEqual(
            set(self.found().mapped("location_issue")),
            {"swapped", "null_island", "outside_country"},
        )

    def test_an_unknown_country_costs_one_row_and_is_named(self):
        run = self.load([self.record(country="Atlantis"), self.record("Good", "2")])
        self.assertEqual(self.outcomes(run), ["error", "create"])
        self.assertIn("“Atlantis”", run.line_ids[0].reason)
        self.assertEqual(self.found().name, "Good")

    def test_people_write_the_kingdom_in_many_ways(self):
        for number, country in enumerate(("GB", "uk", "United Kingdom", "Scotland", "England")):
            self.load([self.record(f"Space {number}", str(number), country=country)])
        self.assertEqual(self.found().country_id, self.env.ref("base.uk"))

    def test_files_that_cannot_be_read_leave_nothing_behind(self):
        for content, words in (
            (b"", "empty"),
            (b" \n ", "empty"),
            (b'[{"name": "A"', "line 1, column"),
            (b'"only text"', "list of records"),
            (b"<html></html>", "web page"),
        ):
            with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
                self.load(content)
        self.assertFalse(self.found())
        self.assertFalse(self.env["wcm.facility.import"].search([("source_host", "=", "example.org")]))

    def test_an_import_is_applied_once(self):
        run = self.load([self.record()])
        run.action_apply()
        self.assertEqual((len(self.found()), run.state), (1, "done"), "whoever presses second changes nothing")
        with self.assertRaisesRegex(UserError, "Start a new one"):
            run.source_host = "elsewhere.org"

    def test_another_source_needs_another_preview(self):
        run = self.load([self.record()], apply=False)
        run.source_host = "elsewhere.org"
        self.assertEqual((run.state, len(run.line_ids)), ("draft", 0))

    def test_coordinators_import_into_their_own_regions(self):
        records = [self.record(), self.record("Far", "2", 50.72, -2.44)]
        run = self.load(records, user=self.coordinator)
        self.assertEqual(self.outcomes(run), ["create", "error"])
        self.assertIn("none of your regions", run.line_ids[1].reason)
        self.assertEqual(self.found().name, "Fab Lab")

    def test_a_region_that_has_just_begun_takes_what_lies_in_no_outline(self):
        dora = new_test_user(self.env, "dora", groups="wcm_mapping.group_mapping_user")
        begun = self.env["wcm.region"].create({"name": "Devon", "code": "t_devon", "coordinator_ids": dora.ids})
        run = self.load([self.record("Exeter", "7", 50.7236, -3.5275), self.record("Far", "2", 50.72, -2.44)], user=dora)
        self.assertEqual(self.outcomes(run), ["create", "error"])
        self.assertEqual(self.found().region_id, begun)

    def test_a_place_that_cannot_be_right_is_to_fix_in_the_coordinators_region(self):
        records = [self.record("Swapped", "1", -2.6, 51.44), self.record("At zero", "2", 0, 0)]
        run = self.load(records, user=self.coordinator)
        self.assertEqual(self.outcomes(run), ["create", "create"])
        self.assertEqual(self.found().region_id, self.bristol)
        self.assertEqual(set(self.found().mapped("location_issue")), {"swapped", "null_island"})

    def test_a_wrong_point_with_a_postcode_elsewhere_is_not_taken_into_the_coordinators_region(self):
        run = self.load([self.record("Swapped", "1", -2.44, 50.72, zip="DT1 1XJ")], user=self.coordinator)
        self.assertEqual(self.outcomes(run), ["error"])

    def test_coordinators_cannot_import_over_another_region(self):
        self.load([self.record("Far", "2", 50.72, -2.44)])
        self.found().visibility = "private"
        run = self.load([self.record("Taken", "2")], user=self.coordinator)
        self.assertIn("not yours", run.line_ids.reason)
        self.assertFalse(run.line_ids.facility_id)
        self.assertEqual(self.found().name, "Far")

    def test_the_published_file_of_37_spaces(self):
        if not PUBLISHED.exists():
            self.skipTest(f"{PUBLISHED} is not here: the add-on stands without its project")
        self.env["wcm.facility"].search([("source", "=", "okw")]).unlink()
        content = PUBLISHED.read_bytes()
        run = self.load(content)
        self.assertEqual((run.create_count, run.error_count, run.to_fix_count), (37, 0, 0))
        spaces = self.found()
        self.assertEqual(len(spaces), 37)
        self.assertFalse(spaces.filtered("location_issue"))
        self.assertIn("E8 4QY", spaces.mapped("zip"))
        self.assertIn("BT48 8NN", spaces.mapped("zip"))
        self.assertEqual(self.load(content).same_count, 37)
