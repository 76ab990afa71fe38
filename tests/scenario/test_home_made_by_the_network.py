import base64
import io
from datetime import timedelta
from pathlib import Path

import openpyxl
from PIL import Image

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .cast import CAST, SMALL_BED, StoryCase

DATA = Path(__file__).parents[2] / "data"
QUANTITY = 2
FIGURES = {"sheets": 2.2, "cnc_minutes": 45, "assembly_minutes": 50, "setup_minutes": 15, "mass_kg": 44, "tolerance_mm": 0.5,
           "envelope_x_mm": 2440, "envelope_y_mm": 1220, "envelope_z_mm": 18}


@tagged("post_install", "-at_install")
class TestHomeMadeByTheNetwork(StoryCase):
    """A garden studio of every block type, from the map to the funder's spreadsheet."""

    def test_a_studio_goes_from_the_map_to_the_funders_spreadsheet(self):
        self.the_spaces_are_on_the_map()
        self.eight_of_them_join()
        self.the_blocks_are_known()
        self.a_studio_is_needed()
        self.two_scenarios_are_compared()
        self.work_is_offered_and_answered()
        self.accepted_work_is_released()
        self.blocks_are_made()
        self.one_block_fails_and_is_mended()
        self.blocks_reach_the_site()
        self.the_public_and_the_funder_see_what_came_of_it()

    def the_spaces_are_on_the_map(self):
        content = (DATA / "okw" / "iopa_facilities_GB_37.json").read_bytes()
        for _again in range(2):
            self.as_manager("wcm.facility.import")._import_bytes(content, "okw", "example.org", "CC-BY-4.0", "IoPA", apply=True)
        spaces = self.as_manager("wcm.facility").search([("source_host", "=", "example.org")])
        self.assertEqual(len(spaces), 37)
        self.assertTrue(all(49 < space.latitude < 61 and -9 < space.longitude < 2 for space in spaces))

    def eight_of_them_join(self):
        terms = self.env["wcm.terms"].search([("state", "=", "draft")], limit=1)
        terms.with_user(self.manager).action_approve()
        members = [self.join(self.equip(*row)) for row in CAST]
        for member in members:
            self.assertEqual(member.acceptance_ids.text_hash, terms.text_hash)
            self.assertEqual(member.state, "probation")
            self.assertTrue(member.subcontract_location_id)
            hours = self.env["wcm.capacity"].search([("facility_id", "=", member.facility_id.id)]).mapped("hours_capacity")
            self.assertGreater(max(hours), 0)
        self.assertEqual(len({member.subcontract_location_id for member in members}), 8)

    def the_blocks_are_known(self):
        self.sheet = self.as_manager("product.product").create({"name": "Ply 18 mm", "default_code": "STORY-PLY", "is_storable": True, "tracking": "lot"})
        files = sorted((DATA / "skylark150").glob("*.csv"))
        self.codes = [path.name.removesuffix("_production.csv") for path in files]
        lines = [",".join(["block", *FIGURES]), *(",".join([code, *map(str, FIGURES.values())]) for code in self.codes)]
        wizard = self.as_manager("wcm.part.list.import").create({
            "file_ids": self.as_manager("ir.attachment").create([{"name": path.name, "raw": path.read_bytes()} for path in files]).ids,
            "figures": base64.b64encode("\n".join(lines).encode()),
            "sheet_id": self.sheet.id,
            "categ_id": self.as_manager("product.category").create({"name": "Story blocks"}).id,
        })
        wizard.action_import()
        self.assertEqual(set(wizard.line_ids.mapped("outcome")), {"create"})
        self.lot = self.env["stock.lot"].create({"name": "STORY-SHEETS", "product_id": self.sheet.id})
        self.env["stock.quant"]._update_available_quantity(self.sheet, self.env.ref("stock.warehouse0").lot_stock_id, 200, lot_id=self.lot)

    def a_studio_is_needed(self):
        site = self.as_manager("wcm.site").create({
            "name": "Story Green", "code": "SG", "latitude": 51.42, "longitude": -2.6, "region_id": self.env.ref("wcm_mapping.region_bristol").id,
            "partner_id": self.env["res.partner"].create({"name": "Story Green", "city": "Bristol"}).id,
        })
        studio = self.as_manager("product.product").create({"name": "Story studio", "is_storable": True})
        kit = self.as_manager("mrp.bom").create({
            "product_tmpl_id": studio.product_tmpl_id.id, "bom_line_ids": self.kit_commands(dict.fromkeys(self.codes, QUANTITY)),
        })
        self.monday = self.env["wcm.plan"]._next_monday()
        funder = self.env["res.partner"].create({"name": "Story Fund"})
        self.grant = self.as_manager("wcm.grant").create({"name": "Story grant", "funder_id": funder.id, "user_ids": [Command.link(self.funder.id)]})
        self.build = self.as_manager("wcm.build").create({
            "name": "Story studio", "kind": "demonstration", "site_id": site.id, "bom_id": kit.id, "grant_id": self.grant.id,
            "date_required": self.monday + timedelta(weeks=6),
        })
        self.build.action_load_kit()
        self.assertEqual(sum(self.build.line_ids.mapped("quantity")), 12 * QUANTITY)

    def two_scenarios_are_compared(self):
        values = {"build_ids": [Command.set(self.build.ids)], "start_date": self.monday, "weeks": 6, "seconds": 10, "max_facility_share": 0.5}
        cheapest, self.plan = self.as_manager("wcm.plan").create([
            {**values, "name": "Cheapest"}, {**values, "name": "Community", "min_community_share": 0.6},
        ])
        for plan in cheapest | self.plan:
            plan.action_solve()
            self.assertFalse(plan.unplaced_ids)
            self.assertEqual(sum(plan.line_ids.mapped("quantity")), 12 * QUANTITY)
            self.assertLessEqual(plan.bound, plan.cost)
            self.assertLess(plan.gap, 0.1)
            self.assertTrue(all(plan.line_ids.mapped("reason")))
            self.assertNotIn(self.member(SMALL_BED), plan.line_ids.membership_id)
        self.assertGreaterEqual(self.plan.community_share, 0.6)
        self.assertLessEqual(cheapest.bound, self.plan.cost)

    def work_is_offered_and_answered(self):
        self.plan.action_offer()
        self.orders = self.plan.line_ids.work_order_id
        self.assertEqual(set(self.orders.mapped("state")), {"offered"})
        first, second, third = self.orders[:3]
        seen = self.env["wcm.work.order"].with_user(self.person_of(first)).search([])
        self.assertEqual(seen.sudo().membership_id, first.membership_id)
        first.with_user(self.person_of(first)).action_accept()
        second.with_user(self.person_of(second)).action_decline(reason="Router down")
        third.with_user(self.person_of(third)).action_counter(
            quantity=third.quantity, date_due=third.date_due + timedelta(days=7), price_unit=third.price_unit, reason="A week later, please",
        )
        third.with_user(self.manager).action_accept_counter()
        for order in self.orders[3:]:
            order.with_user(self.person_of(order)).action_accept()
        self.assertEqual(sum(self.build.line_ids.mapped("quantity_open")), second.quantity)
        self.the_declined_work_is_planned_again(second)

    def the_declined_work_is_planned_again(self, declined):
        self.plan.action_replan()
        again = self.as_manager("wcm.plan").search([("build_ids", "in", self.build.ids)], limit=1)
        again.action_solve()
        self.assertEqual(again.line_ids.build_line_id, declined.build_line_id)
        self.assertEqual(sum(again.line_ids.mapped("quantity")), declined.quantity)

    def accepted_work_is_released(self):
        self.order = self.orders.filtered(lambda order: order.state == "accepted")[0]
        self.order.with_user(self.manager).action_release()
        self.order.with_user(self.manager).action_release()
        self.assertEqual(self.build.state, "in_progress")
        purchase = self.order.purchase_id
        self.assertEqual((purchase.state, purchase.partner_id, len(purchase.order_line)), ("purchase", self.order.partner_id, 1))
        self.assertIn(self.order.name, purchase.partner_ref)
        receipt = purchase.picking_ids
        self.assertEqual(receipt.location_dest_id, self.build.site_id.location_id)
        self.assertTrue(self.order.production_ids)
        self.assertEqual(len(self.order.part_ids), self.order.quantity)
        supply = self.order._resupply_pickings()
        self.assertEqual(supply.move_ids.product_id, self.sheet)
        supply.action_assign()
        supply.move_ids.picked = True
        supply.button_validate()

    def blocks_are_made(self):
        self.write_control_plan()
        maker = self.person_of(self.order)
        self.parts = self.order.part_ids.with_user(maker)
        with self.assertRaisesRegex(UserError, "NO-SUCH-SHEET"):
            self.parts.action_mark_made("NO-SUCH-SHEET")
        self.order.with_user(maker).action_start()
        self.parts.action_mark_made(self.lot.name)
        self.assertEqual(self.order.state, "ready")
        self.assertEqual(self.order.part_ids.sheet_lot_ids, self.lot)
        self.assertEqual(self.order.with_context(force_report_rendering=True)._labels_pdf()[:5], b"%PDF-")

    def write_control_plan(self):
        plan = self.env["wcm.control.plan"].with_user(self.quality).create({
            "name": "Story check", "stage": "final", "categ_id": self.order.product_id.categ_id.id,
            "checkpoint_ids": [
                Command.create({"sequence": 1, "name": "Width", "kind": "measurement", "nominal": 600, "tolerance_minus": 1, "tolerance_plus": 1, "point_type": "hold"}),
                Command.create({"sequence": 2, "name": "Photo", "kind": "photo"}),
                Command.create({"sequence": 3, "name": "Pegs flush", "kind": "pass_fail"}),
            ],
        })
        plan.action_approve()

    def one_block_fails_and_is_mended(self):
        bad = self.order.part_ids[0]
        for part in self.order.part_ids:
            self.check(part, "601.8" if part == bad else "600,2")
        self.assertTrue(bad.is_held)
        with self.assertRaisesRegex(UserError, bad.name):
            bad.with_user(self.person_of(self.order)).action_pack()
        nonconformity = self.env["wcm.nonconformity"].search([("part_ids", "in", bad.ids)])
        nonconformity.with_user(self.quality).action_decide("rework", "Plane the edge")
        nonconformity.with_user(self.person_of(self.order)).action_rework_done("Planed 1.5 mm")
        self.check(bad, "600.1")
        self.assertEqual((nonconformity.state, bad.is_held), ("closed", False))

    def check(self, part, width):
        """The member takes the readings; somebody else closes the check."""
        maker = self.person_of(self.order)
        inspection = self.env["wcm.inspection"].search([("part_id", "=", part.id), ("state", "=", "open")])
        measurement, photo, look = inspection.line_ids.with_user(maker)
        measurement.write({"reading": width})
        photo.write({"photo": self.photo()})
        look.write({"passed_by_hand": "pass"})
        inspection.with_user(self.quality).action_close()

    def photo(self):
        picture = io.BytesIO()
        Image.new("RGB", (8, 8), "white").save(picture, "JPEG")
        return base64.b64encode(picture.getvalue())

    def blocks_reach_the_site(self):
        self.parts.action_pack()
        shipment = self.order.part_ids.shipment_id
        shipment.with_user(self.person_of(self.order)).action_dispatch()
        arriving = shipment.with_user(self.manager)
        with self.assertRaisesRegex(UserError, "NOT-A-PART"):
            arriving.action_receive_scan("NOT-A-PART")
        for part in self.order.part_ids:
            arriving.action_receive_scan(part.public_url)
        arriving.action_receive()
        self.assertEqual((shipment.state, self.order.state, self.build.state), ("received", "received", "in_progress"))
        self.assertEqual(set(self.order.production_ids.mapped("state")), {"done"})
        self.assertEqual(self.order.purchase_line_id.qty_received, self.order.quantity)
        quants = self.env["stock.quant"].search([("lot_id", "in", self.order.part_ids.lot_id.ids), ("quantity", ">", 0)])
        self.assertEqual(quants.location_id, self.build.site_id.location_id)
        self.assertEqual(self.order.production_ids.move_raw_ids.move_line_ids.lot_id, self.lot)

    def the_public_and_the_funder_see_what_came_of_it(self):
        part = self.order.part_ids[0]
        self.assertFalse(part._verify_history())
        steps = part.event_ids.mapped("biz_step")
        for step in ("commissioning", "assembling", "holding", "repairing", "releasing", "packing", "shipping", "receiving"):
            self.assertIn(step, steps)
        page = self.url_open(f"/part/{part.code}")
        self.assertIn(part.name, page.text)
        self.assertNotIn(self.person_of(self.order).name, page.text)
        self.authenticate("story_funder", "story_funder")
        book = openpyxl.load_workbook(io.BytesIO(self.url_open(f"/network/grant/{self.grant.id}/workbook.xlsx").content))
        home = dict(zip((cell.value for cell in book["Homes"][3]), (cell.value for cell in book["Homes"][4]), strict=True))
        self.assertEqual((home["Build"], home["Blocks needed"], home["Blocks received"]), ("Story studio", 12 * QUANTITY, self.order.quantity))
        spend = {row[0].value: row[2].value for row in book["Summary"].iter_rows(min_row=4)}
        self.assertAlmostEqual(spend["Spend on members' work, received"], self.order.price_total, 2)
        self.assertEqual(book["Notes"]["A5"].value, "Illustrative")
        quality = [cell.value for cell in book["Quality"][4]]
        self.assertEqual(quality[1:], [self.order.quantity, self.order.quantity - 1, (self.order.quantity - 1) / self.order.quantity, 1, 0])
