from odoo.exceptions import UserError

from .common import QualityCase


class TestReworkUnchecked(QualityCase):
    """A block is reported and reworked before anybody has done its check: that check is then the one after the rework."""

    def reworked(self, by):
        part = self.make_part("KNO-1")
        found = part.with_user(self.maker).action_report("Corner off").sudo()
        found.with_user(self.lead).action_decide("rework", "Glue it")
        found.with_user(by).action_rework_done("Glued")
        return part, found

    def test_its_open_check_ends_the_rework(self):
        self.make_control_plan()
        part, found = self.reworked(self.maker)
        self.assertEqual((len(part.inspection_ids), part.inspection_ids.rework_nonconformity_id), (1, found))
        self.check(part, self.colleague)
        self.assertEqual((found.state, part.is_held), ("closed", False))

    def test_failed_it_stays_one_nonconformity(self):
        self.make_control_plan()
        part, found = self.reworked(self.maker)
        self.check(part, self.colleague, thickness="19")
        self.assertEqual((part.nonconformity_ids, found.state), (found, "open"))

    def test_whoever_reworked_it_does_not_pass_it_without_a_hold_point_either(self):
        self.make_control_plan({"name": "Edges clean", "kind": "pass_fail"})
        part, _found = self.reworked(self.colleague)
        part.inspection_ids.line_ids.with_user(self.colleague).passed_by_hand = "pass"
        with self.assertRaisesRegex(UserError, "another person passes this check"):
            part.inspection_ids.with_user(self.colleague).action_close()
