from odoo import models


class WcmWorkOrder(models.Model):
    """What a button mends: `_mend_<kind>` for a kind of wcm.discrepancy. Each goes from the order and its blocks to Odoo's documents."""

    _inherit = "wcm.work.order"

    def _mend(self, kind):
        self._lock_for_change()
        getattr(self, f"_mend_{kind}")()

    def _mend_bought(self):
        """The order stands: a member agreed to it."""
        self._expect_fewer(self._too_many_to_come())
        self.purchase_line_id.product_qty = self.quantity
        self._match_productions()
        self._send_no_more_than_missing()

    def _mend_to_come(self):
        self._expect_fewer(self._too_many_to_come())
        self._receive_again()
        self._match_productions()
        self._send_no_more_than_missing()

    def _too_many_to_come(self):
        is_open = sum((self._open_receipts() | self._open_redeliveries()).mapped("product_uom_qty"))
        return is_open + self.purchase_line_id.qty_received - self.quantity

    def _expect_fewer(self, quantity):
        """Receipts alone; manufacturing orders are matched afterwards, as they need not have been raised with them."""
        self._open_receipts()._lower_demand(quantity)

    def _mend_productions(self):
        self._match_productions()

    def _match_productions(self):
        for move in self._open_receipts():
            productions = move.move_orig_ids.production_id.filtered(lambda one: one.state not in ("done", "cancel"))
            too_many = sum(productions.mapped("product_qty")) - move.product_uom_qty
            if too_many > 0:
                self._reduce_productions(move, too_many)
            elif productions:
                self._match_production(move)
            else:
                move.move_orig_ids = False
                move.picking_id._subcontracted_produce([(move, move._get_subcontract_bom())])

    def _mend_scrapped(self):
        self.part_ids.filtered(lambda part: part.state == "scrapped")._scrap_blocks()

    def _mend_sheets_of_scrap(self):
        self._scrap_with_sheets(self._facts())._scrap_sheets()

    def _mend_material_missing(self):
        self._send_missing_material()

    def _mend_material_over(self):
        for move, quantity in self._supplies_over(self._sending()[self]):
            if quantity >= move.product_uom_qty:
                move._action_cancel()
            else:
                move.product_uom_qty -= quantity

    def _send_no_more_than_missing(self):
        """Manufacturing orders that were made again ask for sheets that the member may have."""
        short = self._material_short()
        for move in self._sending()[self]:
            key = (move.location_dest_id, move.product_id)
            if move.product_uom_qty <= -short.get(key, 0.0):
                short[key] += move.product_uom_qty
                move._action_cancel()
        self._open_productions().action_assign()

    def _mend_state(self):
        self._sync_state_with_parts()

    def _mend_left_open(self):
        (self._open_receipts() | self._open_redeliveries())._action_cancel()
        if self.state == "cancelled":
            self._sending()[self]._action_cancel()
