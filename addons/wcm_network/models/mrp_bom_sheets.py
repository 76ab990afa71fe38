from odoo import models


class MrpBom(models.Model):
    _inherit = "mrp.bom"

    def _sheets_per_unit(self):
        """{sheet product: sheets for one unit}: what is left when the kits of parts are taken apart.

        Sheet material is what is tracked by lot; glue and screws are not sheets.
        """
        self.ensure_one()
        product = self.product_id or self.product_tmpl_id.product_variant_id
        sheets = {}
        for line, detail in self.explode(product, 1.0)[1]:
            if line.product_id.tracking == "lot":
                sheets[line.product_id] = sheets.get(line.product_id, 0.0) + detail["qty"]
        return sheets
