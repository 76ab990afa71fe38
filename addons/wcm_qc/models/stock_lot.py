from odoo import fields, models
from odoo.exceptions import UserError


class StockLot(models.Model):
    _inherit = "stock.lot"

    wcm_part_ids = fields.One2many("wcm.part", "lot_id", "Tracked part", readonly=True)

    def _check_may_move_to(self, destination):
        """Refuse to move what is held; no context and no superuser changes that."""
        messages = [
            self.env._("%(lot)s may not be moved. %(obstacle)s.", lot=lot.name, obstacle=lot._recall_obstacle())
            for lot in self
            if lot._recall_obstacle() and not lot._is_way_out(destination.sudo())
        ]
        for part in self.sudo().wcm_part_ids._together():
            obstacle = part._move_obstacle()
            if obstacle and not part._may_leave_held(destination.sudo()):
                messages.append(self.env._("%(lot)s may not be moved. %(obstacle)s.", lot=part.name, obstacle=obstacle))
        if messages:
            raise UserError("\n".join(messages))
