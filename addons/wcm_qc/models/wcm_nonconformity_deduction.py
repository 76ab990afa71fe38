from odoo import api, fields, models
from odoo.exceptions import UserError


class WcmNonconformity(models.Model):
    """What a member agreed to pay is taken off its next bills, once."""

    _inherit = "wcm.nonconformity"

    _office_readable = frozenset({"cost_deducted"})

    deduction_line_ids = fields.One2many("account.move.line", "wcm_nonconformity_id", "Deductions", readonly=True, groups="wcm_network.group_coordinator")
    cost_deducted = fields.Monetary("Taken off bills", compute="_compute_cost_deducted", compute_sudo=True, help="Drafts among them; in the currency of the work order, without VAT.")

    @api.depends("deduction_line_ids.price_subtotal", "deduction_line_ids.parent_state", "deduction_line_ids.move_id.payment_state")
    def _compute_cost_deducted(self):
        for nonconformity in self:
            lines = nonconformity.deduction_line_ids.filtered(lambda line: line.parent_state != "cancel" and line.move_id.payment_state != "reversed")
            nonconformity.cost_deducted = -sum(lines.mapped("price_subtotal"))

    def _is_deductible(self):
        """Decided to be the member's, and agreed to by it."""
        return self.payer == "member" and self.cost_answer == "agreed" and self.state != "cancelled"

    def _check_deducted(self):
        for nonconformity in self:
            if not nonconformity._is_deductible() or nonconformity.currency_id.compare_amounts(nonconformity.cost_deducted, nonconformity.cost_amount) > 0:
                raise UserError(self.env._(
                    "%(name)s is taken off this bill without the member's agreement, or for more than it agreed to. "
                    "Delete this draft and propose it again under Money, To Settle.", name=nonconformity.name,
                ))

    def action_set_cost(self, payer=None, amount=0, reason=None):
        self.ensure_one()
        self.check_access("write")
        bills = self.sudo().deduction_line_ids.move_id.filtered(lambda bill: bill.state != "cancel" and bill.payment_state != "reversed")
        if bills:
            raise UserError(self.env._("It was taken off a bill already (%s). Cancel or reverse that bill first.", ", ".join(bills.mapped("display_name"))))
        return super().action_set_cost(payer, amount, reason)

    def _check_may_answer(self):
        super()._check_may_answer()
        posted = self.sudo().deduction_line_ids.move_id.filtered(lambda bill: bill.state == "posted" and bill.payment_state != "reversed")
        if posted:
            raise UserError(self.env._("It is taken off bill %s already. If that is wrong, say so on your statement.", ", ".join(posted.mapped("name"))))

    def _prepare_deduction(self, amount):
        return {
            "product_id": self.env.ref("wcm_qc.product_deduction").id, "quantity": 1, "price_unit": -amount, "wcm_kind": "deduction", "wcm_nonconformity_id": self.id,
            "name": self.env._("%(name)s %(title)s: agreed on %(date)s", name=self.name, title=self.title, date=fields.Date.to_string(self.cost_answered_on)),
        }
