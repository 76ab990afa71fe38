from odoo import fields, models


class SurveyQuestion(models.Model):
    _inherit = "survey.question"

    is_facility_audit = fields.Boolean(related="survey_id.is_facility_audit")
    audit_weight = fields.Integer(
        "Weight",
        default=10,
        aggregator=None,
        help="How much this section counts in the score of an audit, relative to the others. 0: not at all.",
    )

    _audit_weight_positive = models.Constraint("CHECK(audit_weight >= 0)", "A weight cannot be negative.")

    def _possible_score(self):
        """The most points that these questions give."""
        return sum(question._best_score() for question in self)

    def _best_score(self):
        points = [max(score, 0) for score in self.suggested_answer_ids.mapped("answer_score")]
        if self.question_type == "simple_choice":
            return max(points, default=0)
        if self.question_type == "multiple_choice":
            return sum(points)
        return self.answer_score if self.is_scored_question else 0
