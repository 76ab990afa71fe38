from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError

from .test_equipped import EquippedCase


class TestCalibrationFailed(EquippedCase):
    """Blocks of two members were measured with a caliper that then failed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lent = cls.make_instrument("Travelling", False)
        cls.calibrate(cls.lent, days_ago=30)
        cls.mine = cls.make_part("KNO-2")
        cls.theirs = cls.make_part("KEN-1", cls.rival_order, by=cls.rival)
        cls.before, cls.installed = cls.make_part("KNO-3"), cls.make_part("KNO-4")
        for part in (cls.mine, cls.theirs, cls.before, cls.installed):
            cls.measured(part)
        cls.before.inspection_ids.line_ids.sudo().checked_at = fields.Datetime.now() - timedelta(days=40)
        cls.installed.sudo().state = "installed"

    @classmethod
    def measured(cls, part):
        part.inspection_ids.line_ids.with_user(cls.coordinator if part.membership_id == cls.alder else cls.lead).write({"reading": "18.1", "instrument_id": cls.lent.id})

    def fails(self, **values):
        return self.calibrate(self.lent, result="failed", as_found="out", number=False, **values)

    def test_it_lists_what_was_measured_since_the_last_good_one(self):
        wrong = self.fails().with_user(self.lead)
        self.assertEqual((wrong.doubt_from, wrong.affected_part_count, wrong.affected_inspection_count), (fields.Date.today() - timedelta(days=30), 3, 3))
        listed = self.env["wcm.part"].with_user(self.lead).search(wrong.action_open_affected_parts()["domain"])
        self.assertEqual(listed, (self.mine | self.theirs | self.installed).with_user(self.lead))
        checks = self.env["wcm.inspection"].with_user(self.lead).search(wrong.action_open_affected_inspections()["domain"])
        self.assertEqual(checks.part_id.sudo(), listed.sudo())

    def test_a_quality_lead_is_asked_to_look_at_them(self):
        self.fails()
        self.assertIn("3 parts", self.lent.activity_ids.summary)
        self.assertTrue(self.lent.activity_ids.user_id.has_group("wcm_qc.group_quality_lead"))

    def test_adjusted_to_good_what_came_before_is_in_doubt_all_the_same(self):
        adjusted = self.calibrate(self.lent, as_found="out")
        self.assertEqual((adjusted.with_user(self.lead).affected_part_count, adjusted.doubt_until, self.lent.state), (3, fields.Date.today(), "usable"))

    def test_found_right_there_is_nothing_to_list(self):
        good = self.calibrate(self.lent).with_user(self.lead)
        self.assertEqual(good.affected_part_count, 0)
        for call in (good.action_open_affected_parts, good.action_open_affected_inspections, good.action_hold_affected):
            with self.assertRaisesRegex(UserError, "found right"):
                call()

    def test_a_quality_lead_holds_them_all_in_one_action_but_those_that_are_installed(self):
        wrong = self.fails()
        for user in (self.coordinator, self.maker):
            with self.assertRaises(AccessError):
                wrong.with_user(user).action_hold_affected()
        wrong.with_user(self.lead).action_hold_affected()
        recall = wrong.recall_ids
        self.assertEqual(recall.part_ids, self.mine | self.theirs)
        self.assertIn("caliper that was found wrong", self.mine.hold_reason)
        self.assertNotIn(self.lent.name, self.theirs.hold_reason)
        late = self.make_part("KNO-5")
        self.measured_long_ago(late)
        wrong.with_user(self.lead).action_hold_affected()
        self.assertEqual((wrong.recall_ids, recall.part_ids), (recall, self.mine | self.theirs | late))

    def measured_long_ago(self, part):
        """Told by a phone only now."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE wcm_inspection_line SET reading = '18.1', verdict = 'pass', instrument_id = %s, checked_at = %s WHERE inspection_id = %s",
            (self.lent.id, fields.Datetime.now() - timedelta(days=3), part.inspection_ids.id),
        )
        self.env.invalidate_all()

    def test_what_was_recalled_by_it_stays_as_it_was(self):
        wrong = self.fails()
        wrong.with_user(self.lead).action_hold_affected()
        with self.assertRaisesRegex(UserError, "stays as it was"):
            wrong.recall_ids.with_user(self.lead).write({"calibration_id": False})
        with self.assertRaises(AccessError):
            wrong.recall_ids.with_user(self.maker).read(["reason"])

    def test_hundreds_are_listed_and_held_in_queries_that_do_not_grow(self):
        """A wall of blocks costs what three cost."""
        few = self.queries(self.fails())
        self.copy_lines(300)
        many = self.queries(self.calibrate(self.lent, result="failed", as_found="out", number=False))
        self.assertLessEqual(many, few)

    def queries(self, wrong):
        self.env.flush_all()
        self.env.invalidate_all()
        wrong = wrong.with_user(self.lead)
        before = self.cr.sql_log_count
        self.assertTrue(wrong.affected_part_count and wrong.affected_inspection_count)
        wrong.action_open_affected_parts()
        return self.cr.sql_log_count - before

    def copy_lines(self, count):
        """More readings of the same check, as the database has them."""
        line = self.mine.inspection_ids.line_ids
        self.env.cr.execute("""
            INSERT INTO wcm_inspection_line (inspection_id, name, kind, verdict, reading, instrument_id, checked_at, reading_count)
            SELECT inspection_id, name || n, kind, verdict, reading, instrument_id, checked_at, reading_count
              FROM wcm_inspection_line, generate_series(1, %s) AS n WHERE id = %s
        """, (count, line.id))
        self.env.invalidate_all()
