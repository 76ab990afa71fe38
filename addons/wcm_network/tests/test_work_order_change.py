from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import MakingCase


@tagged("post_install", "-at_install")
class TestWorkOrderChange(MakingCase):
    """Alder agreed to five wall blocks of the eight that the home needs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.make_released(cls.alder, cls.block_line, 5)

    def propose(self, order=None, **values):
        return (order or self.order).with_user(self.coordinator).action_propose_change(**{"reason": "The site moved", **values})

    def agree(self, change):
        change.with_user(self.alder_user).action_agree()

    def mark_made(self, count):
        self.supply(self.order)
        self.order.part_ids[:count].with_user(self.alder_user).action_mark_made("SH-A")

    def check_documents(self, quantity):
        """Order, parts, purchase order, receipts, manufacturing orders and sheets say the same."""
        order = self.order
        alive = order.part_ids.filtered(lambda part: part.state != "scrapped")
        open_productions = order.production_ids.filtered(lambda production: production.state not in ("done", "cancel"))
        self.assertEqual((order.quantity, len(alive), order.purchase_line_id.product_qty), (quantity, quantity, quantity))
        self.assertEqual(sum(order._open_receipts().mapped("product_uom_qty")), quantity)
        self.assertEqual(sum(open_productions.mapped("product_qty")), quantity)
        self.assertEqual(sum(open_productions.move_raw_ids.mapped("product_uom_qty")), quantity)
        self.assertFalse(order._find_discrepancies())

    def test_nothing_changes_before_the_member_agrees(self):
        change = self.propose(quantity=4)
        self.assertEqual((self.order.quantity, self.order.pending_change_id, change.words), (5, change, "Blocks: 5 → 4"))
        self.check_documents(5)

    def test_both_sides_see_before_and_after(self):
        due = self.order.date_due + timedelta(days=7)
        self.propose(quantity=4, date_due=str(due))
        seen = self.order.with_user(self.alder_user).pending_change_id
        self.assertRegex(seen.words, "(?s)Blocks: 5 → 4.Ready by: .* → ")
        self.assertEqual(seen.reason, "The site moved")
        mail = self.env["mail.message"].search([("model", "=", "wcm.membership"), ("res_id", "=", self.alder.id)], limit=1)
        self.assertIn("Blocks: 5 → 4", mail.body)
        card = next(card for card in self.env["wcm.membership"].with_user(self.alder_user).workshop_summary()["cards"] if card["key"] == "changes")
        self.assertEqual(card["count"], 1)

    def test_fewer_blocks_are_taken_off_every_document(self):
        self.agree(self.propose(quantity=3))
        self.check_documents(3)
        self.assertEqual(self.block_line.quantity_open, 5)
        self.assertEqual(sum(self.order._resupply_pickings().move_ids.mapped("product_uom_qty")), 3)

    def test_more_blocks_come_with_labels_and_sheets(self):
        self.agree(self.propose(quantity=7))
        self.check_documents(7)
        self.assertEqual(len(set(self.order.part_ids.mapped("name"))), 7)
        self.assertEqual(sum(self.order._resupply_pickings().move_ids.mapped("product_uom_qty")), 7)

    def test_more_blocks_while_some_are_made_are_made_and_received_like_the_others(self):
        self.mark_made(2)
        self.agree(self.propose(quantity=6))
        self.check_documents(6)
        self.supply(self.order)
        self.order.part_ids.with_user(self.alder_user).action_mark_made("SH-A")
        self.order.part_ids.with_user(self.alder_user).action_pack()
        shipment = self.order.part_ids.shipment_id
        shipment.with_user(self.alder_user).action_dispatch()
        self.order.part_ids._receive_in_stock()
        self.assertEqual(self.order.purchase_line_id.qty_received, 6)

    def test_what_is_made_meanwhile_is_not_taken_off(self):
        self.mark_made(2)
        change = self.propose(quantity=3)
        self.order.part_ids[2:4].with_user(self.alder_user).action_mark_made("SH-A")
        with self.assertRaisesRegex(UserError, "4 blocks of .* are made already"):
            self.agree(change)
        self.assertEqual((self.order.quantity, change.state), (5, "proposed"))

    def test_a_new_date_moves_purchase_order_receipt_and_manufacturing(self):
        due = self.order.date_due + timedelta(days=7)
        self.agree(self.propose(date_due=str(due)))
        receipt, production = self.order._open_receipts(), self.order.production_ids
        self.assertEqual(self.order.date_due, due)
        self.assertEqual({moment.date() for moment in (self.order.purchase_line_id.date_planned, receipt.date, receipt.picking_id.scheduled_date, production.date_start)}, {due})

    def test_new_design_files_reach_only_what_is_not_made_yet(self):
        self.mark_made(1)
        self.block.design_revision = "v2"
        self.env["product.document"].create({"name": "block-v2.dxf", "raw": b"2", "res_model": "product.product", "res_id": self.block.id})
        self.agree(self.propose(take_design=True))
        self.assertEqual((self.order.design_revision, self.order.drawing_names), ("v2", "block-v2.dxf"))
        self.assertEqual(sorted(self.order.part_ids.mapped("design_revision")), ["v1", "v2", "v2", "v2", "v2"])

    def test_a_design_that_moved_on_is_proposed_again(self):
        self.block.design_revision = "v2"
        change = self.propose(take_design=True)
        self.block.design_revision = "v3"
        with self.assertRaisesRegex(UserError, "at v3 by now, not at v2"):
            self.agree(change)

    def test_a_pause_that_is_agreed_holds_the_work(self):
        self.agree(self.propose(step="hold"))
        self.assertEqual((self.order.on_hold, self.order.hold_reason), (True, "The site moved"))

    def test_work_that_is_called_off_halfway_keeps_what_is_made(self):
        self.mark_made(2)
        self.agree(self.propose(step="cancel"))
        self.check_documents(2)
        self.assertEqual(self.order.state, "ready")

    def test_work_that_is_called_off_before_it_began_is_cancelled(self):
        change = self.propose(step="cancel")
        self.agree(change)
        self.assertEqual((self.order.state, self.order.purchase_id.state, change.state), ("cancelled", "cancel", "agreed"))

    def test_an_order_that_is_not_released_yet_changes_too(self):
        order = self.make_order(self.alder, self.block_line, 3, state="accepted")
        self.agree(self.propose(order, quantity=2))
        self.assertEqual((order.quantity, self.block_line.quantity_open), (2, 1))

    def test_refused_it_stays_as_it_was_and_history_keeps_it(self):
        change = self.propose(quantity=3)
        with self.assertRaisesRegex(UserError, "Say why not"):
            change.with_user(self.alder_user).action_refuse()
        change.with_user(self.alder_user).action_refuse("Sheets are cut")
        self.check_documents(5)
        self.assertEqual((change.state, change.answer, change.answered_by_id), ("refused", "Sheets are cut", self.alder_user))
        self.assertIn("Sheets are cut", self.order.message_ids[0].body)
        self.assertIn(self.coordinator.partner_id, self.order.message_ids[0].partner_ids)

    def test_agreeing_again_after_a_lost_answer_changes_nothing(self):
        change = self.propose(quantity=3)
        self.agree(change)
        self.agree(change)
        self.check_documents(3)
        with self.assertRaisesRegex(UserError, "is “Agreed” already"):
            change.with_user(self.alder_user).action_refuse("No")

    def test_one_change_at_a_time(self):
        change = self.propose(quantity=4)
        with self.assertRaisesRegex(UserError, "waits for the member's answer already"):
            self.propose(quantity=3)
        change.with_user(self.coordinator).action_withdraw()
        with self.assertRaisesRegex(UserError, "is “Withdrawn” already"):
            self.agree(change)
        self.propose(quantity=3)

    def test_nonsense_is_refused_in_words(self):
        for values, words in (
            ({}, "Nothing would change"),
            ({"quantity": 0}, "no number of blocks"),
            ({"quantity": 9}, "has 3 more to place, not 4"),
            ({"date_due": "2001-01-01"}, "no day to come"),
            ({"step": "explode"}, "other terms, a pause or a calling off"),
            ({"quantity": 4, "reason": " "}, "Say why"),
        ):
            with self.subTest(values), self.assertRaisesRegex(UserError, words):
                self.propose(**values)
        offered = self.make_order(self.alder, self.beam_line, 1, state="offered")
        with self.assertRaisesRegex(UserError, "is “Offered”"):
            self.propose(offered, quantity=2)

    def test_only_the_member_agrees_and_only_the_coordinator_proposes(self):
        with self.assertRaises(AccessError):
            self.order.with_user(self.alder_user).action_propose_change(quantity=4, reason="x")
        change = self.propose(quantity=4)
        for step, arguments in (("action_agree", []), ("action_refuse", ["x"]), ("action_withdraw", [])):
            with self.subTest(step), self.assertRaises(AccessError):
                getattr(change.with_user(self.birch_user), step)(*arguments)
        with self.assertRaises(AccessError):
            change.with_user(self.alder_user).action_withdraw()
        for user in (self.coordinator, self.manager):
            for values in ({"quantity_after": 1}, {"membership_id": self.birch.id}):
                with self.subTest(values), self.assertRaises(AccessError):
                    change.with_user(user).write(values)
            with self.assertRaises(AccessError):
                change.with_user(user).create({"work_order_id": self.order.id, "reason": "x", "state": "agreed"})
        self.assertFalse(change.with_user(self.birch_user).search([]))

    def test_work_that_is_called_off_leaves_nothing_to_agree_to(self):
        change = self.propose(quantity=4)
        self.order.with_user(self.coordinator).action_cancel("Site is flooded")
        self.assertEqual(change.state, "withdrawn")
        mail = self.env["mail.message"].search([("model", "=", "wcm.membership"), ("res_id", "=", self.alder.id)], limit=1)
        self.assertIn("Work called off", mail.body)
        self.assertNotIn("5 → 4", mail.body)
        cards = self.env["wcm.membership"].with_user(self.alder_user).workshop_summary()["cards"]
        self.assertFalse([card for card in cards if card["key"] == "changes" and card["count"]])

    def test_the_dialog_begins_with_what_is_agreed(self):
        ask = self.env["wcm.work.order.change.ask"].with_user(self.coordinator).with_context(default_work_order_id=self.order.id)
        with Form(ask) as form:
            self.assertEqual((form.quantity, form.date_due), (5, self.order.date_due))
            form.quantity = 4
            form.reason = "A window fell out of the plan"
        form.record.action_propose()
        self.assertEqual(self.order.pending_change_id.words, "Blocks: 5 → 4")

    def test_an_order_that_a_first_piece_was_split_off_meanwhile_is_asked_about_again(self):
        self.env["ir.config_parameter"].set_param("wcm_network.first_pieces", "True")
        order = self.make_order(self.birch, self.beam_line, 3, state="accepted")
        change = self.propose(order, quantity=2)
        order.with_user(self.manager).action_release()
        with self.assertRaisesRegex(UserError, "is for 2 blocks by now, not for 3"):
            change.with_user(self.birch_user).action_agree()
        self.assertEqual((order.quantity, self.beam_line.quantity_placed, change.state), (2, 3, "proposed"))

    def test_what_arrived_and_was_scrapped_on_site_stays_bought(self):
        self.mark_made(2)
        parts = self.order.part_ids[:2]
        parts.with_user(self.alder_user).action_pack()
        shipment = parts.shipment_id
        shipment.with_user(self.alder_user).action_dispatch()
        parts._set_received(shipment)
        parts[0].with_user(self.coordinator).action_scrap("Dropped by the crane")
        self.agree(self.propose(step="cancel"))
        self.assertEqual((self.order.quantity, self.order.purchase_line_id.product_qty), (2, 2))
        self.assertFalse(self.order._find_discrepancies())

    def test_price_and_date_of_the_purchase_stay_what_was_agreed_for_another_quantity(self):
        """Odoo offers the price of the member's last purchase, and today, wherever a quantity changes."""
        for price in (40, 0):
            order = self.make_order(self.alder, self.beam_line, 2, state="accepted", price_unit=price)
            self.block_line.product_id.seller_ids.copy({"product_tmpl_id": self.beam.product_tmpl_id.id})
            order.with_user(self.manager).action_release()
            line = order.purchase_line_id
            self.agree(self.propose(order, quantity=1))
            self.env.flush_all()
            self.assertEqual((line.product_qty, line.price_unit, line.date_planned.date()), (1, price, order.date_due))

    def test_the_dialog_tells_a_coordinator_of_another_region_nothing(self):
        ask = self.env["wcm.work.order.change.ask"].with_user(self.other_coordinator)
        with self.assertRaises(AccessError):
            ask.create({"work_order_id": self.order.id, "reason": "x"}).read(["quantity", "quantity_made", "revision"])
        for name in ("quantity", "date_due", "quantity_made", "quantity_open", "revision", "revision_now"):
            with self.subTest(name), self.assertRaises(AccessError):
                ask.onchange({"work_order_id": self.order.id}, [], {"work_order_id": {}, name: {}})
