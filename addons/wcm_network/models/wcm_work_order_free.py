from odoo import fields, models
from odoo.exceptions import UserError


class WcmWorkOrder(models.Model):
    """Work for nothing is never offered by oversight: somebody says why."""

    _inherit = "wcm.work.order"

    _office_readable = frozenset({"price_free_reason"})

    price_free_reason = fields.Char(
        "Why it costs nothing", tracking=True, copy=False, help="The member reads it in the offer. Without it nothing is offered at a price of 0.",
    )

    def action_offer(self):
        self._check_coordinator()
        self.sudo().filtered(lambda order: order.state == "draft")._check_price_said()
        return super().action_offer()

    def _check_price_said(self):
        unpriced = self.filtered(lambda order: order.currency_id.is_zero(order.price_unit) and not (order.price_free_reason or "").strip())
        if unpriced:
            raise UserError(self.env._(
                "No price is said for:\n%(orders)s\nGive each a price, or say under “Why it costs nothing” why the member makes it for nothing. "
                "Where a plan came to 0, the member has set no rates.",
                orders="\n".join(f"• {order.name}: {order.product_id.display_name}, {order.membership_id.name}" for order in unpriced),
            ))

    def _price_words(self):
        words = super()._price_words()
        return f"{words}. {self.price_free_reason}" if self.price_free_reason and self.currency_id.is_zero(self.price_unit) else words

    def _agreed_figures(self):
        return {**super()._agreed_figures(), "price_free_reason": self.price_free_reason}
