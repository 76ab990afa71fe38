from collections import Counter
from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from .wcm_build_line import OFFERED_STATES, PLACED_STATES

MONTHS = 36
# Of what is behind, a programme looks back so far at most.
MONTHS_BACK = 12
SOLVED_STATES = ("solved", "offered")
WEEK = timedelta(weeks=1)


class Outlook(NamedTuple):
    """One home: days, or None where there is none.

    :ivar promised: all its components are asked for on site by then
    :ivar expected: it is finished, or wholly planned to be, by then
    :ivar missing: blocks that neither an order nor a plan makes
    """

    promised: date
    expected: date | None
    finished: date | None
    missing: int

    @property
    def in_time(self):
        return bool(self.expected) and self.expected <= self.promised


class WcmBuild(models.Model):
    """Homes by month: what was promised, what the plans make of it, what is finished.

    wcm_build_pipeline_load.py adds the load by process and region, wcm_build_pipeline_words.py what would help.
    """

    _inherit = "wcm.build"

    @api.model
    @api.readonly
    def pipeline(self):
        """Of the homes that the reader may see: months with homes promised, expected and finished; homes without a
        plan; load and capacity by process and region; sentences on what would help."""
        self.check_access("read")
        builds = self.search([("state", "!=", "cancelled"), ("kind", "=", "home")])
        plans = builds._plans_in_force()
        finished, scarce = builds._finished_days(), self._scarce(plans)
        outlooks = builds._outlooks(plans, finished)
        months = self._pipeline_months(outlooks)
        return {
            "currency_id": self.env.company.currency_id.id,
            "homes": len(builds),
            "plan_ids": plans.ids,
            "headline": self._pipeline_headline(outlooks),
            "months": self._pipeline_rows(months, outlooks),
            "later": sum(outlook.promised >= months[-1] + relativedelta(months=1) for outlook in outlooks.values()),
            "open": builds._pipeline_open(outlooks),
            "load": [self._load_row(row) for row in scarce],
            "helps": self._pipeline_helps(plans, scarce),
            "limits": list(filter(None, [
                self._limit_of_plans(outlooks, plans), self._limit_of_regions(plans), self._limit_of_hours(scarce),
                builds._limit_of_days(finished),
            ])),
        }

    def _plans_in_force(self):
        """Plans with offers, and the newest solved one of each home: older ones were alternatives.

        Plans that only show what a rule costs are never carried out.
        """
        plans = self.env["wcm.plan"].search(
            [("build_ids", "in", self.ids), ("state", "in", SOLVED_STATES), ("effect_of_id", "=", False)]
        )
        newest = {}
        for plan in plans.sorted("id"):
            newest.update(dict.fromkeys(plan.build_ids.ids, plan))
        return plans.filtered(lambda plan: plan.state == "offered") | plans.browse().union(*newest.values())

    def _outlooks(self, plans, finished):
        """{home: Outlook}"""
        ready, planned = self._order_days(), self._planned_days(plans)
        return {build: build._outlook(finished.get(build.id), ready.get(build.id), planned.get(build.id)) for build in self}

    def _outlook(self, finished, ordered, planned):
        promised = max(self.line_ids.mapped("date_required"), default=self.date_required)
        if self.state == "complete":
            day = finished or min(promised, fields.Date.context_today(self))
            return Outlook(promised, day, day, 0)
        days, quantities = zip(*filter(None, (ordered, planned)), strict=True) if ordered or planned else ((), ())
        missing = max(0, self.quantity_needed - sum(quantities))
        whole = self.quantity_needed and not missing
        return Outlook(promised, max(days) if whole else None, None, missing)

    def _finished_days(self):
        """{home id: when the last of its blocks was scanned in on site}"""
        groups = self.env["wcm.part.event"].sudo()._read_group(
            [("part_id.build_id", "in", self.ids), ("biz_step", "=", "receiving")], ["part_id.build_id"], ["event_time:max"]
        )
        return {build.id: moment.date() for build, moment in groups}

    def _order_days(self):
        """{home id: (when the last order is ready, blocks on order or offer)}"""
        groups = self.env["wcm.work.order"].sudo()._read_group(
            [("build_id", "in", self.ids), ("state", "in", (*OFFERED_STATES, *PLACED_STATES))],
            ["build_id"], ["date_due:max", "quantity:sum"],
        )
        return {build.id: (day, quantity) for build, day, quantity in groups}

    def _planned_days(self, plans):
        """{home id: (end of its last week of work, blocks)} of what is planned and not yet offered."""
        groups = self.env["wcm.plan.line"]._read_group(
            [("plan_id", "in", plans.ids), ("build_id", "in", self.ids), ("work_order_id", "=", False), ("plan_id.state", "=", "solved")],
            ["build_id"], ["week_start:max", "quantity:sum"],
        )
        return {build.id: (day + WEEK, quantity) for build, day, quantity in groups}

    @api.model
    def _pipeline_months(self, outlooks):
        """First days of 36 months, from the first promise that is not too long ago."""
        this = fields.Date.context_today(self).replace(day=1)
        first = min((outlook.promised.replace(day=1) for outlook in outlooks.values()), default=this)
        first = max(min(first, this), this - relativedelta(months=MONTHS_BACK))
        return [first + relativedelta(months=number) for number in range(MONTHS)]

    @api.model
    def _pipeline_rows(self, months, outlooks):
        """A row per month: homes in it, and altogether until its end; what was before stands in the first."""
        counts = {kind: Counter() for kind in ("promised", "expected", "finished")}
        for outlook in outlooks.values():
            for kind, count in counts.items():
                if day := getattr(outlook, kind):
                    count[max(day.replace(day=1), months[0])] += 1
        rows, totals = [], Counter()
        for month in months:
            row = {kind: count[month] for kind, count in counts.items()}
            totals.update(row)
            rows.append({"month": fields.Date.to_string(month), **row, "until": {kind: totals[kind] for kind in counts}})
        return rows

    def _pipeline_open(self, outlooks):
        """Homes that no plan finishes, or too late, the most urgent first."""
        rows = []
        for build, outlook in sorted(outlooks.items(), key=lambda pair: pair[1].promised):
            if why := build._pipeline_why(outlook):
                rows.append({
                    "id": build.id, "name": build.name, "site": build.site_id.name,
                    "promised": fields.Date.to_string(outlook.promised), "why": why,
                })
        return rows

    def _pipeline_why(self, outlook):
        if outlook.finished:
            return ""
        if not self.quantity_needed:
            return self.env._("What it needs is not known: choose its kit and load it.")
        if outlook.missing == self.quantity_needed:
            return self.env._("Not planned yet.")
        if outlook.missing:
            return self.env._("%(missing)s of %(needed)s blocks have no place.", missing=outlook.missing, needed=self.quantity_needed)
        late = (outlook.expected - outlook.promised).days
        return self.env._("%s days late by its orders.", late) if late > 0 else ""
