from odoo import models
from odoo.exceptions import UserError


class StockLot(models.Model):
    _inherit = "stock.lot"

    def _lines_received_last(self):
        """The receipt line that brought each of these blocks to its site."""
        lines = self.env["stock.move.line"].search(
            [("lot_id", "in", self.ids), ("state", "=", "done"), ("move_id.purchase_line_id", "!=", False), ("picking_id", "!=", False)], order="id desc",
        )
        last = self.env["stock.move.line"].union(*(of_lot[0] for of_lot in lines.grouped("lot_id").values()))
        for lot in self - last.lot_id:
            raise UserError(self.env._("Odoo has no receipt of %s. Look at the receipts of its order: one may have been changed by hand.", lot.name))
        return last
