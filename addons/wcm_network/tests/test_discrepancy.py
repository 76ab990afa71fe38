from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import MakingCase


@tagged("post_install", "-at_install")
class TestDiscrepancy(MakingCase):
    """Each kind of disagreement is found in words, says how to mend it, and its button mends it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.make_made(cls.alder, cls.block_line, 4)
        cls.parts = cls.order.part_ids
        cls.there = cls.alder.subcontract_location_id

    def deliver(self, parts):
        parts.with_user(self.alder_user).action_pack()
        shipment = parts.shipment_id
        shipment.with_user(self.alder_user).action_dispatch()
        shipment.with_user(self.coordinator).action_receive_all()

    def found(self):
        self.order.with_user(self.coordinator).action_check_documents()
        return self.order.discrepancy_ids

    def assert_found(self, *kinds):
        found = self.found()
        self.assertEqual(sorted(found.mapped("kind")), sorted(kinds), found.mapped("words"))
        self.assertTrue(all(found.mapped("how")))
        return found

    def assert_mended(self, found):
        found.filtered("can_mend").with_user(self.coordinator).action_mend()
        self.assertFalse(self.order.discrepancies)
        self.assertFalse(self.order.discrepancy_ids)

    def put(self, product, location, quantity, lot):
        self.env["stock.quant"]._update_available_quantity(product, location, quantity, lot_id=lot)

    def test_nothing_is_found_where_all_agree(self):
        self.assert_found()
        self.deliver(self.parts)
        self.assert_found()

    def test_a_purchase_order_that_was_changed_by_hand(self):
        for bought in (6, 3):
            self.order.purchase_line_id.product_qty = bought
            found = self.found()
            self.assertIn("bought", found.mapped("kind"))
            self.assert_mended(found)
            self.assertEqual((self.order.purchase_line_id.product_qty, sum(self.order._open_productions().mapped("product_qty"))), (4, 4))

    def test_a_price_that_was_changed_by_hand(self):
        self.order.purchase_line_id.price_unit = 60
        found = self.assert_found("price")
        self.assertIn("pays 60.00 each, 50.00 was agreed", found.words)

    def test_a_receipt_that_was_cancelled_by_hand(self):
        self.order._open_receipts().picking_id.action_cancel()
        self.assertEqual(len(self.order.production_ids), 1)
        found = self.found()
        self.assertIn("to_come", found.mapped("kind"))
        self.assert_mended(found)
        self.deliver(self.parts)
        self.assert_found()

    def test_a_receipt_that_was_returned_by_hand(self):
        self.deliver(self.parts)
        receipt = self.order.purchase_line_id.move_ids.picking_id
        receipt._return_lots(self.parts[0].lot_id).button_validate()
        self.assertLessEqual({"received", "not_there"}, set(self.found().mapped("kind")))

    def test_manufacturing_orders_that_were_changed_by_hand(self):
        production = self.order.production_ids
        self.env["change.production.qty"].create({"mo_id": production.id, "product_qty": 6}).change_prod_qty()
        found = self.found()
        self.assertIn("productions", found.mapped("kind"))
        self.assert_mended(found)

    def test_a_manufacturing_order_that_was_cancelled_by_hand(self):
        self.order.production_ids.action_cancel()
        found = self.found()
        self.assertIn("productions", found.mapped("kind"))
        self.assert_mended(found)

    def test_a_block_that_was_received_and_is_not_in_stock(self):
        self.deliver(self.parts)
        self.put(self.block, self.site.location_id, -1, self.parts[0].lot_id)
        found = self.assert_found("not_there")
        self.assertIn(self.parts[0].name, found.words)
        with self.assertRaisesRegex(UserError, "has no button. Find the block"):
            found.with_user(self.coordinator).action_mend()

    def test_a_block_that_is_in_stock_and_was_not_received(self):
        self.put(self.block, self.site.location_id, 1, self.parts[0].lot_id)
        self.assert_found("elsewhere")

    def test_a_block_that_was_scrapped_and_is_in_stock(self):
        self.deliver(self.parts)
        self.parts[0].sudo().state = "scrapped"
        self.assert_mended(self.assert_found("scrapped"))
        self.assertFalse(self.parts[0].lot_id.quant_ids.filtered(lambda quant: quant.location_id == self.site.location_id and quant.quantity))

    def test_sheets_of_scrap_that_never_left_stock(self):
        self.parts[0].sudo().state = "scrapped"
        found = self.assert_found("sheets_of_scrap", "to_replace")
        found.filtered("can_mend").with_user(self.coordinator).action_mend()
        self.assert_found("to_replace", "material_missing")
        self.order.with_user(self.coordinator).action_replace_scrapped()
        self.assert_found()

    def test_other_sheets_than_the_maker_recorded(self):
        self.deliver(self.parts)
        self.parts[0].sudo().sheet_usage = {str(self.lot_b.id): 1.0}
        self.assert_found("used")

    def test_received_without_its_manufacturing_order(self):
        self.deliver(self.parts)
        self.order.production_ids[0].lot_producing_ids = False
        self.assertIn("not_made", self.found().mapped("kind"))

    def test_sheets_that_nobody_sends(self):
        other = self.make_released(self.alder, self.beam_line, 2)
        other._resupply_pickings().action_cancel()
        self.order = other
        self.assert_mended(self.assert_found("material_missing"))
        self.supply(other)
        self.assert_found()
        self.assertEqual(other.production_ids.move_raw_ids.quantity, 4)

    def test_more_sheets_than_are_needed(self):
        self.order = self.make_released(self.alder, self.beam_line, 2)
        self.order._resupply_pickings().move_ids.product_uom_qty = 9
        self.assert_mended(self.assert_found("material_over"))
        self.assertEqual(self.order._resupply_pickings().move_ids.product_uom_qty, 4)

    def test_less_than_no_sheets_at_the_member(self):
        self.put(self.sheet, self.there, -5, self.lot_a)
        self.assertIn("negative", self.found().mapped("kind"))

    def test_a_state_that_lags_behind_its_blocks(self):
        self.order.sudo().state = "in_production"
        self.assert_mended(self.assert_found("state"))
        self.assertEqual(self.order.state, "ready")

    def test_documents_of_an_order_that_is_called_off(self):
        self.order = self.make_released(self.alder, self.beam_line, 2)
        self.order.sudo().state = "cancelled"
        self.assert_mended(self.assert_found("left_open", "left_open"))
        self.assertEqual(set(self.order._resupply_pickings().mapped("state")), {"cancel"})

    def test_the_nightly_run_keeps_what_it_knew_and_forgets_what_agrees(self):
        self.order.purchase_line_id.price_unit = 60
        self.env["wcm.work.order"]._cron_check_documents()
        first = self.order.discrepancy_ids
        self.env["wcm.work.order"]._cron_check_documents()
        self.assertEqual(self.order.discrepancy_ids, first)
        self.order.purchase_line_id.price_unit = 50
        self.env["wcm.work.order"]._cron_check_documents()
        self.assertFalse(self.order.discrepancy_ids)

    def test_many_orders_are_compared_in_few_queries(self):
        orders = self.env["wcm.work.order"].concat(*(
            self.make_released(self.alder, self.make_build(f"Home {number}", {self.block: 2}).line_ids, 2) for number in range(5)
        ))
        orders._check_documents()
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(60):
            orders._check_documents()

    def test_only_coordinators_of_the_region_see_and_mend(self):
        self.order.sudo().state = "in_production"
        found = self.found()
        for user in (self.alder_user, self.birch_user, self.other_coordinator):
            with self.assertRaises(AccessError):
                found.with_user(user).action_mend()
            with self.assertRaises(AccessError):
                found.with_user(user).action_check()
        with self.assertRaises(AccessError):
            found.with_user(self.coordinator).write({"words": "Nothing"})
        self.assertFalse(self.env["wcm.discrepancy"].with_user(self.other_coordinator).search([("id", "in", found.ids)]))
