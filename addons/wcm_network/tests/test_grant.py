import hashlib
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import jsonschema
import openpyxl

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.wcm_mapping.tests.office import OpensInOffice

from .test_outcomes import OutcomesCase

SCHEMA = Path(__file__).parents[4] / "shared/data/giving360/360-giving-schema.json"


class GrantCase(OutcomesCase):
    """A grant with a restricted line of 120 and an open one of 400; its homes cost 150 (alder) and 100 (birch)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.funder = cls.make_user("grant_funder", "wcm_network.group_funder", email="grants@fund.example", name="Frida Funder")
        cls.grant.write({
            "user_ids": [Command.set(cls.funder.ids)], "amount": 520,
            "budget_line_ids": [Command.create({"name": "Training", "amount": 120}), Command.create({"name": "Making", "amount": 400, "is_restricted": False})],
        })
        cls.training, cls.making = cls.grant.budget_line_ids

    @classmethod
    def billed(cls, order, ref=False):
        """The posted bill of an order, its line."""
        order.purchase_id.action_create_invoice()
        bill = order.purchase_id.invoice_ids.filtered(lambda bill: bill.state == "draft")
        bill.write({"invoice_date": cls.today, "ref": ref})
        bill.action_post()
        cls.env.flush_all()
        return bill.invoice_line_ids

    def charge(self, line, **source):
        return self.env["wcm.grant.spend"].with_user(self.manager).create({"budget_line_id": line.id, **{name: record.id for name, record in source.items()}})

    def receipt_of(self, order):
        return self.env["wcm.spend"].search([("work_order_id", "=", order.id), ("kind", "=", "received")]).receipt_id


@tagged("post_install", "-at_install")
class TestGrant(GrantCase):
    def test_a_bill_is_charged_once_and_the_refusal_names_it(self):
        bill = self.billed(self.near)
        spend = self.charge(self.making, bill_line_id=bill)
        self.assertEqual((spend.amount, spend.build_id, spend.organisation_type, spend.document), (150, self.build, "community_business", bill.move_id.name))
        other = self.grant.create({"name": "Other", "funder_id": self.grant.funder_id.id, "budget_line_ids": [Command.create({"name": "All", "amount": 1000})]})
        with self.assertRaisesRegex(UserError, f"{bill.move_id.name} is charged to “Making” of Test year"):
            self.charge(other.budget_line_ids, bill_line_id=bill)
        with self.assertRaisesRegex(UserError, "the same money"):
            self.charge(other.budget_line_ids, receipt_id=self.receipt_of(self.near))

    def test_the_database_refuses_the_same_money_as_well(self):
        bill, receipt = self.billed(self.near), self.receipt_of(self.near)
        spend = self.charge(self.making, bill_line_id=bill)
        again = "INSERT INTO wcm_grant_spend (budget_line_id, grant_id, currency_id, bill_line_id, receipt_id, purchase_line_id, way) SELECT budget_line_id, grant_id, currency_id, %s, %s, purchase_line_id, %s FROM wcm_grant_spend WHERE id = %s"
        for source, constraint in (((bill.id, None, 1), "bill_once"), ((None, receipt.id, 2), "one_way"), ((bill.id, receipt.id, 1), "one_source")):
            with self.assertRaisesRegex(Exception, constraint), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.env.cr.execute(again, [*source, spend.id])

    def test_a_restricted_line_is_not_overspent_without_a_word(self):
        bill = self.billed(self.near)
        with self.assertRaisesRegex(UserError, "“Training” of Test year is restricted and would be overspent by .*30.00"), self.env.cr.savepoint():
            self.charge(self.training, bill_line_id=bill)
        self.training.overspend_reason = "Agreed by letter of 3 November"
        self.charge(self.training, bill_line_id=bill)
        self.assertTrue(self.training.is_overspent)
        self.assertIn("Agreed by letter", self.grant.problems)

    def test_what_is_credited_or_goes_back_counts_less(self):
        spend = self.charge(self.making, receipt_id=self.receipt_of(self.near))
        self.assertEqual(spend.amount, 150)
        self.near.part_ids[0].with_user(self.manager).action_return(then="credit", reason="Wet")
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(spend.amount, 100)
        bill = self.billed(self.far)
        charged = self.charge(self.making, bill_line_id=bill)
        credit = bill.move_id._reverse_moves([{"invoice_date": self.today}])
        credit.action_post()
        back = self.charge(self.making, bill_line_id=credit.invoice_line_ids)
        self.assertEqual(charged.amount + back.amount, 0)

    def test_a_bill_that_is_reset_counts_nothing_and_is_told(self):
        bill = self.billed(self.near)
        spend = self.charge(self.making, bill_line_id=bill)
        bill.move_id.button_draft()
        self.assertEqual((spend.amount, self.value("spend_charged")), (0, 0))
        self.assertIn("not posted any more", self.grant.problems)
        bill.move_id.action_post()
        self.assertEqual(spend.amount, 150)

    def test_one_bill_entered_twice_is_told(self):
        first, second = self.billed(self.near, ref="INV 7"), self.billed(self.elsewhere, ref="inv 7 ")
        second.move_id.button_draft()
        second.write({"quantity": 3})
        second.move_id.action_post()
        self.charge(self.making, bill_line_id=first)
        self.charge(self.making, bill_line_id=second)
        self.assertIn(f"{first.move_id.name}, {second.move_id.name} look like one bill entered twice", self.grant.problems.replace(f"{second.move_id.name}, {first.move_id.name}", f"{first.move_id.name}, {second.move_id.name}"))

    def test_spend_outside_the_period_is_refused(self):
        self.grant.date_start = self.today + timedelta(days=1)
        with self.assertRaisesRegex(ValidationError, "outside the period"):
            self.charge(self.making, bill_line_id=self.billed(self.near))

    def test_a_draft_bill_is_not_charged(self):
        self.near.purchase_id.action_create_invoice()
        with self.assertRaisesRegex(UserError, "Post it first"):
            self.charge(self.making, bill_line_id=self.near.purchase_id.invoice_ids.invoice_line_ids)

    def test_what_no_grant_pays_yet_is_listed_and_charged_together(self):
        window = self.grant.with_user(self.manager).action_charge()
        rows = self.env["wcm.spend"].with_user(self.manager).search([*window["domain"], ("kind", "=", "received")])
        self.assertEqual(rows.work_order_id, self.near | self.far)
        dialog = rows.with_context(**window["context"]).action_charge()
        charge = self.env[dialog["res_model"]].with_user(self.manager).browse(dialog["res_id"])
        self.assertEqual(charge.amount, 250)
        charge.budget_line_id = self.making
        charge.action_charge()
        self.env.flush_all()
        self.assertEqual((self.making.amount_spent, self.making.amount_left), (250, 150))
        self.assertFalse(self.env["wcm.spend"].search([*window["domain"], ("kind", "=", "received")]))
        self.assertEqual(self.value("spend_charged"), 250)

    def test_records_are_kept_for_seven_years(self):
        spend = self.charge(self.making, bill_line_id=self.billed(self.near))
        spend.evidence_ids = self.env["ir.attachment"].create({"name": "bill.pdf", "raw": b"%PDF-", "res_model": spend._name, "res_id": spend.id})
        for records, words in ((self.grant, "seven years"), (self.making, "kept until"), (spend, "evidence"), (spend.evidence_ids, "is evidence for")):
            with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
                records.with_user(self.manager).unlink()
        for values in ({"raw": b"other"}, {"res_id": 0}):
            with self.assertRaisesRegex(UserError, "is evidence for"):
                spend.evidence_ids.write(values)
        with self.assertRaises(AccessError):
            spend.evidence_ids.with_user(self.funder).unlink()
        with self.assertRaisesRegex(UserError, "“bill.pdf” is evidence"), self.env.cr.savepoint():
            spend.with_user(self.manager).evidence_ids = False
        with self.assertRaises(AccessError):
            spend.with_user(self.manager).write({"amount": 1})
        self.grant.active = False
        self.assertEqual(self.grant.kept_until, fields.Date.add(self.grant.date_end, years=7))

    def test_a_budget_line_with_spend_stays_with_its_grant(self):
        self.charge(self.making, bill_line_id=self.billed(self.near))
        other = self.grant.create({"name": "Other", "funder_id": self.grant.funder_id.id})
        with self.assertRaisesRegex(UserError, "“Making”: it stays with its grant"):
            self.making.with_user(self.manager).grant_id = other
        self.training.with_user(self.manager).grant_id = other
        self.assertEqual(other.budget_line_ids, self.training)

    def test_what_is_left_is_the_same_for_every_reader(self):
        self.second.site_id = self.second.site_id.copy({"code": "TM2", "name": "Far Meadow", "region_id": self.cumbria.id})
        self.charge(self.making, bill_line_id=self.billed(self.near))
        self.env.invalidate_all()
        for user in (self.manager, self.coordinator, self.other_coordinator):
            self.assertEqual(self.making.with_user(user).amount_left, 250, user.login)
        self.assertFalse(self.making.spend_ids.with_user(self.other_coordinator).search([]))
        with self.assertRaises(AccessError):
            self.grant.with_user(self.coordinator).read(["problems"])

    def test_evidence_that_is_uploaded_first_belongs_to_the_spend(self):
        file = self.env["ir.attachment"].with_user(self.manager).create({"name": "bill.pdf", "raw": b"%PDF-", "res_model": "wcm.grant.spend", "res_id": 0})
        spend = self.charge(self.making, bill_line_id=self.billed(self.near))
        spend.evidence_ids = file
        self.assertEqual(file.res_id, spend.id)
        self.assertEqual(file.with_user(self.coordinator).name, "bill.pdf")

    def test_targets_show_what_is_reached(self):
        target = self.env["wcm.grant.target"].create({"grant_id": self.grant.id, "indicator_id": self.indicator("components_made").id, "target": 20})
        self.assertEqual((target.with_user(self.manager).value, target.with_user(self.manager).reached), (5, 0.25))

    def test_coordinators_see_the_spend_of_their_regions_and_change_nothing(self):
        spend = self.charge(self.making, bill_line_id=self.billed(self.near))
        self.assertTrue(spend.with_user(self.coordinator).search([]))
        self.assertFalse(spend.with_user(self.other_coordinator).search([]))
        with self.assertRaises(AccessError):
            spend.with_user(self.coordinator).write({"note": "mine"})
        for user in (self.coordinator, self.funder):
            with self.assertRaises(AccessError):
                spend.with_user(user).create({"budget_line_id": self.making.id, "bill_line_id": spend.bill_line_id.id})


@tagged("post_install", "-at_install")
class TestFunderSpreadsheet(OpensInOffice, GrantCase, HttpCase):
    """A grant year with two builds and its spreadsheet."""

    def year(self):
        """All bills charged, a target, and the scope of the grant's first month."""
        self.charge(self.making, bill_line_id=self.billed(self.near))
        far = self.charge(self.making, bill_line_id=self.billed(self.far))
        far.evidence_ids = self.env["ir.attachment"].create({"name": "bill of Frida Funder.pdf", "raw": b"%PDF-", "res_model": far._name, "res_id": far.id})
        self.env["wcm.grant.target"].create({"grant_id": self.grant.id, "indicator_id": self.indicator("components_made").id, "target": 20, "words": "=20 blocks"})
        self.env.flush_all()
        return self.grant._period_scope(self.grant.date_start, self.today)

    def open(self, content):
        return openpyxl.load_workbook(io.BytesIO(content))

    def rows(self, sheet):
        """Rows by name of column, without the totals."""
        [table] = sheet.tables.values()
        cells = [[cell.value for cell in row] for row in sheet[table.ref]]
        last = -1 if table.totalsRowCount else None
        return [dict(zip(cells[0], row, strict=True)) for row in cells[1:last]]

    def test_the_spreadsheet_says_what_the_screen_says(self):
        scope = self.year()
        book = self.open(self.grant._workbook(scope).to_bytes())
        asked = {"grant": self.grant.id, "start": str(scope.start), "end": str(scope.end)}
        screen = self.env["wcm.indicator"].with_user(self.manager).outcomes(asked)
        summary = {row["Indicator"]: row for row in self.rows(book["Summary"])}
        parts = [row for name in ("Outputs", "Outcomes") for row in self.rows(book[name])]
        compared = 0
        for figure in (figure for category in screen["categories"] for figure in category["figures"]):
            row = summary.pop(figure["name"])
            self.assertEqual(row["Basis"], figure["basis_label"])
            self.assert_same(row["Figure"], figure)
            for group in figure["groups"]:
                for shown in group["rows"]:
                    [part] = [part for part in parts if (part["Indicator"], part["Split by"], part["Part"]) == (figure["name"], group["title"], shown["label"])]
                    self.assert_same(part["Figure"], shown)
                    compared += 1
        self.assertFalse(summary)
        self.assertGreater(compared, 20)

    def assert_same(self, cell, figure):
        expected = "[c]" if figure["withheld"] else "[x]" if figure["value"] is None else figure["value"]
        if isinstance(expected, str):
            self.assertEqual(cell, expected)
        else:
            self.assertAlmostEqual(cell, expected, 5)

    def test_spend_has_its_documents_evidence_and_a_total_with_its_value(self):
        book = self.open(self.grant._workbook(self.year()).to_bytes())
        spend = self.rows(book["Spend"])
        self.assertEqual([row["Amount"] for row in spend], [150, 100])
        self.assertEqual([row["Evidence"][:3] for row in spend], ["[x]", "EV-"])
        totals = book["Spend"][f"H{book['Spend'].max_row}"]
        self.assertEqual(totals.value, "=SUBTOTAL(109,Spend_table[Amount])")
        values = openpyxl.load_workbook(io.BytesIO(self.grant._workbook(self.grant._period_scope(None, None)).to_bytes()), data_only=True)
        self.assertEqual(values["Spend"][totals.coordinate].value, 250)
        making = next(row for row in self.rows(book["Budget"]) if row["Budget line"] == "Making")
        self.assertEqual((making["Charged in the period"], making["Left"]), (250, 150))
        target = next(row for row in self.rows(book["Summary"]) if row["Target"] != "[x]")
        self.assertEqual((target["Figure"], target["Reached"], target["Target in words"]), (5, 0.25, "=20 blocks"))

    def test_charts_stand_on_a_sheet_of_their_own_and_have_words(self):
        content = self.grant._workbook(self.year()).to_bytes()
        book = self.open(content)
        self.assertEqual(len(book["Charts"]._charts), 3)
        self.assertFalse(any(sheet._charts for sheet in book if sheet.title != "Charts"))
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            drawing = archive.read("xl/drawings/drawing1.xml").decode()
        self.assertEqual(drawing.count('descr="'), 3)
        self.assertIn("Up to 5 km 150.00", drawing)

    def test_every_cell_is_the_same_in_libreoffice(self):
        content = self.grant._workbook(self.year()).to_bytes()
        self.assertGreater(self.assert_opens_in_office(content), 1000)
        spend = self.office.as_csv(content)["Spend"]
        self.assertEqual([line[7] for line in spend[2:]], ["Amount", "150", "100", "250"])

    def test_nobody_is_named(self):
        content = self.grant._workbook(self.year()).to_bytes()
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            text = "\n".join(archive.read(name).decode(errors="ignore") for name in archive.namelist())
        people = self.env["res.users"].with_context(active_test=False).search([]).partner_id | self.env["res.partner"].search([("is_company", "=", False), ("email", "!=", False)])
        names = {person.name for person in people if " " in (person.name or "")} | {person.email for person in people if person.email} | set(self.env["wcm.member.person"].search([]).mapped("name"))
        self.assertGreater(len(names), 5)
        self.assertEqual([name for name in names if name in text], [])
        self.assertNotIn("Alder", text)
        self.assertNotIn("Birch", text)

    def test_text_is_never_a_formula(self):
        for start in "=+-@":
            self.build.name = f"{start}1+1"
            book = self.open(self.grant._workbook(self.of_grant).to_bytes())
            cell = book["Homes"]["A4"]
            self.assertEqual((cell.value, cell.data_type), (f"{start}1+1", "s"))

    def test_a_closed_report_is_the_same_file_byte_for_byte(self):
        self.year()
        self.grant.date_start = self.today - timedelta(days=60)
        report = self.env["wcm.grant.report"].with_user(self.manager).create({
            "grant_id": self.grant.id, "date_from": self.grant.date_start, "date_to": self.today - timedelta(days=1), "date_due": self.today,
        })
        self.env.cr.execute("UPDATE account_move SET invoice_date = %s WHERE id IN %s", [self.today - timedelta(days=1), tuple(self.grant.spend_ids.bill_line_id.move_id.ids)])
        self.env.invalidate_all()
        self.env.add_to_compute(self.grant.spend_ids._fields["date"], self.grant.spend_ids)
        self.env.flush_all()
        report.action_close()
        first = report._file()
        self.assertEqual(hashlib.sha256(first).hexdigest(), report.sha256)
        self.assertEqual([row["Amount"] for row in self.rows(self.open(first)["Spend"])], [150, 100])
        self.build.name = "Renamed since"
        self.grant.budget_line_ids[0].amount = 99
        self.env.flush_all()
        self.assertEqual(report._file(), first)
        with self.assertRaisesRegex(UserError, "closed report"), self.env.cr.savepoint():
            self.grant.spend_ids[0].with_user(self.manager).unlink()
        with self.assertRaisesRegex(UserError, "stays as it is"):
            report.write({"date_to": self.today})
        with self.assertRaises(AccessError):
            report.write({"state": "due"})
        with zipfile.ZipFile(io.BytesIO(first)) as archive:
            self.assertEqual({item.date_time for item in archive.infolist()}, {(1980, 1, 1, 0, 0, 0)})

    def test_a_period_that_is_not_over_is_not_closed(self):
        report = self.env["wcm.grant.report"].create({"grant_id": self.grant.id, "date_from": self.today, "date_to": self.today, "date_due": self.today})
        with self.assertRaisesRegex(UserError, "when the period is over"):
            report.with_user(self.manager).action_close()

    def test_the_spreadsheet_is_mailed_once_for_each_month(self):
        self.grant.write({"mail_every": "monthly", "date_start": "2020-01-01"})
        reports = self.env["wcm.grant.report"]
        for _again in range(2):
            reports._cron_reports()
        report = reports.search([("grant_id", "=", self.grant.id)])
        month = fields.Date.subtract(self.today.replace(day=1), months=1)
        self.assertEqual((report.state, report.date_from, report.date_to), ("sent", month, fields.Date.end_of(month, "month")))
        [mail] = self.env["mail.mail"].search([("model", "=", report._name), ("res_id", "=", report.id)])
        self.assertEqual(mail.recipient_ids, self.funder.partner_id)
        self.assertEqual(hashlib.sha256(mail.attachment_ids.raw).hexdigest(), report.sha256)
        with self.assertRaisesRegex(UserError, "closed report"):
            mail.attachment_ids.unlink()

    def test_each_quarter_of_the_grant_is_mailed_once_when_it_is_over(self):
        """From the one it begins in to the one it ends in; a day on which nothing ran is made up for."""
        self.grant.write({"mail_every": "quarterly", "date_start": "2025-02-10", "date_end": "2025-08-15"})
        reports, sent = self.env["wcm.grant.report"], []
        cron = self.env.ref("wcm_network.cron_grant_reports")
        self.assertEqual((cron.interval_type, cron.interval_number, cron.active), ("days", 1, True))
        for day in ("2025-01-20", "2025-03-31", "2025-04-03", "2025-04-04", "2025-06-30", "2025-07-01", "2025-10-01", "2026-01-01"):
            with patch("odoo.fields.Date.context_today", return_value=fields.Date.to_date(day)):
                reports._cron_reports()
            found = reports.search([("grant_id", "=", self.grant.id)], order="date_from")
            sent.append((day, [str(report.date_to) for report in found]))
        first, second, third = "2025-03-31", "2025-06-30", "2025-09-30"
        self.assertEqual([days for _day, days in sent], [[], [], [first], [first], [first], [first, second], [first, second, third], [first, second, third]])
        self.assertEqual(set(found.mapped("state")), {"sent"})
        mails = self.env["mail.mail"].search([("model", "=", reports._name), ("res_id", "in", found.ids)])
        self.assertEqual((len(mails), mails.recipient_ids), (3, self.funder.partner_id))

    def test_a_grant_that_cannot_be_sent_keeps_no_other_from_it(self):
        self.grant.write({"mail_every": "monthly", "date_start": "2020-01-01"})
        other = self.grant.copy({"name": "Other"})
        other.user_ids = self.grant.user_ids
        month = fields.Date.subtract(self.today.replace(day=1), months=1)
        reports = self.env["wcm.grant.report"]
        report = reports.create({"grant_id": self.grant.id, "date_from": month, "date_to": fields.Date.end_of(month, "month"), "date_due": self.today})
        report.with_user(self.manager).action_close()
        self.env.flush_all()
        self.env.cr.execute("UPDATE wcm_grant_report SET sha256 = 'that of another file' WHERE id = %s", [report.id])
        self.env.invalidate_all()
        with self.assertLogs("odoo.addons.wcm_network.models.wcm_grant_report", "ERROR") as logs:
            reports._cron_reports()
        self.assertIn(f"grant {self.grant.id} was not sent", logs.output[0])
        self.assertEqual((report.state, reports.search([("grant_id", "=", other.id)]).state), ("closed", "sent"))

    def test_who_writes_reports_is_reminded_once(self):
        self.grant.responsible_id = self.manager
        report = self.env["wcm.grant.report"].create({"grant_id": self.grant.id, "date_from": self.today, "date_to": self.today, "date_due": self.today + timedelta(days=5)})
        for _again in range(2):
            report._cron_reports()
        self.assertEqual(report.activity_ids.user_id, self.manager)
        self.assertEqual(len(report.activity_ids), 1)

    def test_a_funder_gets_closed_reports_of_its_own_grants(self):
        report = self.env["wcm.grant.report"].create({"grant_id": self.grant.id, "date_from": "2020-01-01", "date_to": "2020-03-31", "date_due": self.today})
        url = f"/network/grant/{self.grant.id}/report/{report.id}.xlsx"
        self.make_user("grant_other", "wcm_network.group_funder")
        self.authenticate("grant_funder", "grant_funder")
        self.assertEqual(self.url_open(url).status_code, 404)
        report.with_user(self.manager).action_close()
        self.assertEqual(self.url_open(url).content, report._file())
        self.assertIn(report.name, self.url_open("/my/grants").text)
        for login in ("grant_other", "coordinator_t"):
            self.authenticate(login, login)
            self.assertEqual(self.url_open(url).status_code, 404)

    def test_a_coordinator_gets_the_figures_of_the_own_region(self):
        self.second.site_id.copy({"code": "TM2", "name": "Far Meadow", "region_id": self.cumbria.id})
        self.second.site_id = self.env["wcm.site"].search([("code", "=", "TM2")])
        self.env.flush_all()
        url = f"/network/grant/{self.grant.id}/workbook.xlsx"
        made = {}
        for login in ("manager_t", "coordinator_t"):
            self.authenticate(login, login)
            book = self.open(self.url_open(url).content)
            made[login] = next(row["Figure"] for row in self.rows(book["Summary"]) if row["Indicator"] == "Components made")
        self.assertEqual(made, {"manager_t": 5, "coordinator_t": 3})


@tagged("post_install", "-at_install")
class TestGrantHandedOn(GrantCase):
    def award(self, **values):
        recipient = self.env["res.partner"].create({"name": "Fair Homes CIC", "is_company": True, "company_registry": "1234567"})
        return self.env["wcm.grant.award"].create({
            "grant_id": self.grant.id, "title": "Kit for a second space", "description": "A router and its training", "recipient_id": recipient.id, "amount": 5000.5,
            "award_date": self.today, "date_start": self.today, **values,
        })

    def test_the_sheet_is_valid_by_the_360giving_standard(self):
        if not SCHEMA.exists():
            self.skipTest(f"shared data absent: {SCHEMA}")
        self.award()
        self.award(date_end=self.today + timedelta(days=90), recipient_id=self.env["res.partner"].create({"name": "No Number Ltd", "is_company": True}).id)
        book = openpyxl.load_workbook(io.BytesIO(self.grant._workbook(self.of_grant).to_bytes()))
        [header, *rows] = [[cell.value for cell in row] for row in book["Grants_360Giving"].iter_rows(min_row=3)]
        schema = json.loads(SCHEMA.read_text())
        formats = jsonschema.FormatChecker(formats=())
        formats.checks("date-time")(lambda value: "T" in str(value))  # as the standard means it: a day alone is no moment
        validator = jsonschema.Draft202012Validator(schema, format_checker=formats)
        for row in rows[:-1]:
            grant = self.as_json(schema, dict(zip(header, row, strict=True)))
            self.assertEqual([error.message for error in validator.iter_errors(grant)], [])
        self.assertEqual(grant["recipientOrganization"][0]["name"], "No Number Ltd")
        self.assertEqual(rows[0][header.index("Recipient Org:Identifier")], "GB-COH-01234567")

    def as_json(self, schema, row):
        """By the titles in the schema, as 360Giving's own converter goes."""
        result = {}
        for title, value in row.items():
            if value == "[x]":
                continue
            value = value.date().isoformat() if hasattr(value, "date") else value
            first, _colon, second = title.partition(":")
            definition = {"currency": "Currency"}
            name = next(name for name, field in schema["properties"].items() if (field.get("title") or definition.get(name)) == first)
            if not second:
                result[name] = value
                continue
            part = schema["$defs"][schema["properties"][name]["items"]["$ref"].rpartition("/")[2]]["properties"]
            inner = next(key for key, field in part.items() if field.get("title") == second)
            result.setdefault(name, [{}])[0][inner] = value
        return result

    def test_nothing_is_handed_on_to_a_person(self):
        person = self.env["res.partner"].create({"name": "Pat Person"})
        with self.assertRaisesRegex(ValidationError, "organisations"):
            self.award(recipient_id=person.id)

    def test_without_anything_handed_on_there_is_no_such_sheet(self):
        self.assertNotIn("Grants_360Giving", [table.name for table in self.grant._workbook_tables(self.of_grant)])
