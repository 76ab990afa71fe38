"""Every stage opens its check as a block comes to it, and its hold point stops what comes after."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .stages import StageCase


@tagged("post_install", "-at_install")
class TestStages(StageCase):
    def test_in_process_a_block_is_not_made_before_its_hold_point_has_passed(self):
        self.plan("in_process")
        self.assert_refused("in process check has a hold point.*opens when the work is started", self.make)
        self.start()
        self.assert_refused(f"{self.first.name} cannot be recorded as made.*not passed.*quality lead", self.make)
        self.assertEqual(set(self.order.part_ids.mapped("state")), {"to_make"})
        self.close(self.first, "in_process", self.colleague)
        self.make(self.first)
        self.assert_refused(self.second.name, self.make, self.second)
        self.assertEqual((self.first.state, self.second.state), ("made", "to_make"))

    def test_in_process_nothing_is_held_that_could_go_anywhere(self):
        self.plan("in_process")
        self.start()
        self.assertEqual((self.first.is_held, self.first.quality_state), (False, "to_check"))

    def test_who_passed_the_hold_point_in_process_is_not_who_makes_the_block(self):
        self.plan("in_process")
        self.start()
        self.close(self.first, "in_process", self.maker)
        self.assert_refused("another person makes it", self.make, self.first)
        self.make(self.first, by=self.colleague)
        self.assertEqual(self.first.state, "made")

    def test_what_failed_in_process_is_not_made_until_it_is_reworked_and_checked_again(self):
        self.plan("in_process")
        self.start()
        self.close(self.first, "in_process", self.colleague, "fail")
        self.assertTrue(self.first.is_held)
        self.assert_refused("quality lead", self.make, self.first)
        nonconformity = self.first.nonconformity_ids
        nonconformity.with_user(self.lead).action_decide("rework", "Glue again")
        nonconformity.with_user(self.maker).action_rework_done("Glued")
        self.assert_refused(self.first.name, self.make, self.first)
        self.close(self.first, "in_process", self.colleague)
        self.make(self.first)
        self.assertEqual((self.first.state, self.first.is_held), ("made", False))

    def test_a_block_that_is_added_to_an_order_in_work_is_checked_in_process_too(self):
        self.plan("in_process")
        self.start()
        lot = self.env["stock.lot"].create({"name": "LATE-1", "product_id": self.block.id})
        late = self.env["wcm.part"].create({"lot_id": lot.id, "work_order_id": self.order.id})
        self.assertTrue(self.open_check(late, "in_process"))

    def test_a_check_in_process_does_not_stand_in_for_the_final_one(self):
        self.plan("in_process")
        self.start()
        for part in self.order.part_ids:
            self.close(part, "in_process", self.colleague)
        self.make()
        self.assertEqual(self.first.quality_state, "passed", "Nothing else is asked for.")
        self.plan("final")
        self.assert_refused("final check has a hold point and has not been done", self.first.with_user(self.maker).action_pack)
        self.first.with_user(self.maker).action_check()
        self.close(self.first, "final", self.colleague)
        self.first.with_user(self.maker).action_pack()

    def test_dispatch_a_packed_block_is_neither_loaded_nor_sent_before_its_hold_point_has_passed(self):
        self.plan("dispatch")
        self.start()
        self.make()
        self.first.with_user(self.maker).action_pack()
        shipment = self.first.shipment_id
        self.assertTrue(self.first.is_held)
        self.assert_refused(f"{self.first.name} cannot be loaded.*Dispatch check", shipment.with_user(self.maker).action_scan_load, self.first.code)
        self.assert_refused(f"{self.second.name} cannot be loaded.*opens when the block is packed", shipment.with_user(self.maker).action_scan_load, self.second.code)
        self.assert_refused(f"{self.first.name} cannot be dispatched", shipment.with_user(self.maker).action_dispatch)
        self.assert_refused("another person passes", self.close, self.first, "dispatch", self.maker)
        self.close(self.first, "dispatch", self.colleague)
        shipment.with_user(self.maker).action_scan_load(self.first.code)
        shipment.with_user(self.maker).action_dispatch()
        self.assertEqual(self.first.state, "dispatched")

    def test_a_concession_that_runs_out_on_the_lorry_keeps_it_from_leaving(self):
        self.plan("final")
        self.start()
        self.make()
        self.close(self.first, "final", self.colleague, "fail")
        self.first.nonconformity_ids.with_user(self.lead).action_decide("use_as_is", "Seen", until=fields.Date.today())
        self.first.with_user(self.maker).action_pack()
        shipment = self.first.shipment_id
        shipment.with_user(self.maker).action_scan_load(self.first.code)
        self.first.disposition_ids.until = fields.Date.today() - timedelta(days=1)
        self.assert_refused(f"{self.first.name} cannot be dispatched.*does not hold any more", shipment.with_user(self.maker).action_dispatch)
        self.env["wcm.disposition"]._cron_lapse_concessions()
        self.assert_refused(f"{self.first.name} cannot be dispatched", shipment.with_user(self.maker).action_dispatch)
        self.first.nonconformity_ids.with_user(self.lead).action_decide("use_as_is", "Still good", until=fields.Date.today())
        shipment.with_user(self.maker).action_dispatch()
        self.assertEqual(self.first.state, "dispatched")

    def test_who_packed_a_block_does_not_pass_its_dispatch(self):
        self.plan("dispatch")
        self.start()
        self.make()
        self.first.with_user(self.colleague).action_pack()
        self.assert_refused("another person passes", self.close, self.first, "dispatch", self.colleague)

    def test_a_block_that_is_taken_out_of_its_shipment_is_checked_when_it_is_packed_again(self):
        self.plan("dispatch")
        self.start()
        self.make()
        self.first.with_user(self.maker).action_pack()
        waiting = self.open_check(self.first, "dispatch")
        self.first.with_user(self.maker).action_unpack()
        self.assertEqual((waiting.state, self.first.is_held), ("replaced", False))
        self.assertIn("went back", waiting.replace_reason)
        self.first.with_user(self.maker).action_pack()
        self.assertEqual((len(self.open_check(self.first, "dispatch")), self.first.is_held), (1, True))

    def test_site_receipt_a_block_is_held_on_the_site_until_its_check_has_passed(self):
        self.plan("site_receipt")
        shipment = self.to_site()
        shipment.with_user(self.coordinator).action_receive_all()
        self.assertEqual((self.first.state, self.first.is_held), ("received", True))
        self.assert_refused(f"{self.first.name} cannot be installed.*Site receipt check", self.first.with_user(self.coordinator).action_install)
        self.assertEqual(self.env["wcm.build"].browse(self.first.build_id.id)._waits_for_checks(), self.first.build_id)
        self.close(self.first, "site_receipt", self.coordinator)
        self.first.with_user(self.coordinator).action_install("Bay 3")
        self.assertEqual(self.first.state, "installed")

    def test_a_receipt_that_never_happened_takes_its_check_back(self):
        self.plan("site_receipt")
        shipment = self.to_site()
        shipment.with_user(self.coordinator).action_receive_all()
        event = self.first.event_ids.filtered(lambda event: event.biz_step == "receiving")
        event.with_user(self.coordinator).sudo()._correct("Another block", did_not_occur=True)
        self.assertEqual((self.first.state, self.first.is_held, self.open_check(self.first, "site_receipt").ids), ("dispatched", False, []))

    def test_installation_a_home_is_not_complete_before_its_blocks_are_checked_in_the_wall(self):
        self.plan("installation")
        build = self.first.build_id
        build.line_ids.filtered(lambda line: line != self.block_line).unlink()
        self.block_line.quantity = 2
        self.to_site().with_user(self.coordinator).action_receive_all()
        self.assertNotEqual(build.state, "complete")
        self.order.part_ids.with_user(self.coordinator).action_install("North wall")
        self.assertEqual((self.first.is_held, build.state), (True, "in_progress"))
        self.assert_refused("another person passes", self.close, self.first, "installation", self.coordinator)
        for part in self.order.part_ids:
            self.close(part, "installation")
        self.assertEqual((self.first.is_held, build.state), (False, "complete"))

    def test_evidence_says_which_stage_is_missing(self):
        self.to_site().with_user(self.coordinator).action_receive_all()
        self.plan("final", {"name": "Flat", "kind": "pass_fail"})
        self.plan("site_receipt")
        why = self.order.part_ids._together().mapped(lambda part: part._why_not_inspected(part._stages_planned()))
        self.assertEqual(why, ["its check was never opened"] * 2)
        self.plan("installation")
        self.first.with_user(self.coordinator).action_install()
        self.assertEqual(self.first._why_not_inspected(self.first._stages_planned()), "not closed yet: installation")
        self.close(self.first, "installation")
        self.assertEqual(self.first._why_not_inspected(self.first._stages_planned()), "not checked: final, site receipt")

    def test_a_sample_is_drawn_where_its_stage_is(self):
        self.plan("site_receipt", sampling="iso", sampling_aql="6.5")
        self.to_site().with_user(self.coordinator).action_receive_all()
        sample = self.order.sample_ids
        self.assertEqual((sample.stage, len(self.order.part_ids.inspection_ids)), ("site_receipt", sample.sample_size))
        with self.assertRaisesRegex(UserError, "Samples are drawn for"):
            self.plan("installation", sampling="share")

    def test_many_blocks_open_their_checks_in_as_many_queries_for_each_plan_as_for_none(self):
        """Plans are looked up once: the checks that are opened cost, the looking does not."""
        order = self.make_released(self.alder, self.block_line, 7)
        self.supply(order)
        order.with_user(self.maker).action_start()

        def queries(parts):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            parts.with_user(self.maker).action_mark_made("SH-A")
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        few, many = order.part_ids[0], order.part_ids[1:]
        one = queries(few)
        self.assertLess((queries(many) - one) / 5, 6)
