from odoo import fields, models


class WcmFacility(models.Model):
    _name = "wcm.facility"
    _inherit = ["wcm.facility", "wcm.facade"]

    _member_readable = frozenset({
        "name", "organisation_type", "city", "zip", "status", "opening_hours", "latitude", "longitude", "region_id",
        "capability_ids", "visibility", "is_illustrative",
    })

    membership_ids = fields.One2many("wcm.membership", "facility_id")
