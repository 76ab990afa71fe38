from odoo import fields, models


class WcmPlanLine(models.Model):
    """This member makes this many of this component in this week, and why."""

    _name = "wcm.plan.line"
    _description = "Plan line"
    _order = "plan_id, week_start, facility_id, product_id"

    plan_id = fields.Many2one("wcm.plan", required=True, index=True, ondelete="cascade")
    build_line_id = fields.Many2one("wcm.build.line", required=True, index=True, ondelete="cascade")
    build_id = fields.Many2one(related="build_line_id.build_id", store=True)
    product_id = fields.Many2one(related="build_line_id.product_id", store=True)
    membership_id = fields.Many2one("wcm.membership", required=True, index=True)
    facility_id = fields.Many2one(related="membership_id.facility_id", store=True)
    organisation_type = fields.Selection(related="membership_id.organisation_type", store=True)
    region_id = fields.Many2one(related="membership_id.region_id", store=True)
    week_start = fields.Date(required=True)
    quantity = fields.Integer(required=True)
    hours = fields.Float(help="Clock hours over all processes.")
    cost_making = fields.Monetary()
    cost_setup = fields.Monetary()
    cost_transport = fields.Monetary()
    cost = fields.Monetary()
    distance_km = fields.Float("Transport (block km)")
    kgco2e = fields.Float("Transport carbon (kgCO2e)")
    currency_id = fields.Many2one(related="plan_id.currency_id")
    locked = fields.Boolean(help="Kept when the plan is solved again.")
    reason = fields.Char(readonly=True)
    work_order_id = fields.Many2one("wcm.work.order", readonly=True, copy=False)
