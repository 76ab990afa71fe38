from collections import Counter, defaultdict
from zoneinfo import ZoneInfo

from odoo import api, models

from ..scope import ZONE
from ..writers.report import Section, number
from .wcm_build_line import PLACED_STATES, RECEIVED_PARTS

MADE = ("made", "checked", "packed", "dispatched", "received", "installed")
UTC = ZoneInfo("UTC")


class WcmBuildReport(models.Model):
    """Plan against actual: blocks, weeks, hours and members."""

    _inherit = "wcm.build.report"

    @api.model
    def _section_plan(self, build, published, told):
        section = Section(self.env._("Plan against actual"))
        section.add_table(
            self.env._("Blocks by stage"), [self.env._("Stage"), self.env._("Needed"), self.env._("Made"), self.env._("On site"), self.env._("Installed"), self.env._("Scrapped")],
            self._stage_rows(build),
        )
        self._indicators(section, build, ["components_made", "components_on_site"])
        section.figures += [*self._week_figures(build), *self._hour_figures(build), *self._member_figures(build)]
        section.add_table(
            self.env._("On site by stage"), [self.env._("Stage"), self.env._("Needed on site"), self.env._("Last block came"), self.env._("Weeks late")],
            self._arrival_rows(build),
        )
        if build.state != "complete":
            section.missing.append(self.env._("The home is not complete: %(here)s of %(needed)s blocks are on site. Figures can still change.", here=build.quantity_received, needed=build.quantity_needed))
        return section

    @api.model
    def _stages(self):
        return self.env["wcm.build.line"]._fields["stage"]._description_selection(self.env)

    @api.model
    def _stage_rows(self, build):
        needed = Counter()
        for line in build.line_ids:
            needed[line.stage] += line.quantity
        states = defaultdict(Counter)
        for stage, state, count in self.env["wcm.part"]._read_group([("build_id", "=", build.id)], ["work_order_id.build_line_id.stage", "state"], ["__count"]):
            states[stage][state] = count
        return [
            (label, needed[stage], *(sum(states[stage][state] for state in among) for among in (MADE, RECEIVED_PARTS, ("installed",), ("scrapped",))))
            for stage, label in self._stages() if needed[stage] or states[stage]
        ]

    @api.model
    def _arrival_rows(self, build):
        """The last block of each stage that is there, and only once all of the stage are."""
        planned, lines = {}, build.line_ids.grouped("stage")
        for stage, found in lines.items():
            planned[stage] = max(found.mapped("date_required"))
        came = self._came(build)
        for stage, label in self._stages():
            if stage in planned:
                whole = sum(lines[stage].mapped("quantity")) <= sum(lines[stage].mapped("quantity_received"))
                day = came.get(stage) if whole else None
                yield label, self._day(planned[stage]), self._day(day) or self.env._("not all yet"), number((day - planned[stage]).days / 7, 1) if day else ""

    @api.model
    def _came(self, build):
        """{stage: the day, where the homes are, of its last receiving}"""
        groups = self.env["wcm.part.event"]._read_group(
            [("part_id.build_id", "=", build.id), ("part_id.state", "in", RECEIVED_PARTS), ("biz_step", "=", "receiving")],
            ["part_id.work_order_id.build_line_id.stage"], ["event_time:max"],
        )
        return {stage: self._local_day(moment) for stage, moment in groups}

    @api.model
    def _local_day(self, moment):
        return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(ZONE)).date()

    @api.model
    def _orders(self, build):
        return build.work_order_ids.filtered(lambda order: order.state in PLACED_STATES)

    @api.model
    def _week_figures(self, build):
        """From the start of the first order to the day on which the last is due; from the first block that was made to the last."""
        orders = self._orders(build)
        [(first, last)] = self.env["wcm.part"]._read_group([("build_id", "=", build.id), ("made_on", "!=", False)], [], ["made_on:min", "made_on:max"])
        begins = [order.date_start or order.date_due for order in orders]
        planned = (max(orders.mapped("date_due")) - min(begins)).days / 7 if orders else None
        actual = (self._local_day(last) - self._local_day(first)).days / 7 if first else None
        unit = self.env._("weeks")
        return [
            self._figure("weeks_planned", self.env._("Weeks of making, as agreed"), planned, unit, "decimal", self.env._("From the orders")),
            self._figure("weeks_actual", self.env._("Weeks of making, from first to last block"), actual, unit, "decimal", self.env._("Measured")),
        ]

    @api.model
    def _hour_figures(self, build):
        """Standard hours: nobody clocks hours by home. Of what is scrapped and made again both count as made."""
        parts = dict(self.env["wcm.part"]._read_group([("build_id", "=", build.id), ("made_on", "!=", False)], ["work_order_id.bom_id"], ["__count"]))
        boms = self.env["wcm.plan"]._boms(build.line_ids.product_id)
        needed = [(boms[line.product_id], line.quantity) for line in build.line_ids]
        note, unit = self.env._("Estimated: standard minutes times blocks"), self.env._("hours")
        return [
            self._figure("hours_planned", self.env._("Hours of work in what the home needs"), self._hours(needed), unit, "decimal", note),
            self._figure("hours_actual", self.env._("Hours of work in what was made, scrapped blocks too"), self._hours(parts.items()), unit, "decimal", note),
        ]

    @api.model
    def _hours(self, quantities):
        """None when what is made has no standard minutes."""
        minutes = [quantity * sum(bom.requirement_ids.mapped("minutes_per_unit")) for bom, quantity in quantities]
        return sum(minutes) / 60 if minutes and all(minutes) else None

    @api.model
    def _member_figures(self, build):
        plans = self.env["wcm.plan.line"].search([("build_id", "=", build.id), ("plan_id.state", "=", "offered")])
        makers = self.env["wcm.part"]._read_group([("build_id", "=", build.id), ("made_on", "!=", False)], [], ["membership_id:count_distinct"])
        unit = self.env._("members")
        return [
            self._figure("members_planned", self.env._("Members in the plan"), len(plans.membership_id) or None, unit, note=self.env._("From the plan that was offered"), unknown=self.env._("no plan, offered by hand")),
            self._figure("members_actual", self.env._("Members that made blocks"), makers[0][0], unit, note=self.env._("Measured")),
        ]
