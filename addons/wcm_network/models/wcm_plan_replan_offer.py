from odoo import models
from odoo.exceptions import LockError, UserError


class WcmPlan(models.Model):
    """Offering a plan that follows another: offers that stay are not sent again, the others end.

    All under the lock on the demand, so that no block is on offer twice.
    """

    _inherit = "wcm.plan"

    def _lock_demand(self):
        super()._lock_demand()
        try:
            self.sudo().origin_id.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(self.env._("Somebody else is planning this again right now. Try again in a minute.")) from error
        self.origin_id.invalidate_recordset(["replaced_by_id"])

    def _check_solvable(self):
        super()._check_solvable()
        if self.origin_id:
            self.sudo().origin_id._check_replannable()

    def _check_offerable(self):
        if self.origin_id:
            self.sudo().origin_id._check_replannable()
        super()._check_offerable()
        if self.origin_id and self._orders_then() != self._orders_now():
            raise UserError(self.env._("Members have answered or orders have changed since this plan was solved. Solve it again, so that it starts from what is true now."))

    def _orders_now(self):
        return {(order.id, order.state, order.quantity) for order in self._open_orders()}

    def _orders_then(self):
        return {tuple(row) for row in (self.sudo().before or {}).get("orders", [])}

    def _create_work_orders(self):
        """Offers that stand are taken over; what is left of the plan before is called off.

        Terms on offer are never changed: who is about to accept must get what it read.

        :return: new orders only, which are still to be offered
        """
        if not self.origin_id:
            return super()._create_work_orders()
        movable = self._movable_orders()
        self._call_off(movable - self._take_over(movable))
        self.origin_id.sudo().replaced_by_id = self
        return super()._create_work_orders()

    def _take_over(self, orders):
        """Offers that go on with the lines of this plan, as they have the same quantity and weeks."""
        known = {(order.membership_id, order.build_line_id): order for order in orders if order._is_offer()}
        boms = self._boms(self.line_ids.product_id)
        staying = orders.browse()
        for pair, lines in self.sudo().line_ids.grouped(lambda line: (line.membership_id, line.build_line_id)).items():
            order = known.get(pair)
            if order and order._has_terms(lines._work_order_values(boms[lines.product_id])):
                lines.work_order_id = order
                staying |= order
        return staying

    def _call_off(self, orders):
        again = {(line.membership_id, line.build_line_id) for line in self.sudo().line_ids}
        changed = orders.filtered(lambda order: (order.membership_id, order.build_line_id) in again)
        changed.sudo(False).action_cancel(self.env._("The work was planned again; a new offer takes the place of this one."))
        (orders - changed).sudo(False).action_cancel(self.env._("The work was planned again."))
