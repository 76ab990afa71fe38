from odoo import fields, models


class WcmRegionInvite(models.TransientModel):
    """Gives somebody a login as a coordinator of a region."""

    _name = "wcm.region.invite"
    _description = "Access for a coordinator"

    region_id = fields.Many2one("wcm.region", required=True, ondelete="cascade")
    name = fields.Char("Person", required=True)
    email = fields.Char(required=True, help="Also the login.")

    def action_invite(self):
        """Create the login and send the invitation to set a password."""
        self.ensure_one()
        self.region_id._invite_coordinator(self.name, self.email)
        return {"type": "ir.actions.act_window_close"}
