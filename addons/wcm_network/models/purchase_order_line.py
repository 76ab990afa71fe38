from odoo import fields, models


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    wcm_work_order_id = fields.Many2one("wcm.work.order", "Distributed work order", readonly=True, copy=False, index="btree_not_null")

    def _prepare_stock_moves(self, picking):
        """Odoo takes blocks that come again after a return for somebody who waits for what is bought, and asks for them twice."""
        if not self.wcm_work_order_id or not self.move_ids.move_dest_ids & self.move_ids:
            return super()._prepare_stock_moves(picking)
        missing = self.product_qty - self._get_qty_procurement()
        if self.product_uom_id.is_zero(missing):
            return []
        quantity, unit = self.product_uom_id._adjust_uom_quantities(missing, self.product_id.uom_id)
        return [{**self._prepare_stock_move_vals(picking, self._get_stock_move_price_unit(), quantity, unit), "move_dest_ids": False}]

    def _prepare_stock_move_vals(self, picking, price_unit, product_uom_qty, product_uom):
        values = super()._prepare_stock_move_vals(picking, price_unit, product_uom_qty, product_uom)
        return values | {"wcm_work_order_id": self.wcm_work_order_id.id}
