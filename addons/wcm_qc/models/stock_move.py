from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        """The gate, before anything else is done; `stock.move.line` has it again for what is edited later."""
        for line in self.move_line_ids:
            line.lot_id._check_may_move_to(line.location_dest_id)
            line.lot_id._check_may_leave(line.location_id, line.location_dest_id)
        return super()._action_done(cancel_backorder=cancel_backorder)
