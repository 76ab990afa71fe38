from odoo import models


class MrpBom(models.Model):
    _inherit = "mrp.bom"

    def _sheets_for(self, quantity):
        """{sheet product: sheets for so many units}: what is left when the kits of parts are taken apart.

        For the whole quantity, as Odoo does, because every line is rounded up to a
        hundredth of a sheet. Sheet material is what is tracked by lot; glue and screws are not sheets.
        """
        self.ensure_one()
        product = self.product_id or self.product_tmpl_id.product_variant_id
        sheets = {}
        for line, detail in self.explode(product, quantity / self.product_qty)[1]:
            if line.product_id.tracking == "lot":
                sheets[line.product_id] = sheets.get(line.product_id, 0.0) + detail["qty"]
        return sheets

    def _materials(self):
        """Every product that goes into these, when the kits of parts are taken apart."""
        return self.env["product.product"].union(*(
            line.product_id for bom in self for line, _detail in bom.explode(bom.product_id or bom.product_tmpl_id.product_variant_id, 1)[1]
        ))
