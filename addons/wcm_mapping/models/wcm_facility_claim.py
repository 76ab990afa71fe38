from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import email_normalize

# Claims in 24 hours: from one network, of one e-mail address, of all. None of one space, or a stranger could lock it.
LIMITS = {"claim_network": 6, "claim_email": 3, "claim": 200}
DAYS_UNCONFIRMED = 7
ASKED_FOR = {
    "facility_id", "name", "email", "reason", "state", "confirmed_on", "decided_on", "decided_by_id", "user_id",
}


class WcmFacilityClaim(models.Model):
    """Somebody says "this is our space" and would like to keep its listing.

    Nobody gets anything before the address is confirmed and a coordinator of the region has said yes.
    """

    _name = "wcm.facility.claim"
    _description = "Claim of a Listing"
    _inherit = ["mail.thread", "wcm.signed.link"]
    _order = "create_date desc, id desc"
    _rec_name = "facility_id"

    _link_hours = 48

    facility_id = fields.Many2one("wcm.facility", "Production Space", required=True, index=True, ondelete="cascade")
    region_id = fields.Many2one(related="facility_id.region_id", store=True, index=True)
    name = fields.Char("Person", required=True)
    email = fields.Char("Work E-mail", required=True, index=True)
    reason = fields.Text("Why They Speak for the Space", required=True)
    state = fields.Selection(
        [
            ("unconfirmed", "E-mail not confirmed"),
            ("waiting", "To decide"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("withdrawn", "Access withdrawn"),
        ],
        default="unconfirmed",
        required=True,
        index=True,
        tracking=True,
    )
    confirmed_on = fields.Datetime("E-mail Confirmed")
    decided_on = fields.Datetime("Decided")
    decided_by_id = fields.Many2one("res.users")
    answer = fields.Text("Reason for the Decision", help="Sent to the person. Needed to refuse.")
    user_id = fields.Many2one("res.users", "Login", help="Who keeps the listing since it was approved.")

    def _has_field_access(self, field, operation):
        decided = operation == "write" and field.name in ASKED_FOR and not self.env.su
        return not decided and super()._has_field_access(field, operation)

    def unlink(self):
        """No access outlives the claim that gave it."""
        self.check_access("unlink")
        self.sudo()._withdraw()
        return super().unlink()

    @api.model
    def _start(self, facility, values, network):
        """Take a claim from the public page and mail the link that confirms its address.

        :param network: where it was sent from, as `network_of` says
        :raise UserError: in words for the person who claims
        """
        email = email_normalize(values["email"])
        if not (email and values["name"] and values["reason"]):
            raise UserError(self.env._("Give your name, a complete e-mail address and how you belong to the space."))
        if not self._is_allowed(network, email):
            raise UserError(self.env._("That is enough for today. Look in your mailbox for the link, or come back tomorrow."))
        claim = self.create({**values, "facility_id": facility.id, "email": email})
        self.env.ref("wcm_mapping.mail_claim_confirm").send_mail(claim.id, email_values={"email_to": email})
        return claim

    @api.model
    def _is_allowed(self, network, email):
        """The network first: what it sends beyond its limit takes nothing off another's."""
        count = self.env["wcm.suggestion.count"].sudo()
        counted = zip(LIMITS.items(), (network, email, "all"), strict=True)
        return all(count._allows(kind, value, most, hours=24) for (kind, most), value in counted)

    def _confirm(self):
        """The address is theirs; now the coordinators of the region are asked. A second click changes nothing."""
        self.lock_for_update()
        if self.state == "unconfirmed":
            self.write({"state": "waiting", "confirmed_on": fields.Datetime.now()})
            self._ask()

    def _ask(self):
        summary = self.env._("Decide: %(person)s claims this listing", person=self.name)
        self.facility_id._ask_coordinators("wcm_mapping.activity_claim", summary, self.reason)

    def _url(self):
        return f"{self.get_base_url()}/spaces/claims/{self._link_token('confirm')}"

    def action_approve(self):
        """Give the person a login that keeps this listing and nothing else."""
        for claim in self:
            claim._check_may_decide()
            user = claim.sudo()._operator_user()
            claim.facility_id.sudo().operator_user_ids += user
            claim._decide("approved", user_id=user.id)

    def action_refuse(self):
        for claim in self:
            claim._check_may_decide()
            if not (claim.answer or "").strip():
                raise UserError(self.env._("Write the reason for the decision first: it is sent to %s.", claim.name))
            claim._decide("refused")

    def action_withdraw(self):
        """Take the access back; what was changed stays."""
        self.check_access("write")
        self.sudo()._withdraw()

    def _withdraw(self):
        for claim in self.filtered(lambda claim: claim.state == "approved"):
            claim.facility_id.operator_user_ids -= claim.user_id
            claim.write({"state": "withdrawn", "decided_on": fields.Datetime.now(), "decided_by_id": self.env.uid})
            claim.user_id._close_operator_access()

    def _check_may_decide(self):
        self.check_access("write")
        if self.state != "waiting":
            raise UserError(self.env._("Only a claim whose e-mail address is confirmed, and that waits, can be decided."))

    def _decide(self, state, **values):
        decided = {"state": state, "decided_on": fields.Datetime.now(), "decided_by_id": self.env.uid}
        claim = self.sudo()
        claim.write({**decided, **values})
        claim._close_activity()
        self.env.ref("wcm_mapping.mail_claim_decided").sudo().send_mail(claim.id, email_values={"email_to": claim.email})

    def _close_activity(self):
        """One activity stands for all claims of a space: as long as another waits, it is asked about that one."""
        self.facility_id.activity_feedback(["wcm_mapping.activity_claim"], feedback=self.answer)
        self.search([("facility_id", "=", self.facility_id.id), ("state", "=", "waiting")], order="id", limit=1)._ask()

    def _operator_user(self):
        """The login of the confirmed address: the one that is there, or a new one, which is invited by mail."""
        user = self.env["res.users"].with_context(active_test=False).search([("login", "=", self.email)])
        if user and (not user.active or user._is_internal()):
            raise UserError(
                self.env._(
                    "The login “%s” belongs to a colleague or is archived. Ask an administrator, or refuse the claim.",
                    self.email,
                )
            )
        if user:
            user.group_ids = [Command.link(self.env.ref("wcm_mapping.group_operator").id)]
        return user or self._new_operator_user()

    def _new_operator_user(self):
        """A contact of its own, under no organisation: portal pages show what the whole organisation was sent."""
        partner = self.env["res.partner"].create({"name": self.name, "email": self.email})
        user = self.env["res.users"].with_context(no_reset_password=True).create(
            {
                "login": self.email,
                "partner_id": partner.id,
                "company_id": self.env.company.id,
                "company_ids": [Command.set(self.env.company.ids)],
                "group_ids": [Command.set(self.env.ref("wcm_mapping.group_operator").ids)],
            }
        )
        self._invite(user)
        return user

    def _invite(self, user):
        """Queued, as all our mail: a mail server that is down does not undo the decision."""
        user.partner_id.signup_prepare()
        invitation = self.env.ref("auth_signup.portal_set_password_email")
        invitation.with_context(dbname=self.env.cr.dbname, lang=user.lang).send_mail(user.id)

    @api.autovacuum
    def _gc_unconfirmed(self):
        """What nobody confirmed is nobody's business."""
        long_ago = fields.Datetime.now() - timedelta(days=DAYS_UNCONFIRMED)
        self.search([("state", "=", "unconfirmed"), ("create_date", "<", long_ago)]).unlink()
