from odoo import fields, models


class StockMove(models.Model):
    """What a receipt is worth to the member that it came from."""

    _inherit = "stock.move"

    def _statement_month(self):
        return fields.Date.start_of(fields.Datetime.context_timestamp(self, self.date).date(), "month")

    def _statement_quantities(self, lots):
        """(received, accepted, credited); what went back counts less, as in Odoo's received quantity.

        :param lots: a LotsToState; each lot is taken out of it by the newest move that says what became of it
        """
        if self._is_purchase_return():
            back = self.quantity if not self.origin_returned_move_id or self.to_refund else 0.0
            if back:
                lots.take(self.move_line_ids.lot_id.ids)
            return -back, -min(back, self._statement_untracked(lots.tracked)), 0
        if self.origin_returned_move_id._is_returned_without_refund(self):
            return 0.0, 0.0, 0
        good, credited = lots.take(self.move_line_ids.lot_id.ids)
        lines = self.move_line_ids.filtered(lambda line: line.lot_id.id in good)
        return self.quantity, sum(lines.mapped("quantity")) + self._statement_untracked(lots.tracked), len(credited)

    def _is_returned_without_refund(self, again):
        """Whether this is a return that `again` made good."""
        return bool(self) and self._is_purchase_return() and not again.to_refund

    def _statement_untracked(self, tracked):
        return sum(line.quantity for line in self.move_line_ids if line.lot_id.id not in tracked)
