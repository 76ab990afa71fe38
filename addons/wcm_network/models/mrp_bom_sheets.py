from odoo import fields, models

# Sheets that may differ without meaning: parts lists round each line up to a hundredth.
TOLERANCE = 0.05

MATERIAL_BY = [("hub", "The hub sends them"), ("member", "The member buys them")]


class MrpBom(models.Model):
    _inherit = "mrp.bom"

    material_by = fields.Selection(
        MATERIAL_BY, "Sheets", help="Who brings the sheets of this component, whoever makes it. Empty: as with each member.",
    )
    needs_sheet_certificate = fields.Boolean(
        "Supplier's certificate", help="A member that buys the sheets adds the supplier's certificate of each lot, for example of strength class or origin.",
    )

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
        """Every product that goes into these, when the kits of parts are taken apart, and into what those are made of."""
        made = {bom.product_id or bom.product_tmpl_id.product_variant_id: bom for bom in self}
        materials = self.env["product.product"]
        while made:
            used = materials.union(*(line.product_id for product, bom in made.items() for line, _detail in bom.explode(product, 1)[1]))
            made = {product: bom for product, bom in self._bom_find(used - materials).items() if bom}
            materials = used
        return materials
