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

    def action_why_not(self):
        """Every member beside what is not placed."""
        self.ensure_one()
        self.check_access("read")
        return self.env["wcm.plan.why"]._open(unplaced_id=self.id)
