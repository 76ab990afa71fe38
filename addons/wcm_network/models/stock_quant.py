from odoo import models


class StockQuant(models.Model):
    _inherit = "stock.quant"

    def _unreserve_blocks(self):
        """Serial numbers in these places are free again, for example of a delivery that will not take place."""
        lines = self.env["stock.move.line"].search([
            ("lot_id", "in", self.lot_id.ids), ("location_id", "in", self.location_id.ids), ("state", "not in", ("done", "cancel")),
        ])
        lines.move_id._do_unreserve()
