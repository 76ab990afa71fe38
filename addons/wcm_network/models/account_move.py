from odoo import models
from odoo.tools import format_amount, format_date


class AccountMove(models.Model):
    """A vendor bill as its member sees it."""

    _inherit = "account.move"

    def _statement_paid_share(self):
        return 1 - self.amount_residual / self.amount_total if self.amount_total else 1.0

    def _statement_values(self):
        sign = -1 if self.move_type == "in_refund" else 1
        states = dict(self._fields["payment_state"]._description_selection(self.env))
        return {
            "id": self.id, "name": self.name, "reference": self.ref or "", "date": format_date(self.env, self.invoice_date or self.date),
            "due": format_date(self.env, self.invoice_date_due), "total": format_amount(self.env, sign * self.amount_total, self.currency_id),
            "open": format_amount(self.env, sign * self.amount_residual, self.currency_id), "state": states.get(self.payment_state, ""),
        }
