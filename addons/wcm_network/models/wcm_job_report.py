from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# Hours that the longest month has.
MOST_HOURS = 744
FIGURES = ("paid_hours", "people", "apprentices", "training_hours", "first_jobs", "living_wage_people")


class WcmJobReport(models.Model):
    """Jobs at a member in one month, in its work for the network, as it reports them. Numbers only: nobody is named but who reported."""

    _name = "wcm.job.report"
    _description = "Jobs at a member in a month"
    _inherit = ["mail.thread", "wcm.guarded"]
    _order = "month desc, membership_id"
    _rec_name = "membership_id"

    _guarded = frozenset({"reported_by_id", "reported_on"})

    membership_id = fields.Many2one("wcm.membership", "Member", required=True, index=True, ondelete="restrict")
    region_id = fields.Many2one(related="membership_id.region_id", store=True, index=True)
    organisation_type = fields.Selection(related="membership_id.organisation_type", store=True)
    month = fields.Date(required=True, index=True, tracking=True, help="Any day of it.")
    paid_hours = fields.Float("Paid hours", tracking=True, help="Of all people together, in work for the network.")
    people = fields.Integer("People paid", tracking=True, help="How many people these hours were.")
    apprentices = fields.Integer(tracking=True, help="Of these people, apprentices.")
    training_hours = fields.Float("Training hours", tracking=True, help="Paid hours in which people were trained, of all together.")
    first_jobs = fields.Integer("First jobs", tracking=True, help="People whose first paid job this is, and who began in this month.")
    living_wage_people = fields.Integer("Paid the living wage", tracking=True, help="Of these people, those paid at least the Real Living Wage.")
    reported_by_id = fields.Many2one("res.users", "Reported by", readonly=True)
    reported_on = fields.Datetime(readonly=True)

    _one_a_month = models.UniqueIndex("(membership_id, month)", "This month is reported already. Change that report instead.")
    _first_of_month = models.Constraint("CHECK(EXTRACT(DAY FROM month) = 1)", "A report is of a whole month.")
    _not_negative = models.Constraint(
        "CHECK(paid_hours >= 0 AND people >= 0 AND apprentices >= 0 AND training_hours >= 0 AND first_jobs >= 0 AND living_wage_people >= 0)",
        "Hours and people cannot be below zero.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._as_reported(vals) for vals in vals_list]
        reports = super().create(vals_list)
        reports._sign()
        return reports

    def write(self, vals):
        result = super().write(self._as_reported(vals))
        if not {"month", *FIGURES}.isdisjoint(vals):
            self._sign()
        return result

    def _as_reported(self, vals):
        if not vals.get("month"):
            return vals
        return {**vals, "month": fields.Date.to_date(vals["month"]).replace(day=1)}

    def _sign(self):
        super(WcmJobReport, self.sudo()).write({"reported_by_id": self.env.uid, "reported_on": fields.Datetime.now()})

    @api.constrains("month", *FIGURES)
    def _check_sense(self):
        for report in self:
            problem = report._problem()
            if problem:
                raise ValidationError(problem)

    def _problem(self):
        """What cannot be, in words; None when it all can."""
        over = [name for name in ("apprentices", "first_jobs", "living_wage_people") if self[name] > self.people]
        if over:
            return self.env._("“%(field)s” counts some of the people paid, so it cannot be more than %(people)s.", field=self._fields[over[0]].string, people=self.people)
        if self.paid_hours > self.people * MOST_HOURS:
            return self.env._("%(hours).0f paid hours are more than %(people)s people can work in a month.", hours=self.paid_hours, people=self.people)
        if self.training_hours > self.paid_hours:
            return self.env._("Training hours are some of the paid hours, so they cannot be more.")
        if self.month > fields.Date.context_today(self):
            return self.env._("This month has not begun yet.")
        return None

    @api.depends("membership_id.name", "month")
    def _compute_display_name(self):
        for report in self:
            report.display_name = f"{report.membership_id.name or ''}, {report.month:%Y-%m}" if report.month else report.membership_id.name

    @api.model
    def _open_months(self):
        """The months that may still be reported, this one first: a year back."""
        this = fields.Date.context_today(self).replace(day=1)
        return [this - relativedelta(months=number) for number in range(13)]
