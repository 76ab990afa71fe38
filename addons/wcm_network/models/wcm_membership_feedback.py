from odoo import models
from odoo.tools import format_date


class WcmMembership(models.Model):
    """Answers that nobody has read yet, on the member's page *Today*."""

    _inherit = "wcm.membership"

    def _workshop_cards(self):
        return [*super()._workshop_cards(), self._workshop_feedback_card()]

    def _workshop_feedback_card(self):
        return self._workshop_card(
            "feedback", self.env._("Answers to what you told us"), "wcm.feedback",
            [("state", "=", "answered"), ("is_read", "=", False)],
            "wcm_network.workshop_feedback_action",
            lambda feedback: {"title": feedback.brief, "detail": format_date(self.env, feedback.answered_on), "urgent": False},
            tone="offer",
        )
