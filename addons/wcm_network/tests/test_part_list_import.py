import base64
import io

from openpyxl import Workbook

from odoo.exceptions import UserError
from odoo.tests import TransactionCase, new_test_user, tagged

from ..readers import PartRow, as_csv, block_code, read_block_figures, read_part_list

FIGURES = b"block,sheets,cnc_minutes,assembly_minutes,setup_minutes\nT-1,1.2,40,30,15\n"


@tagged("post_install", "-at_install")
class TestPartListImport(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(cls.env, "pl_manager", "wcm_network.group_manager")
        cls.sheet = cls.env["product.product"].create({"name": "Ply 18 mm", "is_storable": True, "tracking": "lot"})

    def do_import(self, figures=FIGURES, **files):
        attachments = self.env["ir.attachment"].with_user(self.manager).create([{"name": f"{name.replace('_', '-')}_production.csv", "raw": raw} for name, raw in files.items()])
        wizard = self.env["wcm.part.list.import"].with_user(self.manager).create({
            "file_ids": attachments.ids,
            "figures": base64.b64encode(figures),
            "sheet_id": self.sheet.id,
            "categ_id": self.env["product.category"].create({"name": "Blocks"}).id,
        })
        wizard.action_import()
        return wizard.line_ids

    def block_bom(self):
        return self.env["mrp.bom"].search([("product_tmpl_id.default_code", "=", "T-1")])

    def test_a_part_list_becomes_three_levels(self):
        line = self.do_import(T_1=b"Label,Quantity\nT-1-A,2\nT-1-A_v2,1\nT-1-B,3\n")
        self.assertEqual((line.name, line.outcome), ("T-1", "create"))
        bom = self.block_bom()
        self.assertEqual(bom.bom_line_ids.mapped("product_id.default_code"), ["T-1-A", "T-1-A_v2", "T-1-B"])
        self.assertEqual(bom.bom_line_ids.child_bom_id.bom_line_ids.product_id, self.sheet)
        _boms, lines = bom.explode(bom.product_tmpl_id.product_variant_id, 1)
        self.assertAlmostEqual(sum(values["qty"] for _line, values in lines), 1.2, 2)
        self.assertEqual(bom.requirement_ids.mapped("minutes_per_unit"), [40, 30])

    def test_workbooks_are_read_as_the_csv_files(self):
        self.assertEqual(read_part_list(as_csv(self.workbook(["Label", "Quantity"], [], ["T-1-A_v2", 2]))), [PartRow("T-1-A", "v2", 2)])
        self.assertEqual(read_block_figures(as_csv(self.workbook(["block", "sheets"], ["T-1", 1.2]))), {"T-1": {"sheets": 1.2}})
        with self.assertRaisesRegex(ValueError, "Line 3: 'x' is no whole number"):
            read_part_list(as_csv(self.workbook(["Label", "Quantity"], [], ["T-1-A", "x"])))
        self.assertEqual((as_csv(b"a,b"), block_code("T-1_production.xlsx")), (b"a,b", "T-1"))

    def workbook(self, *rows):
        book, content = Workbook(), io.BytesIO()
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                book.active.cell(number, column, value)
        book.save(content)
        return content.getvalue()

    def test_importing_again_changes_nothing(self):
        content = b"Label,Quantity\nT-1-A,2\n"
        self.do_import(T_1=content)
        products = self.env["product.product"].search_count([])
        line = self.do_import(T_1=content)
        self.assertEqual(line.outcome, "update")
        self.assertEqual(self.env["product.product"].search_count([]), products)
        self.assertEqual(len(self.block_bom().bom_line_ids), 1)

    def test_one_bad_file_costs_one_file(self):
        lines = self.do_import(T_1=b"Label,Quantity\nT-1-A,2\n", T_2=b"Label,Quantity\nT-2-A,two\n")
        self.assertEqual(lines.mapped("outcome"), ["create", "error"])
        self.assertIn("Line 2: 'two' is no whole number", lines[1].reason)

    def test_bad_block_figures_say_where(self):
        with self.assertRaisesRegex(UserError, "Line 2, column sheets: 'many'"):
            self.do_import(figures=b"block,sheets\nT-1,many\n", T_1=b"Label,Quantity\nT-1-A,2\n")

    def test_readers_say_what_is_wrong(self):
        for content, message in [
            (b"", "must name the columns"),
            (b"Label,Quantity\n", "lists no parts"),
            (b"Label,Quantity\n,1\n", "label is empty"),
            (b"Label,Quantity\nA,0\n", "above 0"),
            (b"Label,Quantity\nA,1\nA,1\n", "listed twice"),
            (b"\xff\xfe\x00", "no text in UTF-8"),
        ]:
            with self.subTest(content=content), self.assertRaisesRegex(ValueError, message):
                read_part_list(content)

    def test_names_carry_block_and_revision(self):
        self.assertEqual(block_code("W-O-L-1_production.csv"), "W-O-L-1")
        rows = read_part_list(b"Label,Quantity\nF-S-A,1\nF-S-A_v2,1\n")
        self.assertEqual([(row.label, row.revision, row.code) for row in rows], [("F-S-A", "v1", "F-S-A"), ("F-S-A", "v2", "F-S-A_v2")])
        self.assertEqual(read_block_figures(b"block,sheets,stage\nF-S,3.6,floor\n"), {"F-S": {"sheets": 3.6}})
