from odoo import models
from odoo.tools import format_date


class WcmMembership(models.Model):
    """What quality adds to a member's day."""

    _inherit = "wcm.membership"

    def _workshop_cards(self):
        return [*super()._workshop_cards(), self._workshop_rework_card(), self._workshop_check_card(), self._workshop_corrective_card()]

    def _workshop_corrective_card(self):
        """What the member's people have to change."""
        return self._workshop_card(
            "corrective", self.env._("So that it does not happen again"), "wcm.corrective.action",
            [("state", "=", "open"), ("is_for_member", "=", True)],
            "wcm_qc.workshop_corrective_action_action",
            lambda action: {"title": action.name, "detail": format_date(self.env, action.due_on)},
        )

    def _workshop_rework_card(self):
        return self._workshop_card(
            "rework", self.env._("Parts to rework"), "wcm.nonconformity",
            [("waits_for_maker", "=", True), ("is_active", "=", True)],
            "wcm_qc.workshop_nonconformity_action",
            lambda nonconformity: {"title": nonconformity.title, "detail": nonconformity.part_names},
            tone="urgent", context={"search_default_active": 0, "search_default_to_rework": 1},
        )

    def _workshop_check_card(self):
        return self._workshop_card(
            "checks", self.env._("Checks to do"), "wcm.inspection", [("state", "=", "open")],
            "wcm_qc.workshop_inspection_action",
            lambda inspection: {"title": inspection.part_name, "detail": inspection.progress},
        )
