from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .wcm_audit_assurance import SERIOUS


class WcmAuditFinding(models.Model):
    """Findings against a clause; what is major is closed by corrective action, and seen by another person."""

    _inherit = "wcm.audit.finding"

    question_id = fields.Many2one("survey.question", domain="[('survey_id', '=', survey_id), ('is_page', '=', False)]", ondelete="restrict")
    clause = fields.Char(compute="_compute_clause", store=True, readonly=False, tracking=True)
    assurance_scheme = fields.Selection(related="audit_id.assurance_scheme", store=True)
    corrective_action_ids = fields.One2many("wcm.corrective.action", "finding_id", "Corrective actions")
    is_serious_and_late = fields.Boolean(
        "Major and late", compute="_compute_is_serious_and_late", search="_search_is_serious_and_late",
        help="Major or critical, and still open after its date: the workshop's rating is cut, and plans may leave it out.",
    )

    @api.depends("question_id")
    def _compute_clause(self):
        for finding in self:
            finding.clause = finding.question_id.clause or finding.clause

    @api.depends("severity", "state", "due_on")
    def _compute_is_serious_and_late(self):
        for finding in self:
            finding.is_serious_and_late = finding.is_overdue and finding.severity in SERIOUS

    def _search_is_serious_and_late(self, operator, value):
        if operator != "in" or set(value) != {True}:
            return NotImplemented
        return [("is_overdue", "=", True), ("severity", "in", SERIOUS)]

    @api.constrains("state", "severity")
    def _check_corrected(self):
        """Something serious is not closed by a line of text."""
        for finding in self.filtered(lambda finding: finding.state != "open" and finding.audit_id.assurance_scheme):
            actions = finding.sudo().corrective_action_ids
            if finding.severity in SERIOUS and not actions:
                raise ValidationError(self.env._("“%s” is major: write a corrective action with an owner and a date first.", finding.description))
            if waiting := actions.filtered(lambda action: action.state == "open"):
                raise ValidationError(self.env._("Not done yet: %s.", ", ".join(waiting.mapped("name"))))

    def write(self, vals):
        if vals.get("state") == "verified" and self.env.user in self.sudo().corrective_action_ids.done_by_id:
            raise UserError(self.env._("You did this. Ask another person to look at it."))
        return super().write(vals)

    def _take_actions(self):
        """What was done is the evidence, once nothing is left to do."""
        for finding in self.filtered(lambda finding: finding.state == "open"):
            actions = finding.corrective_action_ids
            if not actions.filtered(lambda action: action.state == "open"):
                finding.evidence_text = finding.evidence_text or "\n".join(filter(None, actions.mapped("done_note")))
                finding.action_done()
