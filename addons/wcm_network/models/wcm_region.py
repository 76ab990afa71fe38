from odoo import fields, models


class WcmRegion(models.Model):
    """A region may be run by another organisation, with coordinators, an annex to the terms and a share of the levy of its own."""

    _inherit = "wcm.region"

    run_by_id = fields.Many2one("res.partner", "Run by", domain=[("is_company", "=", True)], help="The organisation that coordinates here and gets the region's share of the levy. Empty: the network itself.")
