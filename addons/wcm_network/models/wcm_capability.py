from odoo import fields, models


class WcmCapability(models.Model):
    _name = "wcm.capability"
    _inherit = ["wcm.capability", "wcm.facade"]

    _member_readable = frozenset({
        "facility_id", "process_id", "envelope_x_mm", "envelope_y_mm", "envelope_z_mm", "tolerance_mm",
        "minutes_per_hour", "machine_count", "share_offered", "evidence_level",
    })
    _office_readable = frozenset({"cost_per_hour", "currency_id"})
    _office_writable = frozenset({"share_offered", "cost_per_hour"})

    cost_per_hour = fields.Monetary(help="Price of one clock hour, where the member has set no rates.")
