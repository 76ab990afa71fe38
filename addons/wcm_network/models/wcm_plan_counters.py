from odoo import api, fields, models


class WcmPlan(models.Model):
    """Counter-offers beside the plan that they answer."""

    _inherit = "wcm.plan"

    counter_ids = fields.Many2many("wcm.work.order", compute="_compute_counter_ids", compute_sudo=True, string="Counter-offers")
    counter_count = fields.Integer(compute="_compute_counter_ids", compute_sudo=True)

    @api.depends("line_ids.work_order_id.state")
    @api.depends_context("uid")
    def _compute_counter_ids(self):
        for plan in self:
            orders = plan._readable(plan.line_ids.work_order_id)
            plan.counter_ids = orders.filtered(lambda order: order.state == "countered")
            plan.counter_count = len(plan.counter_ids)
