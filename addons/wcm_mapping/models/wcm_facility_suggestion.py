from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..matching import normalise_address, normalise_name, normalise_website
from ..postcode import sector_position

# About 5 km around the middle of a postcode's sector.
NEARBY_DEGREES = 0.05
# Written by what happens to a suggestion, never by what somebody sends.
EARNED = {
    "name", "kind", "state", "kit", "message", "material_ids", "suggester_name", "suggester_email", "sent_on", "confirmed_on",
    "decided_on", "decided_by_id", "created_facility", "fingerprint",
}  # fmt: skip


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

    def action_open_facility(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "wcm.facility",
            "res_id": self.facility_id.id,
            "views": [(False, "form")],
        }

    def _send(self, what):
        """Queue the mail that belongs to a state; it goes out as soon as the transaction is through."""
        template = self.env.ref(f"wcm_mapping.mail_suggestion_{what}").sudo()
        for suggestion in self.filtered("suggester_email"):
            template.send_mail(suggestion.id)
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

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
