from datetime import timedelta

from odoo import fields, models

from .wcm_build_line import OFFERED_STATES
from .wcm_membership import WORKING_STATES

# Agreed, but so far only on paper or in the workshop: nothing has left it.
BEGUN_STATES = ("accepted", "released", "in_production")


class WcmWorkOrder(models.Model):
    """What keeps an order from happening as it was planned, and whether a plan made again may move it."""

    _inherit = "wcm.work.order"

    def _disturbance(self):
        """Reason of a replan and a sentence; None where it goes as planned."""
        self.ensure_one()
        return self._lost_member() or self._refused() or self._failed() or self._late()

    def _lost_member(self):
        if self._is_member_lost() and self.state in (*OFFERED_STATES, *BEGUN_STATES):
            if self.membership_id.state == "suspended":
                return "member_lost", self.env._("is suspended")
            return "member_lost", self.env._("has left the network")
        return None

    def _refused(self):
        words = {
            "declined": self.env._("declined (%s)", self.decline_reason),
            "expired": self.env._("did not answer in time"),
            "countered": self.env._("asks for other terms (%s)", self.counter_reason),
            "draft": self.env._("offer withdrawn"),
            "cancelled": self.env._("called off (%s)", self.decline_reason),
        }
        return ("declined", words[self.state]) if self.state in words else None

    def _failed(self):
        if self.quantity_to_replace:
            return "failed", self.env._("%s scrapped: have them made again, or let others make them, on the work order", self.quantity_to_replace)
        return None

    def _late(self):
        """The first of its weeks is over and nothing is made."""
        waits = self.state in (*OFFERED_STATES, "accepted", "released") and not self.quantity_made
        if waits and self.date_start and self.date_start + timedelta(days=7) <= fields.Date.context_today(self):
            return "late", self.env._("should have begun on %s", self.date_start.strftime("%d/%m/%Y"))
        return None

    def _is_member_lost(self):
        return self.membership_id.state not in WORKING_STATES

    def _is_movable(self):
        """Whether a new plan may give it to somebody else: nobody has agreed to it, or who did is lost and has made nothing."""
        if self.state in ("draft", *OFFERED_STATES):
            return True
        return self.state in BEGUN_STATES and self._is_member_lost() and not self.quantity_made

    def _is_offer(self):
        """Waits for an answer of a member that can give one."""
        return self.state in OFFERED_STATES and not self._is_member_lost()

    def _has_terms(self, terms):
        """Quantity and weeks are these; the price that was offered then stays too."""
        return all(self[name] == terms[name] for name in ("quantity", "date_start", "date_due"))
