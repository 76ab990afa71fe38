from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import MakingCase


@tagged("post_install", "-at_install")
class TestWorkOrderRelease(MakingCase):
    def release(self, orders):
        orders.with_user(self.coordinator).action_release()

    def accepted(self, member, line, quantity, **values):
        return self.make_order(member, line, quantity, state="accepted", **values)

    def test_release_makes_one_purchase_order_per_member_and_build(self):
        blocks, beams = self.accepted(self.alder, self.block_line, 5), self.accepted(self.alder, self.beam_line, 4)
        others = self.accepted(self.birch, self.block_line, 3)
        (blocks | beams | others).with_user(self.manager).action_release()
        self.assertEqual(len((blocks | beams).purchase_id), 1)
        self.assertNotEqual(blocks.purchase_id, others.purchase_id)
        self.assertEqual(blocks.purchase_id.state, "purchase")
        self.assertEqual(blocks.purchase_id.partner_ref, f"{blocks.name}, {beams.name}")
        line = blocks.purchase_line_id
        self.assertEqual((line.product_id, line.product_qty, line.price_unit, line.date_planned.date()), (self.block, 5, 50, blocks.date_due))

    def test_every_native_document_carries_the_work_order(self):
        order = self.accepted(self.alder, self.block_line, 5)
        self.release(order)
        production = order.production_ids
        self.assertEqual((len(production), production.product_qty, production.bom_id, production.subcontractor_id), (1, 5, self.block_bom, self.alder.partner_id))
        self.assertIn(order.name, production.origin)
        move = order.purchase_line_id.move_ids
        self.assertEqual((move.wcm_work_order_id, move.location_dest_id, move.is_subcontract), (order, self.site.location_id, True))
        self.assertEqual(move.picking_id.picking_type_id, self.site.picking_type_id)
        resupply = order._resupply_pickings()
        self.assertEqual(resupply.location_dest_id, self.alder.subcontract_location_id)
        self.assertIn(order.name, resupply.origin)
        self.assertEqual(sum(resupply.move_ids.mapped("product_uom_qty")), 5, "Two parts of half a sheet in each of five blocks.")
        self.assertEqual(order.sheets_needed, 5)

    def test_release_issues_a_serial_number_and_a_label_for_every_block(self):
        order = self.accepted(self.alder, self.block_line, 5)
        self.release(order)
        number = order.name.rpartition("/")[2]
        self.assertEqual(order.part_ids.mapped("name"), [f"TM-{self.alder.code}-{number}-{unit:02d}" for unit in range(1, 6)])
        self.assertEqual(len(set(order.part_ids.mapped("code"))), 5)
        self.assertEqual(order.part_ids.event_ids.mapped("biz_step"), ["commissioning"] * 5)
        self.assertEqual(order.part_ids.lot_id.product_id, self.block)

    def test_releasing_twice_makes_nothing_twice(self):
        order = self.accepted(self.alder, self.block_line, 5)
        self.release(order)
        self.release(order)
        self.assertEqual(len(self.env["purchase.order.line"].search([("wcm_work_order_id", "=", order.id)])), 1)
        self.assertEqual(len(order.part_ids), 5)

    def test_the_design_revision_is_frozen(self):
        order = self.accepted(self.alder, self.block_line, 5)
        self.release(order)
        self.block.design_revision = "v2"
        self.assertEqual((order.design_revision, order.part_ids[0].design_revision), ("v1", "v1"))

    def test_the_agreed_bill_of_materials_is_made(self):
        order = self.accepted(self.alder, self.block_line, 5)
        other = self.make_bom(self.block, "subcontract", {self.beam: 1})
        other.write({"sequence": -1, "subcontractor_ids": [Command.link(self.alder.partner_id.id)]})
        self.release(order)
        self.assertEqual(order.production_ids.bom_id, self.block_bom)

    def test_one_move_brings_and_takes_all_sheets_of_an_order(self):
        parts = [self.make_product(f"T-P{number}", f"Part {number}", is_storable=False) for number in range(3)]
        for part in parts:
            self.make_bom(part, "phantom", {self.sheet: 0.333})
        wall = self.make_product("W-T-9", "Wall of three parts", tracking="serial")
        self.make_bom(wall, "subcontract", dict.fromkeys(parts, 1))
        order = self.accepted(self.alder, self.make_build("Small", {wall: 4}).line_ids, 4)
        self.release(order)
        self.assertEqual(len(order.production_ids.move_raw_ids), 1)
        sent = order._resupply_pickings().move_ids
        self.assertEqual((len(sent), sent.product_uom_qty), (1, order.sheets_needed))
        self.supply(order)
        order.part_ids.with_user(self.alder_user).action_mark_made("SH-A")
        self.assertEqual(order.state, "ready", "What was sent is enough for the last block too.")

    def test_missing_set_up_is_named(self):
        order = self.accepted(self.alder, self.block_line, 5)
        self.block_bom.active = False
        order.bom_id = False
        with self.assertRaisesRegex(UserError, "Test wall block has no bill of materials of the type Subcontracting"):
            self.release(order)
        self.assertEqual(order.state, "accepted")

    def test_an_order_nobody_accepted_is_not_released(self):
        order = self.make_order(self.alder, self.block_line, 5, state="offered")
        with self.assertRaisesRegex(UserError, "is “Offered”"):
            self.release(order)

    def test_a_cancelled_order_takes_its_native_documents_along(self):
        order = self.accepted(self.alder, self.block_line, 5)
        self.release(order)
        order.with_user(self.coordinator).action_cancel("Site is flooded")
        self.assertEqual((order.state, order.purchase_id.state, order.production_ids.state), ("cancelled", "cancel", "cancel"))
        self.assertEqual(set(order.part_ids.mapped("state")), {"scrapped"})
        self.assertEqual(self.block_line.quantity_open, 8)

    def test_cancelling_one_order_leaves_the_others_of_the_purchase_order(self):
        blocks, beams = self.accepted(self.alder, self.block_line, 5), self.accepted(self.alder, self.beam_line, 4)
        self.release(blocks | beams)
        blocks.with_user(self.coordinator).action_cancel("Not needed")
        self.assertEqual((blocks.production_ids.state, beams.production_ids.state), ("cancel", "confirmed"))
        self.assertEqual((blocks.purchase_line_id.product_qty, beams.purchase_line_id.product_qty), (0, 4))
        self.assertNotIn("cancel", beams._resupply_pickings().mapped("state"))

    def test_nothing_is_cancelled_once_a_block_is_made(self):
        order = self.make_made(self.alder, self.block_line, 5)
        with self.assertRaisesRegex(UserError, "are made already"):
            order.with_user(self.coordinator).action_cancel("Too late")
