from odoo import models
from odoo.exceptions import UserError

from .wcm_build_line import OFFERED_STATES
from .wcm_membership import WORKING_STATES

UNDER_WAY = ("accepted", "released", "in_production", "ready", "dispatched", "received")


class WcmMembership(models.Model):
    """What is still open at a member that leaves: its membership ends when nothing is."""

    _inherit = "wcm.membership"

    def action_end(self, reason=None):
        self.check_access("write")
        for member in self.filtered(lambda one: one.state in (*WORKING_STATES, "suspended")):
            member.sudo()._check_nothing_open()
        return super().action_end(reason)

    def _check_nothing_open(self):
        open_words = self._open_at_leaving()
        if open_words:
            raise UserError(self.env._("%(member)s cannot leave yet. Still open:\n%(open)s", member=self.name, open="\n".join(f"• {line}" for line in open_words)))

    def _open_at_leaving(self):
        """Hook: what has to be handed over first, in words, with its names."""
        found = (
            (self._names_in("wcm.work.order", [("state", "in", OFFERED_STATES)]), self.env._("offers to take back or have answered")),
            (self._names_in("wcm.work.order", [("state", "in", UNDER_WAY)]), self.env._("orders to finish, close, close short or call off (a new plan gives them to others)")),
            (self._names_in("wcm.shipment", [("state", "in", ("draft", "dispatched")), ("part_ids", "!=", False)]), self.env._("shipments that have not arrived")),
            (self._sheets_to_return(), self.env._("sheets of the hub to send back")),
        )
        return [f"{words}: {names}" for names, words in found if names]

    def _names_in(self, model, domain):
        return ", ".join(self.env[model].sudo().search([("membership_id", "=", self.id), *domain]).mapped("name"))

    def _sheets_to_return(self):
        """What lies at its place and is not its own."""
        place = self.subcontract_location_id
        domain = [("location_id", "child_of", place.ids), ("quantity", ">", 0), "|", ("owner_id", "=", False), ("owner_id", "!=", self.partner_id.id)]
        quants = self.env["stock.quant"].sudo().search(domain) if place else ()
        return ", ".join(f"{quant.quantity:g} × {quant.product_id.display_name}" for quant in quants)
