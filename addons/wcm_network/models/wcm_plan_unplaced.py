from odoo import fields, models


class WcmPlanUnplaced(models.Model):
    """What a plan could not place, and why."""

    _name = "wcm.plan.unplaced"
    _description = "Unplaced demand"
    _order = "plan_id, id"

    plan_id = fields.Many2one("wcm.plan", required=True, index=True, ondelete="cascade")
    build_line_id = fields.Many2one("wcm.build.line", "Demand", required=True, ondelete="cascade")
    build_id = fields.Many2one(related="build_line_id.build_id", store=True)
    product_id = fields.Many2one(related="build_line_id.product_id", store=True, string="Component")
    quantity = fields.Integer(required=True)
    reason = fields.Text(required=True)
