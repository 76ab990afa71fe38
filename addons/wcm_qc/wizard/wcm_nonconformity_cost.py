from odoo import api, fields, models

from ..models.wcm_nonconformity_cost import PAYERS


class WcmNonconformityCost(models.TransientModel):
    _name = "wcm.nonconformity.cost"
    _description = "Who pays for a nonconformity"

    nonconformity_id = fields.Many2one("wcm.nonconformity", required=True, readonly=True)
    currency_id = fields.Many2one(related="nonconformity_id.currency_id")
    payer = fields.Selection(PAYERS, "Who pays", compute="_compute_from_nonconformity", store=True, readonly=False)
    amount = fields.Monetary("Cost", compute="_compute_from_nonconformity", store=True, readonly=False)
    reason = fields.Text(compute="_compute_from_nonconformity", store=True, readonly=False, help="The member reads it.")

    @api.depends("nonconformity_id")
    def _compute_from_nonconformity(self):
        """What was said before, to be changed."""
        for cost in self:
            said = cost.nonconformity_id
            cost.payer, cost.amount, cost.reason = said.payer, said.cost_amount, said.cost_reason

    def action_confirm(self):
        self.nonconformity_id.action_set_cost(self.payer, self.amount, self.reason)
        return {"type": "ir.actions.act_window_close"}
