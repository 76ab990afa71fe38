from odoo import fields, models


class WcmPart(models.Model):
    """What a maker taps instead of typing."""

    _inherit = "wcm.part"

    _member_readable = frozenset({"workshop_sheets", "workshop_machines"})

    workshop_sheets = fields.Json(
        "Sheets at hand", compute="_compute_workshop_sheets",
        help="Sheet lots that were sent for its order and are not used up: [{name, sheets}].",
    )

    workshop_machines = fields.Json(
        "Machines to choose from", compute="_compute_workshop_machines",
        help="The member's own, where it has several of a process: [{id, name, process, planned}].",
    )

    def _compute_workshop_sheets(self):
        for part in self:
            part.workshop_sheets = part.work_order_id.workshop_sheets if part.state == "to_make" else []

    def _compute_workshop_machines(self):
        for part in self:
            part.workshop_machines = part.work_order_id.workshop_machines if part.state == "to_make" else []
