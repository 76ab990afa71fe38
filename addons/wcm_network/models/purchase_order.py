from odoo import models


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    def _get_final_location_record(self):
        """Parts stay at the site, where Odoo would push them on to the warehouse's own stock."""
        if self.order_line.wcm_work_order_id:
            return self.picking_type_id.default_location_dest_id
        return super()._get_final_location_record()
