from odoo import models


class WcmMembership(models.Model):
    """Which of a member's orders were right: what checks and nonconformities say."""

    _inherit = "wcm.membership"

    def _orders_right_first_time(self, orders):
        """Of which no block failed its first check at any stage, nor has a nonconformity for which the member stands."""
        failed = self.env["wcm.inspection"].sudo().search([
            ("part_id.work_order_id", "in", orders.ids), ("state", "=", "failed"), ("rework_nonconformity_id", "=", False),
        ]).part_id.work_order_id
        nonconforming = self.env["wcm.nonconformity"].sudo().search([
            ("part_ids.work_order_id", "in", orders.ids), ("state", "!=", "cancelled"), ("payer", "not in", ("network", "client")),
        ]).part_ids.work_order_id
        return orders - failed - nonconforming
