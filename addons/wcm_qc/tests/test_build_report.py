import base64
import io

from PyPDF2 import PdfReader

from odoo.tests import tagged

from .common import QualityCase


@tagged("post_install", "-at_install")
class TestReportOfQuality(QualityCase):
    """What inspections and nonconformities say of a home, in its report: four blocks checked, two of them wrong, one of these used as it is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_control_plan()

    def setUp(self):
        super().setUp()
        for name in ("KNO-1", "KNO-2"):
            self.check(self.make_part(name), self.colleague)
        self.failed_part("KNO-3")
        _part, wrong = self.failed_part("KNO-4")
        wrong.cause_category = "machine"
        wrong.with_user(self.lead).action_decide("use_as_is", "Hidden")
        self.env.flush_all()
        self.report = self.env["wcm.build.report"].with_user(self.manager)._make(self.build)
        [self.section] = [section for section in self.report.content["sections"] if section["title"] == "Quality"]

    def words(self):
        return {figure["code"]: figure["words"] for figure in self.section["figures"]}

    def test_inspections_and_first_pass_yield(self):
        words = self.words()
        self.assertEqual([words[code] for code in ("inspections", "blocks_checked", "first_pass_yield", "nonconformities", "nonconformities_open")], ["4", "4 blocks", "50 %", "2 nonconformities", "1 nonconformities"])
        self.assertEqual(self.section["tables"][0]["rows"], [["Final", "2", "2"]])

    def test_nonconformities_by_kind_of_cause_and_decision(self):
        self.assertCountEqual(self.section["tables"][1]["rows"], [["Machine", "Use as is (concession)", "1"], ["Not said yet", "Not decided yet", "1"]])

    def test_each_figure_is_that_of_the_screens(self):
        screen = self.env["wcm.indicator"].with_user(self.manager).outcomes({"build": self.build.id})
        shown = {figure["code"]: figure["value"] for category in screen["categories"] for figure in category["figures"]}
        chart = self.env["wcm.quality.chart"].with_user(self.manager).counts({})
        values = {figure["code"]: figure["value"] for figure in self.section["figures"]}
        for code in ("first_pass_yield", "nonconformities", "nonconformities_open"):
            self.assertEqual(values[code], shown[code], code)
        self.assertEqual((values["blocks_checked"], values["first_pass_yield"]), (chart["parts"], chart["yield"]))

    def test_markdown_and_pdf_have_the_quality(self):
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(base64.b64decode(self.report.pdf))).pages)
        for words in ("Nonconformities by kind of cause and decision", "Use as is (concession)"):
            self.assertIn(words.replace(" ", ""), "".join(text.split()))
            self.assertIn(words, self.report.markdown)

    def test_what_is_open_is_missing(self):
        self.assertIn("Nonconformities that are not closed yet: 1.", self.report.missing)

    def test_a_published_lesson_about_a_nonconformity_stands_in_it(self):
        wrong = self.env["wcm.nonconformity"].search([("build_id", "=", self.build.id)], limit=1)
        lesson = self.env["wcm.lesson"].create({"title": "Clamp it twice", "text": "<p>Twice.</p>", "about": f"wcm.nonconformity,{wrong.id}"})
        lesson.sudo().write({"state": "published", "slug": "clamp", "published_on": "2026-05-02 10:00:00"})
        self.assertIn("Clamp it twice", self.env["wcm.build.report"].with_user(self.manager)._make(self.build).markdown)
