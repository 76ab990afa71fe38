from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date, format_datetime

from .wcm_facade_callers import DECIDING
from .wcm_job_report import FIGURES


class WcmMembership(models.Model):
    """A member reports its jobs, a month at a time: its owners and supervisors, for itself only."""

    _inherit = "wcm.membership"

    @api.model
    @api.readonly
    def workshop_jobs(self):
        """[{id, member, months: [{key, month, figures, by}]}] of the caller's members: the last 13 months, this one first."""
        members = self._job_reporting_members()
        reports = self.env["wcm.job.report"].sudo().search([("membership_id", "in", members.ids)])
        by_month = {(report.membership_id.id, report.month): report for report in reports}
        return [
            {"id": member.id, "member": member.name, "months": [self._job_month(month, by_month.get((member.id, month))) for month in reports._open_months()]}
            for member in members.sudo()
        ]

    def _job_month(self, month, report):
        return {
            "key": str(month), "month": format_date(self.env, month, date_format="MMMM y"),
            "figures": {name: report[name] for name in FIGURES} if report else None,
            "by": report and self.env._("Reported by %(name)s on %(day)s", name=report.reported_by_id.name, day=format_datetime(self.env, report.reported_on, dt_format="d MMM y")),
        }

    @api.model
    def workshop_report_jobs(self, member_id, month, figures):
        """What was reported of the month before is taken over by it.

        :param month: its first day, as `workshop_jobs` names it
        :param figures: {name: number}, each of those that a report has
        """
        member = self._job_reporting_members().filtered(lambda member: member.id == member_id)
        reports = self.env["wcm.job.report"].sudo()
        if not member or not isinstance(figures, dict):
            raise AccessError(self.env._("You report the jobs of your own workshop only."))
        open_months = {str(day): day for day in reports._open_months()}
        if month not in open_months:
            raise UserError(self.env._("Jobs are reported for this month and the twelve before. Ask your coordinator about older ones."))
        values = {name: self._job_number(reports._fields[name], figures.get(name)) for name in FIGURES}
        report = reports.search([("membership_id", "=", member.id), ("month", "=", month)])
        if report:
            report.write(values)
        else:
            reports.create({"membership_id": member.id, "month": open_months[month], **values})
        return True

    def _job_number(self, field, value):
        """An empty box is none."""
        whole = field.type == "integer"
        try:
            number = float(value or 0)
        except (TypeError, ValueError):
            number = -1
        if not 0 <= number < 1e6 or (whole and number != int(number)):
            kind = self.env._("a whole number") if whole else self.env._("a number")
            raise UserError(self.env._("“%(field)s”: write %(kind)s, 0 or more.", field=field._description_string(self.env), kind=kind))
        return int(number) if whole else number

    @api.model
    def _job_reporting_members(self):
        members = self._workshop_memberships().filtered(lambda member: member._role_of(self.env.user) in DECIDING)
        if not members:
            raise AccessError(self.env._("Only an owner or a supervisor of a member reports its jobs."))
        return members
