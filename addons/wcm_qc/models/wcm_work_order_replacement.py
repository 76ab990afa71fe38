from datetime import timedelta

from odoo import fields, models


class WcmWorkOrder(models.Model):
    """A new order for blocks that arrived and were scrapped, or that another member makes again."""

    _inherit = "wcm.work.order"

    def _draft_replacement(self, member, quantity):
        """A draft that a coordinator offers. Another member sees neither the price nor the words that were for this one:
        it begins at the price that its own rates give, where they are known."""
        today = fields.Date.context_today(self)
        values = {"membership_id": member.id, "quantity": quantity, "date_start": today, "date_due": max(self.date_due, today + timedelta(days=7))}
        if member != self.membership_id:
            values |= {"price_unit": 0, "instructions": False}
        order = self.copy(values)
        if member != self.membership_id:
            order.price_unit = order._open_book_price()
        order.message_post(body=self.env._("Made in place of blocks that were scrapped."))
        return order
