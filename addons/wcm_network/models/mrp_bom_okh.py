from odoo import Command, api, models


class MrpBom(models.Model):
    """Kits from Open Know-How manifests: the thing and its parts; how they are made is asked for."""

    _inherit = "mrp.bom"

    @api.model
    def _import_okh(self, kit, category):
        """Create or update the bill of materials of a `readers.OkhKit`; return (bom, created).

        A quantity that the manifest does not say is what somebody typed since, else 0, and named in `kit.unsaid`: no home
        takes the kit before somebody has said it.
        """
        product = self._find_or_create_products({kit.name: self._okh_kit_values(kit, category)})[kit.name]
        codes = {part.code or part.name: part for part in kit.parts}
        parts = self._find_or_create_products({code: self._okh_part_values(code, part, category) for code, part in codes.items()})
        bom = self._kit_of(product)
        quantities = self._okh_quantities(kit, bom)
        lines = [Command.create({"product_id": parts[code].id, "product_qty": quantity}) for code, quantity in quantities.items()]
        if bom:
            bom.write({"product_qty": 1, "product_uom_id": product.uom_id.id, "bom_line_ids": [Command.clear(), *lines]})
            return bom, False
        return self.create({"product_tmpl_id": product.product_tmpl_id.id, "type": "normal", "bom_line_ids": lines}), True

    @api.model
    def _okh_known(self, kit):
        """(product, bill of materials) of the manifest's title here: a product is known by its reference."""
        product = self.env["product.product"].search([("default_code", "=", kit.name)], limit=1)
        return product, self._kit_of(product) if product else self.browse()

    @api.model
    def _okh_quantities(self, kit, bom):
        """{reference of a part: quantity for one kit}; what the manifest does not say is what was typed, else 0."""
        typed = bom._quantities_by_code()
        return {part.code or part.name: part.quantity or typed.get(part.code or part.name, 0) for part in kit.parts}

    def _quantities_by_code(self):
        """{reference, else name, of a component: units for one kit}"""
        quantities = {}
        for line in self.bom_line_ids:
            code = line.product_id.default_code or line.product_id.name
            units = line.product_uom_id._compute_quantity(line.product_qty, line.product_id.uom_id, round=False)
            quantities[code] = quantities.get(code, 0) + units / self.product_qty
        return quantities

    @api.model
    def _kit_of(self, product):
        return self.search([("product_tmpl_id", "=", product.product_tmpl_id.id), ("type", "=", "normal")], limit=1)

    @api.model
    def _okh_kit_values(self, kit, category):
        return {
            "name": kit.name, "default_code": kit.name, "is_storable": True, "categ_id": category.id, "sale_ok": False,
            "design_revision": kit.version or "v1",
        }

    @api.model
    def _okh_part_values(self, code, part, category):
        return {
            "name": part.name, "default_code": code, "is_storable": True, "tracking": "serial", "categ_id": category.id,
            "sale_ok": False, "weight": part.mass_kg or 0,
        }
