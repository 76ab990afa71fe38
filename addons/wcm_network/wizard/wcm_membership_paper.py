from odoo import api, fields, models


class WcmMembershipPaper(models.TransientModel):
    """Records an acceptance of the terms from a signed paper copy."""

    _name = "wcm.membership.paper"
    _description = "Terms accepted on paper"

    membership_id = fields.Many2one("wcm.membership", required=True, ondelete="cascade")
    terms_id = fields.Many2one("wcm.terms", compute="_compute_terms_id")
    text_hash = fields.Char("Fingerprint", compute="_compute_terms_id", help="As printed on the paper copy.")
    signed_by = fields.Char("Signed by", required=True, help="Name on the paper copy.")
    role = fields.Char("As", help="What the person is in the organisation, e.g. director.")
    scan = fields.Binary("Scan of the signed paper", required=True, attachment=False)
    scan_name = fields.Char()

    @api.depends("membership_id")
    def _compute_terms_id(self):
        for paper in self:
            member = paper.membership_id
            paper.terms_id = member.asked_terms_id or member.current_terms_id
            paper.text_hash = paper.terms_id._hash_of(member) if paper.terms_id else False

    def action_confirm(self):
        self.membership_id.action_accept_terms(
            on_behalf=True, signed_by=self.signed_by, role=self.role, scan=self.scan, scan_name=self.scan_name,
        )
        return {"type": "ir.actions.act_window_close"}
