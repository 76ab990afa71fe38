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
        """{component: whole units for one home}, first level of the kit.

        :raise UserError: it lists none, or nobody has said how many
        """
        quantities = {}
        for line in self.bom_line_ids:
            units = line.product_uom_id._compute_quantity(line.product_qty, line.product_id.uom_id)
            quantities[line.product_id] = quantities.get(line.product_id, 0) + units / self.product_qty
        if not quantities:
            raise UserError(self.env._("The kit “%(kit)s” lists no components.", kit=self.display_name))
        self._check_quantities_said(quantities)
        return {product: ceil(round(quantity, 6)) for product, quantity in quantities.items()}

    def _check_quantities_said(self, quantities):
        """As minutes, they are asked for, never invented."""
        unsaid = [product.default_code or product.name for product, quantity in quantities.items() if not quantity]
        if unsaid:
            raise UserError(self.env._(
                "Nobody has said how many of these the kit “%(kit)s” needs: %(names)s. Type the quantities in the kit.",
                kit=self.display_name, names=", ".join(unsaid),
            ))
