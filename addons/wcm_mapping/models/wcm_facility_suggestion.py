import json
from datetime import timedelta

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError
from odoo.fields import Command, Domain
from odoo.tools import format_date, hmac

from ..matching import normalise_address, normalise_name, normalise_website
from ..postcode import postcode_point, sector_position

FINGERPRINT_SCOPE = "wcm_mapping.suggestion"
WAITING = ("unconfirmed", "review")
# About 5 km around the middle of a postcode's sector.
NEARBY_DEGREES = 0.05
SEND_AGAIN_AFTER = timedelta(minutes=10)
# Written by what happens to a suggestion, never by what somebody sends.
EARNED = {
    "name", "kind", "state", "kit", "message", "material_ids", "suggester_name", "suggester_email", "sent_on", "confirmed_on",
    "decided_on", "decided_by_id", "created_facility", "fingerprint",
}  # fmt: skip
COUNT_AGAIN = {"type": "ir.actions.client", "tag": "wcm_mapping.count_again"}


class WcmFacilitySuggestion(models.Model):
    """What somebody without a login says of a space: a new one, or what is wrong with a listed one.

    Personal data of the person who suggests: `suggester_name`, `suggester_email`, `message`. `_erase()` removes it.
    """

    _name = "wcm.facility.suggestion"
    _description = "Suggestion from the Public"
    _inherit = ["mail.thread", "mail.activity.mixin", "wcm.signed.link"]
    _order = "create_date desc, id desc"

    name = fields.Char("Space", required=True, readonly=True)
    kind = fields.Selection([("new", "New space"), ("correction", "Correction")], required=True, readonly=True)
    state = fields.Selection(
        [
            ("unconfirmed", "Waiting for E-mail"),
            ("review", "To Review"),
            ("accepted", "Accepted"),
            ("rejected", "Rejected"),
            ("expired", "Expired"),
        ],
        default="unconfirmed",
        required=True,
        readonly=True,
        index=True,
        tracking=True,
        help="Waiting for e-mail: nobody has shown yet that the e-mail address is theirs. "
        "Expired: nobody did in time; what was written is erased.",
    )
    facility_id = fields.Many2one(
        "wcm.facility",
        string="Production Space",
        index="btree_not_null",
        ondelete="cascade",
        help="The space that it is about. For a new one: choose it here when it is on our list already.",
    )
    created_facility = fields.Boolean(readonly=True, help="The space was added by accepting this.")
    region_id = fields.Many2one(
        "wcm.region",
        compute="_compute_region_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        tracking=True,
        help="Its coordinators decide. From the space, else from the postcode; without one the managers decide.",
    )
    visibility = fields.Selection(
        [("public", "Public"), ("network", "Network"), ("private", "Private")],
        string="Show the New Space to",
        default="private",
        required=True,
        help="Who will see the space that is added. It can be changed there at any time.",
    )
    line_ids = fields.One2many("wcm.facility.suggestion.line", "suggestion_id", "Suggested")
    material_ids = fields.Many2many("wcm.material", string="Materials", readonly=True)
    kit = fields.Text("Kit, in Their Words", readonly=True)
    message = fields.Text("Message to Us", readonly=True)
    suggester_name = fields.Char("Suggested by", readonly=True)
    suggester_email = fields.Char("Their E-mail", readonly=True)
    sent_on = fields.Datetime("Link Mailed", readonly=True)
    confirmed_on = fields.Datetime("E-mail Confirmed", readonly=True)
    decided_on = fields.Datetime(readonly=True)
    decided_by_id = fields.Many2one("res.users", readonly=True)
    answer = fields.Text(
        "Answer to the Suggester",
        help="Mailed with the decision, as you write it here. Needed to reject; a line of thanks is sent anyway.",
    )
    duplicate_ids = fields.Many2many("wcm.facility", compute="_compute_duplicate_ids", string="Possibly Here Already")
    fingerprint = fields.Char(readonly=True, copy=False)

    # Whoever clicks twice, or at once from two windows, has said it once.
    _fingerprint_uniq = models.UniqueIndex(
        "(fingerprint) WHERE state IN ('unconfirmed', 'review')", "This suggestion is here already."
    )

    @api.depends("facility_id.region_id")
    def _compute_region_id(self):
        for suggestion in self:
            suggestion.region_id = suggestion.facility_id.sudo().region_id or suggestion.region_id

    @api.depends("kind", "state", "line_ids.value")
    def _compute_duplicate_ids(self):
        for suggestion in self:
            looked_for = suggestion.kind == "new" and suggestion.state == "review"
            suggestion.duplicate_ids = suggestion._find_duplicates() if looked_for else False

    def _find_duplicates(self):
        """Spaces nearby of the same name, or of the same postcode, address or website."""
        said = {line.field: line.value or "" for line in self.line_ids}
        position = sector_position(said.get("zip"))
        words = {
            "zip": said.get("zip"),
            "match_website": normalise_website(said.get("website", "")),
            "match_address": normalise_address(said.get("street", ""), said.get("zip", ""), said.get("city", "")),
        }
        same_name = Domain("match_name", "=", normalise_name(self.name))
        domain = same_name & self._nearby_domain(position) if position else same_name
        domain = domain | Domain.OR(Domain(name, "=", word) for name, word in words.items() if word)
        return self.env["wcm.facility"].search(domain, limit=20)

    @api.model
    def _nearby_domain(self, position):
        latitude, longitude = position
        return (
            Domain("latitude", ">=", latitude - NEARBY_DEGREES)
            & Domain("latitude", "<=", latitude + NEARBY_DEGREES)
            & Domain("longitude", ">=", longitude - NEARBY_DEGREES)
            & Domain("longitude", "<=", longitude + NEARBY_DEGREES)
        )

    def _has_field_access(self, field, operation):
        earned = operation == "write" and field.name in EARNED and not self.env.su
        return not earned and super()._has_field_access(field, operation)

    def write(self, vals):
        """Only a space that one may see is named, and only while nothing is decided."""
        if not self.env.su and {"facility_id", "region_id", "visibility"} & vals.keys():
            self._check_in_review()
        if "facility_id" in vals and not self.env.su:
            self._check_facility(vals["facility_id"])
            self.sudo().created_facility = False
        return super().write(vals)

    def _check_facility(self, facility_id):
        self.env["wcm.facility"].browse(facility_id or ()).check_access("read")
        if self.filtered(lambda suggestion: suggestion.kind == "correction"):
            raise UserError(self.env._("A correction is about the space on whose page it was written."))

    def _check_in_review(self):
        if self.filtered(lambda suggestion: suggestion.state != "review"):
            raise UserError(self.env._("This suggestion is not waiting for a decision: open it again to see why."))

    def action_accept_all(self):
        """Take every field that is suggested."""
        self._lock()
        self.line_ids.chosen = True
        return self.action_accept()

    def action_accept(self):
        """Take the ticked fields: into the space, or into one that is added."""
        self._lock()
        for suggestion in self:
            suggestion._accept()
        return COUNT_AGAIN

    def _accept(self):
        lines = self.line_ids.filtered("chosen")
        if self.line_ids and not lines:
            raise UserError(self.env._("Tick at least one field to take, or reject the suggestion."))
        facility = self.facility_id._merged_or_self() if self.facility_id else self.facility_id
        facility = self._take_into(facility, lines) if facility else self._add_facility(lines)
        self._note_on(facility, lines)
        self._decide("accepted", facility_id=facility.id)

    def _take_into(self, facility, lines):
        """:raise AccessError: the space belongs to another region by now"""
        facility.check_access("write")
        if self.created_facility:
            facility.active = True
        for line in lines:
            line._take(facility)
        return facility

    def _add_facility(self, lines):
        values = {
            "name": self.name,
            "region_id": self.region_id.id,
            "visibility": self.visibility,
            "source": "suggestion",
            "source_date": fields.Date.context_today(self),
            "published_precision": "postcode_sector",
        }
        for line in lines:
            values.update(line._facility_values(self.env["wcm.facility"]))
        facility = self.env["wcm.facility"].create(values)
        self.sudo().created_facility = True
        lines.filtered(lambda line: line.field == "processes")._take(facility)
        return facility

    def _note_on(self, facility, lines):
        """What the space's own history says: which fields, and the kit that a person has yet to enter."""
        said = [self.env._("Suggested by the public on %s.", format_date(self.env, self.create_date))]
        said.append(self.env._("Taken: %s.", ", ".join(lines.mapped("label"))) if lines else "")
        said.append(self.env._("Said to be no longer done here: %s.", lines._gone()) if lines._gone() else "")
        said.append(self.env._("Materials: %s.", ", ".join(self.material_ids.mapped("name"))) if self.material_ids else "")
        said.append(self.env._("Kit, in their words: %s", self.kit) if self.kit else "")
        body = Markup("<br/>").join(escape(line) for line in said if line)
        facility.message_post(body=body)

    def action_reject(self):
        self._lock()
        for suggestion in self:
            if not (suggestion.answer or "").strip():
                raise UserError(
                    self.env._("Write in “Answer to the Suggester” why it is not taken: that is what they are told.")
                )
            suggestion._decide("rejected")
        return COUNT_AGAIN

    def _decide(self, state, **values):
        now = {"decided_on": fields.Datetime.now(), "decided_by_id": self.env.uid}
        self.sudo().write({"state": state, **now, **values})
        self.sudo().activity_unlink(["wcm_mapping.activity_suggestion"])
        self._send(state)

    def action_undo(self):
        """Back to review: a space that was added is archived, fields that are still as taken get back what they were."""
        for suggestion in self:
            suggestion._undo()
        return COUNT_AGAIN

    def _undo(self):
        self._lock(("accepted", "rejected"))
        if not self.suggester_email:
            raise UserError(self.env._("This was decided too long ago: what was suggested is erased by now."))
        if self.state == "accepted":
            self._undo_acceptance()
        self.sudo().write({"state": "review", "decided_on": False, "decided_by_id": False})

    def _undo_acceptance(self):
        facility = self.facility_id
        facility.check_access("write")
        if self.created_facility:
            facility.action_archive()
            kept = []
        else:
            kept = self.line_ids._give_back(facility)
        note = self.env._("What the public suggested on %s is undone.", format_date(self.env, self.create_date))
        if kept:
            note += " " + self.env._("Changed since, and left as it is: %s.", ", ".join(kept))
        facility.message_post(body=note)

    def _lock(self, states=("review",)):
        """One decision, whoever clicks at once."""
        self.check_access("write")
        try:
            self.lock_for_update()
        except LockError:
            raise UserError(self.env._("Somebody is deciding this just now. Open it again shortly.")) from None
        self.invalidate_recordset(["state"])
        if any(suggestion.state not in states for suggestion in self):
            raise UserError(self.env._("Somebody has decided this, or its e-mail address is not confirmed. Open it again."))

    def action_open_facility(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "wcm.facility",
            "res_id": self.facility_id.id,
            "views": [(False, "form")],
        }

    @api.model
    def _vocabulary(self):
        """{field of the public form: {code: word}}, what it offers to choose from."""
        facilities = self.env["wcm.facility"]
        selections = {name: dict(facilities._fields[name]._description_selection(self.env)) for name in ("organisation_type", "access_type")}
        return {
            **selections,
            "processes": {process.code: process.name for process in self.env["wcm.process"].sudo().search([])},
            "materials": {material.code: material.name for material in self.env["wcm.material"].sudo().search([])},
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

    def _send(self, what):
        """Queue the mail that belongs to a state; it goes out as soon as the transaction is through."""
        template = self.env.ref(f"wcm_mapping.mail_suggestion_{what}").sudo()
        for suggestion in self.filtered("suggester_email"):
            template.send_mail(suggestion.id)
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

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

    @api.model
    def _days(self, parameter, default):
        text = self.env["ir.config_parameter"].sudo().get_param(parameter) or ""
        return int(text) if text.isascii() and text.isdigit() and int(text) else default

    @api.model
    def _confirm_days(self):
        return self._days("wcm_mapping.suggestion_confirm_days", 3)

    @api.model
    def _keep_days(self):
        return self._days("wcm_mapping.suggestion_keep_days", 90)

    @api.model
    def _cron_tidy(self):
        """Erase what nobody confirmed in time, and who suggested what was decided long ago."""
        now = fields.Datetime.now()
        late = self.search([("state", "=", "unconfirmed"), ("create_date", "<", now - timedelta(days=self._confirm_days()))])
        late.write({"state": "expired", "decided_on": now})
        late._erase()
        before = now - timedelta(days=self._keep_days())
        self.search([("state", "=", "expired"), ("decided_on", "<", before)]).unlink()
        self.search([("decided_on", "<", before), ("suggester_email", "!=", False)])._erase()
        self.env["wcm.suggestion.count"]._forget()

    def _erase(self):
        """Forget who suggested it and what they wrote; what was taken into a space stays there."""
        self.env["mail.mail"].sudo().search([("model", "=", self._name), ("res_id", "in", self.ids)]).unlink()
        self.message_ids.sudo().filtered(lambda message: message.message_type in ("email", "email_outgoing")).unlink()
        self.line_ids.unlink()
        self.activity_unlink(["wcm_mapping.activity_suggestion"])
        personal = ("suggester_name", "suggester_email", "message", "kit", "answer", "fingerprint")
        self.write(dict.fromkeys(personal, False))
        self.filtered(lambda suggestion: suggestion.state != "accepted").write({"name": self.env._("Erased")})
