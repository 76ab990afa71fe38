from datetime import date

from odoo import fields, models
from odoo.exceptions import UserError

from .wcm_build_line import OFFERED_STATES
from .wcm_membership import WORKING_STATES

UNDER_WAY = ("accepted", "released", "in_production", "ready", "dispatched", "received")
LEAVING_STATES = (*WORKING_STATES, "suspended")


class WcmMembership(models.Model):
    """A member says that it leaves, works off what is open, and its membership ends when nothing is. Until then it may stay after all."""

    _inherit = "wcm.membership"

    _guarded = frozenset({"is_leaving", "leaving_on", "leaving_reason", "leaving_by_id", "leaving_said_on"})
    _member_readable = frozenset({"is_leaving", "leaving_on"})

    is_leaving = fields.Boolean("Is leaving", readonly=True, copy=False, tracking=True, help="It gets no new work; what is open is finished or handed over.")
    leaving_on = fields.Date("Last day", readonly=True, copy=False, tracking=True)
    leaving_reason = fields.Text("Why it leaves", readonly=True, copy=False, tracking=True)
    leaving_by_id = fields.Many2one("res.users", "Said by", readonly=True, copy=False)
    leaving_said_on = fields.Datetime("Said on", readonly=True, copy=False)

    def action_leave(self, reason=None, day=None):
        """An owner says that the member leaves, or a coordinator for it; said again, the day and reason are changed.

        :param day: its last day, YYYY-MM-DD
        """
        self.ensure_one()
        self._check_may_leave()
        if self.sudo().state not in LEAVING_STATES:
            raise UserError(self.env._("Only a member leaves: this membership has not begun, or is over."))
        words = self.env["wcm.work.order"]._required_text(reason, self.env._("Say why, in a sentence or two."))
        self.sudo().write({
            "is_leaving": True, "leaving_on": self._leaving_day(day), "leaving_reason": words[:2000],
            "leaving_by_id": self.env.uid, "leaving_said_on": fields.Datetime.now(),
        })
        self.sudo()._tell_leaving()
        return True

    def action_stay(self):
        """It does not leave after all. Said twice, it changes nothing."""
        self.ensure_one()
        self._check_may_leave()
        if self.sudo().state not in LEAVING_STATES:
            raise UserError(self.env._("This membership is over. Apply to the network again."))
        if self.sudo().is_leaving:
            self.sudo().write({"is_leaving": False, "leaving_on": False})
            self.sudo()._tell_staying()
        return True

    def _check_may_leave(self):
        self._check_owner_or_coordinator()
        if self.env.user not in self.sudo().user_ids:
            self.check_access("write")

    def _leaving_day(self, told):
        """The day as it came over RPC."""
        try:
            day = fields.Date.to_date(told if isinstance(told, str | date) else False)
        except (TypeError, ValueError):
            day = None
        if not day or day < fields.Date.context_today(self):
            raise UserError(self.env._("Choose the last day: today or later."))
        return day

    def action_end(self, reason=None):
        self.check_access("write")
        for member in self.filtered(lambda one: one.state in LEAVING_STATES):
            member.sudo()._check_nothing_open()
        return super().action_end(reason)

    def _check_nothing_open(self):
        open_words = self._open_at_leaving()
        if open_words:
            raise UserError(self.env._("%(member)s cannot leave yet. Still open:\n%(open)s", member=self.name, open="\n".join(f"• {line}" for line in open_words)))

    def _open_at_leaving(self):
        """What has to be handed over first, in words, with its names."""
        return [f"{row['label']}: {row['names']}" for row in self._leaving_rows() if row["blocks"] and row["names"]]

    def _warned_at_leaving(self):
        """What may stay open, and that it is not forgotten."""
        return [f"{row['label']}: {row['names']}" for row in self._leaving_rows() if not row["blocks"] and row["names"]]

    def _leaving_rows(self):
        """Hook: what is gone through before a member leaves, each row as `_leaving_row` makes it."""
        orders = self.env["wcm.work.order"].sudo().search([("membership_id", "=", self.id)])
        parts = self.env["wcm.part"].sudo().search([("membership_id", "=", self.id), ("state", "in", ("made", "packed")), ("work_order_id.state", "not in", UNDER_WAY)])
        shipments = self.env["wcm.shipment"].sudo().search([("membership_id", "=", self.id), ("state", "in", ("draft", "dispatched")), ("part_ids", "!=", False)])
        return [
            self._leaving_row("offers", self.env._("offers to take back or have answered"), orders.filtered(lambda one: one.state in OFFERED_STATES),
                              self.env._("The coordinator takes an offer back (Withdraw); a new plan offers it to others.")),
            self._leaving_row("orders", self.env._("orders to finish, close, close short or call off (a new plan gives them to others)"), orders.filtered(lambda one: one.state in UNDER_WAY),
                              self.env._("What is ready by the last day is finished. For the rest the coordinator makes the plan again, which gives it to others, or calls it off.")),
            self._leaving_row("shipments", self.env._("shipments that have not arrived"), shipments, self.env._("They are dispatched and received as usual.")),
            self._leaving_row("parts", self.env._("blocks at its place to ship or scrap"), parts, self.env._("Blocks of orders that were called off: ship what can be used, scrap the rest.")),
            self._leaving_sheets(),
            *self._leaving_money(),
        ]

    def _leaving_row(self, key, label, records, advice, blocks=True, names=None):
        """{key, label, names, count, advice, blocks, model, ids}

        :param blocks: whether the membership may not end before; otherwise it is a warning
        """
        names = names if names is not None else ", ".join(records.mapped("display_name"))
        return {"key": key, "label": label, "names": names, "count": len(records), "advice": advice, "blocks": blocks, "model": records._name, "ids": records.ids}

    def _leaving_sheets(self):
        """What lies at its place and is not its own."""
        quants = self.env["stock.quant"].sudo()
        place = self.subcontract_location_id
        if place:
            quants = quants.search([("location_id", "child_of", place.ids), ("quantity", ">", 0), "|", ("owner_id", "=", False), ("owner_id", "!=", self.partner_id.id)])
        names = ", ".join(f"{quant.quantity:g} × {quant.product_id.display_name}" for quant in quants)
        return self._leaving_row("sheets", self.env._("sheets of the hub to send back"), quants, self.env._("The coordinator books the way back to the hub; the member loads them."), names=names)
