from odoo import api, models


class WcmQualityDesk(models.AbstractModel):
    """Witness points whose notice has not run out, or that nobody has checked since."""

    _inherit = "wcm.quality.desk"

    @api.model
    def _desk_cards(self):
        return [*super()._desk_cards(), self._desk_witness()]

    @api.model
    def _desk_witness(self):
        return self._desk_card(
            "witness", self.env._("Witness points"), "wcm.inspection", [("state", "=", "open"), ("witness_state", "=", "waits")],
            "wcm_qc.action_inspection",
            lambda check: {
                "title": f"{check.part_name} · {check.product_id.default_code or check.component_name}",
                "detail": self._desk_words(check._stage_label(), check.membership_id.name or self.env._("at the hub")),
                "waited": self.env._("until %s", check._to_the_minute(check.witness_from)),
            },
            order="witness_from, id",
        )
