from odoo import api, fields, models
from odoo.exceptions import UserError


class WcmTermsAcceptance(models.Model):
    """Who accepted which text, for whom, when. Never edited, never deleted."""

    _name = "wcm.terms.acceptance"
    _description = "Acceptance of terms"
    _inherit = ["wcm.facade"]
    _order = "accepted_at desc, id desc"
    _rec_name = "terms_id"

    _member_readable = frozenset({"terms_id", "membership_id", "accepted_by_name", "accepted_at", "text_hash"})

    terms_id = fields.Many2one("wcm.terms", required=True, index=True, ondelete="restrict")
    membership_id = fields.Many2one("wcm.membership", "Member", required=True, index=True, ondelete="restrict")
    user_id = fields.Many2one("res.users", "Recorded by", required=True, ondelete="restrict")
    accepted_by_name = fields.Char("Accepted by", readonly=True, help="The name at the time; it stays when the user is renamed.")
    on_behalf = fields.Boolean(help="Recorded by a coordinator from a signed paper copy.")
    accepted_at = fields.Datetime(required=True, default=fields.Datetime.now)
    ip_address = fields.Char("From address", readonly=True, help="Internet address of the browser that accepted.")
    text_hash = fields.Char("Text hash (SHA-256)", required=True, readonly=True)

    _once = models.UniqueIndex("(membership_id, terms_id)", "These terms are already accepted for this member.")

    @api.model_create_multi
    def create(self, vals_list):
        """Text, person and time are facts, whatever the caller says."""
        for vals in vals_list:
            terms = self.env["wcm.terms"].browse(vals["terms_id"])
            vals |= {
                "text_hash": terms.text_hash,
                "user_id": self.env.uid,
                "accepted_at": fields.Datetime.now(),
            }
            vals["accepted_by_name"] = vals.get("accepted_by_name") or self.env.user.name
        return super().create(vals_list)

    def write(self, vals):  # pylint: disable=method-required-super; nobody ever writes one
        raise UserError(self.env._("An acceptance is a record of what happened and cannot be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("An acceptance is a record of what happened and cannot be deleted."))
