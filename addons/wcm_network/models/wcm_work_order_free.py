from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount


class WcmWorkOrder(models.Model):
    """Work for nothing is never offered by oversight: somebody says why."""

    _inherit = "wcm.work.order"

    _office_readable = frozenset({"price_free_reason", "is_making_unpaid"})

    price_free_reason = fields.Char(
        "Why the making costs nothing", tracking=True, copy=False,
        help="The member reads it in the offer. Without it nothing is offered at a price of 0, or at one that pays for the member's sheets alone.",
    )
    is_making_unpaid = fields.Boolean("Nothing for the making", compute="_compute_is_making_unpaid", help="The price is 0, or no more than the sheets that the member buys.")

    @api.depends("price_unit", "price_material", "currency_id")
    def _compute_is_making_unpaid(self):
        for order in self:
            order.is_making_unpaid = (order.currency_id or order.env.company.currency_id).compare_amounts(order.price_unit, order.price_material) <= 0

    def action_offer(self):
        self._check_coordinator()
        self.sudo().filtered(lambda order: order.state == "draft")._check_price_said()
        return super().action_offer()

    def _check_price_said(self):
        """By member and component: orders of a plan that is refused are gone again."""
        unpriced = self.filtered(lambda order: order.is_making_unpaid and not (order.price_free_reason or "").strip())
        if unpriced:
            raise UserError(self.env._(
                "No price is said for the making of:\n%(orders)s\nAsk the member to set its rates, or its coordinator to give the price of an hour, and plan again; "
                "or give an order a price, or say under “Why the making costs nothing” why it is made for nothing.",
                orders="\n".join(f"• {words}" for words in dict.fromkeys(order._unpaid_words() for order in unpriced)),
            ))

    def _unpaid_words(self):
        values = {"member": self.membership_id.name, "component": self.product_id.display_name, "build": self.build_id.name}
        if self.currency_id.is_zero(self.price_unit):
            return self.env._("%(member)s, %(component)s for %(build)s", **values)
        sheets = format_amount(self.env, self.price_material, self.currency_id)
        return self.env._("%(member)s, %(component)s for %(build)s: the price pays no more than the sheets, %(sheets)s", sheets=sheets, **values)

    def _price_words(self):
        words = super()._price_words()
        return f"{words}. {self.price_free_reason}" if self.price_free_reason and self.is_making_unpaid else words

    def _agreed_figures(self):
        return {**super()._agreed_figures(), "price_free_reason": self.price_free_reason}
