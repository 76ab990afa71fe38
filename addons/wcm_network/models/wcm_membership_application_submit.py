import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import hmac

from ..application_form import hours_of

SCOPE = "wcm_network.application"
LIVE = ("unconfirmed", "waiting", "review")
SEND_AGAIN_AFTER = timedelta(minutes=10)
OWN = ("organisation_type", "kit", "wants", "message", "contact_role", "contact_phone", "owner_name", "owner_email")


class WcmMembershipApplication(models.Model):
    """From the public form to an application whose address is confirmed."""

    _inherit = "wcm.membership.application"

    @api.model
    def _submit(self, form, facility):
        """Keep what a form says and mail the link; the same said twice is one application.

        :param form: a `Form` without errors, of `application_form.read_application`
        :param facility: the space that applies; empty for one that is not on the map
        """
        known = self._waiting_for(form, facility)
        if not known:
            quiet = self.with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
            known = quiet.create(self._form_values(form, facility))
        known.sent_on = fields.Datetime.now()
        known._send("confirm" if known.state == "unconfirmed" else "link")
        return known

    @api.model
    def _waiting_for(self, form, facility):
        domain = [("fingerprint", "=", self._fingerprint(form, facility)), ("state", "in", LIVE)]
        return self.search(domain, limit=1)

    @api.model
    def _fingerprint(self, form, facility):
        return hmac(self.env, SCOPE, json.dumps([form.values, facility.id], sort_keys=True))

    def _is_just_sent(self):
        """Whether it is a double click, and not the wish for another mail."""
        return any(one.sent_on and one.sent_on > fields.Datetime.now() - SEND_AGAIN_AFTER for one in self)

    @api.model
    def _form_values(self, form, facility):
        said = form.values
        processes = self.env["wcm.process"].search([("code", "in", said["processes"])])
        return {
            "state": "unconfirmed", "fingerprint": self._fingerprint(form, facility),
            "name": said["organisation"], "hours": hours_of(said["hours"]), "process_ids": [Command.set(processes.ids)],
            "contact_name": said["suggester_name"], "contact_email": said["suggester_email"].lower(),
            "facility_id": facility.id, "region_id": facility.region_id.id, "suggestion_id": False if facility else self._suggest(form).id,
            **{name: said[name] for name in OWN},
        }

    @api.model
    def _suggest(self, form):
        """A space that is not on the map goes the way of all suggestions; its address is confirmed with the application's."""
        suggestions = self.env["wcm.facility.suggestion"]
        quiet = suggestions.with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
        nowhere = self.env["wcm.facility"]
        return suggestions._waiting_for(form, nowhere) or quiet.create(suggestions._form_values(form, nowhere))

    @api.model
    def _of_link(self, token):
        return self._of_token("own", token)

    def _url(self):
        """An address that only the reader of the mail knows, for as long as it is good."""
        return f"{self.get_base_url()}/spaces/join/{self._link_token('own')}"

    def _confirm(self):
        """The address is theirs; now the coordinators are asked. Said again, it changes nothing."""
        fresh = self.filtered(lambda one: one.state == "unconfirmed")
        fresh.write({"state": "waiting", "confirmed_on": fields.Datetime.now()})
        fresh.suggestion_id._confirm()
        fresh._begin_review_list()
        for application in fresh:
            application._ask_coordinators(self.env._("Look at the application of %s", application.name))

    def _ask_coordinators(self, summary, note=""):
        managers = self.env.ref("wcm_network.group_manager").sudo().all_user_ids
        people = self.region_id.coordinator_ids or managers
        waiting = self.activity_ids.user_id
        for user in people.filtered(lambda user: user.active and not user.share) - waiting:
            self.activity_schedule("wcm_network.activity_application", user_id=user.id, summary=summary, note=note)

    def _send(self, what):
        """Queue a mail to the applicant; it goes out as soon as the transaction is through."""
        template = self.env.ref(f"wcm_network.mail_application_{what}").sudo()
        for application in self.sudo():
            template.send_mail(application.id, email_values={"email_to": application.contact_email})
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
