from datetime import timedelta

from odoo import fields, models


class WcmPlanLine(models.Model):
    """This member makes this many of this component in this week, and why."""

    _name = "wcm.plan.line"
    _description = "Plan line"
    _order = "plan_id, week_start, facility_id, product_id"

    plan_id = fields.Many2one("wcm.plan", required=True, index=True, ondelete="cascade")
    build_line_id = fields.Many2one("wcm.build.line", "Demand", required=True, index=True, ondelete="cascade")
    build_id = fields.Many2one(related="build_line_id.build_id", store=True, precompute=True)
    product_id = fields.Many2one(related="build_line_id.product_id", store=True, precompute=True, string="Component")
    membership_id = fields.Many2one("wcm.membership", "Member", required=True, index=True)
    facility_id = fields.Many2one(related="membership_id.facility_id", store=True, precompute=True)
    organisation_type = fields.Selection(related="membership_id.organisation_type", store=True, precompute=True)
    region_id = fields.Many2one(related="membership_id.region_id", store=True, precompute=True)
    date_required = fields.Date("Needed on site", readonly=True, help="When this was planned; the date of the component may have moved since.")
    week_start = fields.Date("Week", required=True, help="The Monday.")
    quantity = fields.Integer(required=True)
    hours = fields.Float(digits=(12, 2), help="Clock hours over all processes, without set-up.")
    cost_making = fields.Monetary("Making")
    cost_setup = fields.Monetary("Set-up")
    setups = fields.Float("Set-ups", help="Its part of the set-ups in those weeks; several components of one kind share them.")
    cost_transport = fields.Monetary("Transport", help="With the carbon price of the plan.")
    cost_carbon = fields.Monetary("Of it carbon", help="Part of the transport cost that is the carbon price.")
    cost = fields.Monetary()
    distance_km = fields.Float("Transport (block km)", digits=(12, 0))
    kgco2e = fields.Float("Transport carbon (kgCO2e)", digits=(12, 1))
    currency_id = fields.Many2one(related="plan_id.currency_id")
    locked = fields.Boolean(help="Kept when the plan is solved again.")
    reason = fields.Text("Why here", readonly=True)
    work_order_id = fields.Many2one("wcm.work.order", readonly=True, copy=False, index="btree_not_null")
    work_order_state = fields.Selection(related="work_order_id.state", string="Answer")

    _quantity_positive = models.Constraint("CHECK(quantity > 0)", "A plan line has at least one block.")

    def write(self, vals):
        if not self.env.su:
            self.plan_id._refuse_while_solving()
        return super().write(vals)

    def action_toggle_lock(self):
        """Keep the line, or let it go, when the plan is solved again."""
        for line in self:
            line.locked = not line.locked

    def action_why_not(self):
        """Every other member beside this line, and why it is not there."""
        self.ensure_one()
        self.check_access("read")
        return self.env["wcm.plan.why"]._open(line_id=self.id)

    def _work_order_values(self, bom):
        """One order for these lines of one member and one component of a build."""
        quantity = sum(self.mapped("quantity"))
        weeks = self.mapped("week_start")
        price = (sum(self.mapped("cost_making")) + sum(self.mapped("cost_setup"))) / quantity
        return {
            "membership_id": self.membership_id.id,
            "build_line_id": self.build_line_id.id,
            "bom_id": bom.id,
            "quantity": quantity,
            "price_unit": self.plan_id.currency_id.round(price),
            "currency_id": self.plan_id.currency_id.id,
            "date_start": min(weeks),
            "date_due": max(weeks) + timedelta(days=4),
            "offer_expires_on": self.env["wcm.work.order"]._default_expiry(self.membership_id),
        }
