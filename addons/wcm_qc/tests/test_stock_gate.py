from odoo import Command
from odoo.exceptions import UserError

from .common import QualityCase


class TestStockGate(QualityCase):
    """A held lot goes nowhere in stock, whoever moves it and however."""

    def setUp(self):
        super().setUp()
        self.make_control_plan()
        self.tracked = self.make_part("KNO-1")
        self.quant = self.put_in_stock(self.tracked)
        self.shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.stock.id})
        self.customers = self.env.ref("stock.stock_location_customers")

    def assert_held(self, call, *args, **kwargs):
        with self.assertRaisesRegex(UserError, "KNO-1.*quality lead"), self.env.cr.savepoint():
            call(*args, **kwargs)
        self.env.invalidate_all()
        self.assertEqual((self.quant.quantity, self.quant.location_id), (1, self.stock))

    def move(self, destination=None, picking=None, lot=True):
        destination = destination or self.shelf
        line = {"product_id": self.block.id, "quantity": 1, "location_id": self.stock.id, "location_dest_id": destination.id, "picked": True}
        return self.env["stock.move"].create({
            "product_id": self.block.id, "product_uom_qty": 1, "location_id": self.stock.id, "location_dest_id": destination.id,
            "picking_id": picking and picking.id, "picked": True,
            "move_line_ids": [Command.create({**line, "lot_id": lot and self.tracked.lot_id.id, "picking_id": picking and picking.id})],
        })

    def picking(self, destination=None):
        destination = destination or self.shelf
        picking = self.env["stock.picking"].create({
            "picking_type_id": self.env.ref("stock.warehouse0").int_type_id.id,
            "location_id": self.stock.id, "location_dest_id": destination.id,
        })
        self.move(destination, picking)
        return picking

    def test_a_direct_move_is_refused(self):
        self.assert_held(self.move()._action_done)

    def test_no_context_and_no_superuser_get_past(self):
        keys = ("skip_sanity_check", "skip_backorder", "cancel_backorder", "force", "is_scrap", "inventory_mode", "bypass_reservation_update", "skip_immediate", "install_mode")
        for key in keys:
            self.assert_held(self.move().sudo().with_context(**{key: True})._action_done)
        self.assert_held(self.move().with_context(**dict.fromkeys(keys, True))._action_done, cancel_backorder=True)

    def test_an_internal_transfer_is_refused(self):
        picking = self.picking()
        self.assert_held(picking.button_validate)
        self.assert_held(picking.with_context(skip_sanity_check=True, skip_backorder=True).sudo().button_validate)

    def test_a_delivery_is_refused(self):
        self.assert_held(self.picking(self.customers).button_validate)

    def test_an_inventory_adjustment_is_refused(self):
        quant = self.quant.with_context(inventory_mode=True)
        quant.inventory_quantity = 0
        self.assert_held(quant.action_apply_inventory)

    def test_a_scrap_that_nobody_decided_is_refused(self):
        scrap = self.env["stock.scrap"].create(
            {"product_id": self.block.id, "lot_id": self.tracked.lot_id.id, "scrap_qty": 1, "location_id": self.stock.id}
        )
        self.assert_held(scrap.action_validate)
        self.assert_held(scrap.do_scrap)

    def test_moving_the_quant_is_refused(self):
        self.assert_held(self.quant.move_quants, location_dest_id=self.shelf)

    def test_writing_the_quant_is_refused(self):
        for values in ({"quantity": 0}, {"location_id": self.shelf.id}, {"lot_id": False}):
            self.assert_held(self.quant.with_user(self.coordinator).write, values)
        new = {"product_id": self.block.id, "lot_id": self.tracked.lot_id.id, "quantity": 1, "location_id": self.customers.id}
        self.assert_held(self.env["stock.quant"].with_user(self.coordinator).create, new)

    def test_a_done_move_is_not_given_a_held_lot_afterwards(self):
        free = self.make_part("KNO-2")
        self.check(free, self.colleague)
        self.put_in_stock(free)
        move = self.move()
        move.move_line_ids.lot_id = free.lot_id
        move._action_done()
        self.assertEqual(move.state, "done")
        self.assert_held(move.move_line_ids.write, {"lot_id": self.tracked.lot_id.id})

    def test_a_lot_typed_by_its_name_is_refused(self):
        move = self.move(lot=False)
        move.picking_type_id = self.env.ref("stock.warehouse0").in_type_id
        move.move_line_ids.lot_name = "KNO-1"
        self.assert_held(move._action_done)

    def test_a_return_of_a_delivered_part_that_is_reported_is_refused(self):
        self.check(self.tracked, self.colleague)
        picking = self.picking(self.customers)
        picking.button_validate()
        self.assertEqual(picking.state, "done")
        self.tracked.with_user(self.maker).action_report("Corner off")
        wizard = self.env["stock.return.picking"].with_context(active_id=picking.id, active_model="stock.picking").create({})
        wizard.product_return_moves.quantity = 1
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        back.move_ids.move_line_ids.write({"lot_id": self.tracked.lot_id.id, "quantity": 1})
        back.move_ids.picked = True
        with self.assertRaisesRegex(UserError, "KNO-1"):
            back.button_validate()

    def test_a_held_lot_is_not_reserved(self):
        move = self.env["stock.move"].create(
            {"product_id": self.block.id, "product_uom_qty": 1, "location_id": self.stock.id, "location_dest_id": self.shelf.id}
        )
        move._action_confirm()
        move._action_assign()
        self.assertEqual((move.state, move.quantity), ("confirmed", 0))
        self.check(self.tracked, self.colleague)
        move._action_assign()
        self.assertEqual((move.state, move.move_line_ids.lot_id), ("assigned", self.tracked.lot_id))

    def test_a_lot_reserved_before_it_was_held_does_not_move(self):
        self.check(self.tracked, self.colleague)
        move = self.env["stock.move"].create(
            {"product_id": self.block.id, "product_uom_qty": 1, "location_id": self.stock.id, "location_dest_id": self.shelf.id}
        )
        move._action_confirm()
        move._action_assign()
        self.tracked.with_user(self.maker).action_report("Corner off")
        move.picked = True
        with self.assertRaisesRegex(UserError, "KNO-1"):
            move._action_done()

    def test_production_with_a_held_lot_does_not_finish(self):
        bom = self.env["mrp.bom"].create({"product_tmpl_id": self.block.product_tmpl_id.id, "product_qty": 1})
        production = self.env["mrp.production"].create({"product_id": self.block.id, "bom_id": bom.id, "product_qty": 1})
        production.action_confirm()
        part = self.make_part("KNO-9")
        production.lot_producing_ids = part.lot_id
        production.qty_producing = 1
        with self.assertRaisesRegex(UserError, "KNO-9"):
            production.button_mark_done()

    def test_a_released_lot_moves(self):
        self.check(self.tracked, self.colleague)
        move = self.move()
        move._action_done()
        self.assertEqual(move.state, "done")

    def test_a_part_to_be_returned_goes_to_its_maker_and_nowhere_else(self):
        self.check(self.tracked, self.colleague, edges="fail")
        workshop = self.env["stock.location"].create({"name": "Knowle West", "usage": "internal"})
        self.alder.subcontract_location_id = workshop
        self.tracked.nonconformity_ids.with_user(self.lead).action_decide("return", "To be planed at home")
        self.assert_held(self.move()._action_done)
        move = self.move(workshop)
        move._action_done()
        self.assertEqual(move.state, "done")

    def test_what_is_no_tracked_part_moves_as_ever(self):
        lot = self.env["stock.lot"].create({"name": "PLAIN", "product_id": self.block.id})
        self.env["stock.quant"].create({"product_id": self.block.id, "lot_id": lot.id, "quantity": 1, "location_id": self.stock.id})
        move = self.move()
        move.move_line_ids.lot_id = lot
        move._action_done()
        self.assertEqual(move.state, "done")
