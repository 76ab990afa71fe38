from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        """The gate, before anything else is done; `stock.move.line` has it again for what is edited later."""
        for (place, destination), lines in self.move_line_ids.grouped(lambda line: (line.location_id, line.location_dest_id)).items():
            lines.lot_id._check_may_move_to(destination)
            lines.lot_id._check_may_leave(place, destination)
        return super()._action_done(cancel_backorder=cancel_backorder)
