from odoo import fields, models


class WcmMembershipDecision(models.TransientModel):
    """Asks why before a membership is suspended or ended."""

    _name = "wcm.membership.decision"
    _description = "Decision on a membership"

    membership_id = fields.Many2one("wcm.membership", required=True, ondelete="cascade")
    decision = fields.Selection([("suspend", "Suspend"), ("end", "End"), ("decline", "Decline")], required=True)
    reason = fields.Text(required=True, help="The member may read it.")

    def action_confirm(self):
        actions = {"suspend": self.membership_id.action_suspend, "end": self.membership_id.action_end, "decline": self.membership_id.action_decline}
        actions[self.decision](self.reason)
        return {"type": "ir.actions.act_window_close"}
