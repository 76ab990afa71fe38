import logging

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..reaudit import DEFAULT_RULE, months_until_next, read_rule

_logger = logging.getLogger(__name__)


class WcmAudit(models.Model):
    """What the answers come to: scores, when the next audit is due, and what a visit says about capability."""

    _inherit = "wcm.audit"

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
        """With the same questions: scores of two templates cannot be compared."""
        same = [("facility_id", "=", self.facility_id.id), ("survey_id", "=", self.survey_id.id)]
        domain = [*same, ("kind", "=", self.kind), ("state", "=", "done")]
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
