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
            owed = sum((order._open_receipts() | order._open_redeliveries()).mapped("product_uom_qty"))
            order.quantity_to_replace = max(0, owed - len(alive)) if "scrapped" in order.part_ids.mapped("state") else 0

    def action_replace_scrapped(self):
        """New labels for what was scrapped; the member makes them like the others."""
        orders = self._owing_scrapped()
        orders._replace_scrapped({order: order.quantity_to_replace for order in orders})
        return True

    def action_release_scrapped(self):
        """The member owes only the rest; what was scrapped is open for a new plan."""
        orders = self._owing_scrapped()
        for order in orders:
            order._release_scrapped(order.quantity_to_replace)
        orders._notify_members(lambda orders: orders.env._("Scrapped blocks need not be made again"))
        return True

    def _replace_scrapped(self, counts):
        """:param counts: {order: blocks to make again}"""
        self._issue_parts(counts)
        self._send_missing_material()
        self._sync_state_with_parts()
        self._notify_members(lambda orders: orders.env._("Blocks to make again"))

    def _owing_scrapped(self):
        self._check_coordinator()
        orders = self.sudo().filtered("quantity_to_replace")
        if not orders:
            raise UserError(self.env._("Nothing that was scrapped is still owed. For blocks that were scrapped on site, make a new work order."))
        return orders

    def _release_scrapped(self, quantity):
        """Order and Odoo's documents are for so many fewer; an order that has none left is called off."""
        if quantity == self.quantity:
            self._cancel_native_documents()
            self.write({"state": "cancelled", "decline_reason": self.env._("All blocks were scrapped and are planned again.")})
            return
        self._owe_fewer(quantity)

    def _owe_fewer(self, quantity):
        """Receipts, manufacturing orders and purchase order for so many fewer."""
        self._reduce_receipts(quantity)
        self.quantity -= quantity
        self.purchase_line_id.product_qty -= quantity
        self._sync_state_with_parts()

    def _reduce_receipts(self, quantity):
        """The receipts still to come, and the manufacturing orders behind them."""
        for move, less in self._open_receipts()._lower_demand(quantity):
            self._reduce_productions(move, less)

    def _reduce_productions(self, move, quantity):
        for production in move.move_orig_ids.production_id.filtered(lambda one: one.state not in ("done", "cancel")):
            less = min(quantity, production.product_qty)
            quantity -= less
            if less == production.product_qty:
                production.action_cancel()
            elif less:
                self.env["change.production.qty"].create({"mo_id": production.id, "product_qty": production.product_qty - less}).change_prod_qty()
