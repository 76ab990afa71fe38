from odoo import fields, models


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    wcm_work_order_id = fields.Many2one("wcm.work.order", "Distributed work order", readonly=True, copy=False, index="btree_not_null")

    def _prepare_stock_move_vals(self, picking, price_unit, product_uom_qty, product_uom):
        values = super()._prepare_stock_move_vals(picking, price_unit, product_uom_qty, product_uom)
        return values | {"wcm_work_order_id": self.wcm_work_order_id.id}
