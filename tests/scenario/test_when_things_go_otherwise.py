from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.wcm_network.tests.test_site_arrival import ArrivalCase, photo


@tagged("post_install", "-at_install")
class TestWhenThingsGoOtherwise(ArrivalCase):
    """Three of Alder's blocks are on their way to the site; what else can happen to a home is told one by one."""

    def board(self):
        rows = self.env["wcm.build.block"].with_user(self.coordinator).search([("build_line_id", "=", self.block_line.id)])
        return sorted(rows.mapped("state"))

    def replan(self, plan):
        """Whoever is left may make all of it."""
        again = plan.browse(plan.action_replan()["res_id"])
        again.max_facility_share = 1
        again.action_solve()
        again.action_offer()
        return again

    def offered(self):
        plan = self.make_plan(max_facility_share=0.6).with_user(self.coordinator)
        plan.action_solve()
        plan.action_offer()
        return plan, plan.line_ids.work_order_id.sudo()

    def test_declined_work_goes_to_another_member_and_nothing_is_on_offer_twice(self):
        plan, orders = self.offered()
        declined = orders.filtered(lambda order: order.membership_id == self.birch)
        self.assertTrue(declined)
        declined.with_user(self.birch_user).action_decline(reason="Router down")
        again = self.replan(plan)
        moved = again.line_ids.filtered(lambda line: line.build_line_id in declined.build_line_id)
        self.assertEqual(moved.membership_id, self.alder)
        self.assertEqual(sum(self.build.line_ids.mapped("quantity_offered")), again.placed_quantity)
        self.assertEqual(len(self.board()), 8)

    def test_a_delivery_in_two_parts_leaves_a_backorder_that_the_second_one_closes(self):
        order, receiving = self.shipment.part_ids.work_order_id, self.shipment.with_user(self.coordinator)
        receiving.action_receive_scan(self.first.name)
        receiving.action_receive()
        self.assertEqual((order.purchase_line_id.qty_received, self.shipment.state, order.state), (1, "dispatched", "dispatched"))
        backorder = order._open_receipts()
        self.assertEqual(sum(backorder.mapped("product_uom_qty")), 2)
        self.assertEqual(self.board(), ["dispatched"] * 2 + ["received"] + ["wanted"] * 5)
        receiving.action_receive_all()
        self.assertEqual((order.purchase_line_id.qty_received, self.shipment.state, order.state), (3, "received", "received"))
        self.assertFalse(order._open_receipts() | order.browse()._open_receipts())
        self.assertFalse(order._find_discrepancies())

    def test_a_new_revision_in_the_middle_is_agreed_and_reaches_only_what_is_not_made(self):
        order = self.make_released(self.birch, self.block_line, 4)
        self.supply(order)
        order.part_ids[:2].with_user(self.birch_user).action_mark_made("SH-A")
        self.block.design_revision = "v2"
        self.env["product.document"].create({"name": "block-v2.dxf", "raw": b"2", "res_model": "product.product", "res_id": self.block.id})
        change = order.with_user(self.coordinator).action_propose_change(take_design=True, reason="Lintel deeper")
        self.assertEqual(order.part_ids.mapped("design_revision"), ["v1"] * 4)
        change.with_user(self.birch_user).action_agree()
        order.part_ids[2:].with_user(self.birch_user).action_mark_made("SH-A")
        self.assertEqual(order.part_ids.mapped("design_revision"), ["v1", "v1", "v2", "v2"])
        self.assertFalse([part for part in order.part_ids if part._verify_history()])
        self.assertFalse(order._find_discrepancies())

    def test_work_of_a_member_that_is_suspended_in_the_middle_is_made_by_others(self):
        plan, orders = self.offered()
        lost = orders.filtered(lambda order: order.membership_id == self.birch)
        lost.with_user(self.birch_user).action_accept()
        lost.with_user(self.manager).action_release()
        self.birch.with_user(self.manager).action_suspend("Insurance ran out")
        with self.assertRaises(AccessError):
            lost.with_user(self.birch_user).action_start()
        self.assertIn("is suspended", plan.changes)
        again = self.replan(plan)
        self.assertEqual((again.replan_reason, again.line_ids.membership_id), ("member_lost", self.alder))
        again.line_ids.work_order_id.sudo().filtered(lambda order: order.state == "offered").with_user(self.alder_user).action_accept()
        self.assertEqual(set(lost.mapped("state")), {"cancelled"})
        self.assertFalse(lost._find_discrepancies())
        self.assertFalse(lost.production_ids.filtered(lambda production: production.state not in ("done", "cancel")))

    def test_damage_at_the_site_is_held_scrapped_and_made_again(self):
        order = self.shipment.part_ids.work_order_id
        self.done(
            self.told("arrived", parts=(self.second + self.third).ids),
            self.told("damaged", parts=self.first.ids, note="Corner crushed", photo=photo()),
            self.told("unloaded", shipment=self.shipment.id, short=[]),
        )
        self.assertEqual((self.first.is_held, self.first.nonconformity_ids.description), (True, "Corner crushed"))
        missing = self.build.with_user(self.coordinator).missing(self.build.date_required + timedelta(days=60))
        self.assertEqual((missing["needed"], missing["missing"]), (12, 9))
        lead = self.make_user("lead_t", "wcm_qc.group_quality_lead")
        self.first.nonconformity_ids.with_user(lead).action_decide("scrap", "Cannot be mended")
        self.assertEqual(self.first.state, "scrapped")
        self.assertEqual(self.board(), ["received"] * 2 + ["scrapped"] + ["wanted"] * 5)
        self.assertFalse(self.first._verify_history())
        self.assertFalse(order._find_discrepancies())
