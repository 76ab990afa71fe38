from odoo import api, fields, models
from odoo.exceptions import UserError

SENT = {"link_sent_on", "link_sent_to", "link_state"}


class WcmAudit(models.Model):
    """Mailing a self-audit to the space, and what became of the mail."""

    _inherit = "wcm.audit"

    link_sent_on = fields.Datetime("Link Mailed", readonly=True, copy=False)
    link_sent_to = fields.Char("To", readonly=True, copy=False)
    link_state = fields.Selection(
        [("sent", "Mailed"), ("bounced", "Could not be delivered"), ("begun", "Begun"), ("submitted", "Submitted")],
        "State of the Link",
        compute="_compute_link_state",
        store=True,
        help="Begun: somebody opened the questions. Submitted: the answers are in.",
    )
    link_bounced = fields.Boolean(readonly=True, copy=False)

    @api.depends("link_sent_on", "link_bounced", "user_input_id.state")
    def _compute_link_state(self):
        progress = {"in_progress": "begun", "done": "submitted"}
        for audit in self:
            by_mail = "bounced" if audit.link_bounced else "sent"
            answered = progress.get(audit.sudo().user_input_id.state)
            audit.link_state = audit.link_sent_on and (answered or by_mail)

    def _has_field_access(self, field, operation):
        recorded = operation == "write" and field.name in (*SENT, "link_bounced") and not self.env.su
        return not recorded and super()._has_field_access(field, operation)

    def action_send_link(self):
        """Start the self-audit and mail its link to the operator of the space."""
        for audit in self:
            audit.check_access("write")
            audit._check_may_send()
            if audit.state == "planned":
                audit._start()
            audit.sudo()._send_link(audit.facility_id.sudo()._question_email())

    def _check_may_send(self):
        if self.kind != "self" or self.state not in ("planned", "in_progress"):
            raise UserError(self.env._("Only a self-audit that is planned or in progress can be mailed."))
        if not self.facility_id.sudo()._question_email():
            raise UserError(
                self.env._(
                    "%s has no e-mail address. Write one on the space, or start the audit and copy its link.",
                    self.facility_id.name,
                )
            )

    def _send_link(self, email):
        self.write({"link_sent_on": fields.Datetime.now(), "link_sent_to": email, "link_bounced": False})
        self.env.ref("wcm_mapping.mail_audit_link").send_mail(self.id, email_values={"email_to": email})

    def _message_receive_bounce(self, email, partner):
        super()._message_receive_bounce(email, partner)
        self.filtered("link_sent_on").link_bounced = True
