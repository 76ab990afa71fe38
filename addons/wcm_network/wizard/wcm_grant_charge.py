from odoo import api, fields, models
from odoo.exceptions import UserError


class WcmGrantCharge(models.TransientModel):
    """On which budget line chosen bills and receipts go."""

    _name = "wcm.grant.charge"
    _description = "Charge spend to a grant"

    grant_id = fields.Many2one("wcm.grant", required=True)
    budget_line_id = fields.Many2one("wcm.grant.budget.line", required=True, domain="[('grant_id', '=', grant_id)]")
    bill_line_ids = fields.Many2many("account.move.line")
    receipt_ids = fields.Many2many("stock.move")
    amount = fields.Monetary(readonly=True)
    currency_id = fields.Many2one(related="grant_id.currency_id")
    amount_left = fields.Monetary(related="budget_line_id.amount_left", string="Left on the line")

    @api.model
    def _of(self, spends, grant):
        return self.create({
            "grant_id": grant.id, "budget_line_id": grant.budget_line_ids[:1].id, "amount": sum(spends.mapped("amount")),
            "bill_line_ids": spends.bill_line_id.ids, "receipt_ids": spends.receipt_id.ids,
        })

    def action_charge(self):
        self.ensure_one()
        sources = [*({"bill_line_id": line.id} for line in self.bill_line_ids), *({"receipt_id": move.id} for move in self.receipt_ids)]
        if not sources:
            raise UserError(self.env._("Choose bills or receipts first."))
        self.env["wcm.grant.spend"].create([{"budget_line_id": self.budget_line_id.id, **source} for source in sources])
        return {"type": "ir.actions.act_window_close"}
