from odoo import fields, models


class WcmMembership(models.Model):
    """When a vehicle can be loaded at a member."""

    _inherit = "wcm.membership"

    loads_from = fields.Float("Vehicles are loaded from", default=8, help="Hours after midnight.")
    loads_to = fields.Float("until", default=16)

    _loads_range = models.Constraint("CHECK(loads_from >= 0 AND loads_from < loads_to AND loads_to <= 24)", "Loading ends after it begins, on the same day.")
