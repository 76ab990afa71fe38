from odoo import models
from odoo.exceptions import UserError

BEGUN = ("released", "in_production", "ready", "dispatched", "received")


class WcmWorkOrder(models.Model):
    """Fewer or more blocks than were agreed: a coordinator's decision when the work is under way."""

    _inherit = "wcm.work.order"

    def action_close_short(self, reason=None):
        """What is not made by now is not owed any more; what is made is delivered and paid. It is open for a new plan."""
        self._check_coordinator()
        reason = self._required_text(reason, self.env._("Say why the rest is not made: the member sees it."))
        for order in self.sudo():
            order._lock_for_change()._check_state(*BEGUN)
            order._check_is_short()
            order._amend_quantity(order._count_begun(), reason)
            order.pending_change_id.state = "withdrawn"
            order.message_post(body=self.env._("Closed short, at %(count)s blocks: %(reason)s", count=order.quantity, reason=reason))
        self.sudo()._notify_members(lambda orders: orders.env._("No more blocks are needed (%(reason)s)", reason=reason))
        return True

    def _check_is_short(self):
        begun = self._count_begun()
        if not begun:
            raise UserError(self.env._("No block of %s is made. Cancel the order instead.", self.name))
        if begun >= self.quantity:
            raise UserError(self.env._("All %(count)s blocks of %(order)s are made: nothing is left to close short.", count=begun, order=self.name))

    def action_take_extra(self, quantity=None, reason=None):
        """The member made more than was ordered and the home can use them: order and documents follow, with labels for them."""
        self._check_coordinator()
        self.ensure_one()
        order = self.sudo()._lock_for_change()
        reason = order._required_text(reason, self.env._("Say why more is taken: the member sees it."))
        order._check_state(*BEGUN)
        order._check_extra(quantity)
        order._amend_quantity(order.quantity + quantity, reason)
        order.message_post(body=self.env._("%(count)s more blocks are taken: %(reason)s", count=quantity, reason=reason))
        order._notify_members(lambda orders: orders.env._("More blocks are taken (%(reason)s)", reason=reason))
        return True

    def _check_extra(self, quantity):
        if not isinstance(quantity, int) or quantity < 1:
            raise UserError(self.env._("Say how many blocks more."))
        if self.is_first_piece or self.quantity_to_replace or self.pending_change_id:
            raise UserError(self.env._(
                "%s keeps its quantity for now: it is a first piece, or scrapped blocks or a change wait for a decision.", self.name,
            ))
        open_quantity = max(0, self._lock_demand().build_line_id._quantity_not_placed())
        if quantity > open_quantity:
            raise UserError(self.env._(
                "%(demand)s has %(open)s more to place, not %(more)s. Raise what the home needs first, or send the blocks back.",
                demand=self.build_line_id.display_name, open=open_quantity, more=quantity,
            ))

    def _owe_no_more(self, quantity):
        """Blocks that arrived went back and are not replaced; an order that has none left is called off."""
        self.build_line_id.allocation_version += 1
        self.purchase_line_id.product_qty -= quantity
        if quantity < self.quantity:
            self.quantity -= quantity
        else:
            self.write({"state": "cancelled", "decline_reason": self.env._("All blocks went back and are not replaced.")})

    def _receive_again(self):
        """Receipts and manufacturing orders up to what the purchase order asks for."""
        self.purchase_line_id._create_or_update_picking()
        for move in self._open_receipts():
            self._match_production(move)

    def _expect_no_more(self, quantity):
        """So many blocks fewer come back repaired."""
        self._open_redeliveries()._lower_demand(quantity)
        self._open_redeliveries()._action_assign()

    def _reopen(self):
        """Blocks are under way again."""
        self.filtered(lambda order: order.state == "closed").state = "received"
        self._sync_state_with_parts()
