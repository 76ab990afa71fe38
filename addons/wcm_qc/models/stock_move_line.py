from odoo import models


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _synchronize_quant(self, quantity, location, action="available", in_date=False, **quants_value):
        """Every change of stock passes here, also a done line that is given another lot or place."""
        lot = quants_value.get("lot", self.lot_id)
        if action == "available":
            lot._check_may_move_to(self.location_dest_id)
            if quantity < 0:
                lot._check_may_leave(location, self.location_dest_id)
        result = super()._synchronize_quant(quantity, location, action=action, in_date=in_date, **quants_value)
        if action == "available" and quantity > 0:
            lot._came_in(location, self.location_id, quantity)
        return result
