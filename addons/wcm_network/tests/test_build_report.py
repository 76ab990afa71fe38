import base64
import hashlib
import io
import re
from datetime import timedelta

from PyPDF2 import PdfReader

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ..writers.report import HEADERS, number, to_markdown
from .common import BRISTOL, MakingCase


class ReportCase(MakingCase):
    """Three organisations in Bristol have made two wall blocks each for the home, which came to the site; another coordinator publishes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second_coordinator = cls.make_user("coordinator_2", "wcm_network.group_coordinator", name="Morwenna Tregear")
        cls.bristol.coordinator_ids = [Command.link(cls.second_coordinator.id)]
        cls.dogwood, cls.elm = (cls.make_member(name, cls.bristol, "charity", BRISTOL) for name in ("Dogwood Hall", "Elm Yard"))
        cls.orders = cls.env["wcm.work.order"].union(*(cls.arrived(member, cls.block_line, 2) for member in (cls.alder, cls.dogwood, cls.elm)))
        cls.block_line.stage, cls.beam_line.stage = "walls", "roof"
        cls.reports = cls.env["wcm.build.report"]

    @classmethod
    def _set_up_terms(cls):
        cls.terms = cls.make_terms("1", levy_percent=3)
        cls.terms.action_approve()

    @classmethod
    def arrived(cls, member, line, quantity):
        shipment = cls.make_dispatched(member, line, quantity)
        shipment.with_user(cls.manager).action_receive_all()
        return shipment.part_ids.work_order_id

    def make(self, user=None, words=""):
        self.env.flush_all()
        return self.reports.with_user(user or self.coordinator)._make(self.build.with_user(user or self.coordinator), words)

    def figure(self, report, code):
        return next((figure for section in report.content["sections"] for figure in section["figures"] if figure["code"] == code), None)

    def table(self, report, title):
        return next((table["rows"] for section in report.content["sections"] for table in section["tables"] if table["title"] == title), None)


@tagged("post_install", "-at_install")
class TestBuildReport(ReportCase):
    def test_plan_against_actual(self):
        report = self.make()
        self.assertEqual(self.table(report, "Blocks by stage"), [["Walls", "8", "6", "6", "0", "0"], ["Roof", "4", "0", "0", "0", "0"]])
        self.assertEqual([row[2:] for row in self.table(report, "On site by stage")], [["not all yet", ""], ["not all yet", ""]])
        self.assertEqual(self.figure(report, "members_actual")["value"], 3)
        self.assertEqual(self.figure(report, "members_planned")["words"], "no plan, offered by hand")
        self.assertAlmostEqual(self.figure(report, "hours_actual")["value"], 6 * 85 / 60)
        self.assertAlmostEqual(self.figure(report, "hours_planned")["value"], (8 * 85 + 4 * 90) / 60)
        self.assertIn("6 of 12 blocks are on site", report.missing)

    def test_weeks_late_once_a_stage_is_whole(self):
        self.block_line.quantity = 6
        self.block_line.date_required = fields.Date.today() - timedelta(days=14)
        self.assertEqual(self.table(self.make(), "On site by stage")[0][3], "2")

    def test_money_of_three_organisations_is_told_in_one_sum(self):
        figure = self.figure(self.make(), "agreed_price")
        self.assertEqual(figure["value"], sum(self.orders.mapped("price_total")))
        self.assertIn("300.00", figure["words"])

    def test_money_of_two_organisations_is_left_out_and_said_so(self):
        self.orders.filtered(lambda order: order.membership_id == self.elm).sudo().state = "cancelled"
        report = self.make()
        self.assertEqual((self.figure(report, "agreed_price")["value"], self.figure(report, "agreed_price")["words"]), (None, "left out: of too few organisations"))
        self.assertIn("Agreed price of all orders: left out", report.missing)
        self.assertFalse(report.sudo().told)

    def test_spaces_of_one_organisation_are_one(self):
        self.elm.facility_id.operator_id = self.dogwood.facility_id.operator_id
        self.elm.sudo().partner_id = self.dogwood.partner_id
        self.assertIsNone(self.figure(self.make(), "agreed_price")["value"])

    def test_a_coordinator_who_knows_two_of_three_does_not_get_the_third(self):
        self.elm.facility_id.region_id = self.cumbria
        self.env.flush_all()
        self.assertIsNone(self.figure(self.make(), "agreed_price")["value"])
        self.bristol.coordinator_ids = self.cumbria.coordinator_ids = False
        self.assertIsNotNone(self.figure(self.make(self.manager), "agreed_price")["value"])

    def test_the_next_version_tells_no_price_by_what_it_differs_from_the_one_that_was_published(self):
        first = self.make()
        first.with_user(self.second_coordinator).action_publish()
        self.make_order(self.alder, self.beam_line, 1, state="accepted")
        self.assertIsNone(self.figure(self.make(), "agreed_price")["value"])

    def test_what_was_never_published_keeps_nothing_back(self):
        self.make()
        self.make_order(self.alder, self.beam_line, 1, state="accepted")
        self.assertIsNotNone(self.figure(self.make(), "agreed_price")["value"])

    def test_two_kept_versions_that_would_tell_a_price_together_are_not_both_published(self):
        first = self.make()
        self.make_order(self.alder, self.beam_line, 1, state="accepted")
        second = self.make()
        second.with_user(self.second_coordinator).action_publish()
        with self.assertRaisesRegex(UserError, "what one member is paid"):
            first.with_user(self.second_coordinator).action_publish()
        self.assertEqual(first.state, "kept")

    def test_the_levy_is_told_where_it_tells_nothing_beside_the_price(self):
        report = self.make()
        self.assertFalse(self.figure(report, "levy"))
        self.assertIn("Levy to the network on what was accepted: nothing is accepted yet", report.missing)

    def test_the_levy_of_all_is_told(self):
        self.env["wcm.levy.entry"]._accrue(self.orders.membership_id)
        self.assertEqual(self.figure(self.make(), "levy")["value"], 9)

    def test_the_levy_would_tell_whose_blocks_are_not_accepted(self):
        """Levy over its percentage is what was accepted; less than the price by one member's order."""
        self.orders[0].part_ids.sudo().write({"is_held": True, "hold_reason": "Edge is torn"})
        self.env.flush_all()
        self.env["wcm.levy.entry"]._accrue(self.orders.membership_id)
        report = self.make()
        self.assertIsNotNone(self.figure(report, "agreed_price")["value"])
        self.assertFalse((self.figure(report, "levy") or {}).get("value"))

    def test_value_for_money_is_a_share_in_whole_percent(self):
        self.env["wcm.price.quote"].create({
            "product_id": self.block.id, "supplier": "Panel Firm", "price": 80, "date_quoted": fields.Date.today() - timedelta(days=9), "valid_until": fields.Date.today() + timedelta(days=9),
            "quotation": base64.b64encode(b"80 each"), "quotation_name": "quotation.txt",
        })
        self.assertEqual(self.figure(self.make(), "value_quote")["words"], "38 % less")

    def test_each_figure_of_an_indicator_is_that_of_the_screen(self):
        report = self.make()
        screen = self.env["wcm.indicator"].with_user(self.coordinator).outcomes({"build": self.build.id})
        shown = {figure["code"]: figure for category in screen["categories"] for figure in category["figures"]}
        compared = 0
        for section in report.content["sections"]:
            for figure in section["figures"]:
                if figure["code"] in shown:
                    compared += 1
                    self.assertEqual(figure["value"], shown[figure["code"]]["value"], figure["code"])
                    self.assertEqual(figure["note"], shown[figure["code"]]["basis_label"], figure["code"])
        self.assertGreaterEqual(compared, 11)

    def test_the_figures_are_those_of_the_preview(self):
        page = self.env["wcm.build.report.make"].with_user(self.coordinator).browse(self.build.with_user(self.coordinator).action_make_report()["res_id"])
        page.words = "It went well."
        before = page.content_html
        report = self.reports.browse(page.action_make()["res_id"])
        self.assertEqual(before, report.content_html)
        self.assertEqual(report.version, page.version)

    def test_markdown_and_pdf_say_the_same_as_the_screen(self):
        report = self.make(words="We set out to try three workshops.")
        on_screen = list(self.cells(report))
        self.assertGreater(len(on_screen), 30)
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(report._pdf_bytes())).pages)
        pdf = re.sub(r"\s", "", text)
        for cell in on_screen:
            with self.subTest(cell):
                self.assertIn(re.sub(r"\s", "", cell), pdf)
        rows = [[re.sub(r"\\(.)", r"\1", cell.strip()) for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in report.markdown.splitlines() if line.startswith("|")]
        for section in report.content["sections"]:
            for figure in section["figures"]:
                self.assertIn([figure["name"], figure["words"], figure["note"]], rows)
            for table in section["tables"]:
                for row in table["rows"]:
                    self.assertIn(row, rows)
        self.assertIn(HEADERS, rows)
        self.assertIn("We set out to try three workshops.", report.markdown)

    def cells(self, report):
        for section in report.content["sections"]:
            yield section["title"]
            for figure in section["figures"]:
                yield from filter(None, (figure["name"], figure["words"], figure["note"]))
            for table in section["tables"]:
                yield table["title"]
                yield from (cell for row in table["rows"] for cell in row if cell)

    def test_the_files_are_those_of_the_fingerprints(self):
        report = self.make()
        self.assertEqual(hashlib.sha256(report.markdown.encode()).hexdigest(), report.sha256)
        self.assertEqual(hashlib.sha256(report._pdf_bytes()).hexdigest(), report.pdf_sha256)
        self.assertEqual(to_markdown(report.content), report.markdown)
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(report._pdf_bytes())).pages)
        self.assertIn(report.sha256, re.sub(r"\s", "", text))

    def test_it_stays_as_it_was_made(self):
        report = self.make()
        before = report.markdown
        self.arrived(self.alder, self.block_line, 2)
        self.assertEqual(report.markdown, before)
        self.assertEqual(self.make().version, 2)
        for values in ({"state": "published"}, {"content": {}}, {"markdown": "x"}, {"told": {}}):
            with self.subTest(values), self.assertRaises(AccessError):
                report.with_user(self.manager).write(values)
        with self.assertRaises(UserError):
            report.sudo().unlink()

    def test_nobody_is_named(self):
        report = self.make()
        names = [*self.env["wcm.membership"].search([]).mapped("name"), *(self.coordinator | self.manager | self.alder_user | self.second_coordinator).mapped("name"), *self.orders.partner_id.mapped("name")]
        for name in names:
            with self.subTest(name):
                self.assertNotIn(name, report.markdown)

    def test_the_coordinators_words_name_nobody(self):
        for words in ("Morwenna Tregear drove.", "Write to me@example.com"):
            with self.subTest(words), self.assertRaisesRegex(UserError, "names nobody"):
                self.make(words=words)
        self.assertFalse(self.build.report_ids)

    def test_nothing_is_reported_of_what_nobody_made(self):
        build = self.make_build("Not begun", {self.block: 1})
        with self.assertRaisesRegex(UserError, "Nothing of Not begun has been made yet"):
            self.reports.with_user(self.coordinator)._make(build.with_user(self.coordinator))
        page = self.env["wcm.build.report.make"].with_user(self.coordinator).create({"build_id": build.id})
        self.assertTrue(page.nothing_yet)

    def test_who_made_it_does_not_publish_it(self):
        report = self.make()
        with self.assertRaisesRegex(UserError, "another person publishes it"):
            report.action_publish()
        report.with_user(self.second_coordinator).action_publish()
        self.assertEqual((report.state, report.published_by_id), ("published", self.second_coordinator))

    def test_those_who_may_publish_are_told(self):
        report = self.make()
        report.action_ask_publish()
        self.assertEqual(report._publishers(), self.second_coordinator)
        self.assertIn(report.name, self.env["mail.message"].search([("partner_ids", "in", self.second_coordinator.partner_id.ids)], limit=1).subject)

    def test_who_may_make_and_read(self):
        for user in (self.other_coordinator, self.alder_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.build.with_user(user).action_make_report()
        report = self.make()
        for user, found in ((self.coordinator, 1), (self.manager, 1), (self.other_coordinator, 0)):
            self.assertEqual(self.reports.with_user(user).search_count([("id", "=", report.id)]), found)
        with self.assertRaises(AccessError):
            self.reports.with_user(self.alder_user).search([])
        with self.assertRaises(AccessError):
            report.with_user(self.other_coordinator).action_publish()
        with self.assertRaises(AccessError):
            report.with_user(self.manager).read(["told"])

    def test_the_preview_tells_another_region_nothing(self):
        with self.assertRaises(AccessError):
            self.env["wcm.build.report.make"].with_user(self.other_coordinator).create({"build_id": self.build.id}).read(["content_html"])

    def test_published_lessons_of_the_home_and_its_orders_stand_in_it_without_names(self):
        lesson = self.env["wcm.lesson"].create({
            "title": "What Nia Probert does with glue", "text": "<p>Warm it.</p>", "about": f"wcm.work.order,{self.orders[0].id}", "region_id": self.bristol.id,
            "person_ids": [Command.create({"name": "Nia Probert", "role": "a maker", "consent": "agreed", "consent_on": fields.Date.today(), "consent_how": "By e-mail"})],
        })
        self.env["wcm.lesson"].create({"title": "A draft", "about": f"wcm.build,{self.build.id}"})
        lesson.sudo().write({"state": "published", "published_on": fields.Datetime.now(), "slug": "glue"})
        self.assertEqual(self.table(self.make(), "Lessons that are published"), [["What a maker does with glue", "Lesson", f"/lessons/{lesson.id}"]])

    def test_carbon_names_its_factors_and_what_is_not_known(self):
        report = self.make()
        self.assertEqual(self.figure(report, "embodied_carbon")["words"], "not known")
        self.assertIn("No carbon factor holds for: Test ply sheet", report.missing)
        self.env["wcm.carbon.factor"].create({
            "name": "Plywood", "product_tmpl_id": self.sheet.product_tmpl_id.id, "per": "sheet", "value": 21.5, "source": "Test handbook", "year": 2025, "valid_from": "2025-01-01",
        })
        self.env.flush_all()
        report = self.make()
        self.assertEqual(self.figure(report, "embodied_carbon")["words"], "129 kgCO2e")
        self.assertIn(["Plywood", "21.5 kgCO2e a sheet", "Test handbook", "2025"], self.table(report, "Factors that were used"))
        self.assertEqual(self.figure(report, "embodied_carbon")["note"], "Estimated")


@tagged("post_install", "-at_install")
class TestBuildReportPages(HttpCase, ReportCase):
    def test_what_is_published_is_read_by_anybody_and_nothing_else(self):
        report = self.make()
        addresses = [f"/lessons/reports/{report.id}", f"/lessons/reports/{report.id}/report.pdf", f"/lessons/reports/{report.id}/report.md"]
        self.assertEqual([self.url_open(address).status_code for address in addresses], [404] * 3)
        report.with_user(self.second_coordinator).action_publish()
        page, pdf, text = (self.url_open(address) for address in addresses)
        self.assertTrue(page.url.endswith(report._public_path()))
        self.assertIn("Plan against actual", page.text)
        self.assertEqual((pdf.content[:5], text.text), (b"%PDF-", report.markdown))
        self.assertIn(report._public_path(), self.url_open("/lessons/reports").text)
        self.assertIn("/lessons/reports", self.url_open("/lessons").text)
        report.with_user(self.coordinator).action_withdraw()
        self.assertEqual([self.url_open(address).status_code for address in addresses], [410] * 3)
        self.assertNotIn(report._public_path(), self.url_open("/lessons/reports").text)

    def test_an_older_version_points_to_the_newer(self):
        first, second = self.make(), self.make()
        (first | second).with_user(self.manager)
        for report in (first, second):
            report.with_user(self.manager).action_publish()
        self.assertIn(second._public_path(), self.url_open(first._public_path()).text)
        self.assertNotIn("newer version", self.url_open(second._public_path()).text)

    def test_the_files_of_what_is_kept_are_those_of_its_coordinators(self):
        report = self.make()
        for user, status in ((self.coordinator, 200), (self.other_coordinator, 404), (self.alder_user, 404)):
            user.password = "report-password"
            self.authenticate(user.login, "report-password")
            for ending in ("pdf", "md"):
                with self.subTest(user.login, ending=ending):
                    self.assertEqual(self.url_open(f"/network/build-report/{report.id}/report.{ending}").status_code, status)


@tagged("post_install", "-at_install")
class TestNumbersInWords(MakingCase):
    def test_as_the_screens_write_them(self):
        for value, digits, words in ((1234, 0, "1,234"), (0.25, 1, "0.3"), (12.0, 1, "12"), (100.0, 0, "100"), (-0.04, 1, "0"), (0.83751, 6, "0.83751")):
            self.assertEqual(number(value, digits), words)
