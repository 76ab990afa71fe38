from odoo import fields, models


class WcmInspectionWitness(models.TransientModel):
    _name = "wcm.inspection.witness"
    _description = "Say who came as a witness, or go on without"

    inspection_id = fields.Many2one("wcm.inspection", required=True, readonly=True)
    what = fields.Selection([("came", "Somebody came"), ("waived", "It goes on without a witness")], default="came", required=True)
    names = fields.Char("Who came", help="Kept with the check.")
    reason = fields.Char("Why", help="Kept with the check. A quality lead decides this.")

    def action_confirm(self):
        self.ensure_one()
        if self.what == "came":
            self.inspection_id.action_witness_came(self.names)
        else:
            self.inspection_id.action_waive_witness(self.reason)
        return {"type": "ir.actions.act_window_close"}
