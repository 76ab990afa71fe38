from collections import defaultdict

from odoo import models

from ..together import Together


class MrpBom(models.Model):
    """Parts lists of documents that are made together: each is looked up once."""

    _inherit = "mrp.bom"

    def _bom_find(self, products, picking_type=None, company_id=False, bom_type=False):
        together = Together.of(self.env)
        if not together:
            return super()._bom_find(products, picking_type=picking_type, company_id=company_id, bom_type=bom_type)
        key = (products._ids, picking_type and picking_type.id, company_id, bom_type, self.env.su, self.env.uid)
        if key not in together.boms:
            found = super()._bom_find(products, picking_type=picking_type, company_id=company_id, bom_type=bom_type)
            together.boms[key] = {product.id: bom.id for product, bom in found.items()}
        return self._boms_of(together.boms[key])

    def explode(self, product, quantity, picking_type=False, never_attribute_values=False):
        """Odoo asks for the same three times for each manufacturing order."""
        together = Together.of(self.env)
        if not together:
            return super().explode(product, quantity, picking_type=picking_type, never_attribute_values=never_attribute_values)
        key = (self.env, self.id, product.id, quantity, picking_type and picking_type.id, never_attribute_values and never_attribute_values._ids)
        if key not in together.exploded:
            together.exploded[key] = super().explode(product, quantity, picking_type=picking_type, never_attribute_values=never_attribute_values)
        return tuple([(record, dict(detail)) for record, detail in part] for part in together.exploded[key])

    def _boms_of(self, ids):
        boms = {self.env["product.product"].browse(product_id): self.browse(bom_id or ()) for product_id, bom_id in ids.items()}
        return defaultdict(self.browse, boms)
