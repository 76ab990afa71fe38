from odoo import fields, models

from ..models.wcm_member_person import ROLES


class WcmMembershipInvite(models.TransientModel):
    """Gives a person of a member a login."""

    _name = "wcm.membership.invite"
    _description = "Access for a person of a member"

    membership_id = fields.Many2one("wcm.membership", required=True, ondelete="cascade")
    name = fields.Char("Person", required=True)
    email = fields.Char(required=True, help="Also the login.")
    role = fields.Selection(ROLES, default="maker", required=True, help="A member's first person is an owner, whatever is chosen here.")

    def action_invite(self):
        """Create the login and send the invitation to set a password."""
        self.membership_id.check_access("write")
        self.membership_id._invite(self.email, name=self.name, role=self.role)
        return {"type": "ir.actions.act_window_close"}
