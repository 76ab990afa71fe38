from odoo import fields, models


class WcmPlan(models.Model):
    """A scenario: builds and policy in, allocation, cost and proof out."""

    _name = "wcm.plan"
    _description = "Plan"
    _inherit = ["mail.thread"]
    _order = "id desc"

    name = fields.Char(required=True)
    build_ids = fields.Many2many("wcm.build", string="Builds", required=True)
    start_date = fields.Date("First week (Monday)", required=True)
    weeks = fields.Integer(default=12, required=True)
    state = fields.Selection(
        [("draft", "Draft"), ("solved", "Solved"), ("offered", "Offered"), ("cancelled", "Cancelled")],
        default="draft", required=True, index=True, copy=False, tracking=True,
    )
    min_community_share = fields.Float("At least with community organisations", help="Share of the making cost, 0 to 1. Community businesses, social enterprises, charities and co-operatives count.")
    max_facility_share = fields.Float("At most per facility", default=1.0, help="Share of the total hours, 0 to 1.")
    max_facilities_per_demand = fields.Integer("Members per component at most", default=3, help="0: no limit.")
    transport_cost_per_km = fields.Monetary("Transport (GBP per km and block)", default=0.05)
    carbon_price = fields.Monetary("Carbon price (GBP per kgCO2e)")
    probation_hours = fields.Float("Hours a week at most on probation", help="0: no limit.")
    seconds = fields.Integer("Time to think (s)", default=20)
    currency_id = fields.Many2one("res.currency", default=lambda self: self.env.company.currency_id, required=True)
    line_ids = fields.One2many("wcm.plan.line", "plan_id", copy=False)
    unplaced_ids = fields.One2many("wcm.plan.unplaced", "plan_id", copy=False)
    cost = fields.Monetary(readonly=True, copy=False)
    bound = fields.Monetary("Proven lower bound", readonly=True, copy=False)
    gap = fields.Float(readonly=True, copy=False, help="(cost - bound) / cost")
    distance_km = fields.Float("Transport (block km)", readonly=True, copy=False)
    kgco2e = fields.Float("Transport carbon (kgCO2e)", readonly=True, copy=False)
    community_share = fields.Float("With community organisations", readonly=True, copy=False)
    unplaced_quantity = fields.Integer(compute="_compute_unplaced_quantity", store=True)
    solve_seconds = fields.Float(readonly=True, copy=False)
