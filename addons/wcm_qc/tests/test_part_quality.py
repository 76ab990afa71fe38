from odoo.exceptions import UserError

from .common import QualityCase


class TestPartQuality(QualityCase):
    def setUp(self):
        super().setUp()
        self.make_control_plan()

    def test_an_open_hold_point_says_what_is_missing_and_who_can_help(self):
        part = self.make_part("KNO-1")
        self.assertTrue(part.is_held)
        self.assertRegex(part.hold_reason, r"Final check INS/\d+ not passed; a quality lead or an inspector other than its maker")

    def test_a_held_part_is_not_packed_dispatched_or_received(self):
        part = self.make_part("KNO-1")
        for step, word in (("pack", "packed"), ("dispatch", "dispatched"), ("receive", "received")):
            with self.assertRaisesRegex(UserError, f"KNO-1 cannot be {word}.*quality lead"):
                part._check_may_move(step)

    def test_a_part_that_was_never_checked_does_not_move(self):
        part = self.new_part("KNO-1")
        with self.assertRaisesRegex(UserError, "has not been done"):
            part._check_may_move("pack")

    def test_a_passed_part_moves(self):
        part = self.make_part("KNO-1")
        self.check(part, self.colleague)
        for step in ("pack", "dispatch", "receive"):
            part._check_may_move(step)

    def test_a_plan_approved_after_a_part_was_received_does_not_stop_it(self):
        part = self.new_part("KNO-1")
        part.state = "received"
        part._check_may_move("install")

    def test_a_hold_is_not_lifted_by_hand(self):
        part = self.make_part("KNO-1")
        for user in (self.coordinator, self.lead):
            for values in ({"is_held": False}, {"quality_state": "passed"}, {"made_by_id": self.lead.id}):
                with self.assertRaises(UserError):
                    part.with_user(user).write(values)

    def test_check_opens_the_inspection_that_is_due(self):
        part = self.make_part("KNO-1")
        self.assertEqual(part.with_user(self.coordinator).action_check()["res_id"], part.inspection_ids.id)

    def test_check_tells_when_there_is_nothing_to_check_by(self):
        with self.assertRaisesRegex(UserError, "not made yet"):
            self.new_part("KNO-1").action_check()
        part = self.make_part("KNO-2")
        part.state = "received"
        with self.assertRaisesRegex(UserError, "No approved control plan"):
            part.action_check()

    def test_the_history_tells_of_checks_and_holds(self):
        part, nonconformity = self.failed_part("KNO-1")
        nonconformity.with_user(self.lead).action_decide("rework", "Plane it")
        nonconformity.with_user(self.maker).action_rework_done("Planed")
        self.check(part, self.colleague)
        steps = part.event_ids.sorted("id").mapped("biz_step")
        self.assertEqual(steps, ["inspecting", "holding", "repairing", "inspecting", "releasing"])

    def test_the_public_page_says_when_no_check_is_planned(self):
        beam = self.make_part("KNO-3", self.beam_order)
        self.assertIn(("Quality", "No check is planned for this kind of block"), beam._public_facts())

    def test_the_public_page_tells_of_the_passed_check_only(self):
        part, _nonconformity = self.failed_part("KNO-1")
        self.assertIn(("Quality", "Has not passed its final check yet"), part._public_facts())
        self.assertFalse(part.event_ids.filtered("is_public"))
        passed = self.make_part("KNO-2")
        self.check(passed, self.colleague)
        self.assertIn("Passed its final check on", dict(passed._public_facts())["Quality"])
