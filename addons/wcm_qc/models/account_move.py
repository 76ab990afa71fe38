from collections import defaultdict

from odoo import fields, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    """A bill takes off what the member agreed to, at most its price."""

    _inherit = "account.move"

    def _check_settlement(self):
        super()._check_settlement()
        for bill in self:
            bill.invoice_line_ids.wcm_nonconformity_id._check_deducted()
            if bill.currency_id.compare_amounts(bill.amount_untaxed, 0) < 0:
                raise UserError(self.env._("More is taken off this bill than it is for. Delete this draft and propose it again under Money, To Settle."))

    def _deducted_by_month(self):
        found = defaultdict(float, super()._deducted_by_month())
        for bill in self.filtered(lambda bill: bill.state == "posted" and bill.move_type == "in_invoice"):
            lines = bill.invoice_line_ids.filtered("wcm_nonconformity_id")
            if lines:
                found[fields.Date.start_of(bill.invoice_date or bill.date, "month")] -= sum(lines.mapped("price_subtotal"))
        return found
