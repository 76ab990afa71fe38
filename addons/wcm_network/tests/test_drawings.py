import hashlib
import io
import zipfile

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import MakingCase


@tagged("post_install", "-at_install")
class TestDrawings(HttpCase, MakingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.drawing = cls.draw("block.dxf", b"0\nSECTION")

    @classmethod
    def draw(cls, name, content):
        return cls.env["product.document"].create({"name": name, "raw": content, "res_model": "product.product", "res_id": cls.block.id})

    def accepted(self, quantity=5):
        order = self.make_order(self.alder, self.block_line, quantity, state="offered")
        order.with_user(self.alder_user).action_accept()
        return order

    def release(self, order):
        order.with_user(self.coordinator).action_release()

    def download(self, order, login="alder@example.com", password="alder-password"):
        self.env.flush_all()
        self.authenticate(login, password)
        return self.url_open(f"/network/work-order/{order.id}/drawings.zip")

    def test_a_drawing_belongs_to_the_revision_its_component_is_at(self):
        self.assertEqual((self.drawing.design_revision, self.drawing.is_superseded), ("v1", False))
        self.assertEqual(self.drawing.sha256, hashlib.sha256(b"0\nSECTION").hexdigest())
        self.block.design_revision = "v2"
        self.drawing.invalidate_recordset()
        self.assertTrue(self.drawing.is_superseded)

    def test_a_drawing_without_a_revision_is_never_superseded(self):
        self.drawing.design_revision = False
        self.block.design_revision = "v2"
        self.assertFalse(self.drawing.is_superseded)

    def test_an_offer_shows_the_drawings_that_are_made_now(self):
        self.block.design_revision = "v2"
        self.draw("block-v2.dxf", b"2")
        order = self.make_order(self.alder, self.block_line, 5, state="offered").with_user(self.alder_user)
        self.assertEqual(order.drawing_names, "block-v2.dxf")
        self.assertIn(hashlib.sha256(b"2").hexdigest(), order.drawing_table)

    def test_superseded_drawings_are_refused_for_new_work(self):
        self.block.design_revision = "v2"
        order = self.accepted()
        with self.assertRaisesRegex(UserError, "All drawings of .* are superseded: it is at design v2 now"):
            self.release(order)
        self.draw("block-v2.dxf", b"2")
        order.invalidate_recordset()
        self.release(order)
        self.assertEqual(order.drawing_ids.mapped("name"), ["block-v2.dxf"])

    def test_work_that_was_agreed_to_another_design_is_not_released(self):
        order = self.accepted()
        self.block.design_revision = "v2"
        self.assertEqual(order.with_user(self.alder_user).newer_revision, "v2")
        with self.assertRaisesRegex(UserError, "agreed to design v1, and .* is at v2 now. Propose the change"):
            self.release(order)
        self.draw("block-v2.dxf", b"2")
        change = order.with_user(self.coordinator).action_propose_change(take_design=True, reason="Stronger joint")
        change.with_user(self.alder_user).action_agree()
        self.release(order)
        self.assertEqual(order.design_revision, "v2")

    def test_after_a_change_the_old_files_are_marked_and_no_longer_downloaded(self):
        order = self.accepted()
        self.release(order)
        self.block.design_revision = "v2"
        self.draw("block-v2.dxf", b"2")
        order.invalidate_recordset()
        change = order.with_user(self.coordinator).action_propose_change(take_design=True, reason="Stronger joint")
        change.with_user(self.alder_user).action_agree()
        self.assertRegex(order.drawing_table, "(?s)block-v2.dxf.*block.dxf.*Superseded")
        archive = zipfile.ZipFile(io.BytesIO(self.download(order).content))
        self.assertEqual(sorted(archive.namelist()), ["SHA256SUMS", "block-v2.dxf"])

    def test_who_downloaded_what_and_when_is_kept(self):
        order = self.accepted()
        self.release(order)
        self.assertEqual(self.download(order).status_code, 200)
        taken = order.download_ids
        self.assertEqual((taken.create_uid, taken.design_revision), (self.alder_user, "v1"))
        self.assertEqual(taken.files, f"{self.drawing.sha256}  block.dxf")
        self.assertEqual(self.download(order, "birch@example.com", "birch-password").status_code, 404)
        self.assertEqual(len(order.download_ids), 1)

    def test_no_file_of_an_archive_takes_the_place_of_another(self):
        for name in ("2_block.dxf", "block.dxf", "SHA256SUMS", "..\\up\nx"):
            self.draw(name, name.encode())
        archive = zipfile.ZipFile(io.BytesIO(self.accepted()._drawings_archive()))
        self.assertEqual(sorted(archive.namelist()), sorted({*archive.namelist()}))
        self.assertEqual(len(archive.namelist()), 6)
        self.assertIn(".._up_x", archive.namelist())
        sums = dict(reversed(line.split("  ")) for line in archive.read("SHA256SUMS").decode().splitlines())
        self.assertEqual(sums, {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist() if name != "SHA256SUMS"})

    def test_downloads_are_for_coordinators_to_read_and_for_nobody_to_change(self):
        order = self.accepted()
        order._log_download(order._drawings())
        self.assertTrue(order.download_ids.with_user(self.coordinator).files)
        with self.assertRaises(AccessError):
            order.download_ids.with_user(self.alder_user).read(["files"])
        for user in (self.coordinator, self.manager):
            with self.assertRaises(AccessError):
                order.download_ids.with_user(user).write({"files": "x"})
            with self.assertRaises(AccessError):
                order.download_ids.with_user(user).unlink()
