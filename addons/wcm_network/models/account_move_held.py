from odoo import api, fields, models
from odoo.tools import format_amount


class AccountMove(models.Model):
    """A posted bill whose blocks are on hold now: the rest of it is paid in time, and that part waits for a decision.

    Bills are never changed for it. A hold that ends makes the part payable; what goes back, or what the member agrees to
    bear, is credited by the next proposal under *Money > To Settle*.
    """

    _inherit = "account.move"

    wcm_held_amount = fields.Monetary("On hold", compute="_compute_wcm_held", compute_sudo=True, groups="base.group_user", help="Of what is open: for blocks that were billed and wait for a decision, with VAT.")
    wcm_held_words = fields.Char("Why on hold", compute="_compute_wcm_held", compute_sudo=True, groups="base.group_user")

    @api.depends("amount_residual", "state")
    def _compute_wcm_held(self):
        bills = self.filtered(lambda bill: bill.state == "posted" and bill.move_type == "in_invoice" and bill.amount_residual)
        (self - bills).wcm_held_amount, (self - bills).wcm_held_words = 0, False
        held = bills._held_shares()
        for bill in bills:
            amount = min(bill.amount_residual, sum(bill.currency_id.round(quantity * bill._price_with_vat(order)) for order, quantity in held.get(bill, [])))
            bill.wcm_held_amount = amount
            bill.wcm_held_words = bill._held_words(amount, [order for order, _quantity in held[bill]]) if amount else False

    def _get_alerts(self):
        alerts = super()._get_alerts()
        if self.wcm_held_words:
            alerts["wcm_held"] = {"level": "warning", "message": self.wcm_held_words}
        return alerts

    def _held_shares(self):
        """{bill: [(order, blocks of it on hold)]}: the newest open bill first, as what was paid is not asked for again."""
        found = {}
        for order, quantities in self.invoice_line_ids.purchase_line_id.wcm_work_order_id._quantities_to_settle().items():
            left = quantities.held
            lines = order.purchase_line_id.invoice_lines.filtered(lambda line: line.parent_state == "posted" and line.move_type == "in_invoice" and line.move_id.amount_residual)
            for line in lines.sorted(lambda line: (line.move_id.invoice_date or line.date, line.id), reverse=True):
                share = min(left, line.quantity)
                if share:
                    found.setdefault(line.move_id, []).append((order, share))
                left -= share
        return found

    def _price_with_vat(self, order):
        """Of one block of this order, on this bill."""
        lines = self.invoice_line_ids.filtered(lambda line: line.purchase_line_id == order.purchase_line_id)
        quantity = sum(lines.mapped("quantity"))
        return sum(lines.mapped("price_total")) / quantity if quantity else 0.0

    def _held_words(self, amount, orders):
        why = "; ".join(f"{order.name}: {order._held_words()}" for order in orders)
        rest = self.currency_id.round(self.amount_residual - amount)
        return self.env._(
            "%(held)s of this bill is for blocks that are on hold: %(why)s. Pay %(rest)s in time; the part on hold is paid when they are released, and credited when they go back.",
            held=format_amount(self.env, amount, self.currency_id), why=why, rest=format_amount(self.env, rest, self.currency_id),
        )
