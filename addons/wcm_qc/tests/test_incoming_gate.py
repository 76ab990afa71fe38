from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .incoming import IncomingCase

KEYS = ("skip_sanity_check", "skip_backorder", "cancel_backorder", "force", "is_scrap", "inventory_mode", "bypass_reservation_update", "skip_immediate", "install_mode", "wcm_unowned", "wcm_doing")


@tagged("post_install", "-at_install")
class TestIncomingGate(IncomingCase):
    """A lot that waits for its incoming check goes nowhere in stock, whoever moves it and however."""

    def setUp(self):
        super().setUp()
        self.lot = self.receive("SH-C", 10)
        self.quant = self.lot.quant_ids.filtered(lambda quant: quant.location_id == self.store)
        self.shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.store.id})
        self.ways_on = (
            self.shelf, self.alder.subcontract_location_id, self.env.ref("stock.stock_location_customers"), self.sheet.property_stock_production,
            self.sheet.property_stock_inventory,
        )

    def assert_stays(self, call, *args, error=UserError, **kwargs):
        with self.assertRaises(error) as raised, self.env.cr.savepoint():
            call(*args, **kwargs)
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((self.quant.quantity, self.quant.location_id), (10, self.store))
        return str(raised.exception)

    def move(self, destination, lot=True, quantity=4):
        ways = {"location_id": self.store.id, "location_dest_id": destination.id}
        return self.env["stock.move"].create({
            "product_id": self.sheet.id, "product_uom_qty": quantity, "picked": True, **ways,
            "move_line_ids": [Command.create({"product_id": self.sheet.id, "quantity": quantity, "picked": True, "lot_id": lot and self.lot.id, **ways})],
        })

    def test_it_stays_wherever_it_is_to_go_and_says_who_releases_it(self):
        for place in self.ways_on:
            with self.subTest(place.display_name):
                words = self.assert_stays(self.move(place)._action_done)
                self.assertRegex(words, "SH-C may not be moved. Incoming check .* not passed; a quality lead or somebody other than who recorded it can release it")

    def test_no_context_and_no_superuser_get_past(self):
        for key in KEYS:
            self.assert_stays(self.move(self.shelf).sudo().with_context(**{key: True})._action_done)
        self.assert_stays(self.move(self.shelf).with_context(**dict.fromkeys(KEYS, True))._action_done, cancel_backorder=True)

    def test_a_transfer_with_or_without_backorder_stops(self):
        picking = self.env["stock.picking"].create({"picking_type_id": self.hub.int_type_id.id, "location_id": self.store.id, "location_dest_id": self.shelf.id})
        move = self.move(self.shelf)
        move.picking_id = move.move_line_ids.picking_id = picking
        self.assert_stays(picking.button_validate)
        self.assert_stays(picking.with_context(skip_sanity_check=True, skip_backorder=True, cancel_backorder=True).sudo().button_validate)
        move.product_uom_qty = 8
        self.assert_stays(picking.with_context(skip_backorder=True)._action_done)

    def test_a_scrap_that_nobody_decided_stops(self):
        scrap = self.env["stock.scrap"].create({"product_id": self.sheet.id, "lot_id": self.lot.id, "scrap_qty": 4, "location_id": self.store.id})
        self.assert_stays(scrap.action_validate)
        self.assert_stays(scrap.do_scrap)

    def test_counting_it_away_stops_and_counting_more_waits_too(self):
        quant = self.quant.with_context(inventory_mode=True)
        quant.inventory_quantity = 3
        self.assert_stays(quant.action_apply_inventory)
        quant.inventory_quantity = 12
        quant.action_apply_inventory()
        self.assertEqual((self.quant.quantity, len(self.lot.incoming_check_ids)), (12, 1))
        self.assertTrue(self.lot._incoming_obstacle(self.store))

    def test_a_new_lot_that_is_counted_in_is_checked(self):
        lot = self.env["stock.lot"].create({"name": "FOUND", "product_id": self.sheet.id})
        quant = self.env["stock.quant"].with_user(self.coordinator).with_context(inventory_mode=True).create(
            {"product_id": self.sheet.id, "lot_id": lot.id, "location_id": self.store.id, "inventory_quantity": 5}
        )
        quant.sudo().action_apply_inventory()
        self.assertEqual(lot.incoming_check_ids.state, "open")

    def test_writing_and_making_stock_directly_stops(self):
        for values in ({"quantity": 0}, {"location_id": self.shelf.id}, {"lot_id": self.lot_a.id}, {"product_id": self.block.id}):
            with self.subTest(values):
                self.assert_stays(self.quant.with_user(self.coordinator).write, values)
        new = {"product_id": self.sheet.id, "lot_id": self.lot.id, "quantity": 1, "location_id": self.shelf.id}
        self.assert_stays(self.env["stock.quant"].with_user(self.coordinator).create, new)
        self.assert_stays(self.lot_a.quant_ids[:1].with_user(self.coordinator).write, {"lot_id": self.lot.id})
        self.assert_stays(self.quant.move_quants, location_dest_id=self.shelf)

    def test_the_receipt_is_not_rewritten_to_another_lot_or_place(self):
        line = self.env["stock.move.line"].search([("lot_id", "=", self.lot.id), ("state", "=", "done")])
        for values in ({"lot_id": self.lot_a.id}, {"quantity": 2}, {"location_dest_id": self.shelf.id}):
            with self.subTest(values):
                self.assert_stays(line.write, values)

    def test_a_done_move_is_not_given_the_lot_afterwards(self):
        move = self.move(self.shelf)
        move.move_line_ids.lot_id = self.lot_a
        move._action_done()
        self.assertEqual(move.state, "done")
        self.assert_stays(move.move_line_ids.write, {"lot_id": self.lot.id})

    def test_a_lot_typed_by_its_name_stops(self):
        move = self.move(self.alder.subcontract_location_id, lot=False)
        move.picking_type_id = self.hub.in_type_id
        move.move_line_ids.lot_name = "SH-C"
        self.assert_stays(move._action_done)

    def test_it_is_not_reserved_and_what_was_reserved_waits(self):
        move = self.env["stock.move"].create({"product_id": self.sheet.id, "product_uom_qty": 105, "location_id": self.store.id, "location_dest_id": self.shelf.id})
        move._action_confirm()
        move._action_assign()
        self.assertNotIn(self.lot, move.move_line_ids.lot_id)
        self.assertEqual(move.quantity, 100)
        self.check_lot(self.lot, self.lead)
        self.assertEqual(move.quantity, 105)
        self.lot.incoming_check_ids.with_user(self.coordinator).action_correct("Read the wrong line")
        self.assertNotIn(self.lot, move.move_line_ids.lot_id)

    def test_a_manufacturing_order_does_not_take_it(self):
        bom = self.env["mrp.bom"].create({
            "product_tmpl_id": self.make_product("SHELF", "Shelf", is_storable=True).product_tmpl_id.id, "product_qty": 1,
            "bom_line_ids": [Command.create({"product_id": self.sheet.id, "product_qty": 1})],
        })
        production = self.env["mrp.production"].create({"bom_id": bom.id, "product_id": bom.product_tmpl_id.product_variant_id.id, "product_qty": 1, "location_src_id": self.store.id})
        production.action_confirm()
        production.move_raw_ids.move_line_ids.unlink()
        production.move_raw_ids.move_line_ids = [Command.create({
            "product_id": self.sheet.id, "lot_id": self.lot.id, "quantity": 1, "picked": True, "location_id": self.store.id, "location_dest_id": production.production_location_id.id,
        })]
        production.move_raw_ids.write({"picked": True, "manual_consumption": True})
        production.qty_producing = 1
        self.assert_stays(production.button_mark_done)

    def test_it_may_go_back_to_its_supplier(self):
        move = self.move(self.suppliers, quantity=10)
        move._action_done()
        self.assertEqual((move.state, self.in_stock(self.lot)), ("done", 0))

    def test_a_member_takes_off_what_it_recorded_by_mistake(self):
        order, lot = self.buy()
        order.sheet_purchase_ids.with_user(self.birch_user).action_take_off(reason="Wrong lot number")
        self.assertEqual(self.in_stock(lot, self.birch.subcontract_location_id), 0)

    def test_nobody_opens_closes_or_rewrites_a_check_past_its_buttons(self):
        check = self.lot.incoming_check_ids
        for user in (self.lead, self.coordinator):
            for values in ({"state": "passed"}, {"lot_id": self.lot_a.id}, {"keeper_id": self.alder.id}, {"arrived_by_id": self.manager.id}, {"is_hold_point": False}, {"came_words": ""}):
                self.assert_stays(check.with_user(user).write, values)
            self.assert_stays(self.env["wcm.inspection"].with_user(user).create, {"lot_id": self.lot_a.id, "plan_id": self.plan.id})
            self.assert_stays(check.with_user(user).unlink)
            self.assert_stays(self.lot.with_user(user).write, {"incoming_check_ids": [Command.clear()]})
        self.assert_stays(check.with_user(self.alder_user).action_close)

    def test_neither_the_wrong_product_nor_no_lot_make_it_another(self):
        self.assert_stays(self.lot.with_user(self.lead).write, {"product_id": self.block.id})
        self.assert_stays(self.lot.with_user(self.lead).unlink, error=Exception)

    def test_a_nonconformity_of_a_lot_is_not_made_or_emptied_by_hand(self):
        wrong = self.fail_lot(self.lot, self.lead)
        for values in ({"lot_id": self.lot_a.id}, {"keeper_id": self.alder.id}, {"state": "closed"}):
            self.assert_stays(wrong.with_user(self.second_lead).write, values)
        self.assert_stays(self.env["wcm.nonconformity"].with_user(self.lead).create, {"title": "x", "lot_id": self.lot_a.id})
        for place in self.ways_on:
            self.assert_stays(self.move(place)._action_done)
