from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.wcm_network.tests.common import MakingCase


@tagged("post_install", "-at_install")
class TestRecalledSheets(MakingCase):
    """Two members have sheets of SH-A, the hub has the rest and another lot; a recall names SH-A."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.make_user("lead_t", "wcm_qc.group_quality_lead")
        cls.blocks = cls.make_released(cls.alder, cls.block_line, 4)
        cls.supply(cls.blocks)
        cls.beams = cls.make_released(cls.birch, cls.beam_line, 4)
        cls.waiting = cls.beams._resupply_pickings()
        cls.waiting.action_assign()
        cls.recall = cls.env["wcm.recall"].with_user(cls.coordinator).create({"reason": "Wet core", "lot_ids": cls.lot_a.ids})

    def lots_of(self, picking):
        return picking.move_line_ids.lot_id

    def release(self):
        recall = self.recall.with_user(self.lead)
        recall.release_reason = "Dried and measured"
        recall.action_release()

    def send(self, picking):
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True).button_validate()

    def test_what_was_set_aside_is_taken_from_another_lot_and_can_go_after_the_release(self):
        self.assertEqual(self.lots_of(self.waiting), self.lot_a)
        self.recall.action_hold()
        self.assertEqual((self.lots_of(self.waiting), self.waiting.state), (self.lot_b, "assigned"))
        self.send(self.waiting)
        more = self.make_released(self.birch, self.make_build("More", {self.beam: 30}).line_ids, 30)._resupply_pickings()
        self.assertEqual((self.lots_of(more), more.move_ids.state, sum(more.move_line_ids.mapped("quantity"))), (self.lot_b, "partially_available", 42))
        self.release()
        self.assertEqual((self.lots_of(more), more.state), (self.lot_a | self.lot_b, "assigned"))

    def test_without_another_lot_it_waits_and_says_why(self):
        self.lot_b.quant_ids.sudo().quantity = 0
        self.recall.action_hold()
        self.assertEqual((self.waiting.state, self.lots_of(self.waiting)), ("confirmed", self.env["stock.lot"]))
        line = {"product_id": self.sheet.id, "lot_id": self.lot_a.id, "quantity": 8, "location_id": self.hub.lot_stock_id.id, "location_dest_id": self.waiting.location_dest_id.id}
        self.waiting.move_ids.move_line_ids = [Command.create({**line, "picked": True})]
        with self.assertRaisesRegex(UserError, "SH-A may not be moved. Recall .*Wet core. A quality lead of the network releases the recall"):
            self.send(self.waiting)
        self.release()
        self.send(self.waiting)
        self.assertEqual(self.waiting.state, "done")

    def test_what_was_picked_already_does_not_leave(self):
        self.waiting.move_ids.picked = True
        self.recall.action_hold()
        self.assertNotIn(self.lot_a, self.lots_of(self.waiting))

    def test_at_a_member_it_is_neither_reserved_nor_offered_and_the_hub_sends_others(self):
        raw = self.blocks.production_ids.move_raw_ids
        self.assertEqual(raw.move_line_ids.lot_id, self.lot_a)
        self.assertEqual(self.blocks.with_user(self.alder_user).workshop_sheets, [{"name": "SH-A", "sheets": 4.0}])
        self.recall.action_hold()
        self.assertFalse(raw.move_line_ids)
        self.assertFalse(self.blocks.with_user(self.alder_user).workshop_sheets)
        self.assertRegex(self.blocks._find_discrepancies()[0], "4 × .T-SHEET. Test ply sheet are missing")
        self.blocks._mend_material_missing()
        others = self.blocks._resupply_pickings().filtered(lambda picking: picking.state != "done")
        self.assertEqual(self.lots_of(others), self.lot_b)
        self.send(others)
        self.blocks.part_ids.with_user(self.alder_user).action_mark_made("SH-B")
        self.assertEqual(set(self.blocks.part_ids.mapped("is_held")), {False})

    def test_whoever_keeps_some_is_told_and_the_page_says_where_it_is(self):
        self.assertEqual(self.recall.sheet_count, 50)
        self.assertRegex(str(self.recall.summary), "(?s)Sheets that are not cut.*SH-A.*WH/Stock.*46.*Alder Works.*4")
        self.recall.action_hold()
        told = self.env["mail.message"].search([("subject", "=like", "Leave these sheets alone%")])
        self.assertEqual((told.partner_ids, told.res_id), (self.alder_user.partner_id, self.alder.id))
        self.assertIn("SH-A", told.body)

    def test_a_coordinator_is_not_told_what_members_of_other_regions_keep(self):
        recall = self.env["wcm.recall"].with_user(self.other_coordinator).create({"reason": "Wet core", "lot_ids": self.lot_a.ids})
        self.assertEqual(recall.sheet_count, 46)
        self.assertNotIn("Alder", str(recall.summary))

    def test_bad_sheets_are_scrapped_or_go_back(self):
        self.recall.action_hold()
        scrap = self.env["stock.scrap"].create({
            "product_id": self.sheet.id, "lot_id": self.lot_a.id, "scrap_qty": 4, "location_id": self.alder.subcontract_location_id.id,
        })
        scrap.do_scrap()
        self.assertEqual((scrap.state, self.recall.sudo().sheet_count), ("done", 46))

    def test_sheets_that_a_member_bought_stop_as_well(self):
        self.birch.material_by = "member"
        order = self.make_released(self.birch, self.make_build("Own", {self.block: 2}).line_ids, 2)
        order.with_user(self.birch_user).action_record_sheets(quantity=2, lot_name="SH-A")
        self.assertEqual(order.production_ids.move_raw_ids.state, "assigned")
        self.recall.action_hold()
        self.assertEqual((order.production_ids.move_raw_ids.state, order.with_user(self.birch_user).workshop_sheets), ("confirmed", False))
        order.sheet_purchase_ids.with_user(self.birch_user).action_take_off(reason="Goes back to the yard")
        self.release()

    def test_a_recall_that_says_more_than_lots_leaves_the_sheets_alone(self):
        self.recall.write({"membership_ids": self.alder.ids})
        self.blocks.part_ids[0].with_user(self.alder_user).action_mark_made("SH-A")
        self.recall.action_hold()
        self.assertEqual((self.blocks.part_ids[0].is_held, self.recall.sheet_count, self.lots_of(self.waiting)), (True, 0, self.lot_a))

    def test_whoever_may_not_recall_stops_no_sheets(self):
        for user in (self.alder_user, self.make_user("funder_t", "wcm_network.group_funder")):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.recall.with_user(user).action_hold()
        self.assertEqual(self.lots_of(self.waiting), self.lot_a)
