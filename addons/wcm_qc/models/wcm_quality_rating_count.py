from collections import defaultdict
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .. import rating
from .wcm_audit_assurance import SERIOUS

PERIOD = relativedelta(months=12)
AUDIT_PERIOD = relativedelta(years=3)
NOT_THE_MEMBERS = ("network", "client")


class WcmQualityRating(models.Model):
    """Counting, for all members at once: a query for each kind of fact, none for each member."""

    _inherit = "wcm.quality.rating"

    @api.model
    def _cron_rate(self):
        """The row of this month, of every member that works or is suspended."""
        self._rate(self.env["wcm.membership"].search([("state", "in", ("probation", "active", "suspended"))]), fields.Date.context_today(self))

    @api.model
    def _rate(self, members, today):
        """Rows of the month of `today` for these members; the other rows are history."""
        self.env.flush_all()
        month = today.replace(day=1)
        facts = self._facts(members, today)
        values = {member: self._row_values(facts[member.id], today) for member in members}
        rows = self.search([("membership_id", "in", members.ids), ("month", "in", (month, month - relativedelta(months=1)))])
        before = {row.membership_id: row for row in rows if row.month < month}
        now = {row.membership_id: row for row in rows if row.month == month}
        self.search([("is_current", "=", True), ("month", "<", month)]).is_current = False
        for member in members:
            past = before.get(member)
            values[member]["change"] = values[member]["score"] - past.score if past and past.is_rated and values[member]["is_rated"] else 0
            if member in now:
                now[member].write(values[member])
        self.create([{"membership_id": member.id, "month": month, **values[member]} for member in members if member not in now])

    @api.model
    def _row_values(self, fact, today):
        """:param fact: of one member, as `_facts` has it"""
        record = rating.Record(**{key: fact[key] for key in ("checked", "right", "points", "due", "on_time", "audits", "late_findings")})
        found = rating.rate(record)
        return {
            "is_current": True, "rated_on": today, "is_rated": found.score is not None,
            "score": found.score or 0, "score_low": found.low or 0, "score_high": found.high or 0,
            "checked": record.checked, "right": record.right, "points": record.points, "nonconformity_count": fact["nonconformities"],
            "actions_due": record.due, "actions_on_time": record.on_time, "audit_count": len(record.audits), "late_findings": record.late_findings,
            **{f"{part.key}_share": part.share or 0 for part in found.parts},
        }

    @api.model
    def _facts(self, members, today):
        """{member id: {checked, right, points, nonconformities, due, on_time, audits, late_findings}}"""
        facts = defaultdict(lambda: {
            "checked": 0, "right": 0, "points": 0.0, "nonconformities": 0, "due": 0, "on_time": 0, "audits": (), "late_findings": 0,
        })
        since = today - PERIOD
        for counted in (
            self._count_checks(members, since, today), self._count_nonconformities(members, since, today),
            self._count_actions(members, since, today), self._count_audits(members, today), self._count_late_findings(members, today),
        ):
            for member_id, values in counted.items():
                facts[member_id].update(values)
        return facts

    @api.model
    def _count_checks(self, members, since, today):
        """Blocks whose first check fell into the period, and which were right at the first check of every stage, as charts have it.

        Those that are left out of the member's record after a contest do not count.
        """
        self.env.cr.execute(SQL(
            """WITH first AS (
                SELECT DISTINCT ON (part_id, stage) part_id, membership_id, state FROM wcm_inspection
                WHERE part_id IS NOT NULL AND membership_id = ANY(%s) AND state IN ('passed', 'failed') AND rework_nonconformity_id IS NULL
                    AND closed_at >= %s AND closed_at < %s AND part_id != ALL(%s)
                ORDER BY part_id, stage, id),
            part AS (SELECT part_id, membership_id, BOOL_AND(state = 'passed') AS is_right FROM first GROUP BY part_id, membership_id)
            SELECT membership_id, COUNT(*), COUNT(*) FILTER (WHERE is_right) FROM part GROUP BY membership_id""",
            members.ids, since, today + timedelta(days=1), members._left_out("first_pass").ids,
        ))
        return {member_id: {"checked": checked, "right": right} for member_id, checked, right in self.env.cr.fetchall()}

    @api.model
    def _count_nonconformities(self, members, since, today):
        """Points, by what was decided and where it was noticed."""
        groups = self.env["wcm.nonconformity"]._read_group(
            [("membership_id", "in", members.ids), ("lot_id", "=", False), ("state", "!=", "cancelled"), ("payer", "not in", NOT_THE_MEMBERS),
             ("opened_on", ">=", since), ("opened_on", "<", today + timedelta(days=1))],
            ["membership_id", "disposition", "source"], ["__count"],
        )
        found = defaultdict(lambda: {"points": 0.0, "nonconformities": 0})
        for member, decision, source, count in groups:
            found[member.id]["points"] += count * rating.severity_points(decision, source)
            found[member.id]["nonconformities"] += count
        return found

    @api.model
    def _count_actions(self, members, since, today):
        """Those that were due or done in the period."""
        domain = [("membership_id", "in", members.ids), "|", "&", ("due_on", ">=", since), ("due_on", "<", today),
                  "&", ("done_on", ">=", since), ("done_on", "<=", today)]
        actions = self.env["wcm.corrective.action"].search_fetch(domain, ["membership_id", "due_on", "done_on"])
        found = defaultdict(lambda: {"due": 0, "on_time": 0})
        for action in actions:
            found[action.membership_id.id]["due"] += 1
            found[action.membership_id.id]["on_time"] += bool(action.done_on and action.done_on <= action.due_on)
        return found

    @api.model
    def _count_audits(self, members, today):
        """The latest visit against each scheme."""
        by_facility = members.grouped("facility_id")
        visits = self.env["wcm.audit"].search_fetch(
            [("facility_id", "in", members.facility_id.ids), ("assurance_scheme", "!=", False), ("kind", "=", "visit"), ("state", "=", "done"),
             ("done_on", ">", today - AUDIT_PERIOD), ("done_on", "<=", today)],
            ["facility_id", "assurance_scheme", "score", "next_due_on"], order="done_on, id",
        )
        latest = {(visit.facility_id, visit.assurance_scheme): visit for visit in visits}
        found = defaultdict(lambda: {"audits": ()})
        for (facility, _scheme), visit in latest.items():
            days = max(0, (today - visit.next_due_on).days) if visit.next_due_on else 0
            for member in by_facility[facility]:
                found[member.id]["audits"] += (rating.Audit(visit.score, days),)
        return found

    @api.model
    def _count_late_findings(self, members, today):
        groups = self.env["wcm.audit.finding"]._read_group(
            [("facility_id", "in", members.facility_id.ids), ("severity", "in", SERIOUS), ("state", "=", "open"), ("due_on", "<", today),
             ("audit_id.state", "=", "done")],
            ["facility_id"], ["__count"],
        )
        counts = dict(groups)
        return {member.id: {"late_findings": counts[member.facility_id]} for member in members if member.facility_id in counts}
