from odoo import fields, models


class WcmMembershipPaper(models.TransientModel):
    """Records an acceptance of the terms from a signed paper copy."""

    _name = "wcm.membership.paper"
    _description = "Terms accepted on paper"

    membership_id = fields.Many2one("wcm.membership", required=True, ondelete="cascade")
    terms_id = fields.Many2one(related="membership_id.current_terms_id")
    signed_by = fields.Char("Signed by", required=True, help="Name on the paper copy.")

    def action_confirm(self):
        self.membership_id.action_accept_terms(on_behalf=True, signed_by=self.signed_by)
        return {"type": "ir.actions.act_window_close"}
