from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import MakingCase


@tagged("post_install", "-at_install")
class TestShipment(MakingCase):
    def stock_at_site(self):
        quants = self.env["stock.quant"].search([("location_id", "=", self.site.location_id.id)])
        return {quant.lot_id.name: quant.quantity for quant in quants}

    def pack(self, parts):
        parts.with_user(parts.membership_id.user_ids).action_pack()
        return parts.shipment_id

    def test_packing_fills_one_shipment_per_member_and_site(self):
        blocks, beams = self.make_made(self.alder, self.block_line, 3), self.make_made(self.alder, self.beam_line, 2)
        first = self.pack(blocks.part_ids)
        self.assertEqual(self.pack(beams.part_ids), first)
        self.assertEqual((first.part_count, first.state, first.site_id, first.membership_id), (5, "draft", self.site, self.alder))
        self.assertEqual(blocks.state, "ready")

    def test_only_made_blocks_are_packed(self):
        order = self.make_released(self.alder, self.block_line, 3)
        with self.assertRaisesRegex(UserError, "is “To make”"):
            self.pack(order.part_ids)

    def test_a_held_block_goes_nowhere(self):
        order = self.make_made(self.alder, self.block_line, 3)
        shipment = self.pack(order.part_ids[1:])
        order.part_ids.sudo().write({"is_held": True, "hold_reason": "Crack"})
        self.env.flush_all()
        with self.assertRaisesRegex(UserError, "Crack"):
            self.pack(order.part_ids[0])
        with self.assertRaisesRegex(UserError, "Crack"):
            shipment.with_user(self.alder_user).action_dispatch()
        self.assertEqual(shipment.state, "draft")

    def test_a_made_block_that_is_scanned_while_loading_is_packed(self):
        order = self.make_made(self.alder, self.block_line, 3)
        shipment = self.pack(order.part_ids[0])
        answer = shipment.with_user(self.alder_user).action_scan_load(order.part_ids[1].code)
        self.assertEqual(answer, {"part": order.part_ids[1].name, "loaded": 1, "total": 2})

    def test_what_is_not_scanned_on_to_the_vehicle_does_not_leave(self):
        order = self.make_made(self.alder, self.block_line, 3)
        shipment = self.pack(order.part_ids)
        shipment.with_user(self.alder_user).action_scan_load(order.part_ids[0].name)
        with self.assertRaisesRegex(UserError, f"Not scanned on to the vehicle: {order.part_ids[1].name}"):
            shipment.with_user(self.alder_user).action_dispatch()
        order.part_ids[1:].with_user(self.alder_user).action_unpack()
        shipment.with_user(self.alder_user).action_dispatch()
        self.assertEqual((shipment.state, shipment.part_ids), ("dispatched", order.part_ids[0]))

    def test_dispatch_estimates_road_and_carbon(self):
        self.site.write({"latitude": 54.1107, "longitude": -3.2265})
        shipment = self.make_dispatched(self.alder, self.block_line, 2)
        self.assertAlmostEqual(shipment.distance_km, 397, delta=5)
        self.assertAlmostEqual(shipment.kgco2e, shipment.distance_km * 0.83751)

    def test_a_scan_while_loading_says_what_is_wrong(self):
        order, foreign = self.make_made(self.alder, self.block_line, 3), self.make_made(self.birch, self.beam_line, 2)
        waiting = self.make_released(self.alder, self.beam_line, 1)
        shipment = self.pack(order.part_ids[0]).with_user(self.alder_user)
        for code, words in (
            ("nonsense", "is no part of the network"),
            (foreign.part_ids[0].code, "made by another member"),
            (waiting.part_ids.name, "is not made yet"),
        ):
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                shipment.action_scan_load(code)

    def test_scanned_blocks_are_received_in_odoos_own_documents(self):
        shipment = self.make_dispatched(self.alder, self.block_line, 3)
        order, parts = shipment.part_ids.work_order_id, shipment.part_ids
        for part in parts:
            shipment.with_user(self.coordinator).action_receive_scan(part.public_url)
        shipment.with_user(self.coordinator).action_receive()
        self.assertEqual(self.stock_at_site(), dict.fromkeys(parts.mapped("name"), 1.0))
        self.assertEqual(set(order.production_ids.mapped("state")), {"done"})
        self.assertEqual(order.production_ids.lot_producing_ids, parts.lot_id)
        self.assertEqual(order.production_ids.mapped("wcm_work_order_id"), order)
        self.assertEqual(order.purchase_line_id.qty_received, 3)
        self.assertEqual((shipment.state, order.state, set(parts.mapped("state"))), ("received", "received", {"received"}))
        self.assertEqual(shipment.picking_ids.state, "done")
        self.assertEqual(parts[0].event_ids.sorted("id").mapped("biz_step"), ["commissioning", "assembling", "packing", "shipping", "receiving"])
        self.assertTrue(parts[0].history_intact)

    def test_the_manufacturing_orders_consume_the_sheets_that_the_maker_named(self):
        order = self.make_released(self.alder, self.block_line, 3)
        self.supply(order)
        self.env["stock.quant"]._update_available_quantity(self.sheet, self.alder.subcontract_location_id, 5, lot_id=self.lot_b)
        for part, lot in zip(order.part_ids, ("SH-A", "SH-B", "SH-B"), strict=True):
            part.with_user(self.alder_user).action_mark_made(lot)
        shipment = self.pack(order.part_ids)
        shipment.with_user(self.alder_user).action_dispatch()
        shipment.with_user(self.coordinator).action_receive_all()
        used = {
            production.lot_producing_ids.name: [(line.lot_id.name, line.quantity) for line in production.move_raw_ids.move_line_ids]
            for production in order.production_ids
        }
        first, second, third = order.part_ids.mapped("name")
        self.assertEqual(used, {first: [("SH-A", 1.0)], second: [("SH-B", 1.0)], third: [("SH-B", 1.0)]})
        at_alder = self.env["stock.quant"].search([("location_id", "=", self.alder.subcontract_location_id.id), ("product_id", "=", self.sheet.id)])
        self.assertEqual({quant.lot_id.name: quant.quantity for quant in at_alder if quant.quantity}, {"SH-A": 2.0, "SH-B": 3.0})

    def test_what_has_not_arrived_stays_on_a_backorder(self):
        shipment = self.make_dispatched(self.alder, self.block_line, 3)
        order, parts = shipment.part_ids.work_order_id, shipment.part_ids
        shipment.with_user(self.coordinator).action_receive_scan(parts[1].name)
        shipment.with_user(self.coordinator).action_receive()
        self.assertEqual((shipment.state, order.state, order.quantity_received), ("dispatched", "dispatched", 1))
        self.assertEqual(self.stock_at_site(), {parts[1].name: 1.0})
        open_move = order.purchase_line_id.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        self.assertEqual((open_move.product_uom_qty, open_move.wcm_work_order_id), (2, order))
        shipment.with_user(self.coordinator).action_receive_all()
        self.assertEqual((shipment.state, order.state), ("received", "received"))
        self.assertEqual(self.stock_at_site(), dict.fromkeys(parts.mapped("name"), 1.0))
        done = order.production_ids.filtered(lambda production: production.state == "done")
        self.assertEqual((done.lot_producing_ids, len(done)), (parts.lot_id, 3))
        self.assertFalse(order.production_ids.filtered(lambda production: production.state not in ("done", "cancel")))
        at_alder = self.env["stock.quant"].search([("location_id", "=", self.alder.subcontract_location_id.id), ("quantity", "!=", 0)])
        self.assertFalse(at_alder, "All sheets that were sent have been used.")

    def test_two_shipments_of_one_order_are_received_one_after_the_other(self):
        order = self.make_made(self.alder, self.block_line, 3)
        first = self.pack(order.part_ids[:2])
        first.with_user(self.alder_user).action_dispatch()
        self.assertEqual(order.state, "ready")
        second = self.pack(order.part_ids[2])
        second.with_user(self.alder_user).action_dispatch()
        second.with_user(self.coordinator).action_receive_all()
        first.with_user(self.coordinator).action_receive_all()
        self.assertEqual((order.state, order.purchase_line_id.qty_received), ("received", 3))

    def test_a_build_is_in_progress_until_its_last_block_is_on_site(self):
        build = self.make_build("Small build", {self.block: 2})
        self.assertEqual(build.state, "draft")
        shipment = self.make_dispatched(self.alder, build.line_ids, 2).with_user(self.coordinator)
        shipment.action_receive_scan(shipment.part_ids[0].name)
        shipment.action_receive()
        self.assertEqual(build.state, "in_progress")
        shipment.action_receive_all()
        self.assertEqual(build.state, "complete")

    def test_a_scan_at_the_site_says_what_is_wrong(self):
        shipment = self.make_dispatched(self.alder, self.block_line, 2).with_user(self.coordinator)
        other = self.make_made(self.alder, self.beam_line, 1)
        shipment.action_receive_scan(shipment.part_ids[0].code)
        with self.assertRaisesRegex(UserError, "is scanned already"):
            shipment.action_receive_scan(shipment.part_ids[0].code)
        shipment.action_receive()
        for code, words in (
            ("123", "is no part of the network"),
            (shipment.part_ids[0].code, "has been received already"),
            (other.part_ids.code, "its maker has not dispatched it"),
        ):
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                shipment.action_receive_scan(code)

    def test_nothing_scanned_is_nothing_received(self):
        shipment = self.make_dispatched(self.alder, self.block_line, 2)
        with self.assertRaisesRegex(UserError, "Nothing of .* is scanned yet"):
            shipment.with_user(self.coordinator).action_receive()

    def test_members_do_not_receive_and_do_not_touch_each_others_shipments(self):
        shipment = self.make_dispatched(self.alder, self.block_line, 2)
        for step, arguments in (("action_receive_all", ()), ("action_receive", ()), ("action_receive_scan", ("x",))):
            with self.subTest(step), self.assertRaises(AccessError):
                getattr(shipment.with_user(self.alder_user), step)(*arguments)
        with self.assertRaises(AccessError):
            shipment.with_user(self.birch_user).action_dispatch()
        with self.assertRaises(AccessError):
            shipment.with_user(self.alder_user).write({"state": "received"})
        shipment.with_user(self.alder_user).carrier_note = "White van"

    def test_a_cancelled_shipment_leaves_its_blocks_made(self):
        order = self.make_made(self.alder, self.block_line, 2)
        shipment = self.pack(order.part_ids)
        shipment.with_user(self.alder_user).action_cancel()
        self.assertEqual((shipment.state, set(order.part_ids.mapped("state")), order.part_ids.shipment_id.ids), ("cancelled", {"made"}, []))

    def test_what_is_lifted_first_goes_on_board_last(self):
        self.block_line.stage, self.beam_line.stage = "walls", "roof"
        blocks, beams = self.make_made(self.alder, self.block_line, 2).part_ids, self.make_made(self.alder, self.beam_line, 1).part_ids
        shipment = self.pack(blocks | beams)
        self.assertEqual(shipment.loading_part_ids, beams + blocks[1] + blocks[0])
        self.assertEqual((beams.load_number, blocks[1].load_number, blocks[0].load_number), (1, 2, 3))
        self.block_line.date_required = self.beam_line.date_required + timedelta(days=1)
        self.env.invalidate_all()
        self.assertEqual(shipment.loading_part_ids, blocks[1] + blocks[0] + beams, "What is needed on a later day is lifted later.")

    def test_the_bench_knows_the_lifting_order_of_what_is_not_packed_yet(self):
        self.block_line.stage, self.beam_line.stage = "walls", "roof"
        beam, blocks = self.make_made(self.alder, self.beam_line, 1).part_ids, self.make_made(self.alder, self.block_line, 2).part_ids
        content = self.env["wcm.membership"].with_user(self.alder_user)._bench_snapshot()
        lifts = {part["id"]: part["lift"] for part in content["parts"]}
        self.assertEqual([lifts[part.id] for part in (*blocks, beam)], [0, 1, 2])
