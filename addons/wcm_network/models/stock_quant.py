from odoo import models
from odoo.fields import Domain


class StockQuant(models.Model):
    _inherit = "stock.quant"

    def _get_gather_domain(self, product_id, location_id, lot_id=None, package_id=None, owner_id=None, strict=False):
        """`wcm_unowned`: of the network's own stock only, not of what a member keeps beside it."""
        domain = super()._get_gather_domain(product_id, location_id, lot_id, package_id, owner_id, strict)
        return domain & Domain("owner_id", "=", False) if self.env.context.get("wcm_unowned") and not owner_id else domain

    def _unreserve_blocks(self):
        """Serial numbers in these places are free again, for example of a delivery that will not take place."""
        lines = self.env["stock.move.line"].search([
            ("lot_id", "in", self.lot_id.ids), ("location_id", "in", self.location_id.ids), ("state", "not in", ("done", "cancel")),
        ])
        lines.move_id._do_unreserve()
