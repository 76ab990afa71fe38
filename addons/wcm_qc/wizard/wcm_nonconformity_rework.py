from odoo import fields, models


class WcmNonconformityRework(models.TransientModel):
    _name = "wcm.nonconformity.rework"
    _description = "Record rework done"

    nonconformity_id = fields.Many2one("wcm.nonconformity", required=True, readonly=True)
    note = fields.Text("What was done", required=True)

    def action_confirm(self):
        self.nonconformity_id.action_rework_done(self.note)
        return {"type": "ir.actions.act_window_close"}
