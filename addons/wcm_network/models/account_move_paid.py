from odoo import fields, models
from odoo.tools import format_date


class AccountMove(models.Model):
    """A bill as its member sees it: when it was paid, and how late that was or is."""

    _inherit = "account.move"

    def _statement_values(self):
        payment = self.env["wcm.bill"].sudo().browse(self.ids).with_prefetch(self._prefetch_ids)
        paid, days = payment.paid_on, payment.days_paid_late
        late = self._days_late() if self.move_type == "in_invoice" else 0
        words = self._days_words(late) if late else self.env._("paid %s", self._days_words(days)) if days else ""
        months = {"month": self.invoice_date or self.date, "paid_month": paid}
        return {
            **super()._statement_values(), "late": words, "paid_on": format_date(self.env, paid) if paid else "", "held": self.wcm_held_words or "",
            "is_open": bool(self.amount_residual), **{name: day and str(fields.Date.start_of(day, "month")) for name, day in months.items()},
        }

    def _days_words(self, days):
        return self.env._("%s days late", days) if days > 1 else self.env._("1 day late")
