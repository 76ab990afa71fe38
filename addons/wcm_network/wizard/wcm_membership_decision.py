from odoo import api, fields, models


class WcmMembershipDecision(models.TransientModel):
    """Asks why before a membership is suspended or ended."""

    _name = "wcm.membership.decision"
    _description = "Decision on a membership"

    membership_id = fields.Many2one("wcm.membership", required=True, ondelete="cascade")
    decision = fields.Selection([("suspend", "Suspend"), ("end", "End"), ("decline", "Decline")], required=True)
    reason = fields.Text(required=True, help="The member may read it.")
    still_open = fields.Text(compute="_compute_still_open")
    warned = fields.Text(compute="_compute_still_open")

    @api.depends("membership_id", "decision")
    def _compute_still_open(self):
        """What keeps the membership from ending, and what is owed after its end."""
        for wizard in self:
            member = wizard.membership_id if wizard.decision == "end" else wizard.membership_id.browse()
            if member:
                member.check_access("read")
            wizard.still_open = "\n".join(member.sudo()._open_at_leaving()) if member else False
            wizard.warned = "\n".join(member.sudo()._warned_at_leaving()) if member else False

    def action_confirm(self):
        actions = {"suspend": self.membership_id.action_suspend, "end": self.membership_id.action_end, "decline": self.membership_id.action_decline}
        actions[self.decision](self.reason)
        return {"type": "ir.actions.act_window_close"}
