from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import MakingCase


@tagged("post_install", "-at_install")
class TestDocumentsTrue(MakingCase):
    """Whatever happens on the way, stock, manufacturing orders, purchase order and work order say the same."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.make_released(cls.alder, cls.block_line, 5)
        cls.parts = cls.order.part_ids
        cls.there = cls.alder.subcontract_location_id

    def make(self, parts, sheet_lots="SH-A"):
        self.supply(self.order)
        parts.with_user(self.alder_user).action_mark_made(sheet_lots)

    def dispatch(self, parts):
        parts.with_user(self.alder_user).action_pack()
        shipment = parts.shipment_id
        shipment.with_user(self.alder_user).action_dispatch()
        return shipment

    def deliver(self, parts):
        self.dispatch(parts).with_user(self.coordinator).action_receive_all()

    def give_back(self, parts, then, reason="Wrong groove"):
        parts.with_user(self.coordinator).action_return(then, reason)

    def sheets_there(self):
        return sum(self.env["stock.quant"].search([("location_id", "=", self.there.id), ("product_id", "=", self.sheet.id)]).mapped("quantity"))

    def place_of(self, part):
        quants = part.lot_id.quant_ids.filtered(lambda quant: quant.quantity > 0 and quant.location_id.usage == "internal")
        return quants.location_id

    def assert_true(self, quantity, received, sheets):
        """:param sheets: at the member, by Odoo's stock"""
        order = self.order
        line, moves = order.purchase_line_id, order.purchase_line_id.move_ids
        to_come = moves.filtered(lambda move: move.state not in ("done", "cancel") and move.location_dest_id == self.site.location_id)
        productions = order.production_ids.filtered(lambda production: production.state not in ("done", "cancel"))
        self.assertEqual((order.quantity, line.product_qty, line.qty_received), (quantity, quantity, received))
        self.assertEqual(sum(to_come.mapped("product_uom_qty")), quantity - received)
        self.assertEqual(sum(productions.mapped("product_qty")), sum(to_come.filtered("is_subcontract").mapped("product_uom_qty")))
        self.assertEqual(sum(productions.move_raw_ids.mapped("product_uom_qty")), sum(productions.mapped("product_qty")))
        self.assertEqual(self.sheets_there(), sheets)
        for part in order.part_ids:
            at_maker = self.there if part.is_returned else self.env["stock.location"]
            self.assertEqual(self.place_of(part), self.site.location_id if part.state == "received" else at_maker, part.name)
        self.assertFalse(order._find_discrepancies())

    def test_a_part_of_the_delivery_leaves_a_backorder(self):
        self.make(self.parts[:3])
        self.deliver(self.parts[:2])
        self.assert_true(5, 2, 3)
        self.deliver(self.parts[2])
        self.assert_true(5, 3, 2)
        self.assertEqual(len(self.order.purchase_line_id.move_ids.picking_id), 3)

    def test_more_than_was_ordered_is_taken_with_documents_and_labels(self):
        self.make(self.parts)
        self.deliver(self.parts)
        self.order.with_user(self.coordinator).action_take_extra(2, "Made from offcuts")
        self.assert_true(7, 5, 0)
        self.assertEqual((self.order.state, len(self.order.part_ids)), ("in_production", 7))
        self.supply(self.order)
        extra = self.order.part_ids - self.parts
        extra.with_user(self.alder_user).action_mark_made("SH-A")
        self.deliver(extra)
        self.assert_true(7, 7, 0)
        self.assertEqual((self.order.state, self.block_line.quantity_open), ("received", 1))

    def test_more_is_taken_before_the_delivery_too(self):
        self.make(self.parts)
        self.order.with_user(self.coordinator).action_take_extra(1, "One more")
        self.supply(self.order)
        (self.order.part_ids - self.parts).with_user(self.alder_user).action_mark_made("SH-A")
        self.deliver(self.order.part_ids)
        self.assert_true(6, 6, 0)

    def test_more_than_the_home_needs_is_not_taken(self):
        self.make(self.parts)
        with self.assertRaisesRegex(UserError, "has 3 more to place, not 4"):
            self.order.with_user(self.coordinator).action_take_extra(4, "Too many")
        with self.assertRaisesRegex(UserError, "how many"):
            self.order.with_user(self.coordinator).action_take_extra("two", "Too many")

    def test_closed_short_the_rest_is_off_every_document(self):
        self.make(self.parts[:3])
        self.deliver(self.parts[:2])
        self.order.with_user(self.coordinator).action_close_short("The router is down")
        self.assert_true(3, 2, 3)
        self.assertEqual((self.order.state, self.block_line.quantity_open), ("ready", 5))
        self.deliver(self.parts[2])
        self.assert_true(3, 3, 2)
        self.assertEqual(self.order.state, "received")
        with self.assertRaisesRegex(UserError, "nothing is left to close short"):
            self.order.with_user(self.coordinator).action_close_short("Again")

    def test_what_is_not_begun_is_cancelled_and_not_closed_short(self):
        with self.assertRaisesRegex(UserError, "Cancel the order instead"):
            self.order.with_user(self.coordinator).action_close_short("No")
        self.order.with_user(self.coordinator).action_cancel("No")
        self.assertEqual(set(self.order._resupply_pickings().mapped("state")), {"cancel"})

    def test_called_off_halfway_what_was_delivered_stays_and_nothing_more_is_sent(self):
        resupply = self.order._resupply_pickings()
        resupply.move_ids.quantity = 3
        resupply.move_ids.picked = True
        resupply.with_context(skip_backorder=True).button_validate()
        self.parts[:3].with_user(self.alder_user).action_mark_made("SH-A")
        self.deliver(self.parts[:2])
        change = self.order.with_user(self.coordinator).action_propose_change(step="cancel", reason="The home is not built")
        change.with_user(self.alder_user).action_agree()
        self.assert_true(3, 2, 1)
        still_sent = self.order._resupply_pickings().move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        self.assertFalse(still_sent)

    def test_a_block_that_goes_back_for_repair_is_received_again(self):
        self.make(self.parts)
        self.deliver(self.parts)
        self.give_back(self.parts[0], "repair")
        self.assert_true(5, 4, 0)
        self.assertEqual((self.parts[0].state, self.order.state), ("made", "ready"))
        self.deliver(self.parts[0])
        self.assert_true(5, 5, 0)
        self.assertEqual((self.order.state, self.parts[0].is_returned, self.parts[0].event_ids[-1].biz_step), ("received", False, "receiving"))
        self.assertEqual(len(self.order.production_ids.filtered(lambda production: production.state == "done")), 5)

    def test_more_is_taken_while_a_block_is_being_repaired(self):
        self.make(self.parts)
        self.deliver(self.parts)
        self.give_back(self.parts[0], "repair")
        self.order.with_user(self.coordinator).action_take_extra(1, "One more")
        self.assert_true(6, 4, 0)

    def test_blocks_of_several_receipts_go_back_together(self):
        self.make(self.parts)
        self.deliver(self.parts[:2])
        self.deliver(self.parts[2:4])
        self.give_back(self.parts[1:3], "repair")
        self.assert_true(5, 2, 1)
        self.deliver(self.parts[1:3] | self.parts[4])
        self.assert_true(5, 5, 0)

    def test_a_repaired_block_may_go_back_again(self):
        self.make(self.parts[:1])
        for _time in range(2):
            self.deliver(self.parts[0])
            self.give_back(self.parts[0], "repair")
        self.assert_true(5, 0, 4)
        self.deliver(self.parts[0])
        self.assert_true(5, 1, 4)

    def test_a_block_that_goes_back_is_replaced_with_new_sheets(self):
        self.make(self.parts)
        self.deliver(self.parts)
        self.order.with_user(self.coordinator).action_close()
        self.give_back(self.parts[0], "replace")
        self.assert_true(5, 4, 0)
        self.assertEqual((self.parts[0].state, self.order.state), ("scrapped", "in_production"))
        self.supply(self.order)
        another = self.order.part_ids - self.parts
        another.with_user(self.alder_user).action_mark_made("SH-A")
        self.deliver(another)
        self.assert_true(5, 5, 0)

    def test_a_block_that_goes_back_while_others_are_to_come_is_replaced_with_them(self):
        self.make(self.parts[:2])
        self.deliver(self.parts[:2])
        self.give_back(self.parts[0], "replace")
        self.assert_true(5, 1, 3)
        self.supply(self.order)
        rest = self.order.part_ids.filtered(lambda part: part.state == "to_make")
        rest.with_user(self.alder_user).action_mark_made("SH-A")
        self.deliver(rest)
        self.assert_true(5, 5, 0)

    def test_a_block_that_goes_back_for_credit_is_not_owed_any_more(self):
        self.make(self.parts)
        self.deliver(self.parts)
        self.give_back(self.parts[0], "credit")
        self.assert_true(4, 4, 0)
        self.assertEqual((self.order.state, self.order.amount_received, self.block_line.quantity_open), ("received", 200, 4))
        self.give_back(self.parts[1:], "credit")
        self.assertEqual((self.order.state, self.order.purchase_line_id.product_qty, self.order.purchase_line_id.qty_received), ("cancelled", 0, 0))

    def test_what_cannot_be_repaired_is_made_again(self):
        self.make(self.parts)
        self.deliver(self.parts)
        self.give_back(self.parts[:2], "repair")
        self.parts[0].with_user(self.coordinator).action_scrap("Split through")
        self.assertEqual(self.order.quantity_to_replace, 1)
        self.order.with_user(self.coordinator).action_replace_scrapped()
        self.assert_true(5, 3, 0)
        self.supply(self.order)
        another = self.order.part_ids - self.parts
        another.with_user(self.alder_user).action_mark_made("SH-A")
        self.deliver(another | self.parts[1])
        self.assert_true(5, 5, 0)

    def test_sheets_of_what_is_spoiled_leave_stock_and_are_sent_again(self):
        self.supply(self.order)
        self.parts[0].with_user(self.alder_user).action_spoil("Cut short", "SH-A")
        self.assertEqual(self.sheets_there(), 4)
        self.order.with_user(self.coordinator).action_replace_scrapped()
        self.assert_true(5, 0, 4)
        self.supply(self.order)
        self.assert_true(5, 0, 5)
        rest = self.order.part_ids.filtered(lambda part: part.state == "to_make")
        rest.with_user(self.alder_user).action_mark_made("SH-A")
        self.deliver(rest)
        self.assert_true(5, 5, 0)

    def test_no_sheets_are_sent_when_the_member_has_enough_left(self):
        self.supply(self.order)
        self.env["stock.quant"]._update_available_quantity(self.sheet, self.there, 3, lot_id=self.lot_a)
        self.parts[0].with_user(self.alder_user).action_spoil("Cut short", "SH-A")
        self.order.with_user(self.coordinator).action_replace_scrapped()
        self.assert_true(5, 0, 7)
        self.assertEqual(set(self.order._resupply_pickings().mapped("state")), {"done"})

    def test_blocks_that_are_lost_on_the_way_leave_stock_with_their_sheets(self):
        self.make(self.parts)
        shipment = self.dispatch(self.parts[:3])
        shipment.with_user(self.coordinator).action_receive_scan(self.parts[0].name)
        shipment.with_user(self.coordinator).action_receive()
        self.parts[1:3].with_user(self.coordinator).action_scrap("Fell off the lorry")
        self.assertEqual((shipment.state, self.order.quantity_to_replace, self.sheets_there()), ("received", 2, 2))
        self.order.with_user(self.coordinator).action_release_scrapped()
        self.assert_true(3, 1, 2)
        self.deliver(self.parts[3:])
        self.assert_true(3, 3, 0)

    def test_other_orders_of_the_member_keep_the_sheets_that_they_wait_for(self):
        other = self.make_released(self.alder, self.beam_line, 2)
        self.supply(self.order | other)
        resupply = other._resupply_pickings()
        self.parts[0].with_user(self.alder_user).action_spoil("Cut short", "SH-A")
        self.assertEqual((other._resupply_pickings(), other.production_ids.move_raw_ids.move_orig_ids.picking_id), (resupply, resupply))
        self.assertEqual(other.production_ids.move_raw_ids.quantity, 4)

    def test_a_block_that_is_scrapped_on_site_stays_received_and_paid(self):
        self.make(self.parts)
        self.deliver(self.parts)
        self.parts[0].with_user(self.coordinator).action_scrap("Dropped by the crane")
        self.assert_true(5, 5, 0)
        self.assertEqual((self.order.quantity_to_replace, self.order.amount_received), (0, 250))

    def test_only_what_is_there_is_scrapped_or_goes_back(self):
        with self.assertRaisesRegex(UserError, "Only blocks that are made"):
            self.parts[0].with_user(self.coordinator).action_scrap("No")
        with self.assertRaisesRegex(UserError, "only blocks that are received on site"):
            self.give_back(self.parts[0], "repair")
        self.make(self.parts)
        with self.assertRaisesRegex(UserError, "Say what happened"):
            self.parts[0].with_user(self.coordinator).action_scrap(" ")
        self.deliver(self.parts)
        with self.assertRaisesRegex(UserError, "Say what follows"):
            self.give_back(self.parts[0], "sell")

    def test_members_and_coordinators_of_other_regions_are_refused(self):
        self.make(self.parts)
        self.deliver(self.parts)
        for user in (self.alder_user, self.birch_user):
            for call in (
                lambda user=user: self.parts[0].with_user(user).action_scrap("x"),
                lambda user=user: self.parts[0].with_user(user).action_return("credit", "x"),
                lambda user=user: self.order.with_user(user).action_close_short("x"),
                lambda user=user: self.order.with_user(user).action_take_extra(1, "x"),
                lambda user=user: self.env["wcm.part.step"].with_user(user).create({"part_ids": self.parts.ids, "step": "scrap"}),
            ):
                self.assertRaises(AccessError, call)

    def test_the_dialogs_do_what_their_buttons_say(self):
        self.make(self.parts)
        self.deliver(self.parts)
        ask = self.env["wcm.part.step"].with_user(self.coordinator).with_context(active_ids=self.parts[:1].ids)
        ask.create({"step": "return", "then": "repair", "reason": "Groove"}).action_confirm()
        self.assertTrue(self.parts[0].is_returned)
        ask.create({"step": "scrap", "reason": "Beyond repair"}).action_confirm()
        self.assertEqual(self.parts[0].state, "scrapped")
        orders = self.env["wcm.work.order.reason"].with_user(self.coordinator).with_context(active_ids=self.order.ids)
        orders.create({"step": "short", "reason": "Enough"}).action_confirm()
        self.assert_true(4, 4, 0)
        orders.create({"step": "extra", "quantity": 1, "reason": "One more"}).action_confirm()
        self.assert_true(5, 4, 0)
