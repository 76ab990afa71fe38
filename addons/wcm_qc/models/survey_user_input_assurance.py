from odoo import models


class SurveyUserInput(models.Model):
    """What an audit against a scheme makes of its answers."""

    _inherit = "survey.user_input"

    def _section_figures(self, questions):
        return super()._section_figures(questions - self._questions_beside())

    def _questions_beside(self):
        """Questions that do not apply where the audit was."""
        return self.user_input_line_ids.filtered("suggested_answer_id.does_not_apply").question_id

    def _answer_of(self, question):
        title, *answer = super()._answer_of(question)
        return f"{question.clause}: {title}" if question.clause else title, *answer

    def _findings_answered(self):
        """[(question, severity, what the auditor wrote)] of answers that something comes of."""
        comments = {line.question_id: line.value_char_box for line in self.user_input_line_ids if line.answer_type == "char_box"}
        weak = self.user_input_line_ids.filtered(lambda line: not line.skipped and line.suggested_answer_id.finding_severity)
        return [(line.question_id, line.suggested_answer_id.finding_severity, comments.get(line.question_id)) for line in weak]
