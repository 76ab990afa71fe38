import json

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import MappingCase


@tagged("post_install", "-at_install")
class TestImportDuplicate(MappingCase):
    """The space of one list, met again in another."""

    def load(self, host="other.org", apply=False, licence="ODbL", user=None, **values):
        record = {"name": "Fab Lab", "id": "b-1", "latitude": 51.45, "longitude": -2.6, "country": "GB", **values}
        imports = self.env["wcm.facility.import"].with_user(user or self.coordinator)
        return imports._import_bytes(json.dumps(record).encode(), "okw", host, licence, f"From {host}", apply=apply)

    def setUp(self):
        super().setUp()
        self.load("example.org", apply=True, id="a-1", city="Bath", phone="1", licence="CC BY 4.0")
        self.here = self.env["wcm.facility"].search([("source_host", "=", "example.org")])

    def put_together(self, choices=None, **values):
        run = self.load(**values)
        run.line_ids.choices = choices or {}
        run.line_ids.choice = "update"
        run.action_apply()
        self.assertEqual(run.state, "done")
        return run

    def test_a_row_stands_beside_the_space_that_it_may_be(self):
        line = self.load(city="Wells", email="lab@example.org").line_ids
        rows = {row["key"]: row for row in line.comparison["rows"]}
        self.assertEqual((rows["address"]["choice"], rows["email"]["choice"]), ("ours", "theirs"))
        self.assertIn("Wells", rows["address"]["theirs"])
        self.assertTrue(rows["name"]["same"])
        action = line.action_compare()
        self.assertEqual((action["res_id"], action["target"]), (line.id, "new"))
        line.with_context(choice="create").action_choose()
        self.assertEqual(line.choice, "create")

    def test_put_together_it_keeps_what_was_chosen_and_both_sources(self):
        self.put_together({"address": "theirs"}, city="Wells", phone="2", email="lab@example.org")
        self.assertEqual((self.here.city, self.here.phone, self.here.email), ("Wells", "1", "lab@example.org"))
        self.assertEqual(self.here.external_id, "a-1")
        other = self.here.merged_ids
        self.assertEqual(
            (other.source_host, other.external_id, other.licence, other.active), ("other.org", "b-1", "ODbL", False)
        )

    def test_either_source_finds_it_later(self):
        self.put_together(phone="2")
        for run in (
            self.load(phone="2"),
            self.load("example.org", id="a-1", city="Bath", phone="1", licence="CC BY 4.0"),
        ):
            self.assertEqual((run.line_ids.outcome, run.line_ids.facility_id), ("same", self.here))

    def test_what_either_source_says_anew_is_asked_against_the_space(self):
        self.put_together(phone="2")
        run = self.load(phone="3")
        self.assertEqual((run.line_ids.outcome, run.conflict_ids.mapped("label")), ("conflict", ["Phone"]))
        run.action_apply()
        self.assertEqual((self.here.phone, self.here.merged_ids.source_values["phone"]), ("1", "3"))
        self.assertEqual(self.load(phone="3").line_ids.outcome, "same", "it is not asked again")
        self.load("example.org", id="a-1", city="Bath", phone="9", licence="CC BY 4.0", apply=True)
        self.assertEqual(self.here.phone, "9", "nobody here had changed what this source said")

    def test_a_licence_that_changes_is_the_records_own(self):
        self.put_together()
        self.load(licence="CC0", apply=True)
        self.assertEqual((self.here.licence, self.here.merged_ids.licence), ("CC BY 4.0", "CC0"))

    def test_all_licences_go_out_with_it(self):
        self.put_together()
        [public] = self.here.sudo()._public_values()
        self.assertEqual(
            (public["licence"], public["attribution"]), ("CC BY 4.0; ODbL", "From example.org; From other.org")
        )

    def test_put_together_by_mistake_it_is_parted_again(self):
        self.put_together(phone="2")
        other = self.here.merged_ids
        self.env["wcm.facility.duplicate"].search([("other_id", "=", other.id)]).action_undo()
        self.assertTrue(other.active)
        self.assertEqual(self.load(phone="2").line_ids.facility_id, other)

    def test_another_space_is_added(self):
        run = self.load()
        run.line_ids.choice = "create"
        run.action_apply()
        self.assertEqual(len(self.env["wcm.facility"].search([("name", "=", "Fab Lab")])), 2)

    def test_a_space_of_another_region_is_not_put_together(self):
        self.here.region_id = self.dorset
        run = self.load()
        self.assertFalse(run.line_ids.comparison["editable"])
        run.line_ids.choice = "update"
        run.action_apply()
        self.assertFalse(self.env["wcm.facility"].search([("source_host", "=", "other.org")]))

    def test_a_row_that_says_another_region_is_put_together_here(self):
        """The manager previewed the list; the coordinator of the space knows that the list's point is wrong."""
        self.here.write({"street": "5 Mill Road", "zip": "BS1 1AA"})
        run = self.load(user=self.manager, latitude=50.7156, longitude=-2.4372, street="5 Mill Rd", zip="BS1 1AA")
        run.region_id = self.bristol
        line = run.line_ids
        self.assertEqual((line.outcome, line.facility_id, line.values["region_id"]), ("duplicate", self.here, self.dorset.id))
        line.with_user(self.coordinator).choice = "update"
        run.with_user(self.coordinator).action_apply()
        self.assertEqual((line.outcome, line.is_applied), ("duplicate", True), line.reason)
        self.assertEqual((self.here.latitude, self.here.merged_ids.external_id), (51.45, "b-1"))

    def test_a_row_goes_into_an_archived_space_too(self):
        self.here.active = False
        self.put_together()
        self.assertEqual((self.here.merged_ids.external_id, self.here.active), ("b-1", False))

    def test_choices_are_sides_and_end_with_the_import(self):
        run = self.load(phone="2")
        for nonsense in ({"phone": "both"}, ["phone"]):
            with self.assertRaises(ValidationError):
                run.line_ids.choices = nonsense
        run.action_apply()
        with self.assertRaises(UserError):
            run.line_ids.choices = {"phone": "theirs"}

    def test_nobody_else_opens_or_decides_it(self):
        line = self.load().line_ids
        other = self.user("other_coordinator", "wcm_mapping.group_mapping_user")
        for user in (other, self.outsider):
            with self.assertRaises(AccessError):
                line.with_user(user).action_compare()
            with self.assertRaises(AccessError):
                line.with_user(user).with_context(choice="create").action_choose()
