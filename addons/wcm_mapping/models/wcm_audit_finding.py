from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

# Days that somebody has when nobody says otherwise; an observation has no date.
DAYS_TO_CLOSE = {"critical": 7, "major": 30, "minor": 90}


class WcmAuditFinding(models.Model):
    """Something that an audit saw and that has to change, until somebody has seen that it did."""

    _name = "wcm.audit.finding"
    _description = "Audit Finding"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "state, due_on, id"
    _rec_name = "description"

    audit_id = fields.Many2one("wcm.audit", required=True, index=True, ondelete="cascade")
    facility_id = fields.Many2one(related="audit_id.facility_id", store=True, index=True)
    region_id = fields.Many2one(related="audit_id.region_id", store=True, index=True)
    survey_id = fields.Many2one(related="audit_id.survey_id")
    section_id = fields.Many2one(
        "survey.question", domain="[('survey_id', '=', survey_id), ('is_page', '=', True)]"
    )
    severity = fields.Selection(
        [("observation", "Observation"), ("minor", "Minor"), ("major", "Major"), ("critical", "Critical")],
        default="minor",
        required=True,
        tracking=True,
        help="Critical: somebody could be hurt, or bad parts could leave. Major: a requirement is not met. "
        "Minor: it is met with gaps. Observation: worth a thought.",
    )
    description = fields.Char("What Was Found", required=True, tracking=True)
    photo = fields.Image("Photo of It", max_width=1920, max_height=1920)
    owner_id = fields.Many2one(
        "res.users", domain=[("share", "=", False)], tracking=True, help="Who sees to it that it changes."
    )
    due_on = fields.Date("Due", compute="_compute_due_on", store=True, readonly=False, index=True, tracking=True)
    state = fields.Selection(
        [("open", "Open"), ("done", "Done"), ("verified", "Verified")],
        default="open",
        required=True,
        index=True,
        tracking=True,
        help="Done: it was changed, and there is evidence. Verified: somebody looked at the evidence.",
    )
    is_overdue = fields.Boolean(compute="_compute_is_overdue", search="_search_is_overdue")
    evidence_text = fields.Text("What Was Done")
    evidence_photo = fields.Image("Photo of the Change", max_width=1920, max_height=1920)
    verified_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    verified_on = fields.Date(readonly=True, copy=False)

    @api.depends("severity")
    def _compute_due_on(self):
        today = fields.Date.context_today(self)
        for finding in self:
            days = DAYS_TO_CLOSE.get(finding.severity)
            finding.due_on = days and today + timedelta(days=days)

    @api.depends("state", "due_on")
    def _compute_is_overdue(self):
        today = fields.Date.context_today(self)
        for finding in self:
            finding.is_overdue = finding.state == "open" and finding.due_on and finding.due_on < today

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("state", "=", "open"), ("due_on", "<", "today")]

    @api.constrains("state", "evidence_text", "evidence_photo")
    def _check_evidence(self):
        for finding in self.filtered(lambda finding: finding.state != "open"):
            if not (finding.evidence_text or finding.evidence_photo):
                raise ValidationError(
                    self.env._("Show that “%s” has changed: a photo, or a line on what was done.", finding.description)
                )

    @api.model_create_multi
    def create(self, vals_list):
        findings = super().create(vals_list)
        findings._ask_owner()
        return findings

    def write(self, vals):
        result = super().write(vals)
        if "audit_id" in vals:
            self.check_access("write")
        if {"owner_id", "due_on"} & vals.keys():
            self._ask_owner()
        return result

    def action_done(self):
        self.write({"state": "done"})
        self.activity_feedback(["wcm_mapping.activity_finding"])

    def action_verify(self):
        today = fields.Date.context_today(self)
        self.write({"state": "verified", "verified_by_id": self.env.uid, "verified_on": today})

    def action_reopen(self):
        self.write({"state": "open", "verified_by_id": False, "verified_on": False})
        self._ask_owner()

    def _ask_owner(self):
        """One open activity, with the owner, for the day it is due."""
        for finding in self.filtered(lambda finding: finding.state == "open" and finding.owner_id):
            finding.activity_unlink(["wcm_mapping.activity_finding"])
            finding.activity_schedule(
                "wcm_mapping.activity_finding",
                date_deadline=finding.due_on,
                user_id=finding.owner_id.id,
                summary=finding.description,
            )
