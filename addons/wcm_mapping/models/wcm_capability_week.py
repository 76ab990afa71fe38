from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_round, format_date


class WcmCapabilityWeek(models.Model):
    """An exception: the hours that a space offers of a capability in one week, instead of the share of every week.

    wcm.capacity reads it, and with it the heat map, the finder and the planner. What the machines
    cannot work, because they are closed or under repair, is not offered whatever it says here.
    """

    _name = "wcm.capability.week"
    _description = "Hours Offered in a Week"
    _order = "week_start desc, capability_id"
    _rec_name = "week_start"

    capability_id = fields.Many2one("wcm.capability", required=True, index=True, ondelete="cascade")
    facility_id = fields.Many2one(related="capability_id.facility_id", store=True, index=True)
    region_id = fields.Many2one(related="capability_id.region_id", store=True, index=True)
    process_id = fields.Many2one(related="capability_id.process_id", store=True)
    week_start = fields.Date("Week", required=True, help="The Monday.")
    hours = fields.Float(
        "Offered Hours", required=True, digits=(12, 2), help="Clock hours for the network in this week. 0: closed."
    )

    _capability_week_uniq = models.UniqueIndex(
        "(capability_id, week_start)", "Somebody changed the same week at the same moment. Look again, then save."
    )
    _hours_positive = models.Constraint("CHECK(hours >= 0)", "Hours cannot be negative. 0 means closed.")
    _starts_on_monday = models.Constraint("CHECK(extract(isodow FROM week_start) = 1)", "A week starts on its Monday.")

    @api.constrains("week_start", "hours")
    def _check_week_is_not_over(self):
        monday = self.env["wcm.capability"]._this_monday()
        if any(week.week_start < monday for week in self):
            raise ValidationError(self.env._("A week that is over cannot be changed any more."))

    @api.constrains("capability_id", "week_start", "hours")
    def _check_machines_can_work_it(self):
        if self.env.su and self.env.context.get("merging_facilities"):
            return  # moved as it was offered, with its machines
        possible = self._possible_hours()
        for week in self:
            if week.hours > possible.get((week.capability_id.id, week.week_start), 0.0):
                raise ValidationError(week._too_much(possible.get((week.capability_id.id, week.week_start), 0.0)))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_over(self):
        self._check_week_is_not_over()

    def _possible_hours(self):
        """{(capability id, Monday): clock hours that the machines can work}."""
        domain = [("capability_id", "in", self.capability_id.ids), ("week_start", "in", self.mapped("week_start"))]
        rows = self.env["wcm.capacity"].sudo().search_fetch(domain, ["capability_id", "week_start", "hours_possible"])
        return {(row.capability_id.id, row.week_start): float_round(row.hours_possible, 2) for row in rows}

    def _too_much(self, possible):
        return self.env._(
            "%(capability)s, week of %(week)s: the machines can work %(possible)g hours, not %(hours)g"
            " (working hours × machines, less closures and maintenance). Type fewer hours, or change the working hours first.",
            capability=self.capability_id.sudo().display_name,
            week=format_date(self.env, self.week_start, date_format="d MMMM"),
            possible=possible,
            hours=self.hours,
        )
