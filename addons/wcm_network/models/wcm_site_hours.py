from odoo import fields, models


class WcmSite(models.Model):
    """When a vehicle can be unloaded at a site."""

    _inherit = "wcm.site"

    receives_from = fields.Float("Vehicles are unloaded from", default=8, help="Hours after midnight.")
    receives_to = fields.Float("until", default=16)

    _receives_range = models.Constraint("CHECK(receives_from >= 0 AND receives_from < receives_to AND receives_to <= 24)", "Unloading ends after it begins, on the same day.")
