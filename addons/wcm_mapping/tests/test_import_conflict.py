import json

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import MappingCase


@tagged("post_install", "-at_install")
class TestImportConflict(MappingCase):
    def load(self, apply=True, user=None, **values):
        record = {"name": "Fab Lab", "id": "1", "latitude": 51.45, "longitude": -2.6, "country": "GB", **values}
        imports = self.env["wcm.facility.import"].with_user(user or self.manager)
        return imports._import_bytes(json.dumps(record).encode(), "okw", "example.org", "CC0", "Example", apply=apply)

    def space(self):
        return self.env["wcm.facility"].search([("source_host", "=", "example.org")])

    def both_changed(self, **theirs):
        """Imported from Bath, moved to Wells by a person; the source says something new."""
        self.load(city="Bath", phone="1")
        self.space().city = "Wells"
        return self.load(apply=False, **theirs)

    def test_what_a_person_changed_is_asked_with_both_values(self):
        run = self.both_changed(city="Bristol", phone="2")
        self.assertEqual((run.conflict_count, run.line_ids.outcome), (1, "conflict"))
        conflict = run.conflict_ids
        self.assertEqual((conflict.label, conflict.ours, conflict.theirs), ("City", "Wells", "Bristol"))

    def test_without_a_choice_ours_stays_and_the_rest_is_taken(self):
        self.both_changed(city="Bristol", phone="2").action_apply()
        self.assertEqual((self.space().city, self.space().phone), ("Wells", "2"))

    def test_theirs_is_taken_where_chosen(self):
        run = self.both_changed(city="Bristol")
        run.conflict_ids.choice = "theirs"
        run.action_apply()
        self.assertEqual(self.space().city, "Bristol")
        with self.assertRaises(UserError):
            run.conflict_ids.choice = "ours"

    def test_what_was_kept_is_asked_again_only_when_the_source_changes(self):
        self.both_changed(city="Bristol").action_apply()
        self.assertEqual(self.load(city="Bristol").line_ids.outcome, "same")
        self.assertEqual(self.load(city="Exeter").line_ids.outcome, "conflict")

    def test_a_change_of_ours_alone_is_nobodys_question(self):
        self.assertEqual(self.both_changed(city="Bath", phone="1").line_ids.outcome, "same")

    def test_both_sides_may_have_changed_to_the_same(self):
        run = self.both_changed(city="Wells", phone="1")
        self.assertEqual(run.line_ids.outcome, "same")

    def test_what_a_person_emptied_is_asked_too(self):
        self.load(city="Bath")
        self.space().city = False
        self.assertEqual(self.load(apply=False, city="Bath").line_ids.outcome, "same")
        self.assertEqual(self.load(apply=False, city="Wells").line_ids.outcome, "conflict")

    def test_a_pin_moved_on_both_sides_is_one_question(self):
        self.load()
        self.space().write({"latitude": 51.46, "location_precision": "manual"})
        self.assertEqual(self.load().line_ids.outcome, "same", "the source still says the old place")
        run = self.load(apply=False, latitude=51.47, longitude=-2.61)
        self.assertEqual(run.conflict_ids.mapped("label"), ["Place on the map"])
        self.assertEqual(run.conflict_ids.theirs, "51.47000, -2.61000")
        run.conflict_ids.choice = "theirs"
        run.action_apply()
        space = self.space()
        self.assertEqual((space.latitude, space.longitude, space.location_precision), (51.47, -2.61, "exact"))

    def test_choices_are_shown_in_words(self):
        self.load(facility_status="Active")
        self.space().status = "closed"
        conflict = self.load(apply=False, facility_status="Planned").conflict_ids
        self.assertEqual((conflict.label, conflict.ours, conflict.theirs), ("Status", "Closed", "Planned"))

    def test_a_typed_in_space_that_is_the_same_is_filled_not_overwritten(self):
        here = self.facility("Fab Lab", self.bristol, latitude=51.45, longitude=-2.6, city="Wells")
        run = self.load(apply=False, city="Bath", phone="1")
        run.line_ids.choice = "update"
        run.action_apply()
        self.assertEqual((here.external_id, here.city, here.phone), ("1", "Wells", "1"))

    def test_a_space_that_is_not_ones_own_shows_no_conflict(self):
        self.facility("Fab Lab", self.dorset, latitude=51.45, longitude=-2.6, city="Wells", visibility="public")
        run = self.load(apply=False, city="Bath", user=self.coordinator)
        self.assertEqual(run.line_ids.outcome, "duplicate")
        self.assertFalse(run.conflict_ids)
