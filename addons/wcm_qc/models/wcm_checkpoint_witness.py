from odoo import fields, models


class WcmCheckpoint(models.Model):
    _inherit = "wcm.checkpoint"

    notice_hours = fields.Integer("Notice (hours)", help="To the witnesses of this point; 0: as the plan says.")

    _notice_hours_range = models.Constraint("CHECK (notice_hours BETWEEN 0 AND 720)", "Give witnesses notice of up to 720 hours, or 0: as the plan says.")
