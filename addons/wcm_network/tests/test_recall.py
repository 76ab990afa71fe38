import io

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import MakingCase


@tagged("post_install", "-at_install")
class TestRecall(MakingCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mill, cls.router = cls.env["maintenance.equipment"].create([
            {"name": "Mill", "facility_id": cls.alder.facility_id.id, "process_id": cls.routing.id},
            {"name": "Router", "facility_id": cls.alder.facility_id.id, "process_id": cls.routing.id},
        ])
        cls.order = cls.make_released(cls.alder, cls.block_line, 3)
        cls.supply(cls.order)
        cls.first, cls.second, cls.third = cls.order.part_ids
        cls.first.with_user(cls.alder_user).action_mark_made("SH-A", "mill")
        cls.second.with_user(cls.alder_user).action_mark_made("SH-A", "router")

    def recall(self, user=None, reason="Glue does not hold", **source):
        return self.env["wcm.recall"].with_user(user or self.coordinator).create({"reason": reason, **source})

    def found(self, **source):
        recall = self.recall(**source)
        return self.env["wcm.part"].search(recall._found_domain()) if recall.found_count else self.env["wcm.part"]

    def test_nothing_filled_in_finds_nothing(self):
        self.assertEqual(self.recall().found_count, 0)

    def test_parts_are_found_by_sheet_lot_machine_design_and_period(self):
        both, mill = self.first | self.second, self.first
        self.assertEqual(self.found(lot_ids=self.lot_a.ids), both)
        self.assertFalse(self.found(lot_ids=self.lot_b.ids))
        self.assertEqual(self.found(equipment_ids=self.mill.ids), mill)
        self.assertEqual(self.found(product_ids=self.block.ids, design_revision="V1"), both | self.third)
        self.assertFalse(self.found(product_ids=self.block.ids, design_revision="v_"))
        self.assertEqual(self.found(membership_ids=self.alder.ids, date_from="2020-01-01"), both)
        self.assertFalse(self.found(membership_ids=self.alder.ids, date_to="2020-01-01"))

    def test_all_that_is_filled_in_has_to_fit(self):
        self.assertEqual(self.found(lot_ids=self.lot_a.ids, equipment_ids=self.router.ids), self.second)

    def test_a_file_is_known_by_its_content(self):
        document, other = self.env["product.document"].create([
            {"name": f"{name}.dxf", "raw": content, "res_model": "product.product", "res_id": self.beam.id}
            for name, content in (("a", b"the line"), ("b", b"another line"))
        ])
        document.copy({"name": "a, renamed.dxf"})
        beams = self.make_released(self.alder, self.beam_line, 2).part_ids
        self.assertEqual(self.found(document_ids=document.ids), beams)
        other.raw = b"a third line"
        self.assertFalse(self.found(document_ids=other.ids))

    def test_what_made_a_part_is_told_by_its_history(self):
        data = self.first.event_ids.filtered(lambda event: event.biz_step == "assembling").data
        self.assertEqual(data["machines"], [{"name": "Mill", "id": self.mill.id}])

    def test_a_machine_that_is_not_the_members_is_refused_by_name(self):
        with self.assertRaisesRegex(UserError, "“Lathe” is no machine of yours for this work. Yours are: Mill, Router"):
            self.third.with_user(self.alder_user).action_mark_made("SH-A", "Lathe")

    def test_the_only_machine_of_its_kind_need_not_be_named(self):
        self.router.unlink()
        self.third.with_user(self.alder_user).action_mark_made("SH-A")
        self.assertEqual(self.third.equipment_ids, self.mill)

    def test_hold_all_holds_every_part_once_with_its_event(self):
        recall = self.recall(lot_ids=self.lot_a.ids)
        for _twice in range(2):
            recall.action_hold()
        parts = self.first | self.second
        self.assertEqual((recall.state, recall.held_count, recall.part_ids, recall.held_by_id), ("held", 2, parts, self.coordinator))
        self.assertEqual(parts.mapped("is_held"), [True, True])
        self.assertEqual(set(parts.mapped("hold_reason")), {f"Recall {recall.name}: Glue does not hold"})
        self.assertFalse(self.third.is_held)
        for part in parts:
            event = part.event_ids.sorted("id")[-1]
            self.assertEqual((event.biz_step, event.note, event.data), ("holding", "Glue does not hold", {"recall": recall.name}))
            self.assertEqual((event.user_id, event.place), (self.coordinator, "Alder Works"))
            self.assertEqual(len(part.event_ids.filtered(lambda event: event.biz_step == "holding")), 1)
            self.assertTrue(part.history_intact)
        self.assertEqual(self.order.quantity_ready, 0)

    def test_what_is_held_is_neither_packed_nor_named_to_others(self):
        self.recall(lot_ids=self.lot_a.ids).action_hold()
        with self.assertRaisesRegex(UserError, "Glue does not hold"):
            self.first.with_user(self.alder_user).action_pack()
        message = self.env["mail.message"].search([("model", "=", "wcm.membership"), ("subject", "like", "Parts are held")])
        self.assertEqual((message.res_id, message.partner_ids), (self.alder.id, self.alder_user.partner_id))
        self.assertIn("2 of your parts are held", message.body)

    def test_what_is_made_from_a_recalled_sheet_afterwards_is_held_too(self):
        recall = self.recall(lot_ids=self.lot_a.ids)
        recall.action_hold()
        self.third.with_user(self.alder_user).action_mark_made("SH-A", "mill")
        self.assertTrue(self.third.is_held)
        self.assertEqual(recall.held_count, 3)

    def test_release_lets_go_what_nothing_else_holds(self):
        wide, narrow = self.recall(lot_ids=self.lot_a.ids), self.recall(equipment_ids=self.mill.ids, reason="Blunt")
        wide.action_hold()
        narrow.action_hold()
        with self.assertRaisesRegex(UserError, "Say why these parts may go on"):
            wide.action_release()
        wide.release_reason = "Tested: it holds"
        wide.with_user(self.manager).sudo()._release()  # who may, is the addon's that is installed
        self.assertEqual((wide.state, self.second.is_held, self.second.hold_reason), ("released", False, False))
        self.assertEqual((self.first.is_held, self.first.hold_reason), (True, f"Recall {narrow.name}: Blunt"))
        self.assertEqual(self.second.event_ids.sorted("id")[-1].biz_step, "releasing")
        self.assertEqual(self.first.event_ids.sorted("id")[-1].biz_step, "holding")
        self.assertEqual(self.order.quantity_ready, 1)

    def test_what_was_recalled_and_why_stays(self):
        recall = self.recall(lot_ids=self.lot_a.ids)
        recall.action_hold()
        for values in ({"lot_ids": False}, {"reason": "x"}):
            with self.subTest(values), self.assertRaisesRegex(UserError, "stays as it was"):
                recall.write(values)
        for values in ({"state": "draft"}, {"part_ids": False}, {"held_by_id": self.manager.id}):
            with self.subTest(values), self.assertRaises(AccessError):
                recall.write(values)
        with self.assertRaisesRegex(UserError, "is kept"):
            recall.unlink()

    def test_a_reason_is_asked_for(self):
        with self.assertRaisesRegex(UserError, "Say what is wrong"):
            self.recall(reason=" ", lot_ids=self.lot_a.ids).action_hold()

    def test_a_recall_that_finds_nothing_holds_nothing(self):
        used_up = self.env["stock.lot"].create({"name": "SH-C", "product_id": self.sheet.id})
        with self.assertRaisesRegex(UserError, "No part fits"):
            self.recall(lot_ids=used_up.ids).action_hold()

    def test_members_have_no_part_in_recalls(self):
        recall = self.recall(lot_ids=self.lot_a.ids)
        for action in ("action_hold", "action_release", "action_open_parts", "action_download_workbook", "read"):
            with self.subTest(action), self.assertRaises(AccessError):
                getattr(recall.with_user(self.alder_user), action)()
        with self.assertRaises(AccessError):
            self.first.with_user(self.alder_user).action_recall()

    def test_a_coordinator_reaches_the_parts_of_its_regions_only(self):
        self.site.region_id = self.bristol
        recall = self.recall(user=self.other_coordinator, lot_ids=self.lot_a.ids)
        self.assertEqual((recall.found_count, recall.elsewhere_count), (0, 2))
        with self.assertRaises(AccessError):
            recall.with_user(self.coordinator).read(["reason"])
        mine = self.recall(lot_ids=self.lot_a.ids)
        mine.action_hold()
        with self.assertRaises(AccessError):
            mine.with_user(self.other_coordinator).action_release()

    def test_where_they_are_is_counted_by_place_and_home(self):
        shipment = self.make_dispatched(self.alder, self.beam_line, 1)
        recall = self.recall(membership_ids=self.alder.ids, date_from="2020-01-01")
        places, homes = recall._summary_tables()
        self.assertEqual(places["states"], ["Made", "Dispatched"])
        self.assertEqual(places["rows"], [("Alder Works", [2, 0], 2), ("On the way to Test Meadow", [0, 1], 1)])
        self.assertEqual(homes["rows"], [(self.build.display_name, [2, 1], 3)])
        self.assertIn("On the way to Test Meadow", recall.summary)
        shipment.with_user(self.manager).action_receive_all()
        self.assertIn(("Test Meadow", [0, 1], 1), recall._summary_tables()[0]["rows"])

    def test_the_spreadsheet_lists_every_part_for_those_who_may_see_it(self):
        recall = self.recall(lot_ids=self.lot_a.ids)
        recall.action_hold()
        address = f"/network/recall/{recall.id}/parts.xlsx"
        self.coordinator.password = "coordinator-password"
        self.authenticate(self.coordinator.login, "coordinator-password")
        sheet = load_workbook(io.BytesIO(self.url_open(address).content))["Parts"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
        self.assertEqual([row[0] for row in rows], [self.first.name, self.second.name])
        self.assertEqual(rows[0][2:6], [self.alder.display_name, self.build.display_name, "Made", "Alder Works"])
        self.authenticate("alder@example.com", "alder-password")
        self.assertEqual(self.url_open(address).status_code, 404)

    def test_from_a_part_to_its_siblings(self):
        part = self.first.with_user(self.coordinator)
        self.assertEqual((part.same_sheet_count, part.same_design_count, part.same_machine_count), (1, 2, 0))
        action = part.action_open_same_design()
        self.assertEqual(self.env["wcm.part"].search(action["domain"]), self.second | self.third)
        recall = self.env["wcm.recall"].with_context(**part.action_recall()["context"]).new({"reason": "Split"})
        self.assertEqual((recall.found_count, recall.state), (2, "draft"))

    def test_queries_do_not_grow_with_parts(self):
        self.third.with_user(self.alder_user).action_mark_made("SH-A", "mill")
        small, large = self.recall(equipment_ids=self.router.ids), self.recall(lot_ids=self.lot_a.ids, date_from="2020-01-01")
        counts = []
        for recall in (small, large):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            recall.action_hold()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 2)
