from dateutil.relativedelta import relativedelta

from odoo import fields, models

PERIOD = relativedelta(months=12)
DELIVERED = ("received", "closed")


class WcmMembership(models.Model):
    """What is counted of a member's work over the last twelve months, with the records that were counted.

    No score: figures with their formula, which the member reads as the coordinator does.
    """

    _inherit = "wcm.membership"

    def _delivered_orders(self):
        """Of which all has arrived, and that were to be ready within the period."""
        since = fields.Date.context_today(self) - PERIOD
        return self.env["wcm.work.order"].sudo().search([("membership_id", "in", self.ids), ("state", "in", DELIVERED), ("date_due", ">=", since)])

    def _orders_on_time(self, orders):
        """Whose last block was made by the day that they were to be ready; scrapped blocks were made again, and that day counts."""
        domain = [("work_order_id", "in", orders.ids), ("state", "!=", "scrapped")]
        last = dict(self.env["wcm.part"].sudo()._read_group(domain, ["work_order_id"], ["made_on:max"]))
        return orders.filtered(lambda order: last.get(order) and last[order].date() <= order.date_due)
