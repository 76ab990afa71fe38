from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount, format_date

from ..scope import Scope

YEARS_KEPT = 7


class WcmGrant(models.Model):
    """What a grant is made of: budget, targets, spend, reports; what is wrong with it; how long it is kept."""

    _inherit = "wcm.grant"

    active = fields.Boolean(default=True)
    responsible_id = fields.Many2one("res.users", "Reports are written by", tracking=True, domain=[("share", "=", False)], help="Is reminded of reports that are due.")
    budget_line_ids = fields.One2many("wcm.grant.budget.line", "grant_id", "Budget")
    target_ids = fields.One2many("wcm.grant.target", "grant_id", "Targets")
    report_ids = fields.One2many("wcm.grant.report", "grant_id", "Reports")
    spend_ids = fields.One2many("wcm.grant.spend", "grant_id", "Spend charged")
    amount_budgeted = fields.Monetary("In budget lines", compute="_compute_charged", compute_sudo=True)
    amount_charged = fields.Monetary("Charged", compute="_compute_charged", compute_sudo=True, help="Bills and receipts that are charged to this grant.")
    kept_until = fields.Date(compute="_compute_kept_until", help="Seven years after the end of the grant.")
    problems = fields.Text(compute="_compute_problems", compute_sudo=True, groups="wcm_network.group_manager")
    mail_every = fields.Selection([("monthly", "Month"), ("quarterly", "Quarter")], "Mail the spreadsheet every", tracking=True, help="After each month or quarter the period is closed and its spreadsheet sent to the funder's people.")

    @api.depends("budget_line_ids.amount", "spend_ids.amount")
    def _compute_charged(self):
        sums = dict(self.env["wcm.grant.spend"]._read_group([("grant_id", "in", self.ids)], ["grant_id"], ["amount:sum"]))
        for grant in self:
            grant.amount_budgeted = sum(grant.budget_line_ids.mapped("amount"))
            grant.amount_charged = sums.get(grant._origin, 0)

    @api.depends("date_end", "create_date")
    def _compute_kept_until(self):
        for grant in self:
            end = grant.date_end or (grant.create_date or fields.Datetime.now()).date()
            grant.kept_until = end + relativedelta(years=YEARS_KEPT)

    @api.depends("amount", "budget_line_ids.amount", "spend_ids.amount", "spend_ids.evidence_ids")
    def _compute_problems(self):
        for grant in self:
            grant.problems = "\n".join(grant._problems()) or False

    def _problems(self):
        """What an auditor would ask about, in words, each with its document."""
        return [*self._budget_problems(), *self._spend_problems(), *self._double_problems()]

    def _budget_problems(self):
        if self.budget_line_ids and self.currency_id.compare_amounts(self.amount_budgeted, self.amount):
            yield self.env._("The budget lines add up to %(lines)s, the grant is %(amount)s.", lines=self._money(self.amount_budgeted), amount=self._money(self.amount))
        for line in self.budget_line_ids.filtered("is_overspent"):
            agreed = self.env._("Agreed: %s", line.overspend_reason) if line.overspend_reason else self.env._("Nothing is noted of what was agreed.")
            yield self.env._("“%(line)s” is overspent by %(over)s. %(agreed)s", line=line.name, over=self._money(-line.amount_left), agreed=agreed)

    def _spend_problems(self):
        for spend in self.spend_ids.filtered(lambda spend: spend.bill_line_id and spend.bill_line_id.parent_state != "posted"):
            yield self.env._("%s is charged and not posted any more: it counts nothing until it is.", spend.document)
        without = len(self.spend_ids.filtered(lambda spend: not spend.evidence_ids))
        if without:
            yield self.env._("%s charges have no evidence attached.", without)

    def _double_problems(self):
        """The same bill entered twice in the books cannot be told by the database: same vendor, same reference, same amount."""
        bills = self.spend_ids.bill_line_id.move_id.filtered(lambda bill: bill.ref and bill.move_type == "in_invoice" and bill.state == "posted")
        for same in bills.grouped(lambda bill: (bill.commercial_partner_id, bill.ref.strip().lower(), bill.amount_untaxed)).values():
            if len(same) > 1:
                yield self.env._("%(bills)s look like one bill entered twice: same vendor, reference and amount.", bills=", ".join(same.mapped("name")))

    def _money(self, amount):
        return format_amount(self.env, amount, self.currency_id)

    @api.ondelete(at_uninstall=False)
    def _unlink_after_seven_years(self):
        self._check_may_delete(self)

    def _check_may_delete(self, records):
        """Records of a grant are kept until seven years after its end.

        :param records: what there is to keep; nothing, and it may go
        """
        kept = self.filtered(lambda grant: grant.kept_until >= fields.Date.context_today(self)) if records else self.browse()
        if kept:
            raise UserError(self.env._(
                "Records of %(grant)s are kept until %(day)s, seven years after its end. Archive it instead.",
                grant=kept[0].name, day=format_date(self.env, kept[0].kept_until),
            ))

    def _own_scope(self):
        """Its whole period, of the homes that the reader may see."""
        days = {"start": fields.Date.to_string(self.date_start), "end": fields.Date.to_string(self.date_end)}
        return self.env["wcm.indicator"]._scope({"grant": self.id, **{name: day for name, day in days.items() if day}})

    def _period_scope(self, start, end):
        """All homes of the grant, whoever asks."""
        return Scope(grant_id=self.id, start=start or None, end=end or None)

    def action_open_outcomes(self):
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id("wcm_network.action_outcomes")
        days = {"wcm_start": fields.Date.to_string(self.date_start) or "", "wcm_end": fields.Date.to_string(self.date_end) or ""}
        return {**action, "context": {"wcm_grant_id": self.id, **days}}

    def action_open_spend(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_network.action_grant_spend")
        return {**action, "domain": [("grant_id", "=", self.id)], "context": {"default_grant_id": self.id}}

    def action_charge(self):
        """What its homes cost and no grant pays yet, to choose from."""
        self.ensure_one()
        self.check_access("write")
        if not self.budget_line_ids:
            raise UserError(self.env._("Add the budget lines of %s first.", self.name))
        days = self._period_scope(self.date_start, self.date_end).days("date")
        return {
            "type": "ir.actions.act_window", "name": self.env._("Charge to %s", self.name), "res_model": "wcm.spend", "views": [[False, "list"]],
            "domain": [("grant_id", "=", self.id), ("charged_to_id", "=", False), *days],
            "context": {"search_default_billed": 1, "wcm_charge_to": self.id},
        }

    def _send_scheduled(self):
        """The last month or quarter that is over, unless it was reported."""
        unit, months = {"monthly": ("month", 1), "quarterly": ("quarter", 3)}[self.mail_every]
        start = fields.Date.start_of(fields.Date.context_today(self), unit) - relativedelta(months=months)
        end = fields.Date.end_of(start, unit)
        outside = (self.date_start and end < self.date_start) or (self.date_end and start > self.date_end)
        known = self.env["wcm.grant.report"].search_count([("grant_id", "=", self.id), ("date_from", "=", start), ("date_to", "=", end), ("state", "=", "sent")])
        if outside or known or not self.user_ids.partner_id.filtered("email"):
            return
        report = self.env["wcm.grant.report"].search([("grant_id", "=", self.id), ("date_from", "=", start), ("date_to", "=", end)])
        report = report or report.create({"grant_id": self.id, "date_from": start, "date_to": end, "date_due": fields.Date.context_today(self)})
        report.action_send()
