from odoo.exceptions import AccessError, UserError, ValidationError

from .common import QualityCase


class TestNonconformity(QualityCase):
    def setUp(self):
        super().setUp()
        self.make_control_plan()

    def test_rework_is_checked_again_by_another_person_and_released(self):
        part, nonconformity = self.failed_part("KNO-1")
        nonconformity.with_user(self.lead).action_decide("rework", "Plane it to 18 mm")
        self.assertEqual(nonconformity.state, "decided")
        nonconformity.with_user(self.maker).action_rework_done("Planed")
        recheck = part.inspection_ids.filtered(lambda check: check.state == "open")
        self.assertEqual((nonconformity.state, recheck.rework_nonconformity_id), ("reworked", nonconformity))
        self.fill_in(recheck, self.maker)
        with self.assertRaisesRegex(UserError, "another person"):
            recheck.with_user(self.maker).action_close()
        recheck.with_user(self.colleague).action_close()
        self.assertEqual((nonconformity.state, part.is_held, part.quality_state), ("closed", False, "passed"))

    def test_who_reworked_does_not_pass_the_rework(self):
        part, nonconformity = self.failed_part("KNO-1")
        nonconformity.with_user(self.lead).action_decide("rework", "Plane it")
        nonconformity.with_user(self.colleague).action_rework_done("Planed")
        recheck = part.inspection_ids.filtered(lambda check: check.state == "open")
        self.fill_in(recheck, self.colleague)
        for user in (self.colleague, self.maker):
            with self.assertRaisesRegex(UserError, "another person"):
                recheck.with_user(user).action_close()
        recheck.with_user(self.coordinator).action_close()
        self.assertFalse(part.is_held)

    def test_a_second_failure_goes_back_to_the_same_nonconformity(self):
        part, nonconformity = self.failed_part("KNO-1")
        nonconformity.with_user(self.lead).action_decide("rework", "Plane it")
        nonconformity.with_user(self.maker).action_rework_done("Planed")
        self.check(part, self.colleague, thickness="17")
        self.assertEqual(part.nonconformity_ids, nonconformity)
        self.assertEqual((nonconformity.state, nonconformity.disposition), ("open", False))
        self.assertTrue(part.is_held)

    def test_only_a_quality_lead_decides(self):
        _part, nonconformity = self.failed_part("KNO-1")
        for user in (self.coordinator, self.maker, self.colleague):
            with self.assertRaises(AccessError):
                nonconformity.with_user(user).action_decide("use_as_is", "Fine")

    def test_a_quality_lead_does_not_decide_on_its_own_work(self):
        part, nonconformity = self.failed_part("KNO-1")
        part.made_by_id = self.lead
        with self.assertRaisesRegex(UserError, "another quality lead"):
            nonconformity.with_user(self.lead).action_decide("rework", "Plane it")

    def test_using_as_it_is_takes_a_second_person_and_releases(self):
        part = self.make_part("KNO-1")
        self.check(part, self.lead, thickness="18.6")
        nonconformity = part.nonconformity_ids
        with self.assertRaisesRegex(UserError, "second person"):
            nonconformity.with_user(self.lead).action_decide("use_as_is", "Fits all the same")
        nonconformity.with_user(self.second_lead).action_decide("use_as_is", "Fits all the same")
        self.assertEqual((nonconformity.state, part.is_held, part.quality_state), ("closed", False, "concession"))
        part._check_may_move("dispatch")

    def test_a_decision_needs_a_reason(self):
        _part, nonconformity = self.failed_part("KNO-1")
        with self.assertRaisesRegex(UserError, "Say why"):
            nonconformity.with_user(self.lead).action_decide("rework", " ")
        with self.assertRaisesRegex(UserError, "Choose what becomes"):
            nonconformity.with_user(self.lead).action_decide("sell", "Cheap")

    def test_scrap_leaves_stock_and_never_moves_again(self):
        part = self.make_part("KNO-1")
        self.put_in_stock(part)
        self.check(part, self.colleague, edges="fail")
        part.nonconformity_ids.with_user(self.lead).action_decide("scrap", "Split through")
        self.assertEqual((part.state, part.nonconformity_ids.state), ("scrapped", "closed"))
        self.assertFalse(part.lot_id.quant_ids.filtered(lambda quant: quant.location_id == self.stock and quant.quantity > 0))
        self.assertTrue(part.work_order_id.message_ids.filtered(lambda message: "Split through" in (message.body or "")))
        with self.assertRaisesRegex(UserError, "scrapped"):
            part._check_may_move("pack")

    def test_rework_is_not_recorded_before_it_is_asked_for(self):
        _part, nonconformity = self.failed_part("KNO-1")
        with self.assertRaisesRegex(UserError, "decides that first"):
            nonconformity.with_user(self.maker).action_rework_done("Planed")

    def test_a_member_reports_what_it_saw_and_the_part_is_held(self):
        part = self.make_part("KNO-1")
        self.check(part, self.colleague)
        nonconformity = part.with_user(self.maker).action_report("Corner knocked off", "Fell from the trolley")
        self.assertEqual((nonconformity.sudo().opened_by_id, nonconformity.membership_id), (self.maker, self.alder))
        self.assertTrue(part.is_held)

    def test_a_coordinator_opens_one_by_hand(self):
        part = self.make_part("KNO-1")
        nonconformity = self.env["wcm.nonconformity"].with_user(self.coordinator).create({"title": "Wet", "part_ids": part.ids})
        self.assertEqual((nonconformity.work_order_id, nonconformity.opened_by_id), (self.order, self.coordinator))

    def test_parts_of_two_members_need_two_nonconformities(self):
        parts = self.make_part("KNO-1") | self.make_part("KEN-1", self.rival_order)
        with self.assertRaisesRegex(ValidationError, "several members"):
            self.env["wcm.nonconformity"].create({"title": "Wet", "part_ids": parts.ids})

    def test_states_and_parts_are_not_written_by_hand(self):
        part, nonconformity = self.failed_part("KNO-1")
        for values in ({"state": "closed"}, {"disposition": "use_as_is"}, {"part_ids": False}, {"opened_by_id": self.maker.id}):
            for user in (self.lead, self.coordinator):
                with self.assertRaises(UserError):
                    nonconformity.with_user(user).write(values)
        with self.assertRaises(UserError):
            self.env["wcm.nonconformity"].with_user(self.coordinator).create({"title": "Sly", "part_ids": part.ids, "opened_by_id": self.maker.id})

    def test_what_a_check_found_is_not_cancelled(self):
        _part, nonconformity = self.failed_part("KNO-1")
        with self.assertRaisesRegex(UserError, "correct INS"):
            nonconformity.with_user(self.lead).action_cancel("No idea")

    def test_what_was_none_is_cancelled_with_a_reason(self):
        part = self.make_part("KNO-1")
        self.check(part, self.colleague)
        nonconformity = part.with_user(self.maker).action_report("Wrong label")
        nonconformity.with_user(self.lead).action_cancel("Another block was meant")
        self.assertEqual((nonconformity.state, part.is_held), ("cancelled", False))

    def test_rework_that_no_plan_checks_is_closed_by_a_quality_lead(self):
        part = self.make_part("KNO-2", self.beam_order)
        nonconformity = part.with_user(self.colleague).action_report("Loose rib")
        nonconformity.with_user(self.lead).action_decide("rework", "Glue it")
        nonconformity.with_user(self.maker).action_rework_done("Glued")
        self.assertTrue(part.is_held)
        nonconformity.with_user(self.lead).action_close()
        self.assertFalse(part.is_held)

    def test_nonconformities_are_never_deleted(self):
        _part, nonconformity = self.failed_part("KNO-1")
        with self.assertRaises(UserError):
            nonconformity.sudo().unlink()
