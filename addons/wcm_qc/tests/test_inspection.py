import psycopg2

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from .common import QualityCase, picture


class TestInspection(QualityCase):
    def setUp(self):
        super().setUp()
        self.plan = self.make_control_plan()
        self.tracked = self.make_part("KNO-1")
        self.inspection = self.tracked.inspection_ids

    def test_an_inspection_opens_when_a_part_is_made(self):
        self.assertEqual(self.inspection.state, "open")
        self.assertEqual(self.inspection.line_ids.mapped("name"), ["Thickness", "Photo of the face", "Edges clean"])
        self.assertTrue(self.inspection.is_hold_point)

    def test_a_component_without_a_plan_gets_no_inspection(self):
        self.assertFalse(self.make_part("KNO-2", self.beam_order).inspection_ids)

    def test_a_second_inspection_is_not_opened_beside_an_open_one(self):
        self.assertEqual(self.env["wcm.inspection"]._open_for(self.tracked), self.inspection)

    def test_an_unfinished_inspection_is_not_closed(self):
        self.inspection.line_ids[0].reading = "18"
        with self.assertRaisesRegex(UserError, "Not checked: Photo of the face, Edges clean"):
            self.inspection.with_user(self.colleague).action_close()

    def test_all_right_is_passed(self):
        self.check(self.tracked, self.colleague)
        self.assertEqual((self.inspection.state, self.inspection.inspector_id), ("passed", self.colleague))
        self.assertTrue(self.inspection.closed_at)
        self.assertFalse(self.tracked.is_held)
        self.assertEqual(self.tracked.quality_state, "passed")

    def test_one_fault_is_failed_and_opens_a_nonconformity(self):
        self.check(self.tracked, self.colleague, thickness="19")
        nonconformity = self.tracked.nonconformity_ids
        self.assertEqual((self.inspection.state, nonconformity.state), ("failed", "open"))
        self.assertIn("Thickness", nonconformity.title)
        self.assertIn("19 (allowed 17.5 – 18.5 mm)", nonconformity.description)
        self.assertTrue(self.tracked.is_held)

    def test_the_maker_fills_in_but_does_not_pass_its_own_hold_point(self):
        self.fill_in(self.inspection, self.maker)
        for caller in (self.inspection.with_user(self.maker), self.inspection.with_user(self.maker).sudo()):
            with self.assertRaisesRegex(UserError, "another person"):
                caller.action_close()
        self.inspection.with_user(self.colleague).action_close()
        self.assertEqual(self.inspection.state, "passed")

    def test_a_quality_lead_who_made_the_part_does_not_pass_it(self):
        self.tracked.made_by_id = self.lead
        self.fill_in(self.inspection, self.colleague)
        with self.assertRaisesRegex(UserError, "another person"):
            self.inspection.with_user(self.lead).action_close()

    def test_the_maker_may_say_that_its_part_failed(self):
        self.check(self.tracked, self.maker, edges="fail")
        self.assertEqual(self.inspection.state, "failed")

    def test_the_maker_closes_an_inspection_without_hold_point(self):
        version = self.env["wcm.control.plan"].browse(self.plan.with_user(self.lead).action_new_version()["res_id"])
        version.checkpoint_ids.point_type = "surveillance"
        version.with_user(self.lead).action_approve()
        part = self.make_part("KNO-3")
        self.assertFalse(part.is_held)
        self.check(part, self.maker)
        self.assertEqual(part.quality_state, "passed")

    def test_closed_is_closed_also_for_the_superuser(self):
        self.check(self.tracked, self.colleague)
        line = self.inspection.line_ids[0]
        changes = [
            lambda: line.sudo().write({"reading": "18.2"}),
            lambda: line.sudo().write({"note": "Better"}),
            lambda: self.inspection.sudo().write({"state": "open"}),
            lambda: self.inspection.sudo().write({"line_ids": [Command.update(line.id, {"reading": "18"})]}),
            lambda: self.env["wcm.inspection.line"].sudo().create({"inspection_id": self.inspection.id, "name": "More", "kind": "text"}),
            lambda: self.inspection.with_user(self.lead).action_close(),
        ]
        for change in changes:
            with self.assertRaisesRegex(UserError, "closed"):
                change()

    def test_inspections_are_never_deleted(self):
        with self.assertRaises(UserError):
            self.inspection.sudo().unlink()
        with self.assertRaises(UserError):
            self.inspection.line_ids.sudo().unlink()

    @mute_logger("odoo.sql_db")
    def test_the_database_refuses_to_change_a_closed_inspection(self):
        self.check(self.tracked, self.colleague)
        self.env.flush_all()
        for statement in (
            "UPDATE wcm_inspection SET state = 'open' WHERE id = %s",
            "DELETE FROM wcm_inspection WHERE id = %s",
            "UPDATE wcm_inspection_line SET reading = '18.4' WHERE inspection_id = %s",
            "UPDATE wcm_inspection_line SET instruction = 'Other', sequence = 9 WHERE inspection_id = %s",
            "INSERT INTO wcm_inspection_line (inspection_id, name, kind, verdict) VALUES (%s, 'More', 'text', 'pass')",
            "DELETE FROM wcm_inspection_line WHERE inspection_id = %s",
        ):
            with self.assertRaisesRegex(psycopg2.errors.RaiseException, "closed"), self.env.cr.savepoint():
                self.env.cr.execute(statement, [self.inspection.id])

    @mute_logger("odoo.sql_db")
    def test_the_database_passes_nothing_with_nothing_checked(self):
        statement = "UPDATE wcm_inspection SET state = 'passed' WHERE id = %s"
        self.env.flush_all()
        with self.assertRaisesRegex(psycopg2.errors.RaiseException, "not checked"), self.env.cr.savepoint():
            self.env.cr.execute(statement, [self.inspection.id])
        self.fill_in(self.inspection, self.colleague, thickness="19")
        self.env.flush_all()
        with self.assertRaisesRegex(psycopg2.errors.RaiseException, "failed"), self.env.cr.savepoint():
            self.env.cr.execute(statement, [self.inspection.id])

    def test_the_photo_of_a_closed_inspection_stays(self):
        self.check(self.tracked, self.colleague)
        photo = self.inspection.line_ids.filtered("photo")
        attachment = self.env["ir.attachment"].sudo().search(
            [("res_model", "=", "wcm.inspection.line"), ("res_id", "=", photo.id), ("res_field", "=", "photo")]
        )
        for change in (lambda: attachment.write({"datas": picture()}), attachment.unlink):
            with self.assertRaisesRegex(UserError, "closed inspection"):
                change()

    def test_a_correction_is_a_new_inspection_with_a_reason(self):
        self.check(self.tracked, self.colleague, thickness="18.4")
        action = self.inspection.with_user(self.lead).action_correct("Read off the wrong scale")
        correction = self.env["wcm.inspection"].browse(action["res_id"])
        self.assertEqual((self.inspection.state, correction.state), ("replaced", "open"))
        self.assertEqual((correction.replaces_id, correction.line_ids[0].reading), (self.inspection, "18.4"))
        self.assertTrue(self.tracked.is_held)
        self.check(self.tracked, self.lead, thickness="18.2")
        self.assertEqual(self.inspection.line_ids[0].reading, "18.4")
        self.assertFalse(self.tracked.is_held)

    def test_a_correction_needs_a_reason_and_a_closed_inspection(self):
        with self.assertRaisesRegex(UserError, "can still be filled in"):
            self.inspection.with_user(self.lead).action_correct("Why not")
        self.check(self.tracked, self.colleague)
        with self.assertRaisesRegex(UserError, "Say why"):
            self.inspection.with_user(self.lead).action_correct("  ")

    def test_a_member_does_not_correct_its_inspections(self):
        self.check(self.tracked, self.colleague)
        with self.assertRaises(AccessError):
            self.inspection.with_user(self.colleague).action_correct("Looks better so")

    def test_a_corrected_failure_keeps_its_nonconformity(self):
        self.check(self.tracked, self.colleague, thickness="19")
        self.inspection.with_user(self.lead).action_correct("Wrong scale")
        self.check(self.tracked, self.lead, thickness="19.2")
        nonconformity = self.tracked.nonconformity_ids
        self.assertEqual((len(nonconformity), nonconformity.state), (1, "open"))
        self.assertEqual(nonconformity.inspection_id.replaces_id, self.inspection)
