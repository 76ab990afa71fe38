from odoo import fields, models


class StockMove(models.Model):
    """What a receipt is worth to the member that it came from."""

    _inherit = "stock.move"

    def _statement_month(self):
        return fields.Date.start_of(fields.Datetime.context_timestamp(self, self.date).date(), "month")

    def _statement_quantities(self, good, tracked):
        """(received, accepted); what went back counts less, as in Odoo's received quantity.

        :param good: ids of lots that are on site and not on hold; each is taken out of it when it was counted
        :param tracked: ids of all lots that are tracked parts; others are accepted when they are received
        """
        if self._is_purchase_return():
            back = self.quantity if not self.origin_returned_move_id or self.to_refund else 0.0
            return -back, -min(back, self._statement_untracked(tracked))
        if self.origin_returned_move_id._is_returned_without_refund(self):
            return 0.0, 0.0
        counted = self.move_line_ids.lot_id.filtered(lambda lot: lot.id in good)
        good.difference_update(counted.ids)
        lines = self.move_line_ids.filtered(lambda line: line.lot_id in counted)
        return self.quantity, sum(lines.mapped("quantity")) + self._statement_untracked(tracked)

    def _is_returned_without_refund(self, again):
        """Whether this is a return that `again` made good."""
        return bool(self) and self._is_purchase_return() and not again.to_refund

    def _statement_untracked(self, tracked):
        return sum(line.quantity for line in self.move_line_ids if line.lot_id.id not in tracked)
