from odoo import models

from ..together import Together
from .mrp_bom_sheets import TOLERANCE


class WcmPart(models.Model):
    """Receipt in Odoo's own documents: the lots, the sheets that were used, the backorder of what is still to come."""

    _inherit = "wcm.part"

    def _receive_in_stock(self):
        """Validate the receipts of these parts; what has not arrived stays on a backorder."""
        return self.with_context(**{Together.KEY: self._received_together()})._receive_at_once().with_env(self.env)

    def _received_together(self):
        """What a receipt of many blocks looks up once, and what it need not reserve."""
        products = self.product_id | self.work_order_id.bom_id._materials()
        watched = self.env["stock.warehouse.orderpoint"].search([("product_id", "in", products.ids)])
        return Together(watched.product_id.ids, self.filtered("sheet_usage").lot_id.ids)

    def _receive_at_once(self):
        moves = self.env["stock.move"]
        for (order, is_returned), parts in self.grouped(lambda part: (part.work_order_id, part.is_returned)).items():
            moves |= order._receive_back(parts.lot_id) if is_returned else order._receive_new(parts.lot_id)
        moves._record_sheet_use(self)
        pickings = moves.picking_id
        pickings._validate_receipts()
        return pickings

    def _sheet_lines(self, raw_moves):
        """Move line values that spread this part's sheets over the raw moves of its manufacturing order.

        Odoo makes one raw move for each kind of part in the block; together they take
        what the maker recorded, each in proportion to its demand.
        """
        values = []
        for product, moves in raw_moves.grouped("product_id").items():
            left = {lot: sheets for lot, sheets in self._sheet_use() if lot.product_id == product}
            factor = sum(left.values()) / (sum(moves.mapped("product_uom_qty")) or 1.0)
            for move in moves:
                values += move._lines_from_lots(left, move.product_uom_qty * factor)
        return values

    def _used_otherwise(self, raw_moves):
        """Whether a manufacturing order took other sheets than the maker recorded, or somebody else's, by more than rounding."""
        left = dict(self._sheet_use())
        for line in raw_moves.move_line_ids.filtered(lambda line: line.lot_id and line.owner_id == line.move_id.restrict_partner_id):
            left[line.lot_id] = left.get(line.lot_id, 0.0) - line.quantity
        return any(abs(sheets) > TOLERANCE for sheets in left.values())

    def _sheet_use(self):
        return [(self.env["stock.lot"].browse(int(lot_id)), sheets) for lot_id, sheets in (self.sheet_usage or {}).items()]
