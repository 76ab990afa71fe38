from odoo import api, fields, models


class WcmWorkOrderChangeAsk(models.TransientModel):
    """Ask a coordinator what should change of an agreed order."""

    _name = "wcm.work.order.change.ask"
    _description = "Change to propose"

    work_order_id = fields.Many2one("wcm.work.order", required=True, readonly=True)
    step = fields.Selection([("amend", "Quantity, date or design"), ("hold", "Pause the work"), ("cancel", "Call the rest off")], "What", required=True, default="amend")
    quantity = fields.Integer(compute="_compute_terms", store=True, readonly=False)
    date_due = fields.Date("Ready by", compute="_compute_terms", store=True, readonly=False)
    quantity_made = fields.Integer(related="work_order_id.quantity_made")
    quantity_open = fields.Integer(related="work_order_id.build_line_id.quantity_open", string="Not placed yet")
    revision = fields.Char(related="work_order_id.design_revision", string="Agreed design")
    revision_now = fields.Char(related="work_order_id.product_id.design_revision", string="Design now")
    take_design = fields.Boolean("Go on with the design as it is now")
    reason = fields.Text(required=True)

    @api.depends("work_order_id")
    def _compute_terms(self):
        for ask in self:
            ask.quantity, ask.date_due = ask.work_order_id.quantity, ask.work_order_id.date_due

    def action_propose(self):
        self.ensure_one()
        self.work_order_id.action_propose_change(
            self.quantity, fields.Date.to_string(self.date_due), self.take_design and self.step == "amend", self.step, self.reason,
        )
        return {"type": "ir.actions.act_window_close"}
