from math import ceil

from odoo import fields, models
from odoo.exceptions import UserError


class MrpBom(models.Model):
    _inherit = "mrp.bom"

    requirement_ids = fields.One2many("wcm.process.requirement", "bom_id", "Process requirements", copy=True)
    certificate_requirement_ids = fields.One2many("wcm.certificate.requirement", "bom_id", "Certificates", copy=True)
    walls_after_days = fields.Integer(
        "Walls: days later", help="Kit of a home: days between its first blocks on site and its walls.",
    )
    roof_after_days = fields.Integer(
        "Roof: days later", help="Kit of a home: days between its first blocks on site and its roof.",
    )

    _stage_days_positive = models.Constraint(
        "CHECK(walls_after_days >= 0 AND roof_after_days >= 0)",
        "Walls and roof cannot be on site before the first blocks.",
    )

    def _kit_quantities(self):
        """{component: whole units for one home}: its lines, and those of what is only a kit (Odoo's "Kit") among them.

        :raise UserError: it lists none, or nobody has said how many
        """
        quantities = {}
        for product, units in self._components(1 / self.product_qty):
            quantities[product] = quantities.get(product, 0) + units
        if not quantities:
            raise UserError(self.env._("The kit “%(kit)s” lists no components.", kit=self.display_name))
        self._check_quantities_said(quantities)
        return {product: ceil(round(quantity, 6)) for product, quantity in quantities.items()}

    def _components(self, share):
        """(component, units) of so many of this bill of materials; a kit that members make as such stays whole."""
        for line in self.bom_line_ids:
            product, kit = line.product_id, line.child_bom_id
            units = share * line.product_uom_id._compute_quantity(line.product_qty, product.uom_id, round=False)
            if kit.type == "phantom" and units and not self.env["wcm.plan"]._boms(product)[product]:
                yield from kit._components(product.uom_id._compute_quantity(units, kit.product_uom_id, round=False) / kit.product_qty)
            else:
                yield product, units

    def _check_quantities_said(self, quantities):
        """As minutes, they are asked for, never invented."""
        unsaid = [product.default_code or product.name for product, quantity in quantities.items() if not quantity]
        if unsaid:
            raise UserError(self.env._(
                "Nobody has said how many of these the kit “%(kit)s” needs: %(names)s. Type the quantities in the kit.",
                kit=self.display_name, names=", ".join(unsaid),
            ))
