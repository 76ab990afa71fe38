from odoo import Command
from odoo.exceptions import UserError

from .common import QualityCase


class TestQualityStory(QualityCase):
    """A hold in the middle of Odoo's own subcontracting documents."""

    def setUp(self):
        super().setUp()
        self.make_control_plan()
        self.order = self.make_order(self.alder, self.block_line, 2, state="accepted")
        self.order.with_user(self.coordinator).action_release()
        lot = self.env["stock.lot"].create({"name": "PLY-A", "product_id": self.sheet.id})
        self.env["stock.quant"]._update_available_quantity(self.sheet, self.alder.subcontract_location_id, 20, lot_id=lot)
        self.order.with_user(self.maker).action_start()
        self.order.part_ids.with_user(self.maker).action_mark_made("PLY-A")
        self.good, self.bad = self.order.part_ids.sorted("name")

    def receipt(self):
        return self.order.purchase_id.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))

    def test_one_block_fails_is_reworked_checked_by_another_and_received(self):
        self.check(self.good, self.colleague)
        self.check(self.bad, self.colleague, thickness="19.2")
        with self.assertRaisesRegex(UserError, f"{self.bad.name} cannot be packed"):
            self.bad.with_user(self.maker).action_pack()
        self.good.with_user(self.maker).action_pack()
        nonconformity = self.bad.nonconformity_ids
        nonconformity.with_user(self.lead).action_decide("rework", "Plane it")
        nonconformity.with_user(self.maker).action_rework_done("Planed")
        self.check(self.bad, self.colleague)
        self.bad.with_user(self.maker).action_pack()
        shipment = (self.good | self.bad).shipment_id
        shipment.with_user(self.maker).action_dispatch()
        for part in self.good | self.bad:
            shipment.with_user(self.coordinator).action_receive_scan(part.code)
        shipment.with_user(self.coordinator).action_receive()
        self.assertEqual(set(self.order.part_ids.mapped("state")), {"received"})
        self.assertEqual(set(self.order.purchase_id.picking_ids.mapped("state")), {"done"})

    def test_the_receipt_of_an_unchecked_block_does_not_finish_in_odoo_either(self):
        picking = self.receipt()
        move = picking.move_ids
        move.move_line_ids.unlink()
        move.move_line_ids = [
            Command.create({"product_id": self.block.id, "lot_id": part.lot_id.id, "quantity": 1, "picking_id": picking.id})
            for part in self.good | self.bad
        ]
        move.picked = True
        for attempt in (picking, picking.sudo().with_context(skip_sanity_check=True, skip_backorder=True)):
            with self.assertRaisesRegex(UserError, "quality lead"), self.env.cr.savepoint():
                attempt.button_validate()
        self.env.invalidate_all()
        self.assertNotEqual(picking.state, "done")
        self.assertNotIn("done", self.order.production_ids.mapped("state"))

    def test_a_shipment_with_a_block_that_is_held_on_the_way_is_not_received(self):
        for part in self.good | self.bad:
            self.check(part, self.colleague)
            part.with_user(self.maker).action_pack()
        shipment = self.good.shipment_id
        shipment.with_user(self.maker).action_dispatch()
        self.bad.with_user(self.maker).action_report("Fell off the forks")
        with self.assertRaisesRegex(UserError, f"{self.bad.name} cannot be received"):
            shipment.with_user(self.coordinator).action_receive_all()
