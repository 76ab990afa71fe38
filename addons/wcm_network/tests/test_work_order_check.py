from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import MakingCase


@tagged("post_install", "-at_install")
class TestWorkOrderCheck(MakingCase):
    def found(self, order):
        order.with_user(self.coordinator).action_check_documents()
        return order.discrepancies or ""

    def test_the_documents_agree_at_every_step(self):
        order = self.make_released(self.alder, self.block_line, 3)
        self.assertFalse(self.found(order))
        self.supply(order)
        order.part_ids.with_user(self.alder_user).action_mark_made("SH-A")
        order.part_ids.with_user(self.alder_user).action_pack()
        shipment = order.part_ids.shipment_id
        shipment.with_user(self.alder_user).action_dispatch()
        self.assertFalse(self.found(order))
        shipment.with_user(self.coordinator).action_receive_scan(order.part_ids[0].name)
        shipment.with_user(self.coordinator).action_receive()
        self.assertFalse(self.found(order))
        shipment.with_user(self.coordinator).action_receive_all()
        self.assertFalse(self.found(order))

    def test_what_was_done_behind_the_order_is_named(self):
        shipment = self.make_dispatched(self.alder, self.block_line, 2)
        order = shipment.part_ids.work_order_id
        shipment.with_user(self.coordinator).action_receive_all()
        self.env["stock.quant"]._update_available_quantity(self.block, self.site.location_id, -1, lot_id=order.part_ids[0].lot_id)
        self.assertIn(f"at the maker after a return: {order.part_ids[0].name}", self.found(order))

    def test_a_cancelled_receipt_is_named(self):
        order = self.make_released(self.alder, self.block_line, 2)
        order._open_receipts().picking_id.action_cancel()
        self.env["wcm.work.order"]._cron_check_documents()
        self.assertIn("Open receipts are for 0", order.discrepancies)

    def test_a_block_that_was_scrapped_on_the_way_is_made_again(self):
        order = self.make_made(self.alder, self.block_line, 2)
        order.part_ids[0].sudo()._scrap("Dropped")
        self.assertEqual(order.quantity_to_replace, 1)
        order.with_user(self.coordinator).action_replace_scrapped()
        replacement = order.part_ids[-1]
        self.assertTrue(replacement.name.endswith("-03"))
        self.assertEqual((replacement.state, order.state, order.quantity_to_replace), ("to_make", "in_production", 0))
        self.assertFalse(self.found(order))
        with self.assertRaisesRegex(UserError, "Nothing that was scrapped is still owed"):
            order.with_user(self.coordinator).action_replace_scrapped()

    def test_what_was_scrapped_can_be_left_to_others(self):
        order = self.make_made(self.alder, self.block_line, 3)
        order.part_ids[0].sudo()._scrap("Dropped")
        with self.assertRaises(AccessError):
            order.with_user(self.alder_user).action_release_scrapped()
        order.with_user(self.coordinator).action_release_scrapped()
        self.assertEqual((order.quantity, order.purchase_line_id.product_qty, order.quantity_to_replace, order.state), (2, 2, 0, "ready"))
        self.assertEqual(sum(order.production_ids.mapped("product_qty")), 2)
        self.assertEqual(self.block_line.quantity_to_plan, 6)
        self.assertFalse(self.found(order))
        order.part_ids.filtered(lambda part: part.state == "made").with_user(self.alder_user).action_pack()
        shipment = order.part_ids.shipment_id
        shipment.with_user(self.alder_user).action_dispatch()
        shipment.with_user(self.coordinator).action_receive_all()
        self.assertEqual(order.state, "received")
        self.assertFalse(self.found(order))

    def test_an_order_whose_blocks_were_all_scrapped_is_called_off_when_others_make_them(self):
        order = self.make_made(self.alder, self.block_line, 2)
        order.part_ids.sudo()._scrap("Dropped")
        order.with_user(self.coordinator).action_release_scrapped()
        self.assertEqual((order.state, order.purchase_id.state), ("cancelled", "cancel"))
        self.assertEqual(self.block_line.quantity_to_plan, 8)
