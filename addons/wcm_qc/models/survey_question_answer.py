from odoo import fields, models


class SurveyQuestionAnswer(models.Model):
    _inherit = "survey.question.answer"

    finding_severity = fields.Selection(
        selection=lambda self: self.env["wcm.audit.finding"]._fields["severity"].selection, string="Finding",
        help="What comes of this answer when the audit is completed. Empty: nothing.",
    )
    does_not_apply = fields.Boolean(help="A question that is answered so does not count in the score.")
