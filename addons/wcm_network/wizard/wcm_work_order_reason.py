from odoo import fields, models

from ..models.wcm_offer_decline import KINDS


class WcmWorkOrderReason(models.TransientModel):
    """Ask a coordinator for the reason that a step needs."""

    _name = "wcm.work.order.reason"
    _description = "Reason for a step of a work order"

    work_order_ids = fields.Many2many("wcm.work.order", required=True, default=lambda self: self.env.context.get("active_ids"))
    step = fields.Selection([("hold", "Put on hold"), ("cancel", "Cancel"), ("decline", "Record the member's no")], required=True, readonly=True)
    kind = fields.Selection(KINDS, "Why", default="other")
    reason = fields.Text()

    def action_confirm(self):
        self.ensure_one()
        steps = {"hold": self.work_order_ids.action_hold, "cancel": self.work_order_ids.action_cancel, "decline": self._decline}
        steps[self.step](self.reason)
        return {"type": "ir.actions.act_window_close"}

    def _decline(self, reason):
        self.work_order_ids.action_decline(reason, self.kind)
