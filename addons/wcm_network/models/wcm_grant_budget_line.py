from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount


class WcmGrantBudgetLine(models.Model):
    """What a part of a grant may be spent on."""

    _name = "wcm.grant.budget.line"
    _description = "Budget line of a grant"
    _inherit = ["mail.thread"]
    _order = "grant_id, sequence, id"

    grant_id = fields.Many2one("wcm.grant", required=True, index=True, ondelete="restrict")
    sequence = fields.Integer(default=10)
    name = fields.Char("What it is for", required=True, tracking=True)
    amount = fields.Monetary(required=True, tracking=True)
    currency_id = fields.Many2one(related="grant_id.currency_id")
    is_restricted = fields.Boolean(default=True, tracking=True, help="May be spent on this only, and no more of it than the funder gave.")
    overspend_reason = fields.Char("Agreed with the funder", tracking=True, help="Why more may be charged to this line than it has: what was agreed, with whom and when. Without it a restricted line takes no more than its amount.")
    spend_ids = fields.One2many("wcm.grant.spend", "budget_line_id")
    amount_spent = fields.Monetary("Spent", compute="_compute_spent", compute_sudo=True)
    amount_left = fields.Monetary("Left", compute="_compute_spent", compute_sudo=True)
    is_overspent = fields.Boolean(compute="_compute_spent", compute_sudo=True, help="More is charged to it than it has.")

    _amount_not_negative = models.Constraint("CHECK(amount >= 0)", "A budget line cannot be below zero.")
    _name_once = models.UniqueIndex("(grant_id, lower(name))", "This grant has a budget line of that name already.")

    def write(self, vals):
        self.check_access("write")
        if "grant_id" in vals and self.sudo().spend_ids:
            raise UserError(self.env._("Spend is charged to “%s”: it stays with its grant.", self.sudo().spend_ids.budget_line_id[:1].name))
        return super().write(vals)

    @api.depends("amount", "spend_ids.amount")
    def _compute_spent(self):
        """Of all regions, whoever reads it: what is left would be wrong otherwise."""
        sums = dict(self.env["wcm.grant.spend"]._read_group([("budget_line_id", "in", self._origin.ids)], ["budget_line_id"], ["amount:sum"]))
        for line in self:
            line.amount_spent = sums.get(line._origin, 0)
            line.amount_left = line.amount - line.amount_spent
            line.is_overspent = line.currency_id.compare_amounts(line.amount_spent, line.amount) > 0 if line.currency_id else False

    def action_open_spend(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_network.action_grant_spend")
        return {**action, "domain": [("budget_line_id", "=", self.id)], "context": {"default_grant_id": self.grant_id.id, "default_budget_line_id": self.id}}

    @api.ondelete(at_uninstall=False)
    def _unlink_unused_of_grants_that_are_not_kept(self):
        self.grant_id._check_may_delete(self.spend_ids)

    def _check_restricted(self):
        """A restricted line is not overspent without a word on what was agreed."""
        self.invalidate_recordset(["amount_spent", "amount_left", "is_overspent"])
        for line in self.filtered(lambda line: line.is_restricted and line.is_overspent and not (line.overspend_reason or "").strip()):
            over = format_amount(self.env, -line.amount_left, line.currency_id)
            raise UserError(self.env._(
                "“%(line)s” of %(grant)s is restricted and would be overspent by %(over)s. Charge it to another line, or write on the line what was agreed with the funder.",
                line=line.name, grant=line.grant_id.name, over=over,
            ))
