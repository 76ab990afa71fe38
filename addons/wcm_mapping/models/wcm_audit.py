import logging

from dateutil.relativedelta import relativedelta
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import format_date

from ..reaudit import DEFAULT_RULE, months_until_next, read_rule

_logger = logging.getLogger(__name__)

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
        help="The latest visit of the space, or its latest self-audit as long as nobody has visited.",
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
        for facility in self.facility_id:
            done = facility.audit_ids.filtered(lambda audit: audit.state == "done")
            best = max(done, key=lambda a: (a.kind == "visit", a.done_on, a.id), default=self.browse())
            for audit in facility.audit_ids | self.filtered(lambda a, f=facility: a.facility_id == f):
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

    def action_complete(self):
        """Read the scores; then ask what a visit says about the capability of the space."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "in_progress" or not self.is_submitted:
            raise UserError(
                self.env._("Answer the questions to the end and submit them first. Open them with “Continue”.")
            )
        self.sudo()._complete()
        return self.action_review_evidence() if self._speaks_of_capability() else True

    def action_review_evidence(self):
        """What this visit says about each capability of the space, for a person to decide."""
        self.ensure_one()
        self.check_access("write")
        review = self.env["wcm.audit.evidence"].create({"audit_id": self.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What the Visit Shows"),
            "res_model": "wcm.audit.evidence",
            "res_id": review.id,
            "view_mode": "form",
            "target": "new",
        }

    def _speaks_of_capability(self):
        return self.kind == "visit" and self.state == "done" and self.facility_id.capability_ids

    def _proposed_evidence(self, capability):
        """(level, reason) that this visit speaks for.

        A good visit raises what was only declared. A weak one, or an open critical finding,
        lowers what was audited; good parts that were made stay made.
        """
        is_critical = self.finding_ids.filtered(lambda f: f.severity == "critical" and f.state == "open")
        is_good = self.score >= 60 and not is_critical
        if capability.evidence_level == "declared" and is_good:
            return "audited", self.env._("Seen on a visit that scored %.0f %%", self.score)
        if capability.evidence_level == "audited" and not is_good:
            reason = is_critical[:1].description or self.env._("The visit scored %.0f %%", self.score)
            return "declared", reason
        return capability.evidence_level, False

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

    def _answers_submitted(self):
        """What happens when the last page is sent."""
        self.ensure_one()
        if self.kind == "self":
            self._complete()
            self.message_post(body=self.env._("The space has submitted its self-audit: %.0f %%.", self.score))

    def _complete(self):
        """Take scores and due date from the submitted answers."""
        previous = self._previous_audit()
        self.write({"previous_audit_id": previous.id, "section_score_ids": self._section_commands(previous)})
        score = self._weighted_score()
        today = fields.Date.context_today(self)
        self.write(
            {
                "score": score,
                "state": "done",
                "done_on": today,
                "next_due_on": today + relativedelta(months=self._months_until_next(score)),
            }
        )

    def _previous_audit(self):
        domain = [("facility_id", "=", self.facility_id.id), ("kind", "=", self.kind), ("state", "=", "done")]
        return self.search(Domain(domain) & Domain("id", "!=", self.id), order="done_on desc, id desc", limit=1)

    def _section_commands(self, previous):
        before = {line.section_id: line.score for line in previous.section_score_ids}
        return [Command.clear()] + [
            Command.create(
                {
                    "section_id": section.id,
                    "weight": section.audit_weight,
                    "change": section in before and figures["score"] - before[section],
                    **figures,
                }
            )
            for section, figures in self.user_input_id._scores_by_section()
        ]

    def _weighted_score(self):
        """In percent. A section where no question came up does not count."""
        lines = self.section_score_ids.filtered("question_count")
        weight = sum(lines.mapped("weight"))
        return sum(line.score * line.weight for line in lines) / weight if weight else 0

    def _months_until_next(self, score):
        text = self.env["ir.config_parameter"].sudo().get_param("wcm_mapping.reaudit_rule", DEFAULT_RULE)
        try:
            rule = read_rule(text)
        except ValueError as error:
            _logger.warning("System parameter wcm_mapping.reaudit_rule is not used: %s", error)
            rule = read_rule(DEFAULT_RULE)
        return months_until_next(score, rule, was_visited=self.kind == "visit")

    def _link(self):
        self.ensure_one()
        return Markup('<a href="#" data-oe-model="wcm.audit" data-oe-id="%d">%s</a>') % (self.id, self.display_name)
