import io
import json
import zipfile
from collections import namedtuple

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ..writers.table_csv import table_csv

# Statements on paper: so many of the newest months; all months stand in statements.json.
PAPERS = 24
DataTable = namedtuple("DataTable", "name meaning model domain fields")


class WcmMembership(models.Model):
    """All that the network holds of a member, as one file that it takes along: its own records and nobody else's."""

    _inherit = "wcm.membership"

    def _data_zip(self):
        """A zip: tables as CSV, statements and accepted terms as PDF, the rest as JSON, and index.txt that says what is what."""
        self.ensure_one()
        files = list(self._data_files())
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("index.txt", self._data_index([(name, meaning) for name, meaning, _body in files]))
            for name, _meaning, body in files:
                packed.writestr(name, body)
        return content.getvalue()

    def _data_index(self, listed):
        lines = [
            self.env._("All that %(network)s holds of %(member)s, %(day)s.", network=self.env.company.name, member=self.name, day=format_date(self.env, fields.Date.context_today(self))),
            self.env._("Tables are CSV in UTF-8 with a row of headings; an apostrophe before =, +, - or @ keeps a spreadsheet from counting it as a formula. Times are UTC."),
            self.env._("Photos and drawings are not in it: ask your coordinator for those that you need."),
            "", *(f"{name}\n    {meaning}" for name, meaning in listed),
        ]
        return "\n".join(lines) + "\n"

    def _data_files(self):
        """(name, meaning, content) of each file."""
        yield "member.json", self.env._("The membership itself: dates, states, terms accepted."), self._data_json(self._data_member())
        for table in self._data_tables():
            yield f"{table.name}.csv", table.meaning, self._data_csv(table)
        statements = self._statements()
        yield "statements.json", self.env._("What was received, accepted, billed and paid, by month and order, and the bills."), self._data_json(statements)
        yield from self._data_papers(statements)
        yield "record.json", self.env._("The record: on time, first-pass yield, answers, with formula and count."), self._data_json(self._record_values())
        for acceptance in self.acceptance_ids:
            name, body = acceptance._file()
            yield f"terms/{acceptance.id} {name}", self.env._("Terms as they were accepted on %s.", format_date(self.env, acceptance.accepted_at)), body

    def _data_papers(self, statements):
        months = sorted({month["key"] for statement in statements for month in statement["months"]}, reverse=True)[:PAPERS]
        for month in months:
            body = self._statement_pdf(fields.Date.to_date(month))
            if body:
                yield f"statements/{month[:7]}.pdf", self.env._("Statement of the month, on paper."), body

    def _data_member(self):
        names = ("name", "code", "state", "applied_on", "admitted_on", "activated_on", "decision_reason", "leaving_on", "leaving_reason")
        return {
            **{name: str(self[name] or "") for name in names},
            "operator": self.partner_id.name, "organisation_type": self.organisation_type, "region": self.region_id.name,
            "terms_accepted": [
                {"terms": one.terms_id.display_name, "by": one.accepted_by_name, "at": str(one.accepted_at), "sha256": one.text_hash} for one in self.acceptance_ids
            ],
        }

    def _data_json(self, value):
        return json.dumps(value, ensure_ascii=False, indent=2, default=str).encode()

    def _data_csv(self, table):
        records = self.env[table.model].sudo().with_context(active_test=False).search(table.domain, order="id")
        headings = [records._fields[name]._description_string(self.env) or name for name in table.fields]
        return table_csv(headings, records.export_data(list(table.fields))["datas"])

    def _data_tables(self):
        """Hook: the tables, each with its meaning, whose rows are this member's."""
        own, bills = Domain("membership_id", "=", self.id), (self._settled_orders().purchase_line_id.invoice_lines.move_id).ids
        of_parts, of_space = Domain("part_id.membership_id", "=", self.id), Domain("facility_id", "=", self.facility_id.id)
        moves = Domain("id", "in", bills) | Domain("wcm_membership_id", "=", self.id)
        return [
            DataTable("people", self.env._("Who worked here, and as what."), "wcm.member.person", own, ("name", "role", "login", "active")),
            DataTable("orders", self.env._("Work orders, also those that were declined or called off."), "wcm.work.order", own, (
                "name", "state", "component_code", "component_name", "build_name", "site_name", "quantity", "price_unit", "currency_id", "date_start", "date_due",
                "accepted_on", "design_revision", "release_reference", "quantity_made", "quantity_received", "decline_reason")),
            DataTable("offers", self.env._("Each offer: when it was made, how it was answered."), "wcm.offer.answer", own, ("work_order_id", "quantity", "asked_at", "answered_at", "answer", "hours")),
            DataTable("changes", self.env._("Changes of agreed orders."), "wcm.work.order.change", Domain("work_order_id.membership_id", "=", self.id), ("work_order_id", "words", "reason", "state", "answer", "answered_on")),
            DataTable("blocks", self.env._("Every block that was made here."), "wcm.part", own, (
                "name", "code", "work_order_id", "component_code", "build_name", "state", "design_revision", "sheet_lot_names", "made_on")),
            DataTable("history", self.env._("Every step of every block."), "wcm.part.event", of_parts, ("part_id", "biz_step", "event_time", "place", "note", "event_hash")),
            DataTable("shipments", self.env._("What was sent where."), "wcm.shipment", own, ("name", "state", "site_name", "part_count", "weight_kg", "date_dispatched", "date_received", "distance_km", "kgco2e")),
            DataTable("sheets", self.env._("Sheets that were bought here."), "wcm.sheet.purchase", own, ("work_order_id", "product_name", "lot_name", "quantity", "quantity_back", "supplier", "bought_on")),
            DataTable("rates", self.env._("What was asked for an hour, from which day on."), "wcm.capability.rate", of_space, ("capability_id", "date_from", "machine_hour", "hands_on_hour", "overhead_percent", "currency_id")),
            DataTable("jobs", self.env._("Jobs as they were reported, month by month."), "wcm.job.report", own, ("month", "paid_hours", "people", "apprentices", "training_hours", "first_jobs", "living_wage_people")),
            DataTable("levy", self.env._("The levy, counted for each delivery."), "wcm.levy.entry", own, ("work_order_id", "date", "quantity", "amount", "levy", "currency_id", "rule", "invoice_id")),
            DataTable("bills", self.env._("Bills and invoices between the member and the network."), "account.move", moves, (
                "name", "move_type", "ref", "state", "invoice_date", "invoice_date_due", "amount_untaxed", "amount_total", "amount_residual", "currency_id", "payment_state")),
            DataTable("disputes", self.env._("What was said about statements, and the answers."), "wcm.statement.dispute", own, ("month", "work_order_id", "reason", "raised_on", "state", "answer", "answered_on")),
            DataTable("contests", self.env._("What was said about the record, and the answers."), "wcm.record.contest", own, ("figure", "about", "reason", "raised_on", "state", "answer", "answered_on")),
        ]
