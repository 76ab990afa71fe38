from odoo import fields, models
from odoo.exceptions import UserError

THEN = [
    ("repair", "The member repairs it, and it comes again"),
    ("replace", "The member makes another one"),
    ("credit", "It is not owed any more: the order is for fewer blocks"),
]


class WcmPart(models.Model):
    """Back to the member after receipt, by Odoo's own returns."""

    _inherit = "wcm.part"

    _guarded = frozenset({"is_returned"})
    _member_readable = frozenset({"is_returned"})

    is_returned = fields.Boolean("Came back", readonly=True, copy=False, help="Was received on site, is at its maker again and comes once more.")

    def action_return(self, then=None, reason=None):
        """Blocks that arrived go back to their maker: the receipt is returned, and what follows is booked.

        :param then: repair, replace or credit
        """
        self._check_coordinator()
        if then not in dict(THEN):
            raise UserError(self.env._("Say what follows: the block is repaired, made again, or not owed any more."))
        parts = self.sudo()
        reason = parts.work_order_id._required_text(reason, self.env._("Say why the blocks go back: the member reads it."))
        parts._check_part_state("received", self.env._("received on site"))
        for order, returned in parts.grouped("work_order_id").items():
            returned._return(order, then, reason)
        return True

    def _return(self, order, then, reason):
        pickings = self._return_in_stock()
        self.write({"state": "made", "is_returned": True, "shipment_id": False, "is_loaded": False, "is_scanned": False})
        self._log("returning", note=reason, data={"returns": pickings.mapped("name"), "then": then})
        getattr(self, f"_then_{then}")(order, pickings, reason)
        order._reopen()
        order._notify_members(lambda orders: orders.env._("Blocks come back to you (%(reason)s)", reason=reason))

    def _then_repair(self, _order, pickings, _reason):
        """The same blocks come again: a return of the return, which waits for them."""
        for picking in pickings:
            lots = picking.move_ids.move_line_ids.lot_id
            again = picking._return_lots(lots)
            again.move_ids.move_line_ids.picked = False

    def _then_replace(self, order, _pickings, reason):
        self._give_up(reason)
        order._receive_again()
        order._issue_parts({order: len(self)})

    def _then_credit(self, order, _pickings, reason):
        self._give_up(reason)
        order._owe_no_more(len(self))

    def _give_up(self, reason):
        """The blocks stay with their maker as scrap."""
        self._scrap_blocks()
        self.write({"state": "scrapped", "is_returned": False})
        self._log("destroying", note=reason, data={})

    def _owe_another(self):
        """Blocks that were to be repaired will not come again; new ones are received in their place."""
        for order, parts in self.grouped("work_order_id").items():
            order._expect_no_more(len(parts))
            order._receive_again()

    def _return_in_stock(self):
        """Odoo's returns of these blocks, from the site to the member, done."""
        lines = self.lot_id._lines_received_last()
        pickings = self.env["stock.picking"]
        for receipt, of_receipt in lines.grouped("picking_id").items():
            pickings |= receipt._return_lots(of_receipt.lot_id)
        pickings.with_context(skip_backorder=True, skip_sms=True).button_validate()
        return pickings
