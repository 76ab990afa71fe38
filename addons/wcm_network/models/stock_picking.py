from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _prepare_subcontract_mo_vals(self, subcontract_move, bom):
        """Manufacturing orders, and the resupply that they ask for, carry the work order's name."""
        values = super()._prepare_subcontract_mo_vals(subcontract_move, bom)
        order = subcontract_move.wcm_work_order_id
        return values | ({"wcm_work_order_id": order.id, "origin": order.name} if order else {})

    def _validate_receipts(self):
        """Validate what is picked and leave the rest on a backorder, without asking."""
        for picking in self:
            picking.with_context(skip_backorder=True, skip_sms=True).button_validate()
