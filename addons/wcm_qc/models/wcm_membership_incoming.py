from odoo import models


class WcmMembership(models.Model):
    """Material at a member's place."""

    _inherit = "wcm.membership"

    def _cut_not_booked(self, lot):
        """{whether it is the member's own: how much of the lot blocks took that Odoo books when they are received}"""
        cut = {}
        if not self:
            return cut
        parts = self.env["wcm.part"].sudo().search([
            ("membership_id", "=", self.id), ("sheet_lot_ids", "in", lot.ids), ("state", "in", ("made", "packed", "dispatched")), ("is_returned", "=", False),
        ])
        for part in parts:
            is_own = part.work_order_id.material_by == "member"
            cut[is_own] = cut.get(is_own, 0.0) + (part.sheet_usage or {}).get(str(lot.id), 0.0)
        return cut

    def _bench_content(self):
        """Lots that wait at the member's own place, for a check without network."""
        content = super()._bench_content()
        checks = self.env["wcm.inspection"].search([("membership_id", "in", self.ids), ("stage", "=", "incoming"), ("state", "=", "open")]) if self else ()
        return {**content, "lots": [check._bench_lot() for check in checks]}
