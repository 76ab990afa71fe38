from odoo import fields, models


class WcmRecordContest(models.Model):
    _inherit = "wcm.record.contest"

    figure = fields.Selection(selection_add=[("first_pass", "First-pass yield")], ondelete={"first_pass": "cascade"})
