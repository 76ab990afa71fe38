import io
import zipfile

from odoo.tests import HttpCase, tagged

from .common import MakingCase


@tagged("post_install", "-at_install")
class TestPartPage(HttpCase, MakingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        drawing = {"name": "block.dxf", "raw": b"0\nSECTION", "res_model": "product.product", "res_id": cls.block.id}
        cls.drawing = cls.env["product.document"].create(drawing)
        cls.order = cls.make_released(cls.alder, cls.block_line, 3)
        cls.part = cls.order.part_ids[0]
        cls.part._log("inspecting", note="Seen by Alder Person", is_public=False)
        cls.labels, cls.drawings = (f"/network/work-order/{cls.order.id}/{name}" for name in ("labels.pdf", "drawings.zip"))

    def log_in_as(self, member):
        login = member.user_ids.login
        self.authenticate(login, f"{login.partition('@')[0]}-password")

    def test_anybody_with_the_code_sees_what_may_be_public(self):
        response = self.url_open(f"/part/{self.part.code}")
        self.assertEqual(response.status_code, 200)
        for text in ("Test wall block", self.part.name, "W-T-1", "Test home", "v1", "Label issued"):
            self.assertIn(text, response.text)
        for text in ("Alder Person", "Checked", "50.0", self.order.name, "Alder Works"):
            self.assertNotIn(text, response.text)
        self.assertIn("noindex", response.headers["X-Robots-Tag"])

    def test_the_maker_is_named_when_it_is_on_the_public_map(self):
        self.alder.facility_id.visibility = "public"
        self.assertIn("Alder Works", self.url_open(f"/part/{self.part.code}").text)

    def test_a_block_of_the_demonstration_says_so(self):
        self.assertNotIn("Demonstration data", self.url_open(f"/part/{self.part.code}").text)
        self.alder.facility_id.is_illustrative = True
        self.assertIn("Demonstration data: this block was not really made by them.", self.url_open(f"/part/{self.part.code}").text)

    def test_the_code_is_read_in_small_letters_too(self):
        self.assertEqual(self.url_open(f"/part/{self.part.code.lower()}").status_code, 200)

    def test_an_unknown_code_gets_a_friendly_answer(self):
        for code in ("AAAAAAAAAAAAAAAA", self.part.name, "<script>alert(1)</script>", "%00", str(self.part.id)):
            response = self.url_open(f"/part/{code}")
            self.assertEqual(response.status_code, 404)
            self.assertNotIn("<script>alert", response.text)
            self.assertNotIn("Traceback", response.text)
        self.assertIn("belongs to no part", self.url_open("/part/AAAA").text)

    def test_a_member_prints_the_labels_of_its_order_as_one_pdf(self):
        self.log_in_as(self.alder)
        response = self.url_open(self.labels, timeout=60)
        self.assertEqual((response.status_code, response.headers["Content-Type"]), (200, "application/pdf"))
        self.assertTrue(response.content.startswith(b"%PDF"))

    def test_a_member_downloads_the_frozen_drawings_with_their_checksums(self):
        self.drawing.raw = b"A later revision"
        self.log_in_as(self.alder)
        archive = zipfile.ZipFile(io.BytesIO(self.url_open(self.drawings).content))
        self.assertEqual(archive.read("block.dxf"), b"0\nSECTION")
        self.assertIn("  block.dxf", archive.read("SHA256SUMS").decode())
        self.assertEqual(self.order.with_user(self.alder_user).drawing_count, 1)

    def test_to_others_the_files_of_an_order_do_not_exist(self):
        self.log_in_as(self.birch)
        for url in (self.labels, self.drawings, "/network/work-order/999999999/labels.pdf"):
            self.assertEqual(self.url_open(url).status_code, 404)

    def test_without_a_login_there_are_no_files(self):
        self.assertIn("/web/login", self.url_open(self.labels).url)

    def test_labels_fill_sheets_of_two_by_four(self):
        order = self.make_released(self.birch, self.beam_line, 4) | self.order
        sheets = order.part_ids._label_sheets()
        self.assertEqual([[len([part for part in row if part]) for row in sheet] for sheet in sheets], [[2, 2, 2, 1]])
