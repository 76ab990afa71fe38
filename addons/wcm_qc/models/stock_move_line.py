from odoo import models


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _synchronize_quant(self, quantity, location, action="available", in_date=False, **quants_value):
        """Every change of stock passes here, also a done line that is given another lot or place."""
        if action == "available":
            quants_value.get("lot", self.lot_id)._check_may_move_to(self.location_dest_id)
        return super()._synchronize_quant(quantity, location, action=action, in_date=in_date, **quants_value)
