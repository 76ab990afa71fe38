from odoo import fields, models


class WcmMembershipDecision(models.TransientModel):
    """One more decision: probation goes on."""

    _inherit = "wcm.membership.decision"

    decision = fields.Selection(selection_add=[("prolong", "Prolong probation")], ondelete={"prolong": "cascade"})
    until = fields.Date("Look at it again on")
    reasons = fields.Text(related="membership_id.probation_reasons", string="What speaks for and against ending it")

    def action_confirm(self):
        if self.decision != "prolong":
            return super().action_confirm()
        self.membership_id.action_prolong(self.reason, self.until)
        return {"type": "ir.actions.act_window_close"}
