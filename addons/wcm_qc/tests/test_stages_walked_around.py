from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .stages import StageCase


class Ways:
    """Calls that would bring a block somewhere else, in Odoo's own documents."""

    KEYS = dict.fromkeys(("skip_sanity_check", "skip_backorder", "cancel_backorder", "force", "is_scrap", "inventory_mode", "bypass_reservation_update"), True)

    def __init__(self, case, part, source):
        self.case, self.env, self.source = case, case.env, source
        self.what = {"product_id": part.product_id.id, "lot_id": part.lot_id.id}
        self.customers = self.env.ref("stock.stock_location_customers")
        self.shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": case.hub.lot_stock_id.id})

    def all(self):
        return {
            "a move": self.move(self.shelf)._action_done,
            "a delivery": self.move(self.customers)._action_done,
            "every context key": self.move(self.customers, **self.KEYS).sudo()._action_done,
            "a backorder": lambda: self.move(self.shelf, **self.KEYS)._action_done(cancel_backorder=True),
            "a transfer": lambda: self.transfer(self.case.coordinator),
            "a transfer by the system": lambda: self.transfer(self.env.ref("base.user_root")),
            "a scrap": self.scrap,
            "a lot given afterwards": self.another_lot,
            "an adjustment": self.adjust,
            "a quant": self.direct,
        }

    def move(self, destination, **context):
        way = {"location_id": self.source.id, "location_dest_id": destination.id, "picked": True}
        return self.env["stock.move"].create({
            "product_id": self.what["product_id"], "product_uom_qty": 1, **way, "move_line_ids": [Command.create({**self.what, "quantity": 1, **way})],
        }).with_context(**context)

    def transfer(self, user):
        ways = {"location_id": self.source.id, "location_dest_id": self.shelf.id}
        picking = self.env["stock.picking"].create({"picking_type_id": self.case.hub.int_type_id.id, **ways})
        self.move(self.shelf).write({"picking_id": picking.id})
        picking.move_ids.move_line_ids.picking_id = picking
        picking.with_user(user).button_validate()

    def scrap(self):
        self.env["stock.scrap"].create({**self.what, "scrap_qty": 1, "location_id": self.source.id}).do_scrap()

    def another_lot(self):
        plain = self.env["stock.lot"].create({"name": "PLAIN", "product_id": self.what["product_id"]})
        self.env["stock.quant"]._update_available_quantity(plain.product_id, self.source, 1, lot_id=plain)
        done = self.move(self.shelf)
        done.move_line_ids.lot_id = plain
        done._action_done()
        done.move_line_ids.write({"lot_id": self.what["lot_id"]})

    def adjust(self):
        quants = self.env["stock.quant"].with_context(inventory_mode=True)
        quants.create({**self.what, "location_id": self.shelf.id, "inventory_quantity": 1}).action_apply_inventory()

    def direct(self):
        self.env["stock.quant"].with_user(self.case.coordinator).create({**self.what, "quantity": 1, "location_id": self.customers.id})


@tagged("post_install", "-at_install")
class TestWalkAroundStages(StageCase):
    """Every hold point is in stock itself: nobody moves the block by a way that does not ask for it."""

    def ways(self, part, source):
        return Ways(self, part, source).all()

    def assert_no_way(self, part, source, words="quality lead"):
        for name, call in self.ways(part, source).items():
            with self.subTest(way=name):
                self.assert_refused(words, call)
        self.assertFalse(self.env["stock.quant"].search([("lot_id", "=", part.lot_id.id), ("location_id.usage", "=", "customer")]))

    def assert_receipt_stops(self):
        """Odoo's own receipt, and the subcontract manufacturing order behind it."""
        picking = self.order.purchase_id.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))
        picking.move_ids.move_line_ids.unlink()
        picking.move_ids.move_line_ids = [Command.create({"product_id": self.block.id, "lot_id": self.first.lot_id.id, "quantity": 1, "picking_id": picking.id})]
        picking.move_ids.picked = True
        self.assert_refused("quality lead", picking.with_context(skip_sanity_check=True, skip_backorder=True).sudo().button_validate)
        self.assertNotIn("done", self.order.production_ids.mapped("state"))

    def place(self):
        return self.alder.subcontract_location_id

    def test_in_process(self):
        self.plan("in_process")
        self.assert_no_way(self.first, self.place())
        self.start()
        self.assert_no_way(self.first, self.place())
        self.assert_receipt_stops()
        for values in ({"state": "made"}, {"state": "packed"}):
            for user in (self.maker, self.coordinator, self.lead):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    self.first.with_user(user).write(values)

    def test_dispatch_before_it_is_packed_and_after(self):
        self.plan("dispatch")
        self.start()
        self.make()
        self.assert_no_way(self.first, self.place())
        self.assert_receipt_stops()
        self.first.with_user(self.maker).action_pack()
        self.assert_no_way(self.first, self.place())
        self.assert_receipt_stops()

    def test_site_receipt_and_installation(self):
        self.plan("site_receipt")
        self.plan("installation")
        self.to_site().with_user(self.coordinator).action_receive_all()
        place = self.first.lot_id.quant_ids.filtered(lambda quant: quant.quantity > 0).location_id
        self.assert_no_way(self.first, place)
        receipt = self.order.purchase_id.picking_ids.filtered(lambda picking: picking.state == "done")
        wizard = self.env["stock.return.picking"].with_context(active_id=receipt.id, active_model="stock.picking").create({})
        wizard.product_return_moves.quantity = 1
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        back.move_ids.move_line_ids = [Command.clear(), Command.create({"product_id": self.block.id, "lot_id": self.first.lot_id.id, "quantity": 1, "picking_id": back.id})]
        back.move_ids.picked = True
        self.assert_refused(self.first.name, back.button_validate)
        production = self.order.production_ids.filtered(lambda one: self.first.lot_id in one.lot_producing_ids)
        self.assert_refused("quality lead", self.env["mrp.unbuild"].create({
            "product_id": self.block.id, "mo_id": production.id, "bom_id": production.bom_id.id, "product_qty": 1, "lot_id": self.first.lot_id.id,
            "location_id": place.id, "location_dest_id": place.id,
        }).action_unbuild)
        self.close(self.first, "site_receipt")
        self.first.with_user(self.coordinator).action_install()
        self.assert_no_way(self.first, place)

    def test_a_block_of_a_passed_stage_moves(self):
        self.plan("site_receipt")
        self.to_site().with_user(self.coordinator).action_receive_all()
        self.close(self.first, "site_receipt")
        place = self.first.lot_id.quant_ids.filtered(lambda quant: quant.quantity > 0).location_id
        self.ways(self.first, place)["a move"]()
