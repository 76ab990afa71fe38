from odoo import api, models


class WcmQualityDesk(models.AbstractModel):
    """Material that waits where it came in."""

    _inherit = "wcm.quality.desk"

    @api.model
    def _desk_cards(self):
        first, *rest = super()._desk_cards()
        return [first, self._desk_incoming(), *rest]

    @api.model
    def _desk_incoming(self):
        return self._desk_card(
            "incoming", self.env._("Material to check as it comes in"), "wcm.inspection", [("state", "=", "open"), ("stage", "=", "incoming")],
            "wcm_qc.action_inspection", self._desk_incoming_line, tone="urgent",
        )

    def _desk_incoming_line(self, inspection):
        held = inspection.is_hold_point and self.env._("held until then")
        return {
            "title": f"{inspection.part_name} · {inspection.product_id.default_code or inspection.component_name}",
            "detail": self._desk_words(inspection.keeper_id.name or self.env._("at the hub"), held, inspection.progress),
            "waited": self._desk_days(inspection.create_date),
        }
