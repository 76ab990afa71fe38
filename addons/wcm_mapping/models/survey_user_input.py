from odoo import models


class SurveyUserInput(models.Model):
    _inherit = "survey.user_input"

    def _mark_done(self):
        """A self-audit is complete when the space submits it; a visit when its auditor says so."""
        result = super()._mark_done()
        audits = self.env["wcm.audit"].sudo().search([("user_input_id", "in", self.ids), ("state", "=", "in_progress")])
        for audit in audits:
            audit._answers_submitted()
        return result

    def _scores_by_section(self):
        """[(section, figures)] of an audit's answers; figures as wcm.audit.section.score has them.

        Questions that never came up do not count. One that came up and was left out earns
        nothing: leaving out what is awkward must not raise a score.
        """
        self.ensure_one()
        asked = self.predefined_question_ids - self._get_inactive_conditional_questions()
        return [(page, self._section_figures(page.question_ids & asked)) for page in self.survey_id.page_ids]

    def _section_figures(self, questions):
        scored = questions.filtered(lambda question: question._best_score() > 0)
        lines = self.user_input_line_ids.filtered(lambda line: line.question_id in scored)
        answered = lines.filtered(lambda line: not line.skipped and line.answer_type != "char_box").question_id
        possible = scored._possible_score()
        earned = max(sum(lines.mapped("answer_score")), 0)
        return {
            "score": 100 * earned / possible if possible else 0,
            "question_count": len(scored),
            "answered_count": len(answered),
        }

    def _answers_by_section(self):
        """[(section title, [(question title, answers, comments)])], for people to read."""
        self.ensure_one()
        asked = self._get_print_questions()
        return [
            (page.title, [self._answer_of(question) for question in page.question_ids & asked])
            for page in self.survey_id.page_ids
        ]

    def _answer_of(self, question):
        lines = self.user_input_line_ids.filtered(lambda line: line.question_id == question and not line.skipped)
        comments = lines.filtered(lambda line: question.suggested_answer_ids and line.answer_type == "char_box")
        answers = (lines - comments).mapped("display_name")
        return question.title, ", ".join(answers), ", ".join(comments.mapped("value_char_box"))
