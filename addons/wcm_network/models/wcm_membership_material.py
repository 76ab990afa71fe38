from odoo import fields, models

from .mrp_bom_sheets import MATERIAL_BY


class WcmMembership(models.Model):
    """Who brings the sheets, where the component does not say it."""

    _inherit = "wcm.membership"

    _member_readable = frozenset({"material_by"})

    material_by = fields.Selection(
        MATERIAL_BY, "Sheets", tracking=True,
        help="For new offers. Empty: the hub sends them where it can. What is on offer or agreed stays as it is.",
    )
