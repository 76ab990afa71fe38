from odoo import models


class WcmMembership(models.Model):
    """What quality adds to a member's day."""

    _inherit = "wcm.membership"

    def _workshop_cards(self):
        return [*super()._workshop_cards(), self._workshop_rework_card(), self._workshop_check_card()]

    def _workshop_rework_card(self):
        return self._workshop_card(
            "rework", self.env._("Parts to rework"), "wcm.nonconformity",
            [("state", "=", "decided"), ("disposition", "in", ("rework", "return"))],
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
