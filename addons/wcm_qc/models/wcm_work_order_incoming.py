from odoo import models
from odoo.exceptions import UserError


class WcmWorkOrder(models.Model):
    """Nothing is cut from sheets that wait for their incoming check."""

    _inherit = "wcm.work.order"

    def _pick_sheet_lots(self, at_hand, sheet_lots):
        lots = super()._pick_sheet_lots(at_hand, sheet_lots)
        for lot in lots:
            if obstacle := lot._incoming_obstacle(self._subcontract_location()):
                raise UserError(self.env._("%(lot)s may not be cut yet. %(obstacle)s.", lot=lot.name, obstacle=obstacle))
        return lots
