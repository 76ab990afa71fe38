from odoo import fields, models


class WcmWorkOrderReason(models.TransientModel):
    """Ask a coordinator for the reason that a step needs."""

    _name = "wcm.work.order.reason"
    _description = "Reason for a step of a work order"

    work_order_ids = fields.Many2many("wcm.work.order", required=True, default=lambda self: self.env.context.get("active_ids"))
    step = fields.Selection([("hold", "Put on hold"), ("cancel", "Cancel"), ("decline", "Record the member's no")], required=True, readonly=True)
    reason = fields.Text(required=True)

    def action_confirm(self):
        self.ensure_one()
        steps = {
            "hold": self.work_order_ids.action_hold,
            "cancel": self.work_order_ids.action_cancel,
            "decline": self.work_order_ids.action_decline,
        }
        steps[self.step](self.reason)
        return {"type": "ir.actions.act_window_close"}
