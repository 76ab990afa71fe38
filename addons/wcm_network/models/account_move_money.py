from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount


class AccountMove(models.Model):
    """Drafts that the network proposed: what is looked at before they are posted."""

    _inherit = "account.move"

    wcm_membership_id = fields.Many2one("wcm.membership", "Proposed for the member", readonly=True, copy=False, index="btree_not_null", ondelete="restrict", groups="base.group_user")

    def _post(self, soft=True):
        self.invoice_line_ids._check_levy_entries()
        self.sudo().filtered(lambda move: move.wcm_membership_id and move.move_type == "in_invoice")._check_settlement()
        return super()._post(soft)

    def _check_settlement(self):
        """A bill is posted with the number of the member's own invoice, and for accepted blocks only."""
        for bill in self.filtered(lambda bill: not (bill.ref or "").strip()):
            raise UserError(self.env._(
                "This bill has no number of the member's own invoice. %s gives it under “What we are owed”, or write it under Bill Reference.",
                bill.wcm_membership_id.name,
            ))
        orders = self.invoice_line_ids.purchase_line_id.wcm_work_order_id
        for order, quantity in orders._quantities_accepted().items():
            billed = order.purchase_line_id.qty_invoiced
            if order.purchase_line_id.product_uom_id.compare(billed, quantity) > 0:
                raise UserError(self.env._(
                    "%(billed)g blocks of %(order)s are billed, and %(accepted)g are accepted now: others went back or are on hold. "
                    "Delete this draft and propose it again under Money, To Settle.",
                    billed=billed, order=order.name, accepted=quantity,
                ))

    def _days_late(self):
        """Days past its day that more of it is open than what waits for a decision; 0 when nothing is."""
        is_open = self.state == "posted" and self.payment_state in ("not_paid", "partial", "blocked") and self.invoice_date_due
        days = (fields.Date.context_today(self) - self.invoice_date_due).days if is_open else 0
        return days if days > 0 and self._amount_late() else 0

    def _amount_late(self):
        """What is open and should have been paid, once its day is past: without what is on hold."""
        return self.currency_id.round(self.amount_residual - self.wcm_held_amount)

    def _proposed_values(self):
        """A draft that waits for the number of the member's own invoice, or to be posted."""
        return {"id": self.id, "amount": format_amount(self.env, self.amount_untaxed, self.currency_id), "reference": self.ref or "", "origin": self.invoice_origin or ""}

    def _deducted_by_month(self):
        """Hook: {first of the month: what posted bills took off}; see wcm_qc."""
        return {}
