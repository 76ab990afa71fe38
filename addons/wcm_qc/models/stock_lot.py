from odoo import fields, models
from odoo.exceptions import UserError


class StockLot(models.Model):
    _inherit = "stock.lot"

    wcm_part_ids = fields.One2many("wcm.part", "lot_id", "Tracked part", readonly=True)

    def _check_may_move_to(self, destination):
        """Refuse to move what is held; no context and no superuser changes that."""
        messages = []
        for part in self.sudo().wcm_part_ids:
            obstacle = part._move_obstacle()
            if obstacle and not part._may_leave_held(destination.sudo()):
                messages.append(self.env._("%(lot)s may not be moved. %(obstacle)s.", lot=part.name, obstacle=obstacle))
        if messages:
            raise UserError("\n".join(messages))
