from odoo import fields, models


class WcmWorkOrder(models.Model):
    """What a maker taps instead of typing."""

    _inherit = "wcm.work.order"

    _member_readable = frozenset({"workshop_sheets", "workshop_machines"})

    workshop_sheets = fields.Json(
        "Sheets at hand", compute="_compute_workshop_sheets",
        help="Sheet lots that were sent for this order and are not used up: [{name, sheets}].",
    )

    workshop_machines = fields.Json(
        "Machines to choose from", compute="_compute_workshop_machines",
        help="The member's own, where it has several of a process: [{id, name, process, planned}].",
    )

    def _compute_workshop_sheets(self):
        known = {}
        for order in self:
            at_hand = order.sudo()._sheets_at_hand(known) if order.state in ("released", "in_production") else {}
            order.workshop_sheets = [{"name": lot.name, "sheets": round(left, 1)} for lot, left in at_hand.items()]

    def _compute_workshop_machines(self):
        machines = self.sudo()._machines_to_choose()
        for order in self:
            order.workshop_machines = machines[order.sudo()]

    def _sheets_at_hand(self, known):
        """Sheets that may be cut, asked once for all orders of a member that are cut from the same ones.

        :param known: what was found for other orders, by parts list, and by member, who brings the sheets, and sheets
        """
        if self.bom_id not in known:
            known[self.bom_id] = self.env["product.product"].union(*self._sheets_per_block())
        key = self.membership_id, self.material_by, known[self.bom_id]
        if key not in known:
            place = self._subcontract_location()
            known[key] = {lot: left for lot, left in self._sheets_at_member().items() if left > 0 and not lot._obstacle_at(place)}
        return known[key]
