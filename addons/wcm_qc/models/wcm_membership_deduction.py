from odoo import models


class WcmMembership(models.Model):
    _inherit = "wcm.membership"

    def _deduction_lines(self, price, currency):
        """What the member agreed to pay and is on no bill, the oldest first, until nothing is left of the price."""
        agreed = self.env["wcm.nonconformity"].search([("membership_id", "=", self.id), ("payer", "=", "member"), ("cost_answer", "=", "agreed"), ("cost_amount", ">", 0)], order="id")
        lines = super()._deduction_lines(price, currency)
        for nonconformity in agreed.filtered(lambda one: one._is_deductible() and one.currency_id == currency):
            amount = currency.round(min(nonconformity.cost_amount - nonconformity.cost_deducted, price))
            if currency.compare_amounts(amount, 0) > 0:
                lines.append(nonconformity._prepare_deduction(amount))
                price -= amount
        return lines
