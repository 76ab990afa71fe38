from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

# Written by what an audit does, never by what somebody sends: a score is earned in the answers.
EARNED = {
    "state",
    "user_input_id",
    "done_on",
    "score",
    "previous_audit_id",
    "next_due_on",
    "reaudit_reminded",
    "section_score_ids",
}


class WcmAudit(models.Model):
    """One look at a production space: by itself, or by somebody who visits."""

    _name = "wcm.audit"
    _description = "Audit"
    _inherit = ["mail.thread", "mail.activity.mixin", "wcm.map.area"]
    _order = "planned_on desc, id desc"
    _rec_names_search = ["facility_id"]

    facility_id = fields.Many2one(
        "wcm.facility", string="Production Space", required=True, index=True, ondelete="restrict", tracking=True
    )
    region_id = fields.Many2one(related="facility_id.region_id", store=True, index=True)
    latitude = fields.Float(related="facility_id.latitude", store=True, aggregator=None)
    longitude = fields.Float(related="facility_id.longitude", store=True, aggregator=None)
    kind = fields.Selection(
        [("self", "Self-audit"), ("visit", "Visit")],
        default="visit",
        required=True,
        tracking=True,
        help="A self-audit is what the space says of itself. A visit is what somebody else saw.",
    )
    survey_id = fields.Many2one(
        "survey.survey",
        "Template",
        required=True,
        domain=[("is_facility_audit", "=", True)],
        default=lambda self: self._default_survey_id(),
        ondelete="restrict",
    )
    auditor_id = fields.Many2one(
        "res.users",
        domain=[("share", "=", False)],
        default=lambda self: self.env.user,
        tracking=True,
        help="Who visits; for a self-audit, who is asked when something is unclear.",
    )
    planned_on = fields.Date(required=True, default=fields.Date.context_today, index=True, tracking=True)
    done_on = fields.Date(readonly=True, copy=False)
    state = fields.Selection(
        [("planned", "Planned"), ("in_progress", "In progress"), ("done", "Done"), ("cancelled", "Cancelled")],
        default="planned",
        required=True,
        readonly=True,
        copy=False,
        group_expand=True,
        index=True,
        tracking=True,
    )
    user_input_id = fields.Many2one(
        "survey.user_input", "Answers", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    is_submitted = fields.Boolean("Answers Submitted", compute="_compute_is_submitted")
    answer_url = fields.Char(
        "Link to the Questions",
        compute="_compute_answer_url",
        help="Whoever has this link can answer. Give it to the people of the space for a self-audit.",
    )
    answers_html = fields.Html("What Was Answered", compute="_compute_answers_html", sanitize=False)
    section_score_ids = fields.One2many("wcm.audit.section.score", "audit_id", "Scores by Section", readonly=True)
    score = fields.Float(
        "Score (%)",
        digits=(5, 1),
        aggregator="avg",
        readonly=True,
        copy=False,
        tracking=True,
        help="Scores of the sections, weighted.",
    )
    previous_audit_id = fields.Many2one(
        "wcm.audit", "Audit Before", readonly=True, copy=False, help="The one before of the same kind, of this space."
    )
    score_change = fields.Float(
        "Change",
        digits=(5, 1),
        compute="_compute_score_change",
        store=True,
        aggregator=None,
        help="In percentage points, since the audit before.",
    )
    is_current = fields.Boolean(
        "Counts Now",
        compute="_compute_is_current",
        store=True,
        help="With these questions the latest visit of the space, or its latest self-audit as long as nobody has visited.",
    )
    next_due_on = fields.Date("Next Audit Due", readonly=True, copy=False)
    reaudit_reminded = fields.Boolean(readonly=True, copy=False)
    summary = fields.Text(help="What the reader of the report should know first.")
    finding_ids = fields.One2many("wcm.audit.finding", "audit_id", "Findings")
    open_finding_count = fields.Integer("Open Findings", compute="_compute_open_finding_count")
    evidence_ids = fields.One2many("wcm.capability.evidence", "audit_id", "Evidence Changed", readonly=True)
    photo_ids = fields.One2many("wcm.audit.photo", "audit_id", "Photos")

    @api.model
    def _default_survey_id(self):
        return self.env.ref("wcm_mapping.audit_template", raise_if_not_found=False) or self.env["survey.survey"].search(
            [("is_facility_audit", "=", True)], limit=1
        )

    @api.depends("facility_id.name", "kind", "planned_on", "done_on")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for audit in self:
            day = audit.done_on or audit.planned_on
            parts = [audit.facility_id.name or "", kinds.get(audit.kind, "").lower(), format_date(self.env, day)]
            audit.display_name = ", ".join(part for part in parts if part)

    @api.depends("user_input_id.state")
    def _compute_is_submitted(self):
        for audit in self:
            audit.is_submitted = audit.sudo().user_input_id.state == "done"

    @api.depends("user_input_id", "state")
    def _compute_answer_url(self):
        for audit in self:
            answers = audit.sudo().user_input_id
            is_open = audit.state == "in_progress" and answers
            audit.answer_url = is_open and f"{audit.get_base_url()}{answers.get_start_url()}"

    @api.depends("user_input_id", "state")
    def _compute_answers_html(self):
        for audit in self:
            answers = audit.sudo().user_input_id
            sections = answers._answers_by_section() if answers and audit.state != "planned" else []
            audit.answers_html = sections and self.env["ir.qweb"]._render(
                "wcm_mapping.audit_answers", {"sections": sections}
            )

    @api.depends("score", "previous_audit_id.score")
    def _compute_score_change(self):
        for audit in self:
            audit.score_change = audit.previous_audit_id and audit.score - audit.previous_audit_id.score

    @api.depends("facility_id.audit_ids.state", "facility_id.audit_ids.done_on", "facility_id.audit_ids.kind")
    def _compute_is_current(self):
        """One of each template: an audit of something else does not stand in for it."""
        audits = self.facility_id.audit_ids | self
        for same in audits.grouped(lambda audit: (audit.facility_id, audit.survey_id)).values():
            done = same.filtered(lambda audit: audit.state == "done")
            best = max(done, key=lambda a: (a.kind == "visit", a.done_on, a.id), default=self.browse())
            for audit in same:
                audit.is_current = audit == best

    @api.depends("finding_ids.state")
    def _compute_open_finding_count(self):
        for audit in self:
            audit.open_finding_count = len(audit.finding_ids.filtered(lambda finding: finding.state == "open"))

    def _has_field_access(self, field, operation):
        earned = operation == "write" and field.name in EARNED and not self.env.su
        return not earned and super()._has_field_access(field, operation)

    def write(self, vals):
        """An audit stays with the space that was looked at."""
        merging = self.env.su and self.env.context.get("merging_facilities")
        if "facility_id" in vals and not merging and any(audit.state != "planned" for audit in self):
            raise UserError(self.env._("This audit has begun: it stays with its space. Cancel it and plan another."))
        result = super().write(vals)
        if "facility_id" in vals:
            self.check_access("write")
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        if any(audit.state in ("in_progress", "done") for audit in self):
            raise UserError(self.env._("An audit that has begun is evidence and stays. Cancel it when it was a mistake."))

    def action_start(self):
        """Open the questions on this device; go on where somebody stopped."""
        self.ensure_one()
        self.check_access("write")
        if self.state == "planned":
            self._start()
        if self.state != "in_progress":
            raise UserError(self.env._("Only a planned audit can be started, and one in progress continued."))
        return {"type": "ir.actions.act_url", "url": self.sudo().user_input_id.get_start_url(), "target": "self"}

    def _start(self):
        """A new, empty set of answers. Nobody's name on it: the link is the key."""
        answers = self.sudo().survey_id._create_answer(check_attempts=False)
        self.sudo().write({"state": "in_progress", "user_input_id": answers.id})

    def action_cancel(self):
        self.check_access("write")
        if any(audit.state == "done" for audit in self):
            raise UserError(self.env._("A completed audit stays. Plan another one to correct it."))
        self.sudo().write({"state": "cancelled"})

    def action_plan_again(self):
        self.check_access("write")
        self.filtered(lambda audit: audit.state == "cancelled").sudo().write(
            {"state": "planned", "user_input_id": False}
        )

    def _link(self):
        self.ensure_one()
        return Markup('<a href="#" data-oe-model="wcm.audit" data-oe-id="%d">%s</a>') % (self.id, self.display_name)
