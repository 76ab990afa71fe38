import base64
import io
import time
from datetime import date, datetime, timedelta

from openpyxl import Workbook, load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..readers.pipeline import read_date
from .common import NetworkCase

HEADER = "Site,Postcode,Home,Kit,Quantity,Required on site,Walls on site,Roof on site,Region\n"


class PipelineCase(NetworkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.home_product = cls.make_product("T-STUDIO", "Test studio", is_storable=False)
        cls.kit = cls.make_bom(cls.home_product, "normal", {cls.block: 12, cls.beam: 6})
        cls.kit.roof_after_days = 14

    def wizard(self, content, user=None):
        content = content if isinstance(content, bytes) else (HEADER + content).encode()
        return self.env["wcm.pipeline.import"].with_user(user or self.coordinator).create({"file": base64.b64encode(content)})

    def preview(self, content, user=None):
        wizard = self.wizard(content, user)
        wizard.action_preview()
        return wizard.line_ids

    def do_import(self, content, user=None):
        wizard = self.wizard(content, user)
        wizard.action_preview()
        wizard.action_apply()
        return wizard.line_ids

    def assert_error(self, row, words):
        line = self.preview(row)
        self.assertEqual(line.outcome, "error")
        self.assertIn(words, line.reason)


@tagged("post_install", "-at_install")
class TestPipelineImport(PipelineCase):
    def test_a_row_becomes_a_home_with_its_kit_and_dates(self):
        build = self.do_import("Test Meadow,,Plot 1,T-STUDIO,,1/3/2027,08/03/2027,,\n").build_id
        self.assertEqual((build.name, build.site_id, build.bom_id), ("Plot 1", self.site, self.kit))
        dates = {line.product_id: line.date_required for line in build.line_ids}
        self.assertEqual(dates, {self.block: date(2027, 3, 8), self.beam: date(2027, 3, 15)})
        self.assertEqual(build.line_ids.mapped("quantity"), [12, 6])

    def test_a_preview_writes_no_home_and_no_site(self):
        models = ("wcm.build", "wcm.site", "res.partner", "wcm.build.line")
        before = [self.env[model].search_count([]) for model in models]
        lines = self.preview("New Meadow,BS4 1DQ,Plot 1,t-studio,,2027-03-01,,,T_BRISTOL\nTest Meadow,,Plot 2,,,2027-03-01,,,\n")
        self.assertEqual(lines.mapped("outcome"), ["create", "create"])
        self.assertIn("New site in Test Bristol", lines[0].reason)
        self.assertIn("No kit yet", lines[1].reason)
        self.assertEqual([self.env[model].search_count([]) for model in models], before)

    def test_the_same_table_twice_changes_nothing(self):
        table = "New Meadow,BS4 1DQ,Plot,T-STUDIO,3,2027-03-01,,,t_bristol\nnew meadow,,Corner,T-STUDIO,,2027-04-01,,,\n"
        first = self.do_import(table)
        self.assertEqual(first.build_id.mapped("name"), ["Plot 1", "Plot 2", "Plot 3", "Corner"])
        self.assertEqual(len(first.build_id.site_id), 1)
        self.assertTrue(first.build_id.site_id.latitude)
        again = self.do_import(table.replace("Plot,", "PLOT,"))
        self.assertEqual(set(again.mapped("outcome")), {"same"})
        self.assertEqual(again.build_id, first.build_id)

    def test_a_changed_row_changes_what_it_says_and_no_more(self):
        build = self.do_import("TM,,Plot 1,T-STUDIO,,2027-03-01,,,\n").build_id
        build.note = "<p>Narrow lane</p>"
        line = self.preview("TM,,Plot 1,,,2027-04-05,,,\n")
        self.assertEqual(line.outcome, "update")
        self.assertIn("First blocks on site: 03/01/2027 → 04/05/2027", line.reason)
        self.do_import("TM,,Plot 1,,,2027-04-05,,,\n")
        self.assertEqual((build.date_required, build.bom_id), (date(2027, 4, 5), self.kit))
        self.assertEqual(build.line_ids.mapped("date_required"), [date(2027, 4, 5), date(2027, 4, 19)])
        self.assertIn("Narrow lane", build.note)

    def test_another_kit_replaces_the_components_unless_something_is_ordered(self):
        small = self.make_bom(self.make_product("T-SMALL", "Small"), "normal", {self.beam: 2})
        build = self.do_import("TM,,Plot 1,T-STUDIO,,2027-03-01,,,\n").build_id
        self.do_import("TM,,Plot 1,T-SMALL,,2027-03-01,,,\n")
        self.assertEqual((build.bom_id, build.line_ids.mapped("quantity")), (small, [2]))
        self.make_order(self.alder, build.line_ids, 1, "offered")
        self.assert_error("TM,,Plot 1,T-STUDIO,,2027-03-01,,,\n", "work orders for another kit")

    def test_a_bad_row_costs_one_row(self):
        lines = self.do_import(
            "TM,,Plot 1,T-STUDIO,,31/02/2027,,,\nTM,,Plot 2,T-STUDIO,,2027-03-01,,,\nTM,,plot 2,,,2027-03-02,,,\nTM,,,,,2027-03-02,,,\n"
        )
        self.assertEqual(lines.mapped("row_number"), [2, 3, 4, 5])
        self.assertEqual(lines.mapped("outcome"), ["error", "create", "error", "error"])
        self.assertIn("Required on site: “31/02/2027” is no date", lines[0].reason)
        self.assertIn("in row 3 already", lines[2].reason)
        self.assertIn("“Home” is empty", lines[3].reason)

    def test_a_home_that_cannot_be_written_costs_no_other(self):
        nothing = self.make_bom(self.make_product("T-ZERO", "Asks for no blocks"), "normal", {self.beam: 0})
        lines = self.do_import("TM,,Plot 1,T-STUDIO,,2027-03-01,,,\nTM,,Plot 2,T-ZERO,,2027-03-01,,,\nTM,,Plot 3,,,2027-03-01,,,\n")
        self.assertEqual(lines.mapped("outcome"), ["create", "error", "create"])
        self.assertIn("needs: R-T-1", lines[1].reason)
        self.assertEqual(lines.build_id.mapped("name"), ["Plot 1", "Plot 3"])
        self.assertFalse(self.env["wcm.build"].search([("bom_id", "=", nothing.id)]))

    @mute_logger("odoo.sql_db")
    def test_what_somebody_else_imported_meanwhile_is_not_made_a_second_time(self):
        wizard = self.wizard("TM,,Plot 1,,,2027-03-01,,,\nTM,,Plot 2,,,2027-03-01,,,\n")
        homes = wizard._homes()
        other = self.make_build("plot 1", {})
        wizard._apply(homes)
        self.assertEqual([home.outcome for home in homes], ["error", "create"])
        self.assertIn("Another home of this site has this name", homes[0].reason)
        self.assertEqual(self.site.build_ids.filtered(lambda build: build.name.casefold() == "plot 1"), other)

    def test_each_mistake_is_told_in_words(self):
        for row, words in (
            ("TM,,Plot 1,NONE,,2027-03-01,,,\n", "No bill of materials is called “NONE”"),
            ("TM,,Plot 1,,,03/13/2027,,,\n", "is no date"),
            ("TM,,Plot 1,,,1/3/27,,,\n", "is no date"),
            ("TM,,Plot 1,,-2,2027-03-01,,,\n", "The quantity “-2” is no whole number"),
            ("TM,,Plot 1,,1.5,2027-03-01,,,\n", "The quantity “1.5”"),
            ("TM,,Plot 1,,,2027-03-01,2027-02-01,,\n", "“Walls on site” is before"),
            ("TM,,Plot 1,,,,,,\n", "“Required on site” is empty"),
            ("Far Meadow,,Plot 1,,,2027-03-01,,,\n", "is new. Give its postcode"),
            ("Far Meadow,ZZ99 9ZZ,Plot 1,,,2027-03-01,,,t_bristol\n", "no postcode that is known"),
            ("Far Meadow,BS4 1DQ,Plot 1,,,2027-03-01,,,Atlantis\n", "No region is called “Atlantis”"),
            ("Far Meadow,BS4 1DQ,Plot 1,,,2027-03-01,,,t_cumbria\n", "Ask its coordinator"),
            ("TM,,Plot 1,,,2027-03-01,,,,more\n", "more cells than the row of headers"),
        ):
            with self.subTest(row=row):
                self.assert_error(row, words)

    def test_unknown_minutes_are_asked_for(self):
        self.block_bom.requirement_ids.unlink()
        line = self.preview("TM,,Plot 1,T-STUDIO,,2027-03-01,,,\n")
        self.assertEqual(line.outcome, "create")
        self.assertIn("Nobody has said how long these take: W-T-1", line.reason)

    def test_a_site_of_another_region_is_not_made_a_second_time(self):
        line = self.preview("Test Meadow,BS4 1DQ,Plot 1,,,2027-03-01,,,\n", self.other_coordinator)
        self.assertEqual(line.outcome, "error")
        self.assertIn("belongs to another region", line.reason)

    def test_a_home_on_site_is_not_planned_anew(self):
        self.build.state = "complete"
        self.assert_error("TM,,Test home,,,2029-03-01,,,\n", "This home is complete")

    def test_dates_are_read_as_people_and_spreadsheets_write_them(self):
        for value in ("1/3/2027", "01.03.2027", "2027-03-01", "46447", 46447, datetime(2027, 3, 1), date(2027, 3, 1), "2027-03-01 00:00:00"):
            with self.subTest(value=value):
                self.assertEqual(read_date(value), date(2027, 3, 1))

    def test_files_that_are_no_table_of_homes_say_what_is_wrong(self):
        for content, words in (
            (b"", "Choose the file first"),
            (b"  \n", "The file is empty"),
            (b"a,b\n1,2\n", "There is no column “Site”"),
            (b"Site,Home,Required on site\n", "nothing below the row of headers"),
            (b"Site,Development,Home,Required\nA,B,C,2027-03-01\n", "Two columns mean “Site”"),
            (b"PK\x03\x04 no workbook", "not a whole xlsx workbook"),
            (b"Site,Home,Required,Quantity\nTM,P,2027-03-01,2000\nTM,Q,2027-03-01,2\n", "The file lists 2002 homes"),
        ):
            with self.subTest(words=words), self.assertRaisesRegex(UserError, words):
                self.wizard(content).action_preview()

    def test_quantities_that_ask_for_millions_of_homes_are_refused_at_once(self):
        start = time.monotonic()
        with self.assertRaisesRegex(UserError, "The file lists 40000000 homes"):
            self.wizard(b"Site,Home,Required on site,Quantity\n" + b"TM,P,2027-03-01,2000\n" * 20_000).action_preview()
        self.assertLess(time.monotonic() - start, 10)

    def test_columns_that_are_not_read_are_named(self):
        wizard = self.wizard(b"Scheme;Plot;Required;Colour\nTM;1;01/03/2027;red\n")
        wizard.action_preview()
        self.assertEqual((wizard.unread, wizard.line_ids.name, wizard.create_count), ("Colour", "1", 1))

    def test_34_homes_of_a_workbook_take_seconds(self):
        book = Workbook()
        book.active.append(HEADER.strip().split(","))
        for number in range(34):
            site = f"Meadow {number % 5}"
            book.active.append([site, "BS4 1DQ", number, "T-STUDIO", None, datetime(2027, 1, 4) + timedelta(weeks=number), None, None, "t_bristol"])
        content = io.BytesIO()
        book.save(content)
        start = time.monotonic()
        lines = self.do_import(content.getvalue())
        self.assertLess(time.monotonic() - start, 10)
        self.assertEqual((len(lines.build_id), len(lines.build_id.site_id)), (34, 5))
        self.assertEqual(len(lines.build_id.line_ids), 68)

    def test_34_homes_take_no_more_queries_than_one_to_look_at(self):
        self.queries_for(1)
        self.assertLessEqual(self.queries_for(34), self.queries_for(1))

    def queries_for(self, count):
        wizard = self.wizard(f"TM,,Home,T-STUDIO,{count},2027-03-01,,,\n")
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        wizard._homes()
        return self.cr.sql_log_count - before

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_members_and_others_import_nothing(self):
        wizard = self.wizard("TM,,Plot 1,,,2027-03-01,,,\n")
        for user in (self.alder_user, self.make_user("employee_t", "base.group_user"), self.other_coordinator):
            for method in ("action_preview", "action_apply", "action_open_builds"):
                with self.subTest(user=user.login, method=method), self.assertRaises(AccessError):
                    getattr(wizard.with_user(user), method)()


@tagged("post_install", "-at_install")
class TestPipelineTemplate(HttpCase, PipelineCase):
    def test_a_filled_in_template_can_be_imported(self):
        self.coordinator.password = "coordinator_t"
        self.authenticate("coordinator_t", "coordinator_t")
        book = load_workbook(io.BytesIO(self.url_open("/network/pipeline/template.xlsx").content))
        self.assertEqual(book.sheetnames, ["Homes", "How to fill it in"])
        book["Homes"].append(["Test Meadow", None, "Plot 9", "Test studio", None, datetime(2027, 3, 1)])
        content = io.BytesIO()
        book.save(content)
        self.assertEqual(self.do_import(content.getvalue()).outcome, "create")

    def test_the_template_is_not_for_strangers_and_members(self):
        self.assertIn("/web/login", self.url_open("/network/pipeline/template.xlsx").url)
        self.authenticate("alder@example.com", "alder-password")
        self.assertEqual(self.url_open("/network/pipeline/template.xlsx").status_code, 404)
