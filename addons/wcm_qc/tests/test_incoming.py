from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .incoming import IncomingCase


@tagged("post_install", "-at_install")
class TestIncoming(IncomingCase):
    """What comes in is checked once, by whoever received it, and used afterwards."""

    def test_a_receipt_at_the_hub_opens_its_check_with_the_checkpoints_of_the_plan(self):
        lot = self.receive("SH-C", 10)
        check = lot.incoming_check_ids
        self.assertEqual((check.part_name, check.product_id, check.stage, check.membership_id, check.is_hold_point), ("SH-C", self.sheet, "incoming", self.env["wcm.membership"], True))
        self.assertEqual((check.line_ids.mapped("name"), check.arrived_by_id), (["Thickness", "Dry and flat"], self.coordinator))
        self.assertIn("10", check.came_words)
        self.assertIn("Incoming check", lot._incoming_obstacle(self.store))

    def test_who_received_it_does_not_pass_it_and_a_quality_lead_does(self):
        lot = self.receive("SH-C")
        with self.assertRaisesRegex(UserError, "recorded the delivery of SH-C"), self.env.cr.savepoint():
            self.check_lot(lot, self.coordinator)
        checks = lot.incoming_check_ids
        self.assertEqual([checks.with_user(user).may_pass for user in (self.coordinator, self.lead)], [False, True])
        self.check_lot(lot, self.lead)
        self.assertEqual((lot.incoming_check_ids.state, lot._incoming_obstacle(self.store)), ("passed", ""))

    def test_sheets_of_the_second_of_the_approval_were_there_before(self):
        for later, is_held in ((timedelta(microseconds=900_000), False), (timedelta(seconds=1), True)):
            self.env.cr.execute("UPDATE stock_lot SET create_date = %s WHERE id = %s", [self.plan.approved_on + later, self.lot_a.id])
            self.lot_a.invalidate_recordset(["create_date"])
            self.assertEqual(bool(self.lot_a._incoming_obstacle(self.store)), is_held)

    def test_sheets_from_before_the_plan_go_on_as_ever(self):
        self.assertFalse(self.lot_a.incoming_check_ids)
        self.assertEqual(self.lot_a._incoming_obstacle(self.store), "")

    def test_a_waiting_lot_is_not_sent_to_a_member_and_another_is_taken(self):
        self.lot_a.quant_ids.sudo().quantity = 0
        self.lot_b.quant_ids.sudo().quantity = 0
        lot = self.receive("SH-C", 60)
        order = self.make_released(self.alder, self.block_line, 4)
        sending = order._resupply_pickings()
        sending.action_assign()
        self.assertFalse(sending.move_line_ids)
        self.check_lot(lot, self.lead)
        self.assertEqual((sending.move_line_ids.lot_id, sending.state), (lot, "assigned"))

    def test_more_of_a_lot_belongs_to_its_check_and_says_so(self):
        lot = self.receive("SH-C", 10)
        self.receive("SH-C", 5)
        self.assertEqual(len(lot.incoming_check_ids), 1)
        self.assertRegex(lot.incoming_check_ids.came_words, "(?s)10 .*5 .*waits for this check too")
        self.check_lot(lot, self.lead)
        self.receive("SH-C", 3)
        self.assertEqual((len(lot.incoming_check_ids), lot._incoming_obstacle(self.store)), (1, ""))
        self.assertIn("counts as checked", lot.incoming_check_ids.came_words)

    def test_surveillance_alone_stops_nothing_until_it_fails(self):
        self.make_incoming_plan("surveillance", name="Only looked at", product_ids=False, categ_id=self.make_other_sheet().categ_id.id)
        lot = self.receive_other("OTH-1")
        self.assertEqual((lot.incoming_check_ids.is_hold_point, lot._incoming_obstacle(self.store)), (False, ""))
        self.fail_lot(lot, self.coordinator)
        self.assertIn("quality lead decides", lot._incoming_obstacle(self.store))

    def make_other_sheet(self):
        category = self.env["product.category"].create({"name": "Boards"})
        self.other = self.make_product("OTHER", "Another board", tracking="lot", is_storable=True, categ_id=category.id)
        return self.other

    def receive_other(self, name):
        sheet, type(self).sheet = self.sheet, self.other
        try:
            return self.receive(name)
        finally:
            type(self).sheet = sheet

    def test_sheets_that_a_member_bought_wait_at_its_place_for_its_own_people(self):
        order, lot = self.buy()
        check = lot.incoming_check_ids
        self.assertEqual((check.membership_id, check.arrived_by_id), (self.birch, self.birch_user))
        self.assertEqual((order.production_ids.move_raw_ids.state, order.with_user(self.birch_user).workshop_sheets), ("confirmed", False))
        order.with_user(self.birch_user).action_start()
        with self.assertRaisesRegex(UserError, "OWN-1 may not be cut yet. Incoming check .* not passed; a quality lead or somebody other than who recorded it"):
            order.part_ids.with_user(self.birch_user).action_mark_made("OWN-1")
        with self.assertRaisesRegex(UserError, "recorded the delivery"), self.env.cr.savepoint():
            self.check_lot(lot, self.birch_user)
        self.check_lot(lot, self.colleague)
        self.assertEqual(order.production_ids.move_raw_ids.state, "assigned")
        order.part_ids.with_user(self.birch_user).action_mark_made("OWN-1")
        self.assertEqual(set(order.part_ids.mapped("state")), {"made"})

    def test_a_receipt_straight_to_a_member_is_checked_there(self):
        lot = self.receive("SH-D", 6, place=self.alder.subcontract_location_id)
        self.assertEqual(lot.incoming_check_ids.membership_id, self.alder)
        self.assertTrue(lot._incoming_obstacle(self.alder.subcontract_location_id))

    def test_two_that_bought_of_one_batch_each_check_their_own(self):
        _order, lot = self.buy("SH-C")
        self.receive("SH-C", 10)
        self.assertEqual(lot.incoming_check_ids.mapped("keeper_id"), self.birch)
        self.assertEqual(len(lot.incoming_check_ids), 2)
        self.check_lot_at(lot, self.birch, self.colleague)
        self.assertEqual(lot._incoming_obstacle(self.birch.subcontract_location_id), "")
        self.assertTrue(lot._incoming_obstacle(self.store))

    def check_lot_at(self, lot, member, user):
        check = lot.incoming_check_ids.filtered(lambda one: one.keeper_id == member)
        check.with_user(user).line_ids[0].reading = "18"
        check.with_user(user).line_ids[1].passed_by_hand = "pass"
        check.with_user(user).action_close()

    def test_members_see_the_lots_at_their_own_place_only(self):
        self.buy()
        self.receive("SH-C")
        Inspection = self.env["wcm.inspection"]
        seen = {user.login: Inspection.with_user(user).search([("stage", "=", "incoming")]).mapped("part_name") for user in (self.birch_user, self.alder_user, self.coordinator)}
        self.assertEqual(seen[self.birch_user.login], ["OWN-1"])
        self.assertEqual(seen[self.alder_user.login], [])
        self.assertIn("SH-C", seen[self.coordinator.login])
        with self.assertRaises(AccessError):
            Inspection.with_user(self.birch_user).search([("lot_id.name", "=", "SH-C")])

    def test_who_passes_may_be_narrowed_to_a_quality_lead(self):
        version = self.plan.with_user(self.lead)._new_version()
        version.checkpoint_ids[0].release_by = "lead"
        version.action_approve()
        _order, lot = self.buy()
        with self.assertRaisesRegex(UserError, "only a quality lead passes"), self.env.cr.savepoint():
            self.check_lot(lot, self.colleague)
        self.check_lot(lot, self.lead)

    def test_a_lot_that_fails_waits_for_a_quality_lead(self):
        lot = self.receive("SH-C")
        wrong = self.fail_lot(lot, self.lead)
        self.assertEqual((wrong.lot_id, wrong.part_ids, wrong.part_names, wrong.state), (lot, self.env["wcm.part"], "SH-C", "open"))
        self.assertIn("quality lead decides", lot._incoming_obstacle(self.store))
        with self.assertRaisesRegex(UserError, "nobody reworks"):
            wrong.with_user(self.second_lead).action_decide("rework", "Dry it")
        with self.assertRaisesRegex(UserError, "second person"):
            wrong.with_user(self.lead).action_decide("use_as_is", "Good enough")
        with self.assertRaises(AccessError):
            wrong.with_user(self.coordinator).action_decide("use_as_is", "Good enough")

    def test_used_as_it_is_until_a_day(self):
        lot = self.receive("SH-C")
        wrong = self.fail_lot(lot, self.lead)
        wrong.with_user(self.second_lead).action_decide("use_as_is", "For floors only", until="2099-01-01")
        self.assertEqual((wrong.state, lot._incoming_obstacle(self.store)), ("closed", ""))
        self.env.cr.execute("UPDATE wcm_disposition SET until = '2020-01-01' WHERE id = %s", wrong.disposition_ids.ids)
        self.env.invalidate_all()
        self.assertIn("does not hold any more", lot._incoming_obstacle(self.store))
        self.env["wcm.disposition"]._cron_lapse_concessions()
        self.assertEqual(wrong.state, "open")

    def test_sent_back_to_the_supplier_as_a_return_of_its_receipt(self):
        lot = self.receive("SH-C", 10)
        wrong = self.fail_lot(lot, self.lead)
        wrong.with_user(self.lead).action_decide("return", "Wet")
        self.assertEqual((wrong.state, self.in_stock(lot)), ("closed", 0))
        back = self.env["stock.move"].search([("origin_returned_move_id.move_line_ids.lot_id", "=", lot.id)])
        self.assertEqual((back.state, back.location_dest_id, back.quantity), ("done", self.suppliers, 10))
        self.receive("SH-C", 4)
        self.assertEqual(lot.incoming_check_ids.sorted("id").mapped("state"), ["failed", "open"])

    def test_scrapped_by_decision_at_a_member_with_what_it_bought(self):
        order, lot = self.buy(quantity=4)
        wrong = self.fail_lot(lot, self.colleague)
        self.assertEqual(wrong.membership_id, self.birch)
        wrong.with_user(self.second_lead).action_decide("scrap", "Delaminated")
        self.assertEqual((wrong.state, self.in_stock(lot, self.birch.subcontract_location_id), order.sheet_purchase_ids.quantity_back), ("closed", 0, 4))

    def test_the_dialog_offers_what_can_become_of_material(self):
        lot = self.receive("SH-C", 10)
        wrong = self.fail_lot(lot, self.lead)
        dialog = Form(self.env["wcm.nonconformity.decide"].with_user(self.second_lead).with_context(default_nonconformity_id=wrong.id))
        dialog.lot_disposition = "use_as_is"
        dialog.reason = "For floors"
        dialog.until = "2099-01-01"
        dialog.save().action_confirm()
        self.assertEqual((wrong.state, wrong.disposition, wrong.disposition_ids.until.year), ("closed", "use_as_is", 2099))

    def test_what_was_cut_before_stays_cut(self):
        """A check that is corrected later stops the rest; what blocks took of it is booked all the same once it was decided."""
        order, lot = self.buy(quantity=4)
        self.check_lot(lot, self.colleague)
        order.with_user(self.birch_user).action_start()
        order.part_ids[0].with_user(self.birch_user).action_mark_made("OWN-1")
        taken = order.part_ids[0].sheet_usage[str(lot.id)]
        lot.incoming_check_ids.with_user(self.lead).action_correct("Another calliper")
        wrong = self.fail_lot(lot, self.lead)
        wrong.with_user(self.lead).action_decide("return", "Too thick")
        self.assertAlmostEqual(self.in_stock(lot, self.birch.subcontract_location_id), taken, 2)
        self.assertEqual(lot._incoming_obstacle(self.birch.subcontract_location_id), "")

    def test_a_correction_stops_the_lot_again(self):
        lot = self.receive("SH-C")
        check = self.check_lot(lot, self.lead)
        check.with_user(self.coordinator).action_correct("Read the wrong line")
        self.assertTrue(lot._incoming_obstacle(self.store))
        self.assertIn("10", lot.incoming_check_ids.filtered(lambda one: one.state == "open").came_words)

    def test_it_counts_neither_for_nor_against_who_makes_blocks(self):
        _order, lot = self.buy()
        self.fail_lot(lot, self.colleague)
        chart = self.env["wcm.quality.chart"].with_user(self.lead).counts({})
        self.assertEqual(chart["parts"], 0)

    def test_a_plan_for_what_has_no_lots_is_not_approved(self):
        glue = self.make_product("GLUE", "Glue", is_storable=True, tracking="none")
        plan = self.make_incoming_plan(approve=False, product_ids=glue.ids)
        with self.assertRaisesRegex(UserError, "not tracked by lot"):
            plan.with_user(self.lead).action_approve()

    def test_a_lot_from_before_can_be_checked_all_the_same(self):
        action = self.lot_a.with_user(self.coordinator).action_check_incoming()
        self.assertEqual(self.lot_a.incoming_check_ids.id, action["res_id"])
        self.assertTrue(self.lot_a._incoming_obstacle(self.store))

    def test_a_lot_from_before_that_stands_with_a_member_is_checked_there(self):
        lot = self.make_sheets("OLD", 4, location=self.birch.subcontract_location_id)
        with self.assertRaisesRegex(UserError, "another region"):
            lot.with_user(self.coordinator).action_check_incoming()
        lot.with_user(self.lead).action_check_incoming()
        self.assertEqual(lot.incoming_check_ids.keeper_id, self.birch)

    def test_a_nonconformity_names_parts_or_a_lot(self):
        with self.assertRaisesRegex(UserError, "Name at least one part"):
            self.env["wcm.nonconformity"].with_user(self.lead).create({"title": "Nothing named"})

    def test_an_inspection_is_of_a_part_or_of_a_lot(self):
        values = {"plan_id": self.plan.id, "plan_name": "x"}
        for more in ({}, {"lot_id": self.lot_a.id, "part_id": self.make_made(self.alder, self.block_line, 1).part_ids.id}):
            with self.assertRaisesRegex(Exception, "part_or_lot"), self.env.cr.savepoint():
                self.env["wcm.inspection"].create({**values, **more})
                self.env.flush_all()
