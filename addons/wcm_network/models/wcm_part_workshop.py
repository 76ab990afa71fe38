from odoo import fields, models


class WcmPart(models.Model):
    """What a maker taps instead of typing."""

    _inherit = "wcm.part"

    _member_readable = frozenset({"workshop_sheets"})

    workshop_sheets = fields.Json(
        "Sheets at hand", compute="_compute_workshop_sheets",
        help="Sheet lots that were sent for its order and are not used up: [{name, sheets}].",
    )

    def _compute_workshop_sheets(self):
        for part in self:
            part.workshop_sheets = part.work_order_id.workshop_sheets if part.state == "to_make" else []
