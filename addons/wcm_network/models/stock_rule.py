from odoo import models


class StockRule(models.Model):
    _inherit = "stock.rule"

    def _get_stock_move_values(self, product_id, product_qty, product_uom, location_dest_id, name, origin, company_id, values):
        """Transfers of material carry the work order: Odoo forgets which manufacturing order they were for when stock is taken for another."""
        move_values = super()._get_stock_move_values(product_id, product_qty, product_uom, location_dest_id, name, origin, company_id, values)
        wanted_by = values.get("move_dest_ids") or self.env["stock.move"]
        orders = wanted_by.raw_material_production_id.wcm_work_order_id | wanted_by.filtered(lambda move: not move.is_subcontract).wcm_work_order_id
        order_id = values.get("wcm_work_order_id") or (orders.id if len(orders) == 1 else False)
        return move_values | ({"wcm_work_order_id": order_id} if order_id else {})
