"""A grant year with two homes, from the award to the spreadsheet: every figure is counted by hand here as well."""

import io
from datetime import timedelta

import openpyxl

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from odoo.addons.wcm_mapping.tests.office import OpensInOffice
from odoo.addons.wcm_network.tests.test_grant import GrantCase

# By hand: Alder made three blocks for the first home at 50 each, Birch two for the second; one of Birch's is credited.
# A block is two parts of half a sheet each. Alder is a community business beside the site, Birch a company in Cumbria.
COUNTED = {
    "homes_complete": 1, "components_made": 5, "components_on_site": 5, "spend_received": 250, "spend_billed": 200, "spend_within_20_km": 150,
    "spend_charged": 200, "members": 2, "sheets_used": 5,
}
CHARGED_BY_PERIOD = {"first": [150], "year": [150, 100, -50]}


@tagged("post_install", "-at_install")
class TestAGrantYear(OpensInOffice, GrantCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.grant.write({"date_start": cls.today - timedelta(days=200), "date_end": cls.today + timedelta(days=165)})
        cls.early, cls.late = cls.today - timedelta(days=100), cls.today - timedelta(days=1)

    def test_a_grant_year(self):
        self._two_targets_are_promised()
        self._the_first_home_is_billed_and_charged_once()
        first = self._the_first_half_is_reported()
        self._the_second_home_is_billed_and_one_block_credited()
        sent = first._file()
        book = self._the_funder_downloads_the_year()
        self._its_figures_are_those_on_screen_and_those_counted(book)
        self._its_spend_and_budget_add_up(book)
        self._libreoffice_finds_the_same()
        self.assertEqual(first._file(), sent, "what happened since changes no closed report")

    def _two_targets_are_promised(self):
        target = self.env["wcm.grant.target"].with_user(self.manager)
        target.create([
            {"grant_id": self.grant.id, "indicator_id": self.indicator("components_made").id, "target": 20, "words": "20 blocks"},
            {"grant_id": self.grant.id, "indicator_id": self.indicator("homes_complete").id, "target": 2, "kind": "b_outcome", "words": "Two homes"},
        ])

    def _bill(self, order, day):
        order.purchase_id.action_create_invoice()
        bill = order.purchase_id.invoice_ids.filtered(lambda bill: bill.state == "draft")
        bill.invoice_date = day
        bill.action_post()
        self.env.flush_all()
        return bill

    def _charge_all(self, line):
        """As on the screen: what is billed and no grant pays yet, all of it, on one line."""
        window = self.grant.with_user(self.manager).action_charge()
        rows = self.env["wcm.spend"].with_user(self.manager).search([*window["domain"], ("kind", "=", "billed")])
        dialog = rows.with_context(**window["context"]).action_charge()
        charge = self.env[dialog["res_model"]].with_user(self.manager).browse(dialog["res_id"])
        charge.budget_line_id = line
        charge.action_charge()
        self.env.flush_all()
        return charge

    def _the_first_home_is_billed_and_charged_once(self):
        self._bill(self.near, self.early)
        with self.assertRaisesRegex(UserError, "restricted and would be overspent by .*30.00"), self.env.cr.savepoint():
            self._charge_all(self.training)
        again = self._charge_all(self.making)
        with self.assertRaisesRegex(UserError, "never charged twice"), self.env.cr.savepoint():
            again.action_charge()

    def _the_first_half_is_reported(self):
        report = self.env["wcm.grant.report"].with_user(self.manager).create({
            "grant_id": self.grant.id, "date_from": self.grant.date_start, "date_to": self.today - timedelta(days=31), "date_due": self.today,
        })
        report.action_close()
        spend = self._rows(openpyxl.load_workbook(io.BytesIO(report._file())), "Spend")
        self.assertEqual([row["Amount"] for row in spend], CHARGED_BY_PERIOD["first"])
        return report

    def _the_second_home_is_billed_and_one_block_credited(self):
        bill = self._bill(self.far, self.late)
        credit = bill._reverse_moves([{"invoice_date": self.late}])
        credit.invoice_line_ids.filtered("purchase_line_id").quantity = 1
        credit.action_post()
        self._charge_all(self.making)
        with self.assertRaisesRegex(UserError, "closed report"), self.env.cr.savepoint():
            self.grant.spend_ids.filtered(lambda spend: spend.date == self.early).with_user(self.manager).unlink()

    def _the_funder_downloads_the_year(self):
        self.authenticate("grant_funder", "grant_funder")
        answer = self.url_open(f"/network/grant/{self.grant.id}/workbook.xlsx")
        self.assertEqual(answer.status_code, 200)
        self.content = answer.content
        other = self.grant.create({"name": "Of another funder", "funder_id": self.grant.funder_id.id})
        self.assertEqual(self.url_open(f"/network/grant/{other.id}/workbook.xlsx").status_code, 404)
        return openpyxl.load_workbook(io.BytesIO(answer.content))

    def _its_figures_are_those_on_screen_and_those_counted(self, book):
        asked = {"grant": self.grant.id, "start": str(self.grant.date_start), "end": str(self.grant.date_end)}
        screen = self.env["wcm.indicator"].with_user(self.manager).outcomes(asked)
        figures = {figure["code"]: figure for category in screen["categories"] for figure in category["figures"]}
        summary = {row["Indicator"]: row for row in self._rows(book, "Summary")}
        self.assertEqual({code: figures[code]["value"] for code in COUNTED}, COUNTED)
        self.assertEqual({code: summary[figures[code]["name"]]["Figure"] for code in COUNTED}, COUNTED)
        for figure in figures.values():
            cell = summary.pop(figure["name"])["Figure"]
            shown = "[c]" if figure["withheld"] else "[x]" if figure["value"] is None else round(figure["value"], 6)
            self.assertEqual(cell, shown, figure["code"])
        self.assertFalse(summary)
        reached = {row["Target in words"]: row["Reached"] for row in self._rows(book, "Summary") if row["Target"] != "[x]"}
        self.assertEqual(reached, {"20 blocks": 5 / 20, "Two homes": 1 / 2})

    def _its_spend_and_budget_add_up(self, book):
        spend = self._rows(book, "Spend")
        self.assertCountEqual([row["Amount"] for row in spend], CHARGED_BY_PERIOD["year"])
        self.assertEqual(len({row["Document"] for row in spend}), 3)
        self.assertEqual({row["Home"] for row in spend}, {self.build.name, self.second.name})
        making = next(row for row in self._rows(book, "Budget") if row["Budget line"] == "Making")
        self.assertEqual((making["Budget"], making["Charged in the period"], making["Charged in all"], making["Left"]), (400, 200, 200, 200))
        homes = {row["Build"]: (row["Blocks made"], row["Blocks received"]) for row in self._rows(book, "Homes")}
        self.assertEqual(homes, {self.build.name: (3, 3), self.second.name: (2, 2)})

    def _libreoffice_finds_the_same(self):
        self.assertGreater(self.assert_opens_in_office(self.content), 1000)
        total = self.office.as_csv(self.content)["Spend"][-1]
        self.assertEqual((total[0], float(total[7])), ("Total", sum(CHARGED_BY_PERIOD["year"])))

    def _rows(self, book, name):
        """Rows by name of column, without the totals."""
        [table] = book[name].tables.values()
        header, *cells = [[cell.value for cell in row] for row in book[name][table.ref]]
        return [dict(zip(header, row, strict=True)) for row in (cells[:-1] if table.totalsRowCount else cells)]
