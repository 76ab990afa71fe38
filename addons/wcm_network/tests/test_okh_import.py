import base64
import io

from openpyxl import Workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NetworkCase

YAML = b"""
title: Test chair
version: 0.0.1
license: {software: CC-BY-4.0}
bom: legs, seat
bom-atoms:
  - {identifier: T-LEG, description: chair leg, quantity: 4}
  - {identifier: T-SEAT, description: seat}
"""
TOML = b"""
okhv = "2.4"
name = "Test lamp"
license = "CERN-OHL-S-2.0"
[[part]]
name = "shade"
mass = 330.0
quantity = 2
"""


@tagged("post_install", "-at_install")
class TestOkhImport(NetworkCase):
    def wizard(self, content, filename="chair.yml", user=None):
        category = self.env["product.category"].create({"name": "Test parts"})
        values = {"file": base64.b64encode(content), "filename": filename, "categ_id": category.id}
        return self.env["wcm.okh.import"].with_user(user or self.manager).create(values)

    def do_import(self, content, filename="chair.yml"):
        wizard = self.wizard(content, filename)
        wizard.action_import()
        return wizard

    def test_a_manifest_becomes_a_kit_and_says_what_is_to_complete(self):
        wizard = self.do_import(YAML)
        lines = wizard.bom_id.bom_line_ids
        self.assertEqual(lines.mapped(lambda line: (line.product_id.default_code, line.product_qty)), [("T-LEG", 4), ("T-SEAT", 0)])
        self.assertEqual(wizard.unsaid, "• How many of each: seat.\n• The processes and minutes of each part: chair leg, seat.")
        self.assertFalse(self.env["wcm.process.requirement"].search([("bom_id.product_tmpl_id", "in", lines.product_id.product_tmpl_id.ids)]))

    def test_a_losh_manifest_gives_mass_and_licence(self):
        wizard = self.do_import(TOML, "okh.toml")
        line = wizard.bom_id.bom_line_ids
        self.assertEqual((line.product_id.name, line.product_qty, line.product_id.weight), ("shade", 2, 0.33))
        self.assertIn("CERN-OHL-S-2.0", wizard.found)

    def test_minutes_are_asked_for_before_a_plan_is_made(self):
        home = self.make_build("Chairs", {})
        home.bom_id = self.do_import(YAML).bom_id
        home.bom_id.bom_line_ids[1].product_qty = 1
        home.action_load_kit()
        with self.assertRaisesRegex(UserError, "Nobody has said how long"):
            self.make_plan(home)._to_problem()

    def test_how_many_is_asked_for_before_a_home_takes_the_kit(self):
        home = self.make_build("Chairs", {})
        home.bom_id = self.do_import(YAML).bom_id
        with self.assertRaisesRegex(UserError, "how many of these the kit .* needs: T-SEAT"):
            home.action_load_kit()

    def test_parts_are_told_apart_by_their_number(self):
        parts = b"title: x\nparts: [{name: bolt, id: M4, qty: 2}, {name: bolt, id: M5, qty: 3}, {name: screw, id: M5, qty: 4}]\n"
        lines = self.do_import(parts).bom_id.bom_line_ids
        self.assertEqual(lines.mapped(lambda line: (line.product_id.default_code, line.product_qty)), [("M4", 2), ("M5", 7)])

    def test_a_preview_writes_nothing(self):
        products = self.env["product.product"].search_count([])
        wizard = self.wizard(YAML)
        wizard.action_preview()
        self.assertEqual(wizard.found, "Test chair 0.0.1 (CC-BY-4.0)\n4 × chair leg\n? × seat")
        self.assertEqual(self.env["product.product"].search_count([]), products)

    def test_a_preview_says_which_components_of_which_kit_it_replaces(self):
        home = self.make_product("Test chair", "Garden chair")
        wizard = self.wizard(YAML)
        wizard.action_preview()
        self.assertEqual(wizard.replaces, "“[Test chair] Garden chair” is a product here already; it gets these parts as its bill of materials.")
        seat = self.make_product("T-SEAT", "seat")
        kit = self.make_bom(home, "normal", {self.block: 8, self.make_product("T-LEG", "leg"): 3, seat: 1})
        wizard.action_preview()
        self.assertEqual(wizard.replaces, "Replaces the 3 components of “[Test chair] Garden chair”:\n− 8 × W-T-1\n4 × T-LEG, now 3\nunchanged: 1")
        self.assertEqual(len(kit.bom_line_ids), 3)
        wizard.action_import()
        self.assertEqual(wizard.bom_id, kit)
        wizard.action_preview()
        self.assertIn("nothing changes", wizard.replaces)

    def test_the_same_manifest_again_keeps_what_was_typed_and_doubles_nothing(self):
        bom = self.do_import(YAML).bom_id
        bom.bom_line_ids[1].product_qty = 2
        again = self.do_import(YAML).bom_id
        self.assertEqual((again, again.bom_line_ids.mapped("product_qty")), (bom, [4, 2]))

    def test_a_kit_that_was_typed_for_several_or_in_dozens_is_read_as_one(self):
        bom = self.do_import(YAML).bom_id
        bom.product_qty = 2
        bom.bom_line_ids[0].product_qty = 8
        bom.bom_line_ids[1].write({"product_qty": 1, "product_uom_id": self.env.ref("uom.product_uom_dozen").id})
        wizard = self.wizard(YAML)
        wizard.action_preview()
        self.assertEqual(wizard.replaces, f"“{bom.display_name}” has these components already: nothing changes.")
        wizard.action_import()
        legs, seat = bom.bom_line_ids.product_id
        self.assertEqual(bom._kit_quantities(), {legs: 4, seat: 6})

    def test_files_that_are_no_manifest_say_what_is_wrong(self):
        for content, filename, words in (
            (b"", "a.yml", "Choose the manifest or the table"),
            (b" \n", "a.yml", "The file is empty"),
            (b"title: [", "a.yml", "not valid JSON or YAML"),
            (b"- 1\n- 2\n", "a.yml", "no named fields"),
            (b"version: 1\n", "a.yml", "no “title”"),
            (b"title: x\nbom: BoM.csv\n", "a.yml", "lists no parts"),
            (b"title: x\nparts: [{quantity: 2}]\n", "a.yml", "Part 1 has no name"),
            (b"title: x\nparts: [{name: a, quantity: -2}]\n", "a.yml", "Part 1: the quantity “-2”"),
            (b"title: x\nparts: [{name: a, quantity: many}]\n", "a.yml", "Part 1: the quantity “many”"),
            (b"title: x\nparts: &a [*a]\n", "a.yml", "anchors in YAML are not read"),
            (b"name = \n", "a.toml", "not valid TOML"),
            (b"name = 'x'\nversion = " + b"9" * 5000, "a.toml", "not valid TOML"),
            (b"name = 'x'\npart = 5\n", "a.toml", "lists no parts"),
            (b"<html>", "a.yml", "web page or XML"),
        ):
            with self.subTest(content=content), self.assertRaisesRegex(UserError, words):
                self.wizard(content, filename).action_import()

    def test_a_table_of_blocks_and_quantities_becomes_a_kit(self):
        table = b"Block;Stage;studio_quantity;home_quantity\nW-T-1;walls;6;16\nR-T-1;roof;0;4\nW-T-9;walls;2;5\n"
        wizard = self.wizard(table, "blocks.csv")
        with self.assertRaisesRegex(UserError, "which kit"):
            wizard.action_preview()
        wizard.kit_name = "STUDIO-T"
        with self.assertRaisesRegex(UserError, "Several columns may be the quantity: studio_quantity, home_quantity"):
            wizard.action_preview()
        wizard.quantity_column = "studio_quantity"
        wizard.action_preview()
        self.assertEqual(wizard.found, "STUDIO-T\n6 × W-T-1\n2 × W-T-9")
        self.assertEqual(wizard.unsaid, "• The processes and minutes of each block: W-T-9.")
        wizard.action_import()
        self.assertEqual(wizard.bom_id._kit_quantities(), {self.block: 6, self.env["product.product"].search([("default_code", "=", "W-T-9")]): 2})

    def test_the_same_table_as_a_workbook(self):
        book = Workbook()
        book.active.append(["Block code", "Quantity"])
        book.active.append(["W-T-1", 6])
        content = io.BytesIO()
        book.save(content)
        wizard = self.wizard(content.getvalue(), "Blocks.XLSX")
        wizard.kit_name = "STUDIO-T"
        wizard.action_import()
        self.assertEqual(wizard.bom_id._kit_quantities(), {self.block: 6})

    def test_tables_that_are_no_block_quantities_say_what_is_wrong(self):
        for content, words in (
            (b"code,number\nW-T-1,few\n", "Row 2: the quantity “few” is no number from 0 up"),
            (b"code,number\n,3\n", "Row 2 has a quantity and no block"),
            (b"code,number\nW-T-1,0\n", "names no block with a quantity above 0"),
            (b"code,price\nW-T-1,3\n", "No column is the quantity"),
            (b"price,number\n1,3\n", "No column is the block"),
            (b"code,number\nW-T-1,1,2\n", "Row 2 has more cells"),
        ):
            wizard = self.wizard(content, "blocks.csv")
            wizard.kit_name = "X"
            with self.subTest(content=content), self.assertRaisesRegex(UserError, words):
                wizard.action_import()

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_only_managers_import_kits(self):
        wizard = self.wizard(YAML)
        for user in (self.coordinator, self.alder_user):
            for method in ("action_preview", "action_import", "action_open_bom"):
                with self.subTest(user=user.login, method=method), self.assertRaises(AccessError):
                    getattr(wizard.with_user(user), method)()
