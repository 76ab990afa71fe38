from odoo import api, fields, models


class WcmAuditSectionScore(models.Model):
    """What a space scored in one section of one audit."""

    _name = "wcm.audit.section.score"
    _description = "Score of a Section"
    _order = "audit_id, section_id"
    _rec_name = "section_id"

    audit_id = fields.Many2one("wcm.audit", required=True, readonly=True, index=True, ondelete="cascade")
    section_id = fields.Many2one(
        "survey.question", required=True, readonly=True, index=True, ondelete="restrict"
    )
    facility_id = fields.Many2one(related="audit_id.facility_id", store=True, index=True)
    region_id = fields.Many2one(related="audit_id.region_id", store=True, index=True)
    kind = fields.Selection(related="audit_id.kind", store=True)
    done_on = fields.Date(related="audit_id.done_on", store=True)
    is_current = fields.Boolean(related="audit_id.is_current", store=True)
    weight = fields.Integer(readonly=True, aggregator=None, help="As it was in the template on the day.")
    score = fields.Float("Score (%)", digits=(5, 1), aggregator="avg", readonly=True)
    change = fields.Float(
        digits=(5, 1), aggregator=None, readonly=True, help="In percentage points, since the audit before."
    )
    question_count = fields.Integer("Questions", readonly=True, help="Scored questions that came up.")
    answered_count = fields.Integer("Answered Questions", readonly=True)
    answered = fields.Char(compute="_compute_answered")

    @api.depends("question_count", "answered_count")
    def _compute_answered(self):
        for line in self:
            line.answered = self.env._(
                "%(answered)s of %(asked)s", answered=line.answered_count, asked=line.question_count
            )
