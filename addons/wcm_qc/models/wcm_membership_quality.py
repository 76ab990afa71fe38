from odoo import api, models

# Calendar months of the trend, with the present one.
MONTHS = 6
OPEN = ("open", "decided", "reworked")


class WcmMembership(models.Model):
    """A member's quality page: its own figures, what is open at its place and what it has to do. Never anything of another member."""

    _inherit = "wcm.membership"

    @api.model
    @api.readonly
    def workshop_quality(self):
        """{members: [{id, name, parts, right, yield, trend, open}], cards}: of the caller's own memberships, in one call.

        `trend` has a row {month, parts, right, yield} for each of the last months; `open` rows {label, count, action, context}.
        """
        memberships = self._workshop_memberships()
        return {
            "members": [membership._quality_figures() for membership in memberships],
            "cards": memberships._workshop_quality_cards() if memberships else [],
        }

    def _quality_figures(self):
        trend = self.env["wcm.quality.chart"]._monthly_yields(self.id, MONTHS)
        parts, right = (sum(row[name] for row in trend) for name in ("parts", "right"))
        return {"id": self.id, "name": self.name, "parts": parts, "right": right, "yield": right / parts if parts else None, "trend": trend, "open": self._quality_open()}

    def _quality_open(self):
        """What is open at the member's place, each with the list behind it."""
        counted = (
            (self.env._("Blocks on hold"), "wcm.part", [("is_held", "=", True)], "wcm_network.workshop_part_action", {"search_default_open": 0, "search_default_held": 1}),
            (self.env._("Nonconformities not closed"), "wcm.nonconformity", [("state", "in", OPEN)], "wcm_qc.workshop_nonconformity_action", {"search_default_active": 1}),
            (self.env._("Checks to do"), "wcm.inspection", [("state", "=", "open")], "wcm_qc.workshop_inspection_action", {}),
        )
        return [
            {"label": label, "count": self.env[model].search_count([("membership_id", "=", self.id), *domain]), "action": action, "context": context}
            for label, model, domain, action, context in counted
        ]

    def _workshop_quality_cards(self):
        """What of quality the member's people have to do."""
        cost = [self._workshop_cost_card()] if self.env.user.has_group("wcm_network.group_member_office") else []
        return [self._workshop_rework_card(), self._workshop_check_card(), self._workshop_corrective_card(), *cost]

    def _workshop_office_cards(self):
        cost = [self._workshop_cost_card()] if self.env.user.has_group("wcm_network.group_member_office") else []
        return [*super()._workshop_office_cards(), *cost]

    def _workshop_cost_card(self):
        """What owners and supervisors are asked to agree to."""
        return self._workshop_card(
            "cost", self.env._("Costs to agree to"), "wcm.nonconformity", [("payer", "=", "member"), ("cost_answer", "=", False), ("state", "!=", "cancelled")],
            "wcm_qc.workshop_nonconformity_action",
            lambda nonconformity: {"title": nonconformity.title, "detail": nonconformity.part_names},
            tone="offer", context={"search_default_active": 0, "search_default_cost": 1},
        )
