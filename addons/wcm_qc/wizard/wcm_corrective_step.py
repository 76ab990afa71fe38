from odoo import fields, models
from odoo.exceptions import UserError


class WcmCorrectiveStep(models.TransientModel):
    _name = "wcm.corrective.step"
    _description = "Step of a corrective action"

    action_id = fields.Many2one("wcm.corrective.action", required=True, readonly=True)
    step = fields.Selection([("done", "Done"), ("check", "Looked at")], required=True, readonly=True)
    done_note = fields.Text(related="action_id.done_note")
    outcome = fields.Selection([("effective", "It helped"), ("ineffective", "It did not help: it is to be done again")], "Did it help?")
    note = fields.Text(required=True)

    def action_confirm(self):
        if self.step == "done":
            self.action_id.action_done(self.note)
        elif self.outcome == "effective":
            self.action_id.action_effective(self.note)
        elif self.outcome == "ineffective":
            self.action_id.action_ineffective(self.note)
        else:
            raise UserError(self.env._("Choose whether it helped."))
        return {"type": "ir.actions.act_window_close"}
