from odoo import fields, models

from ..models.wcm_offer_decline import KINDS


class WcmWorkOrderReason(models.TransientModel):
    """Ask a coordinator for the reason that a step needs."""

    _name = "wcm.work.order.reason"
    _description = "Reason for a step of a work order"

    work_order_ids = fields.Many2many("wcm.work.order", required=True, default=lambda self: self.env.context.get("active_ids"))
    step = fields.Selection(
        [("hold", "Put on hold"), ("cancel", "Cancel"), ("decline", "Record the member's no"), ("short", "Close short"), ("extra", "Take more blocks")],
        required=True, readonly=True,
    )
    kind = fields.Selection(KINDS, "Why", default="other")
    quantity = fields.Integer("Blocks more", default=1)
    reason = fields.Text()

    def action_confirm(self):
        self.ensure_one()
        orders = self.work_order_ids
        steps = {"hold": orders.action_hold, "cancel": orders.action_cancel, "decline": self._decline, "short": orders.action_close_short, "extra": self._take_extra}
        steps[self.step](self.reason)
        return {"type": "ir.actions.act_window_close"}

    def _decline(self, reason):
        self.work_order_ids.action_decline(reason, self.kind)

    def _take_extra(self, reason):
        self.work_order_ids.action_take_extra(self.quantity, reason)
