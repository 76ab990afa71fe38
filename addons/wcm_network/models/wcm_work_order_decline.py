from odoo import models
from odoo.exceptions import UserError

from .wcm_build_line import OFFERED_STATES
from .wcm_offer_decline import KINDS


class WcmWorkOrder(models.Model):
    _inherit = "wcm.work.order"

    def action_decline(self, reason=None, kind=None):
        """The member says no. Repeated after a lost answer, it changes nothing.

        :param kind: one of the kinds of `wcm.offer.decline`; without one, or with "other", words are needed
        """
        self._check_office_or_coordinator()
        orders = self.sudo().filtered(lambda order: order.state != "declined")
        orders._check_state(*OFFERED_STATES)
        kind, reason = self._decline_kind(kind), reason.strip() if isinstance(reason, str) else ""
        if kind == "other":
            reason = self._required_text(reason, self.env._("Say why you decline: it helps to plan the work again."))
        self.env["wcm.offer.decline"].sudo().create([order._decline_values(kind, reason) for order in orders])
        orders.write({"state": "declined", "decline_reason": self._decline_words(kind, reason)})
        return True

    def _decline_kind(self, kind):
        if kind and kind not in list(dict(KINDS)):
            raise UserError(self.env._("“%s” is no reason of the list. Choose one, or say it in your words.", kind))
        return kind or "other"

    def _decline_words(self, kind, reason):
        label = self.env["wcm.offer.decline"]._kind_label(kind)
        return reason if kind == "other" else ": ".join(filter(None, [label, reason]))

    def _decline_values(self, kind, reason):
        return {"work_order_id": self.id, "membership_id": self.membership_id.id, "quantity": self.quantity, "kind": kind, "reason": reason}
