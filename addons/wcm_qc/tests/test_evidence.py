import base64
import hashlib
import io
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common import QualityCase


@tagged("post_install", "-at_install")
class TestEvidence(QualityCase):
    """What an insurer gets for one home, opened and read as the insurer does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_control_plan()
        cls.good = cls.make_part("W-01")
        cls.bad = cls.make_part("W-02")
        cls.unmade = cls.new_part("W-03")
        cls.beam = cls.make_part("B-01", cls.beam_order)
        cls.build = cls.order.build_id

    def setUp(self):
        super().setUp()
        self.check(self.good, self.colleague)
        self.check(self.bad, self.colleague, thickness="19")

    def written(self, user=None):
        action = self.build.with_user(user or self.lead).action_evidence_pack()
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("wcm_qc.cron_evidence").method_direct_trigger()
        self.env.invalidate_all()
        return self.env["wcm.evidence.pack"].browse(action["res_id"])

    def opened(self, pack):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        zipfile.ZipFile(io.BytesIO(pack._archive())).extractall(folder)
        return folder

    def test_the_pack_verifies_itself_without_the_system(self):
        pack = self.written()
        folder = self.opened(pack)
        run = subprocess.run([sys.executable, "-I", folder / "verify.py"], capture_output=True, text=True, check=False)
        self.assertEqual((run.returncode, run.stdout), (0, "All of it is as it was written.\n"))
        self.assertEqual(pack.sha256, hashlib.sha256(pack._archive()).hexdigest())

    def test_every_part_is_in_it_with_its_checks_and_its_history(self):
        told = json.loads((self.opened(self.written()) / "evidence.json").read_text())
        parts = {part["serial"]: part for part in told["parts"]}
        ours = self.env["wcm.part"].search([("build_id", "=", self.build.id)])
        self.assertEqual(set(parts), set(ours.mapped("name")))
        [check] = parts["W-01"]["checks"]
        self.assertEqual((check["verdict"], check["inspector"], len(check["lines"])), ("Passed", self.colleague.name, 3))
        self.assertEqual((check["lines"][0]["limits"], check["lines"][0]["found"], check["lines"][0]["value"]), ("17.5 – 18.5 mm", "18.1", 18.1))
        self.assertEqual([step["hash"] for step in parts["W-01"]["history"]], self.good.event_ids.sorted("id").mapped("event_hash"))

    def test_photos_go_with_it(self):
        folder = self.opened(self.written())
        told = json.loads((folder / "evidence.json").read_text())
        [name] = next(part["files"] for part in told["parts"] if part["serial"] == "W-01")
        photo = self.good.inspection_ids.line_ids.filtered("photo")
        self.assertEqual((folder / "files" / name).read_bytes(), self.env["ir.attachment"].search([("res_model", "=", photo._name), ("res_id", "=", photo.id), ("res_field", "=", "photo")]).raw)

    def test_papers_of_the_sheets_go_with_the_blocks_that_were_cut_from_them(self):
        """Those of a lot, and those that a member added to what it bought of it: never another member's."""
        sheet = self.env["product.product"].create({"name": "Ply", "is_storable": True, "tracking": "lot"})
        lot = self.env["stock.lot"].create({"name": "SH-1", "product_id": sheet.id})
        self.env["ir.attachment"].create({"name": "EN 13986.pdf", "res_model": "stock.lot", "res_id": lot.id, "raw": b"%PDF-1.4 hub"})
        for order, words in ((self.order, b"ours"), (self.rival_order, b"theirs")):
            self.env["wcm.sheet.purchase"].create({
                "work_order_id": order.id, "product_id": sheet.id, "lot_id": lot.id, "quantity": 1, "bought_on": "2026-05-01", "certificate_name": "FSC.pdf",
                "certificate": base64.b64encode(b"%PDF-1.4 " + words),
            })
        self.unmade.sudo().sheet_lot_ids = lot
        folder = self.opened(self.written())
        told = json.loads((folder / "evidence.json").read_text())
        names = next(part["files"] for part in told["parts"] if part["serial"] == "W-03")
        self.assertEqual({(folder / "files" / name).read_bytes() for name in names}, {b"%PDF-1.4 hub", b"%PDF-1.4 ours"})
        self.assertFalse([path for path in folder.rglob("*") if path.is_file() and path.read_bytes() == b"%PDF-1.4 theirs"])

    def test_it_says_what_was_not_inspected_and_why(self):
        pack = self.written()
        told = json.loads((self.opened(pack) / "evidence.json").read_text())
        why = {row["serial"]: row["reason"] for row in told["not_inspected"]}
        self.assertEqual((why["W-03"], why["B-01"]), ("not made yet", "no control plan covers it"))
        self.assertNotIn("W-01", why)
        self.assertNotIn("W-02", why)
        self.assertEqual((pack.not_inspected_count, pack.open_count), (len(why), 1))
        [nonconformity] = told["nonconformities"]
        self.assertEqual((nonconformity["parts"], nonconformity["is_open"]), (["W-02"], True))

    def test_who_signed_is_told_and_what(self):
        folder = self.opened(self.written())
        told = json.loads((folder / "evidence.json").read_text())
        self.assertEqual((told["signed"]["name"], told["signed"]["role"]), (self.lead.name, "Quality lead"))
        self.assertTrue((folder / "evidence.pdf").read_bytes().startswith(b"%PDF"))

    def test_the_tables_say_the_same(self):
        folder = self.opened(self.written())
        book = openpyxl.load_workbook(folder / "evidence.xlsx")
        told = json.loads((folder / "evidence.json").read_text())
        self.assertEqual([row[0].value for row in book["Parts"].iter_rows(min_row=4)], [part["serial"] for part in told["parts"]])
        lines = [line for part in told["parts"] for check in part["checks"] for line in check["lines"]]
        self.assertEqual([row[3].value for row in book["Checks"].iter_rows(min_row=4)], [line["checkpoint"] for line in lines])

    def test_a_corrected_inspection_is_not_in_it_and_its_correction_is(self):
        self.good.inspection_ids.with_user(self.coordinator).action_correct("Read off the wrong edge")
        correction = self.good.inspection_ids.filtered(lambda check: check.state == "open")
        told = json.loads((self.opened(self.written()) / "evidence.json").read_text())
        [check] = next(part for part in told["parts"] if part["serial"] == "W-01")["checks"]
        self.assertEqual((check["name"], check["corrects"]), (correction.name, correction.replaces_id.name))

    def test_only_quality_leads_and_the_homes_coordinator_write_it(self):
        for user in (self.maker, self.make_user("far_t", "wcm_network.group_coordinator")):
            with self.assertRaises(AccessError):
                self.build.with_user(user).action_evidence_pack()
        pack = self.written(self.coordinator)
        self.assertEqual((pack.user_id, pack.role), (self.coordinator, "Coordinator of the region"))
        with self.assertRaises(AccessError):
            pack.with_user(self.maker).read(["archive"])
        self.assertFalse(self.env["wcm.evidence.pack"].with_user(self.env["res.users"].search([("login", "=", "far_t")])).search([]))

    def test_nobody_changes_or_deletes_what_was_handed_over(self):
        pack = self.written()
        for values in ({"sha256": "0"}, {"archive": False}, {"not_inspected_count": 0}):
            with self.assertRaises(AccessError):
                pack.with_user(self.lead).write(values)
        with self.assertRaisesRegex(UserError, "not deleted"):
            pack.unlink()

    def test_a_quality_lead_opens_the_home_and_finds_the_button(self):
        with Form(self.build.with_user(self.lead)) as form:
            self.assertIn("action_evidence_pack", form._view["tree"].xpath("//button/@name"))

    def test_asked_for_twice_it_is_one(self):
        first = self.build.with_user(self.lead).action_evidence_pack()
        self.assertEqual(self.build.with_user(self.coordinator).action_evidence_pack()["res_id"], first["res_id"])

    def test_a_home_without_parts_is_refused_in_words(self):
        empty = self.build.copy({"name": "Empty"})
        with self.assertRaisesRegex(UserError, "nothing to show"):
            empty.with_user(self.lead).action_evidence_pack()

    def test_a_thousand_parts_are_not_read_one_by_one(self):
        """Queries do not grow with the parts: two more parts of the same order, no more queries for their rows."""
        pack = self.env["wcm.evidence.pack"].create({"build_id": self.build.id, "user_id": self.lead.id})

        def queries(parts):
            files = pack._files(parts)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            parts._evidence_rows(files)
            return self.env.cr.sql_log_count - before

        few = self.good | self.unmade | self.beam
        more = few.union(*(self.new_part(f"Q-{number}") for number in range(6)), *(self.make_part(f"R-{number}", self.beam_order) for number in range(3)))
        self.assertEqual(queries(more), queries(few))
