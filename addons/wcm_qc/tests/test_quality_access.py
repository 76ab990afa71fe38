from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .common import QualityCase


class TestQualityAccess(QualityCase):
    def setUp(self):
        super().setUp()
        self.make_control_plan()
        self.tracked = self.make_part("KNO-1")
        self.inspection = self.tracked.inspection_ids

    def test_a_member_reads_its_own_inspections_and_no_others(self):
        inspections = self.env["wcm.inspection"]
        self.assertEqual(inspections.with_user(self.maker).search([]), self.inspection)
        self.assertFalse(inspections.with_user(self.rival).search([]))
        with self.assertRaises(AccessError):
            self.inspection.with_user(self.rival).read(["name"])

    def test_a_member_does_not_write_readings_on_another_members_inspection(self):
        with self.assertRaises(AccessError):
            self.inspection.line_ids[0].with_user(self.rival).write({"reading": "18"})

    def test_a_rival_does_nothing_with_a_part_or_its_quality(self):
        part, nonconformity = self.failed_part("KNO-2")
        nonconformity.with_user(self.lead).action_decide("rework", "Plane it")
        for call in (
            self.inspection.with_user(self.rival).action_close,
            lambda: self.inspection.with_user(self.rival).action_correct("Mine"),
            part.with_user(self.rival).action_check,
            lambda: part.with_user(self.rival).action_report("Bad"),
            lambda: nonconformity.with_user(self.rival).action_rework_done("Done"),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_a_member_writes_results_and_nothing_else(self):
        line = self.inspection.line_ids[0].with_user(self.maker)
        self.inspection.with_user(self.maker).write({"line_ids": [Command.update(line.id, {"reading": "18.1"})]})
        self.assertEqual(line.reading, "18.1")
        for values in ({"nominal": 20}, {"verdict": "pass"}, {"checked_by_id": self.rival.id}):
            with self.assertRaises(UserError):
                line.write(values)
        with self.assertRaises(UserError):
            self.inspection.with_user(self.maker).write({"state": "passed"})

    def test_a_member_adds_and_removes_no_checkpoints(self):
        inspection = self.inspection.with_user(self.maker)
        for command in (Command.create({"name": "Easy", "kind": "text"}), Command.delete(inspection.line_ids[0].id), Command.clear()):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                inspection.write({"line_ids": [command]})
        self.assertEqual(len(self.inspection.line_ids), 3)

    def test_a_quality_lead_sees_nothing_of_the_books_of_the_platform(self):
        cost = self.env["wcm.running.cost"].create({"name": "Rent", "amount": 60})
        reserve = self.env["wcm.reserve"].create({"amount": 34})
        for call in (
            lambda: self.env["wcm.viability"].with_user(self.lead).page({}),
            lambda: self.env["wcm.viability"].with_user(self.lead).action_open_records("reserve", {}),
            lambda: cost.with_user(self.lead).read(["amount"]),
            lambda: reserve.with_user(self.lead).read(["amount"]),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_nobody_makes_an_inspection_by_hand(self):
        values = {"part_id": self.tracked.id, "plan_id": self.inspection.plan_id.id, "state": "passed"}
        for user in (self.maker, self.coordinator, self.lead):
            with self.assertRaises(AccessError):
                self.env["wcm.inspection"].with_user(user).create(values)

    def test_a_member_opens_no_nonconformity_but_over_its_part(self):
        with self.assertRaises(AccessError):
            self.env["wcm.nonconformity"].with_user(self.maker).create({"title": "x", "part_ids": self.tracked.ids})

    def test_a_member_sees_no_control_plan(self):
        for model in ("wcm.control.plan", "wcm.checkpoint"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.maker).search([])

    def test_a_member_sees_only_named_fields(self):
        with self.assertRaises(AccessError):
            self.inspection.with_user(self.maker).read(["plan_id"])
        self.assertTrue(self.inspection.with_user(self.maker).read(["plan_name", "four_eyes_note"]))

    def test_a_coordinator_of_elsewhere_sees_nothing(self):
        self.assertFalse(self.env["wcm.inspection"].with_user(self.other_coordinator).search([]))
        self.assertFalse(self.env["wcm.nonconformity"].with_user(self.other_coordinator).search([]))

    def test_a_quality_lead_sees_all(self):
        self.make_part("KEN-1", self.rival_order)
        self.assertEqual(len(self.env["wcm.inspection"].with_user(self.lead).search([])), 2)

    def test_a_quality_lead_opens_the_form_of_a_member(self):
        form = Form(self.tracked.membership_id.with_user(self.lead))
        self.assertEqual(form.state, self.tracked.membership_id.state)

    def test_a_member_can_read_whatever_it_may_read_of_what_is_its_own(self):
        """A field that reads something behind it that is not for members would close the whole page."""
        part, nonconformity = self.failed_part("R-1")
        nonconformity.with_user(self.lead).action_decide("rework", "Plane it")
        own = (part, part.inspection_ids, part.inspection_ids.line_ids, nonconformity, nonconformity.disposition_ids, self.order, self.alder)
        for records in own:
            mine = records.with_user(self.maker)
            allowed = [name for name, field in records._fields.items() if mine._has_field_access(field, "read")]
            self.assertTrue(set(records._member_readable) <= set(allowed))
            for name in allowed:
                with self.subTest(model=records._name, field=name):
                    self.env.invalidate_all()
                    mine.read([name])
