from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import MakingCase


@tagged("post_install", "-at_install")
class TestPartMaking(MakingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.make_released(cls.alder, cls.block_line, 3)
        cls.parts = cls.order.part_ids

    def made(self, parts, *lots):
        parts.with_user(self.alder_user).action_mark_made(list(lots))

    def test_starting_twice_is_harmless(self):
        for _repeat in range(2):
            self.order.with_user(self.alder_user).action_start()
        self.assertEqual(self.order.state, "in_production")

    def test_sheets_that_were_not_sent_yet_cannot_be_used(self):
        with self.assertRaisesRegex(UserError, "No sheets for .* are booked at Alder Works yet"):
            self.made(self.parts, "SH-A")

    def test_a_made_block_knows_its_sheets_maker_and_revision(self):
        self.supply(self.order)
        self.made(self.parts[0], "sh-a")
        part = self.parts[0]
        self.assertEqual((part.state, part.sheet_lot_ids, part.made_by_id, part.design_revision), ("made", self.lot_a, self.alder_user, "v1"))
        self.assertEqual(part.sheet_usage, {str(self.lot_a.id): 1.0})
        self.assertEqual(part.event_ids.mapped("biz_step"), ["commissioning", "assembling"])
        self.assertEqual(part.event_ids[-1].data["sheet_lots"], [{"product": "T-SHEET", "lot": "SH-A", "sheets": 1.0}])
        self.assertEqual(self.order.state, "in_production")

    def test_the_order_is_ready_when_every_block_is_made(self):
        self.supply(self.order)
        self.made(self.parts, "SH-A")
        self.assertEqual((self.order.state, self.order.quantity_made, self.order.quantity_ready), ("ready", 3, 3))

    def test_recording_a_block_again_changes_nothing(self):
        self.supply(self.order)
        for _repeat in range(2):
            self.made(self.parts, "SH-A")
        self.assertEqual(len(self.parts.event_ids), 6)

    def test_a_block_without_sheets_is_not_made(self):
        self.supply(self.order)
        for lots in ([], [""], None, "  "):
            with self.subTest(lots), self.assertRaisesRegex(UserError, "Say which sheets were cut. At your place: SH-A"):
                self.parts[0].with_user(self.alder_user).action_mark_made(lots)

    def test_a_lot_that_is_elsewhere_is_refused_by_name(self):
        self.supply(self.order)
        for name in ("SH-B", "NOPE", str(self.parts[0].name)):
            with self.subTest(name), self.assertRaisesRegex(UserError, f"“{name}” is no sheet lot that was sent to you"):
                self.made(self.parts[0], name)

    def test_no_more_sheets_are_used_than_were_sent(self):
        self.supply(self.order)
        self.env["stock.quant"]._update_available_quantity(self.sheet, self.alder.subcontract_location_id, -1.5, lot_id=self.lot_a)
        with self.assertRaisesRegex(UserError, "needs 0.50 more sheets"):
            self.made(self.parts, "SH-A")
        self.assertEqual(set(self.parts.mapped("state")), {"to_make"})

    def test_several_lots_are_used_in_turn(self):
        self.supply(self.order)
        self.env["stock.quant"]._update_available_quantity(self.sheet, self.alder.subcontract_location_id, -1.5, lot_id=self.lot_a)
        self.env["stock.quant"]._update_available_quantity(self.sheet, self.alder.subcontract_location_id, 5, lot_id=self.lot_b)
        self.parts.with_user(self.alder_user).action_mark_made("SH-A\nSH-B")
        self.assertEqual(self.parts[1].sheet_usage, {str(self.lot_a.id): 0.5, str(self.lot_b.id): 0.5})
        self.assertEqual(self.parts[2].sheet_lot_ids, self.lot_b)

    def test_nothing_is_made_while_the_order_is_on_hold(self):
        self.supply(self.order)
        self.order.with_user(self.coordinator).action_hold("Wrong revision")
        with self.assertRaisesRegex(UserError, "is on hold: Wrong revision"):
            self.made(self.parts, "SH-A")
        self.order.with_user(self.coordinator).action_unhold()
        self.made(self.parts, "SH-A")

    def test_another_member_cannot_record_anything(self):
        with self.assertRaises(AccessError):
            self.parts.with_user(self.birch_user).action_mark_made("SH-A")

    def test_what_happened_to_a_part_cannot_be_written(self):
        for user in (self.coordinator, self.manager):
            for values in ({"state": "received"}, {"sheet_usage": {}}, {"shipment_id": False}):
                with self.subTest(values), self.assertRaises(AccessError):
                    self.parts[0].with_user(user).write(values)
            with self.assertRaises(AccessError):
                self.env["wcm.part"].with_user(user).create({"lot_id": self.parts[0].lot_id.id, "work_order_id": self.order.id})
