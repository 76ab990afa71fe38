import json
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import hmac

from ..postcode import postcode_point

FINGERPRINT_SCOPE = "wcm_mapping.suggestion"
WAITING = ("unconfirmed", "review")
SEND_AGAIN_AFTER = timedelta(minutes=10)


class WcmFacilitySuggestion(models.Model):
    """From the public form to a suggestion whose address is confirmed."""

    _inherit = "wcm.facility.suggestion"

    @api.model
    def _vocabulary(self):
        """{field of the public form: {code: word}}, what it offers to choose from."""
        facilities = self.env["wcm.facility"]
        selections = {name: dict(facilities._fields[name]._description_selection(self.env)) for name in ("organisation_type", "access_type")}
        return {
            **selections,
            "processes": {process.code: process.name for process in self.env["wcm.process"].search([])},
            "materials": {material.code: material.name for material in self.env["wcm.material"].search([])},
        }

    @api.model
    def _present(self, space):
        """What is published of a space, in the words of the form.

        :param space: one of `_public_values()`
        """
        return {**space, "zip": space["postcode"], "processes": [process["code"] for process in space["processes"]]}

    @api.model
    def _submit(self, form, facility):
        """Keep what a form says and mail the link; the same said twice is one suggestion.

        :param form: a `suggestion_form.Form` without errors
        :param facility: the space that is corrected, empty for a new one
        """
        known = self._waiting_for(form, facility)
        if not known:
            quiet = self.with_context(mail_create_nosubscribe=True, mail_create_nolog=True)
            known = quiet.create(self._form_values(form, facility))
        known.sent_on = fields.Datetime.now()
        known.filtered(lambda suggestion: suggestion.state == "unconfirmed")._send("unconfirmed")
        return known

    @api.model
    def _waiting_for(self, form, facility):
        """What the same form said before and nobody has decided; empty when it is new."""
        domain = [("fingerprint", "=", self._fingerprint(form, facility)), ("state", "in", WAITING)]
        return self.search(domain, limit=1)

    @api.model
    def _fingerprint(self, form, facility):
        return hmac(self.env, FINGERPRINT_SCOPE, json.dumps([form.values, facility.id], sort_keys=True))

    def _is_just_sent(self):
        """Whether saying it again is a double click, and not the wish for another mail."""
        return any(suggestion.sent_on > fields.Datetime.now() - SEND_AGAIN_AFTER for suggestion in self)

    @api.model
    def _form_values(self, form, facility):
        said = form.values
        materials = self.env["wcm.material"].search([("code", "in", said["materials"])])
        return {
            "fingerprint": self._fingerprint(form, facility),
            "kind": "correction" if facility else "new",
            "name": facility.name or said["name"],
            "facility_id": facility.id,
            "region_id": (facility.region_id or self._region_of(said["zip"])).id,
            "material_ids": [Command.set(materials.ids)],
            "line_ids": [Command.create({"field": name, "value": said[name]}) for name in form.changed],
            **{name: said[name] for name in ("kit", "message", "suggester_name", "suggester_email")},
        }

    @api.model
    def _region_of(self, postcode):
        regions, position = self.env["wcm.region"], postcode_point(postcode)
        return regions._outlined()._around(*position) if position else regions

    @property
    def _link_hours(self):
        return 24 * self._confirm_days()

    def _confirmation_url(self):
        """An address that only the reader of the mail knows, for as long as it is good."""
        return f"{self.get_base_url()}/spaces/suggest/confirm/{self._link_token('confirm')}"

    @api.model
    def _of_link(self, token):
        """The suggestion that a link names; empty when it is forged, cut off, or too old."""
        return self._of_token("confirm", token).filtered(lambda suggestion: suggestion.state != "expired")

    def _confirm(self):
        """The address is theirs. Said again, it changes nothing."""
        waiting = self.filtered(lambda suggestion: suggestion.state == "unconfirmed")
        waiting.write({"state": "review", "confirmed_on": fields.Datetime.now()})
        for suggestion in waiting:
            suggestion._ask_moderators()

    def _ask_moderators(self):
        managers = self.env.ref("wcm_mapping.group_mapping_manager").all_user_ids
        people = self.region_id.coordinator_ids or managers
        for user in people.filtered(lambda user: user.active and not user.share):
            self.activity_schedule(
                "wcm_mapping.activity_suggestion", user_id=user.id, summary=self.env._("Somebody suggests: %s", self.name)
            )
