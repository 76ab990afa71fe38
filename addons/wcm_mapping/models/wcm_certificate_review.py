from odoo import fields, models
from odoo.exceptions import UserError


class WcmCertificate(models.Model):
    """Papers that a space sends in itself: they count when a coordinator has accepted them."""

    _inherit = "wcm.certificate"

    review = fields.Selection(
        [("waiting", "To accept"), ("accepted", "Accepted"), ("refused", "Refused")],
        "Sent In",
        default="accepted",
        required=True,
        copy=False,
        index=True,
        tracking=True,
        help="A paper that the space sent in itself waits until somebody has looked at it.",
    )
    review_reason = fields.Char("Reason", help="Shown to the operator. Needed to refuse.")

    def _has_field_access(self, field, operation):
        decided = operation == "write" and field.name == "review" and not self.env.su
        return not decided and super()._has_field_access(field, operation)

    def action_accept(self):
        self._review("accepted")

    def action_refuse(self):
        if any(not (certificate.review_reason or "").strip() for certificate in self):
            raise UserError(self.env._("Write the reason first: the operator reads it."))
        self._review("refused")

    def _review(self, review):
        self.check_access("write")
        if any(certificate.review != "waiting" for certificate in self):
            raise UserError(self.env._("Only a paper that waits can be accepted or refused."))
        self.sudo().review = review
        self.activity_feedback(["wcm_mapping.activity_certificate_sent"])
