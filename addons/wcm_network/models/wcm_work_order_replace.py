from odoo import api, fields, models
from odoo.exceptions import UserError


class WcmWorkOrder(models.Model):
    """Blocks that were scrapped before they arrived are still owed."""

    _inherit = "wcm.work.order"

    quantity_to_replace = fields.Integer("To make again", compute="_compute_quantity_to_replace", compute_sudo=True, help="Scrapped before they arrived.")

    @api.depends("part_ids.state", "state")
    def _compute_quantity_to_replace(self):
        for order in self:
            alive = order.part_ids.filtered(lambda part: part.state not in ("scrapped", "received", "installed"))
            owed = sum(order._open_receipts().mapped("product_uom_qty"))
            order.quantity_to_replace = max(0, owed - len(alive)) if "scrapped" in order.part_ids.mapped("state") else 0

    def action_replace_scrapped(self):
        """New labels for what was scrapped; the member makes them like the others."""
        self._check_coordinator()
        orders = self.sudo().filtered("quantity_to_replace")
        if not orders:
            raise UserError(self.env._("Nothing that was scrapped is still owed. For blocks that were scrapped on site, make a new work order."))
        orders._issue_parts({order: order.quantity_to_replace for order in orders})
        orders._sync_state_with_parts()
        orders._notify_members(self.env._("Blocks to make again"))
        return True
