from odoo import fields, models


class WcmPlanUnplaced(models.Model):
    """What a plan could not place, and why."""

    _name = "wcm.plan.unplaced"
    _description = "Unplaced demand"
    _order = "plan_id, id"

    plan_id = fields.Many2one("wcm.plan", required=True, index=True, ondelete="cascade")
    build_line_id = fields.Many2one("wcm.build.line", required=True, ondelete="cascade")
    product_id = fields.Many2one(related="build_line_id.product_id", store=True)
    quantity = fields.Integer(required=True)
    reason = fields.Char(required=True)
