from odoo import api, fields, models
from odoo.exceptions import UserError


class WcmCarbonFactor(models.Model):
    """kgCO2e of one unit, by whom, of which year, from which day. Never changed once it counts: a new one takes over from its day."""

    _name = "wcm.carbon.factor"
    _description = "Carbon factor"
    _inherit = ["mail.thread"]
    _order = "kind, product_tmpl_id, valid_from desc"

    name = fields.Char("What it is of", required=True, help="In the words of its source.")
    kind = fields.Selection([("vehicle", "Vehicle kilometre"), ("material", "Material")], required=True, default="material")
    product_tmpl_id = fields.Many2one("product.template", "Sheet", index="btree_not_null", help="The kind of sheet that it is of.")
    per = fields.Selection([("km", "km"), ("kg", "kg"), ("sheet", "sheet")], required=True, default="kg", tracking=True)
    value = fields.Float("Factor (kgCO2e)", digits=(16, 6), required=True, tracking=True)
    source = fields.Char(required=True, tracking=True, help="Who publishes it, in which document, under which licence.")
    year = fields.Integer(required=True, help="Of the publication.")
    valid_from = fields.Date(required=True, tracking=True)
    note = fields.Char(help="What is in it and what is not, such as making the fuel or growing the tree.")
    active = fields.Boolean(default=True)

    _unit_fits = models.Constraint(
        "CHECK((kind = 'vehicle' AND per = 'km' AND product_tmpl_id IS NULL) OR (kind = 'material' AND per IN ('kg', 'sheet') AND product_tmpl_id IS NOT NULL))",
        "A vehicle's factor is per km; a material's is per kg or per sheet, and says which sheet it is of.",
    )
    _one_a_day = models.UniqueIndex(
        "(kind, COALESCE(product_tmpl_id, 0), valid_from) WHERE active", "Another factor of the same begins on that day. Archive one of them."
    )
    _year_written_out = models.Constraint("CHECK(year BETWEEN 1990 AND 2100)", "Write the year of the publication with four digits.")

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("Figures go by this factor. Archive it, or add a new one that is valid from a later day."))

    @api.model
    def _vehicle_factor(self, day):
        """kgCO2e a km on that day; None where none is stated."""
        found = self.sudo().search([("kind", "=", "vehicle"), ("valid_from", "<=", day)], order="valid_from desc", limit=1)
        return found.value if found else None
