from odoo import api, fields, models
from odoo.tools import email_normalize

ANSWERED = ("correct", "changed")


class WcmFacilityConfirmation(models.Model):
    """One question to a space, "is this still right?", and what came back."""

    _name = "wcm.facility.confirmation"
    _description = "Question Whether a Listing Is Right"
    _inherit = ["mail.thread", "wcm.signed.link"]
    _order = "asked_on desc, id desc"
    _rec_name = "facility_id"

    _link_hours = 24 * 60

    facility_id = fields.Many2one("wcm.facility", "Production Space", required=True, index=True, ondelete="cascade")
    region_id = fields.Many2one(related="facility_id.region_id", store=True, index=True)
    email = fields.Char("Asked at", required=True, help="The address that the question went to.")
    asked_on = fields.Datetime(required=True, default=fields.Datetime.now)
    state = fields.Selection(
        [
            ("asked", "No answer yet"),
            ("correct", "All correct"),
            ("changed", "Something changed"),
            ("bounced", "Could not be delivered"),
        ],
        "Answer",
        default="asked",
        required=True,
        index=True,
    )
    answered_on = fields.Datetime()
    remark = fields.Text("What Changed", help="In the words of whoever answered.")

    def _mail(self):
        """Put the question in the outgoing mail; a copy stays here, so that a bounce finds its way back."""
        template = self.env.ref("wcm_mapping.mail_confirmation").sudo()
        for question in self:
            stop = f"{question._url()}/stop"
            headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
            template.send_mail(question.id, email_values={"email_to": question.email, "headers": repr(headers)})

    def _url(self):
        return f"{self.get_base_url()}/spaces/still-right/{self._link_token('answer')}"

    @api.model
    def _of_token(self, purpose, token):
        """The link ends as soon as its address does not speak for the space any more."""
        return super()._of_token(purpose, token).filtered(lambda question: question._speaks_for_space())

    def _speaks_for_space(self):
        """Whether the address that was asked is still one where the space reads its mail."""
        return self.email in map(email_normalize, self.facility_id._question_emails())

    def _is_open(self):
        """Whether an answer still counts: a second click changes nothing."""
        self.ensure_one()
        return self.state not in ANSWERED

    def _answer_correct(self):
        """Whoever reads the mail of the space says that everything is as listed."""
        self.lock_for_update()
        if self._is_open():
            self.write({"state": "correct", "answered_on": fields.Datetime.now()})
            self.facility_id._note_verified("mail")
            self._tell(self.env._("“Yes, all correct”, through the link sent to %s.", self.email))

    def _answer_changed(self, remark):
        """Something is not right any more: the coordinators of the region see to it."""
        self.lock_for_update()
        if self._is_open():
            self.write({"state": "changed", "answered_on": fields.Datetime.now(), "remark": remark})
            self._tell(self.env._("Something changed (through the link sent to %(email)s): %(remark)s", email=self.email, remark=remark))
            self.facility_id._ask_coordinators("wcm_mapping.activity_listing", self.env._("Correct the listing"), remark)

    def _tell(self, body):
        """In the history of the space, in the name of the address that was asked."""
        self.facility_id.message_post(body=body, email_from=self.email)

    def _message_receive_bounce(self, email, partner):
        super()._message_receive_bounce(email, partner)
        self.filtered(lambda question: question.state == "asked").state = "bounced"

    @api.model
    def _note_undelivered(self):
        """What our own mail server refused never comes back as a bounce."""
        failed = self.env["mail.mail"].sudo().search([("model", "=", self._name), ("state", "=", "exception")])
        self.browse(failed.mapped("res_id")).exists()._message_receive_bounce(False, False)
