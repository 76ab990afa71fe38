from collections import defaultdict
from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.tools import SQL

from .. import charts
from .wcm_quality_chart_readings import ASKED_BY, FAMILIES, MEASURED

# A stream is judged by its newest readings; a signal is news when its last one is of the last days, also after some
# nights without a server.
NEWEST = 200
NEWS_DAYS = 7
# Named in the night's mail; the others are counted.
MAILED = 20


class WcmQualitySignal(models.Model):
    """The nightly search. A stream is one characteristic of one member on one machine (or the same set of them)."""

    _inherit = "wcm.quality.signal"

    @api.model
    def _cron_find_signals(self):
        """A fixed number of queries, however many streams there are."""
        since = fields.Datetime.now() - timedelta(days=NEWS_DAYS)
        found = [signal for stream, rows in self._streams(since).items() for signal in self._news(stream, rows, since)]
        known = self._known(found)
        fresh = [signal for signal in found if not self._goes_on(signal, known)]
        self.create([self._signal_values(signal) for signal in fresh])._tell()

    @api.model
    def _streams(self, since):
        """{(plan, checkpoint, member, machines, nominal, unit, readings of a check): results, oldest first}, of streams with news."""
        self.env["wcm.quality.chart"]._flush()
        self.env.cr.execute(SQL(
            """WITH RECURSIVE %(families)s,
            machines AS (SELECT part_id, ARRAY_AGG(equipment_id ORDER BY equipment_id) AS ids FROM wcm_part_equipment_rel GROUP BY part_id),
            reading AS (
                SELECT line.id, line.measured_values, inspection.closed_at, family.root, line.name, inspection.membership_id, machines.ids,
                    line.nominal, line.unit, line.reading_count AS size,
                    ROW_NUMBER() OVER stream AS age, FIRST_VALUE(inspection.closed_at) OVER stream AS newest
                FROM wcm_inspection inspection JOIN wcm_inspection_line line ON line.inspection_id = inspection.id
                JOIN family ON family.id = %(asked_by)s
                LEFT JOIN machines ON machines.part_id = inspection.part_id
                WHERE inspection.part_id IS NOT NULL AND inspection.state IN ('passed', 'failed') AND %(measured)s
                WINDOW stream AS (
                    PARTITION BY family.root, line.name, inspection.membership_id, machines.ids, line.nominal, line.unit, line.reading_count
                    ORDER BY inspection.closed_at DESC, line.id DESC))
            SELECT * FROM reading WHERE newest >= %(since)s AND age <= %(most)s ORDER BY closed_at, id""",
            families=FAMILIES, measured=MEASURED, asked_by=ASKED_BY, since=since, most=NEWEST,
        ))
        streams = defaultdict(list)
        for row in self.env.cr.dictfetchall():
            streams[row["root"], row["name"], row["membership_id"], tuple(row["ids"] or ()), row["nominal"], row["unit"], row["size"]].append(row)
        return streams

    @api.model
    def _news(self, stream, rows, since):
        """(stream, rule, results of the pattern) of each signal that ends in the last days; a check of several readings is one point."""
        values, size = [value for row in rows for value in row["measured_values"]], stream[-1]
        for signal in (charts.averages(values, size) if size > 1 else charts.individuals(values)).signals:
            pattern = [rows[number] for number in signal.points]
            if pattern[-1]["closed_at"] >= since:
                yield stream, str(signal.rule), [row["id"] for row in pattern]

    @api.model
    def _known(self, found):
        """{(rule, reading): signal} of the readings in question."""
        lines = {line for _stream, _rule, pattern in found for line in pattern}
        signals = self.search([("line_ids", "in", list(lines))])
        return {(signal.rule, line): signal for signal in signals for line in signal.line_ids.ids}

    @api.model
    def _goes_on(self, found, known):
        """A pattern that has grown since it was told of keeps its new readings with it, so that it is known by them too."""
        _stream, rule, pattern = found
        signal = next((known[rule, line] for line in pattern if (rule, line) in known), None)
        if signal and not set(pattern) <= set(signal.line_ids.ids):
            signal.line_ids = [Command.link(line) for line in pattern]
        return bool(signal)

    @api.model
    def _signal_values(self, found):
        (plan, checkpoint, member, machines, _nominal, _unit, _size), rule, pattern = found
        return {
            "plan_id": plan, "checkpoint": checkpoint, "membership_id": member, "equipment_ids": [Command.set(machines)],
            "rule": rule, "line_id": pattern[-1], "line_ids": [Command.set(pattern)],
        }

    def _tell(self):
        """One activity for each signal, with who approved the control plan, else with another quality lead; one mail a night for each of them."""
        leads = self.env.ref("wcm_qc.group_quality_lead").sudo().all_user_ids.filtered("active").sorted("id")
        if not (self and leads):
            return
        newest, todo = self._approvers(), self.env.ref("mail.mail_activity_data_todo")
        whose = {signal: newest.get(signal.plan_id.id, leads.browse()) & leads or leads[-1:] for signal in self}
        model = self.env["ir.model"]._get_id(self._name)
        self.env["mail.activity"].with_context(mail_activity_quick_update=True).create([
            {
                "activity_type_id": todo.id, "res_model_id": model, "res_id": signal.id, "user_id": lead.id,
                "summary": self.env._("Look at the chart: %s", signal.display_name),
            }
            for signal, lead in whose.items()
        ])
        for lead, signals in self.grouped(whose.get).items():
            signals.with_context(lang=lead.lang)._mail(lead)

    def _mail(self, lead):
        count = len(self)
        self.env["mail.thread"].message_notify(
            partner_ids=lead.partner_id.ids,
            subject=self.env._("%s signals on control charts", count) if count > 1 else self.env._("Look at the chart: %s", self.display_name),
            body=self.env["ir.qweb"]._render("wcm_qc.signals_mail", {"signals": self[:MAILED], "more": max(count - MAILED, 0), "base": self[:1].get_base_url()}),
        )

    def _approvers(self):
        """{first version of a plan: who approved the version by which its signal was measured}"""
        return {signal.plan_id.id: signal.inspection_id.plan_id.approved_by_id for signal in self}
