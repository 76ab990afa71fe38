from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    design_revision = fields.Char(help="Revision of the design files that are made now, as the files name it (e.g. v2).")
    is_illustrative = fields.Boolean(help="Sheets, minutes or mass here are illustrative, not from a published source.")
