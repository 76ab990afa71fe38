from psycopg2.errors import CheckViolation

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_duplicate import DuplicateCase

PICTURE = b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@tagged("post_install", "-at_install")
class TestMerging(DuplicateCase):
    def test_the_chosen_values_stand_on_the_space_that_stays(self):
        self.merged(phone="theirs")
        self.assertEqual((self.here.phone, self.here.email, self.here.city), ("2", "lab@example.org", "Bristol"))
        self.assertFalse(self.listed.active)
        self.assertEqual(self.listed.merged_into_id, self.here)

    def test_two_descriptions_can_both_stay(self):
        self.here.description, self.listed.description = "Wood", "Metal"
        self.merged(description="both")
        self.assertEqual(self.here.description, "Wood\n\nMetal")

    def test_all_that_belonged_to_the_other_moves(self):
        kit = self.equipment(self.listed, self.routing)
        capability = self.capability(self.listed, self.routing)
        certificate = self.certificate(100, self.listed)
        audit = self.completed(self.best, facility=self.listed)
        question = self.env["wcm.capability.search"].create(
            {"process_id": self.routing.id, "facility_id": self.listed.id}
        )
        message = self.listed.message_post(body="Seen")
        file = self.env["ir.attachment"].create({"name": "plan", "res_model": "wcm.facility", "res_id": self.listed.id})
        self.merged()
        for record in (kit, capability, certificate, audit, question):
            self.assertEqual(record.facility_id, self.here, record._name)
        self.assertEqual((message.res_id, file.res_id), (self.here.id, self.here.id))
        self.assertEqual(self.here.process_ids, self.routing)

    def test_capability_of_the_same_process_becomes_one(self):
        ours = self.capability(self.here, self.routing, cost_per_hour=40)
        theirs = self.capability(self.listed, self.routing, cost_per_hour=50, evidence_level="audited")
        pair = self.merged()
        self.assertEqual((ours.cost_per_hour, ours.evidence_level, theirs.active), (50, "audited", False))
        pair.action_undo()
        self.assertEqual((ours.cost_per_hour, ours.evidence_level, theirs.active), (40, "declared", True))

    def test_a_record_merged_before_goes_along(self):
        self.merged()
        third = self.facility("Fab Lab", self.bristol)
        self.pair(third, self.here).action_merge()
        self.assertEqual(self.listed.merged_into_id, third)

    def test_undo_brings_back_exactly_what_was(self):
        self.listed.image_1920 = PICTURE
        kit, message = self.equipment(self.listed, self.routing), self.listed.message_post(body="Seen")
        self.here.write({"latitude": 51.4501, "location_precision": "manual"})
        names = ["name", "phone", "email", "city", "visibility", "image_1920", "latitude", "active", "verified_on"]
        names += ["place_source", "placed_by_id", "placed_on", "region_id", "region_by_hand"]
        before = [(self.here | self.listed).read(names), kit.facility_id, message.res_id]
        pair = self.merged(phone="theirs", publication="theirs", image_1920="theirs", place="theirs", name="theirs")
        self.assertTrue(self.here.image_1920)
        self.assertEqual((self.here.name, self.here.visibility), ("The Fab Lab Ltd", "public"))
        self.assertFalse(self.here.placed_by_id, "nobody put the other's point there by hand")
        pair.action_undo()
        self.assertEqual([(self.here | self.listed).read(names), kit.facility_id, message.res_id], before)
        self.assertEqual((pair.state, self.listed.merged_into_id.id), ("open", False))
        pair.action_merge()
        self.assertFalse(self.listed.active, "and it can be merged again")

    def test_who_may_write_the_listing_stays_unless_somebody_says_otherwise(self):
        stranger = self.env["res.users"].create(
            {"name": "Kim", "login": "kim@example.org", "group_ids": [(6, 0, self.env.ref("base.group_portal").ids)]}
        )
        self.listed.sudo().operator_user_ids = stranger
        self.assertEqual(self.row(self.pair(), "operator_user_ids")["choice"], "ours")
        self.merged()
        self.assertFalse(self.here.operator_user_ids)

    def test_undo_says_what_has_changed_since(self):
        kit = self.equipment(self.listed, self.routing)
        pair = self.merged(phone="theirs")
        self.here.phone = "3"
        kit.unlink()
        with self.assertRaisesRegex(UserError, r"Phone of Fab Lab is “3” now\n.*Equipment: 1"):
            pair.action_undo()
        self.assertEqual((pair.state, self.here.email), ("merged", "lab@example.org"), "nothing half undone")

    def test_undo_goes_backwards_through_merges(self):
        first = self.merged()
        third = self.facility("Fab Lab", self.bristol)
        second = self.pair(third, self.here)
        second.action_merge()
        with self.assertRaisesRegex(UserError, "no longer a part"):
            first.action_undo()
        second.action_undo()
        first.action_undo()
        self.assertTrue(all((self.here | self.listed | third).mapped("active")))

    def test_a_merged_record_is_not_unarchived_by_hand(self):
        self.merged()
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self.listed.active = True
            self.env.flush_all()

    def test_a_space_takes_its_merged_records_with_it(self):
        self.merged()
        self.here.unlink()
        self.assertFalse(self.listed.exists())

    def test_two_merges_at_once_are_one(self):
        pair = self.merged()
        with self.assertRaisesRegex(UserError, "decided already"):
            pair.action_merge()

    def test_a_space_that_was_merged_meanwhile_is_neither_side(self):
        """Another pair of the same record was open, too: merging that would archive a space that lives."""
        third = self.facility("Fab Lab", self.bristol)
        stale = self.pair(third, self.listed)
        self.merged()
        for _side in range(2):
            with self.assertRaisesRegex(UserError, "The Fab Lab Ltd was merged into another space since"):
                stale.action_merge()
            stale.action_swap()
        self.assertEqual((third.active, self.listed.merged_into_id), (True, self.here))

    def test_an_archived_space_is_neither_side(self):
        pair = self.pair()
        self.listed.active = False
        for _side in range(2):
            with self.assertRaisesRegex(UserError, "The Fab Lab Ltd is archived"):
                pair.action_merge()
            pair.action_swap()
        self.assertTrue(self.here.active)

    def test_weeks_of_the_same_process_become_one_a_week(self):
        """Also where the machines that stay could not work what the others offered: it is moved, not offered anew."""
        calendar, one, two = self.calendar(), self.monday(1), self.monday(2)
        ours = self.capability(self.here, self.routing, calendar_id=calendar.id)
        theirs = self.capability(self.listed, self.routing, calendar_id=calendar.id, machine_count=2)
        weeks = self.env["wcm.capability.week"].create(
            [
                {"capability_id": capability.id, "week_start": week, "hours": hours}
                for capability, week, hours in ((ours, one, 10), (theirs, one, 20), (theirs, two, 60))
            ]
        )
        pair = self.merged()
        self.assertEqual(weeks.mapped("capability_id"), ours | theirs)
        self.assertEqual((weeks[1].capability_id, weeks[2].capability_id), (theirs, ours))
        pair.action_undo()
        self.assertEqual((weeks[1] | weeks[2]).capability_id, theirs)

    def test_answers_and_rows_that_are_cleared_away_do_not_hinder_an_undo(self):
        question = self.env["wcm.capability.search"].create({"process_id": self.routing.id})
        answer = self.env["wcm.capability.match"].create(
            {"search_id": question.id, "facility_id": self.listed.id, "outcome": "fits"}
        )
        run = self.env["wcm.facility.import"].create({"source_host": "example.org"})
        line = self.env["wcm.facility.import.line"].create(
            {"import_id": run.id, "outcome": "same", "facility_id": self.listed.id}
        )
        pair = self.merged()
        self.assertEqual((answer.facility_id, line.facility_id), (self.here, self.here))
        question.unlink()
        run.unlink()
        pair.action_undo()
        self.assertTrue(self.listed.active)

    def test_a_place_is_taken_with_its_region_as_it_was_chosen(self):
        """A merge is no person's choice of a region against the point."""
        self.listed.write({"latitude": 50.7156, "longitude": -2.4372, "region_id": self.bristol.id})
        self.assertTrue(self.listed.region_by_hand)
        pair = self.merged(place="theirs")
        self.assertEqual((self.here.region_by_hand, self.here.location_issue), (False, "outside_region"))
        pair.action_undo()
        pair.choices = {"place": "theirs", "region_id": "theirs"}
        pair.action_merge()
        self.assertEqual((self.here.region_by_hand, self.here.location_issue), (True, False))
        pair.action_undo()
        self.assertFalse(self.here.region_by_hand)
