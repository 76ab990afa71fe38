from odoo import fields, models


class WcmTermsAcceptance(models.Model):
    """Who accepted which text, for whom, when. Never edited, never deleted."""

    _name = "wcm.terms.acceptance"
    _description = "Acceptance of terms"
    _inherit = ["wcm.facade"]
    _order = "accepted_at desc, id desc"

    _member_readable = frozenset({"terms_id", "membership_id", "accepted_by_name", "accepted_at", "text_hash"})

    terms_id = fields.Many2one("wcm.terms", required=True, index=True, ondelete="restrict")
    membership_id = fields.Many2one("wcm.membership", required=True, index=True, ondelete="restrict")
    user_id = fields.Many2one("res.users", "Accepted by", required=True)
    accepted_by_name = fields.Char(related="user_id.name", store=True)
    on_behalf = fields.Boolean(help="Recorded by a coordinator from a signed paper copy.")
    accepted_at = fields.Datetime(required=True, default=fields.Datetime.now)
    text_hash = fields.Char(required=True)
