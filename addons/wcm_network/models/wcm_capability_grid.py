from datetime import timedelta

from odoo import models

from .wcm_capacity import LOAD_STATES


class WcmCapability(models.Model):
    _inherit = "wcm.capability"

    def _taken_by(self, monday):
        """The work orders that are worked on in the week."""
        orders = self.env["wcm.work.order"].search(
            [
                ("membership_id.facility_id", "=", self.facility_id.id),
                ("state", "in", LOAD_STATES),
                ("date_due", ">=", monday),
                "|",
                ("date_start", "=", False),
                ("date_start", "<", monday + timedelta(weeks=1)),
            ]
        )
        used = orders.filtered(lambda order: self._is_worked_in(order, monday))
        return f" ({', '.join(used.mapped('name'))})" if used else ""

    def _is_worked_in(self, order, monday):
        """As wcm.capacity spreads it: from the start to the day it is due."""
        needs = self.process_id in order.bom_id.requirement_ids.process_id
        start = min(order.date_start or order.date_due, order.date_due)
        return needs and start < monday + timedelta(weeks=1) and order.date_due >= monday
