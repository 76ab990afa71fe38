from odoo import fields, models


class WcmMembershipInvite(models.TransientModel):
    """Gives a person of a member a login."""

    _name = "wcm.membership.invite"
    _description = "Access for a person of a member"

    membership_id = fields.Many2one("wcm.membership", required=True, ondelete="cascade")
    name = fields.Char("Person", required=True)
    email = fields.Char(required=True, help="Also the login.")

    def action_invite(self):
        """Create the login and send the invitation to set a password."""
        user = self.membership_id._create_portal_user(self.email, self.name)
        user.sudo().with_context(create_user=True).action_reset_password()
        return {"type": "ir.actions.act_window_close"}
