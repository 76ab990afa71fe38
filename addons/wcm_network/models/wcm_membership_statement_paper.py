from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class WcmMembership(models.Model):
    """The statement of a month, on paper."""

    _inherit = "wcm.membership"

    def action_open_statement(self, month=None):
        """The paper of a month (YYYY-MM); otherwise of the newest in which anything happened."""
        self.ensure_one()
        self._check_office_or_coordinator()
        found = [one["key"][:7] for statement in self.sudo()._statements() for one in statement["months"]]
        if not found or (month and month not in found):
            raise UserError(self.env._("%s has no statement of that month: nothing was received, billed or levied.", self.name))
        return {"type": "ir.actions.act_url", "url": f"/network/member/{self.id}/statement/{month or max(found)}.pdf", "target": "new"}

    def _statement_of_month(self, day):
        """What the page says of this month, for each currency."""
        statements = self._statements()
        for statement in statements:
            statement["bills"] = [bill for bill in statement["bills"] if bill["is_open"] or bill["month"] == str(day) or bill["paid_month"] == str(day)]
            statement["month"] = next((month for month in statement["months"] if month["key"] == str(day)), None)
        return [statement for statement in statements if statement["month"]]

    def _statement_pdf(self, day):
        """None where nothing happened in that month.

        :param day: first of the month
        """
        statements = self._statement_of_month(day)
        return self._statement_paper(day, statements) if statements else None

    def _statement_paper(self, day, statements):
        data = {
            "member": self.name, "code": self.code or "", "operator": self.partner_id.name, "company": self.env.company, "statements": statements,
            "month": format_date(self.env, day, date_format="MMMM y"), "today": format_date(self.env, fields.Date.context_today(self)),
        }
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)  # Odoo answers with HTML while tests run
        return report._render_qweb_pdf("wcm_network.report_statement", self.ids, data=data)[0]
