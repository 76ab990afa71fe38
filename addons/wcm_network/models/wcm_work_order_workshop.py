from odoo import fields, models


class WcmWorkOrder(models.Model):
    """What a maker taps instead of typing."""

    _inherit = "wcm.work.order"

    _member_readable = frozenset({"workshop_sheets"})

    workshop_sheets = fields.Json(
        "Sheets at hand", compute="_compute_workshop_sheets",
        help="Sheet lots that were sent for this order and are not used up: [{name, sheets}].",
    )

    def _compute_workshop_sheets(self):
        for order in self:
            at_hand = order.sudo()._sheets_at_member() if order.state in ("released", "in_production") else {}
            order.workshop_sheets = [{"name": lot.name, "sheets": round(left, 1)} for lot, left in at_hand.items() if left > 0]
