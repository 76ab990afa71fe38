from odoo import api, fields, models


class WcmWorkOrderChangeAsk(models.TransientModel):
    """Ask a coordinator what should change of an agreed order."""

    _name = "wcm.work.order.change.ask"
    _description = "Change to propose"

    work_order_id = fields.Many2one("wcm.work.order", required=True, readonly=True)
    step = fields.Selection([("amend", "Quantity, date or design"), ("hold", "Pause the work"), ("cancel", "Call the rest off")], "What", required=True, default="amend")
    quantity = fields.Integer(compute="_compute_terms", compute_sudo=False, store=True, readonly=False)
    date_due = fields.Date("Ready by", compute="_compute_terms", compute_sudo=False, store=True, readonly=False)
    quantity_made = fields.Integer(compute="_compute_known")
    quantity_open = fields.Integer("Not placed yet", compute="_compute_known")
    revision = fields.Char("Agreed design", compute="_compute_known")
    revision_now = fields.Char("Design now", compute="_compute_known")
    take_design = fields.Boolean("Go on with the design as it is now")
    reason = fields.Text(required=True)

    @api.depends("work_order_id")
    def _compute_terms(self):
        for ask in self:
            ask.quantity, ask.date_due = ask.work_order_id.quantity, ask.work_order_id.date_due

    @api.depends("work_order_id")
    def _compute_known(self):
        """Of an order that the caller may see, also what its home still needs."""
        self.work_order_id._origin.check_access("read")
        for ask in self:
            order = ask.work_order_id.sudo()
            ask.quantity_made, ask.quantity_open = order.quantity_made, order.build_line_id.quantity_open
            ask.revision, ask.revision_now = order.design_revision, order.product_id.design_revision

    def action_propose(self):
        self.ensure_one()
        self.work_order_id.action_propose_change(
            self.quantity, fields.Date.to_string(self.date_due), self.take_design and self.step == "amend", self.step, self.reason,
        )
        return {"type": "ir.actions.act_window_close"}
