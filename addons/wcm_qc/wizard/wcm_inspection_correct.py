from odoo import fields, models


class WcmInspectionCorrect(models.TransientModel):
    _name = "wcm.inspection.correct"
    _description = "Correct a closed inspection"

    inspection_id = fields.Many2one("wcm.inspection", required=True, readonly=True)
    reason = fields.Char(required=True, help="Kept with the record that is replaced and with the new one.")

    def action_confirm(self):
        return self.inspection_id.action_correct(self.reason)
