import base64

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import MakingCase
from .native_records import NativeRecords
from .receiving import receive_plainly

PDF = {"name": "EN 636.pdf", "data": base64.b64encode(b"%PDF-1.4 strength class").decode()}


class BoughtCase(MakingCase):
    """Alder Works buys its sheets itself: an order of five blocks, released; a sheet costs the hub 30."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sheet.standard_price = 30
        cls.alder.material_by = "member"
        cls.order = cls.make_released(cls.alder, cls.block_line, 5)
        cls.parts = cls.order.part_ids
        cls.there = cls.alder.subcontract_location_id

    def record(self, quantity, lot="PLY-7", order=None, user=None, **more):
        (order or self.order).with_user(user or self.alder_user).action_record_sheets(quantity=quantity, lot_name=lot, **more)
        return (order or self.order).sheet_purchase_ids[0]

    def make(self, parts, lots):
        parts.with_user(self.alder_user).action_mark_made(lots)

    def dispatch(self, parts):
        parts.with_user(self.alder_user).action_pack()
        parts.shipment_id.with_user(self.alder_user).action_dispatch()
        return parts.shipment_id

    def deliver(self, parts):
        self.dispatch(parts).with_user(self.coordinator).action_receive_all()

    def stock(self, owner):
        quants = self.env["stock.quant"].search([("location_id", "=", self.there.id), ("product_id", "=", self.sheet.id), ("owner_id", "=", owner.id)])
        return {quant.lot_id.name: quant.quantity for quant in quants if quant.quantity}

    def own(self):
        return self.stock(self.alder.partner_id)

    def network_value(self):
        self.env.invalidate_all()
        return self.sheet.total_value


@tagged("post_install", "-at_install")
class TestSheetsBothWays(BoughtCase):
    def test_every_document_of_an_order_each_way(self):
        """Sheets of the hub and of the member side by side at one place, blocks of both in one delivery."""
        self.beam_bom.material_by = "hub"  # the component says it for whoever makes it
        beams = self.make_released(self.alder, self.beam_line, 2)
        self.assertEqual((self.order.material_by, beams.material_by), ("member", "hub"))
        self.assertEqual((len(self.order._resupply_pickings()), len(beams._resupply_pickings())), (0, 1))
        self.supply(beams)
        value = self.network_value()
        purchase = self.record(6)
        self.assertEqual((self.network_value(), self.own(), self.stock(self.env["res.partner"])), (value, {"PLY-7": 6}, {"SH-A": 4}))
        self.assertEqual((purchase.picking_id.state, purchase.picking_id.move_ids.value), ("done", 0))
        offered = {order: [lot["name"] for lot in order.workshop_sheets] for order in self.order | beams}  # both are asked at once
        self.assertEqual(offered, {self.order: ["PLY-7"], beams: ["SH-A"]})
        self.make(self.parts, "PLY-7")
        self.make(beams.part_ids, "SH-A")
        self.deliver(self.parts | beams.part_ids)
        for order, lot, owner, sheets in ((self.order, "PLY-7", self.alder.partner_id, 5), (beams, "SH-A", self.env["res.partner"], 4)):
            with self.subTest(order=order.material_by):
                self.assert_documents(order, lot, owner, sheets)
        self.assertEqual((self.own(), self.stock(self.env["res.partner"])), ({"PLY-7": 1}, {}))
        self.assertEqual(self.network_value(), value - 4 * 30)

    def assert_documents(self, order, lot, owner, sheets):
        line, productions = order.purchase_line_id, order.production_ids
        self.assertEqual((order.state, line.qty_received, line.move_ids.picking_id.mapped("state")), ("received", order.quantity, ["done"]))
        self.assertEqual((len(productions), set(productions.mapped("state"))), (order.quantity, {"done"}))
        taken = productions.move_raw_ids.move_line_ids
        self.assertEqual((taken.lot_id.name, taken.owner_id, sum(taken.mapped("quantity"))), (lot, owner, sheets))
        self.assertEqual(order.part_ids.lot_id.quant_ids.filtered(lambda quant: quant.quantity > 0).location_id, self.site.location_id)
        self.assertFalse(order.part_ids.lot_id.quant_ids.owner_id, "The blocks are bought: they are the network's.")
        self.assertFalse(order._find_discrepancies())

    def test_the_history_of_a_block_names_the_batch_that_was_bought(self):
        self.record(6)
        self.make(self.parts[0], "ply-7")
        data = self.parts[0].event_ids[-1].data
        self.assertEqual(data["sheet_lots"], [{"product": "T-SHEET", "lot": "PLY-7", "sheets": 1.0}])
        recall = self.env["wcm.recall"].create({"reason": "Delaminates", "lot_ids": self.parts[0].sheet_lot_ids.ids})
        recall.with_user(self.manager).action_hold()
        self.assertEqual(recall.part_ids, self.parts[0])

    def test_plain_odoo_leaves_the_same_records(self):
        self.record(6)
        self.make(self.parts, "PLY-7")
        self.dispatch(self.parts)
        parts = self.parts.sudo()
        plain, ours = (NativeRecords.after(self.env, step) for step in (lambda: receive_plainly(parts), parts._receive_in_stock))
        self.assertEqual((plain.differences(ours), plain.fingerprints()), ([], ours.fingerprints()))

    def test_a_member_without_its_sheets_is_told_to_record_them(self):
        with self.assertRaisesRegex(UserError, "Record those that you bought"):
            self.make(self.parts, "PLY-7")
        self.record(2)
        with self.assertRaisesRegex(UserError, "needs 1.00 more sheets"):
            self.make(self.parts, "PLY-7")

    def test_sheets_of_the_hub_are_not_cut_for_it_and_its_own_not_for_others(self):
        self.beam_bom.material_by = "hub"
        beams = self.make_released(self.alder, self.beam_line, 1)
        self.supply(beams)
        self.record(6)
        with self.assertRaisesRegex(UserError, "PLY-7 \\(6.0\\)"):
            self.make(self.parts[0], "SH-A")
        with self.assertRaisesRegex(UserError, "SH-A \\(2.0\\)"):
            self.make(beams.part_ids, "PLY-7")
        self.assertEqual(beams.production_ids.move_raw_ids.move_line_ids.lot_id.name, "SH-A")
        self.assertEqual(self.order.production_ids.move_raw_ids.move_line_ids.owner_id, self.alder.partner_id)

    def test_one_batch_sold_to_the_hub_and_to_the_member_is_one_lot(self):
        self.beam_bom.material_by = "hub"
        beams = self.make_released(self.alder, self.beam_line, 1)
        self.supply(beams)
        self.record(5, "sh-a")
        self.make(self.parts, "SH-A")
        self.make(beams.part_ids, "SH-A")
        self.deliver(self.parts | beams.part_ids)
        self.assertEqual((self.own(), self.stock(self.env["res.partner"])), ({}, {}))
        self.assertEqual((self.parts | beams.part_ids).sheet_lot_ids, self.lot_a)

    def test_a_part_of_the_delivery_and_a_short_close(self):
        self.record(6)
        self.make(self.parts[:3], "PLY-7")
        self.deliver(self.parts[:2])
        self.assertEqual(self.own(), {"PLY-7": 4})
        self.order.with_user(self.coordinator).action_close_short("The router is down")
        self.deliver(self.parts[2])
        self.assertEqual((self.order.state, self.own()), ("received", {"PLY-7": 3}))
        self.assertFalse(self.order._find_discrepancies())

    def test_more_blocks_ask_the_hub_for_nothing(self):
        self.record(7)
        self.make(self.parts, "PLY-7")
        self.deliver(self.parts)
        self.order.with_user(self.coordinator).action_take_extra(2, "Made from offcuts")
        extra = self.order.part_ids - self.parts
        self.make(extra, "PLY-7")
        self.deliver(extra)
        self.assertEqual((self.own(), len(self.order._resupply_pickings())), ({}, 0))
        self.assertFalse(self.order._find_discrepancies())

    def test_spoiled_and_scrapped_blocks_take_its_own_sheets_and_are_made_again(self):
        self.record(8)
        self.parts[0].with_user(self.alder_user).action_spoil("Chipped", "PLY-7")
        self.assertEqual(self.own(), {"PLY-7": 7})
        self.make(self.parts[1:], "PLY-7")
        self.parts[1].with_user(self.coordinator).action_scrap("Dropped")
        self.assertEqual(self.own(), {"PLY-7": 6})
        self.order.with_user(self.coordinator).action_replace_scrapped()
        self.assertFalse(self.order._resupply_pickings())
        fresh = self.order.part_ids.filtered(lambda part: part.state == "to_make")
        self.make(fresh, "PLY-7")
        self.deliver(self.order.part_ids.filtered(lambda part: part.state == "made"))
        self.assertEqual((self.order.state, self.own()), ("received", {"PLY-7": 1}))
        self.assertFalse(self.order._find_discrepancies())

    def test_a_block_that_goes_back_is_made_again_from_its_own_sheets(self):
        self.record(6)
        self.make(self.parts, "PLY-7")
        self.deliver(self.parts)
        self.parts[0].with_user(self.coordinator).action_return("replace", "Wrong groove")
        fresh = self.order.part_ids - self.parts
        self.make(fresh, "PLY-7")
        self.deliver(fresh)
        self.assertEqual((self.own(), len(self.order._resupply_pickings()), self.order.state), ({}, 0, "received"))
        self.assertFalse(self.order._find_discrepancies())

    def test_the_comparison_finds_a_block_that_took_sheets_of_the_network(self):
        self.record(6)
        self.make(self.parts, "PLY-7")
        self.deliver(self.parts)
        self.order.production_ids[0].move_raw_ids.move_line_ids.owner_id = False
        self.assertRegex(self.order._find_discrepancies()[0], "took other sheets")
