from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import LockError, UserError, ValidationError

from odoo.addons.wcm_mapping.models.wcm_capacity_hours import FARTHEST_WEEK

from .wcm_solver_run import Later

CAPACITY_WEEKS = FARTHEST_WEEK - 1  # from next Monday
# More columns than this do not fit beside the plan itself.
ALTERNATIVES = 3


class DemandInUse(Later):
    """Somebody else is working on the same components at this moment."""


class WcmPlan(models.Model):
    """A scenario: builds and policy in, allocation, cost and proof out.

    The arithmetic is done by `planning/`, which knows no Odoo: wcm_plan_problem.py
    translates records into its Problem, wcm_plan_result.py its Result into lines;
    wcm_plan_solving.py lets it work in the background.
    """

    _name = "wcm.plan"
    _description = "Plan"
    _inherit = ["mail.thread", "wcm.guarded", "wcm.plan.rules", "wcm.searched"]
    _order = "id desc"

    _guarded = frozenset({
        "state", "cost", "bound", "gap", "distance_km", "kgco2e", "community_share", "solve_seconds", "making_cost",
        "origin_id", "replaced_by_id", "before",
        "effect_of_id", "effect_rule", "effect_difference", "effect_least", "effect_most", "effect_comparable",
    })

    name = fields.Char(required=True)
    build_ids = fields.Many2many("wcm.build", string="Builds", required=True)
    start_date = fields.Date(
        "First week (Monday)", required=True, default=lambda self: self._next_monday(),
        help="Work starts in the week of this Monday.",
    )
    weeks = fields.Integer(default=12, required=True, help="How many weeks to plan. 160 at most: three years.")
    state = fields.Selection(
        [("draft", "Draft"), ("solved", "Solved"), ("offered", "Offered"), ("cancelled", "Cancelled")],
        default="draft", required=True, readonly=True, index=True, copy=False, tracking=True,
    )
    seconds = fields.Integer("Time to think (s)", default=20, help="At most. It stops earlier when the plan is proven to be good enough.")
    target_gap = fields.Float("Good enough", default=0.01, digits=(8, 4), help="Stop when the plan is proven to be within this share of the best.")
    line_ids = fields.One2many("wcm.plan.line", "plan_id", "Lines", copy=False)
    unplaced_ids = fields.One2many("wcm.plan.unplaced", "plan_id", "Demand not placed", copy=False)
    cost = fields.Monetary(readonly=True, copy=False, help="Making, set-up and transport of what is placed, with the carbon price.")
    bound = fields.Monetary(
        "Proven lower bound", readonly=True, copy=False, help="No plan that places as much can cost less.",
    )
    gap = fields.Float(readonly=True, copy=False, help="(cost - bound) / cost: at most this share could still be saved.")
    distance_km = fields.Float("Transport (block km)", readonly=True, copy=False, digits=(12, 0), help="One block driven one km is one block km.")
    kgco2e = fields.Float("Transport carbon (kgCO2e)", readonly=True, copy=False, digits=(12, 1))
    making_cost = fields.Monetary(readonly=True, copy=False)
    community_share = fields.Float("With community organisations", readonly=True, copy=False, help="Share of the making cost.")
    placed_quantity = fields.Integer("Placed", compute="_compute_placed_quantity", store=True)
    unplaced_quantity = fields.Integer("Not placed", compute="_compute_unplaced_quantity", store=True)
    cost_per_block = fields.Monetary(compute="_compute_cost_per_block", help="Cost of the plan by block placed.")
    solve_seconds = fields.Float("Solved in (s)", readonly=True, copy=False, digits=(8, 1))
    line_count = fields.Integer(compute="_compute_line_count")
    work_order_count = fields.Integer("Number of work orders", compute="_compute_line_count")

    _weeks_range = models.Constraint("CHECK(weeks BETWEEN 1 AND 160)", "A plan has 1 to 160 weeks.")
    _target_gap_range = models.Constraint("CHECK(target_gap BETWEEN 0 AND 1)", "“Good enough” lies between 0 and 100 %.")
    _seconds_range = models.Constraint("CHECK(seconds BETWEEN 1 AND 600)", "There are 1 to 600 seconds to think.")

    @api.model
    def _next_monday(self):
        today = fields.Date.context_today(self)
        return today + timedelta(days=7 - today.weekday())

    @api.depends("line_ids.quantity")
    def _compute_placed_quantity(self):
        for plan in self:
            plan.placed_quantity = sum(plan.line_ids.mapped("quantity"))

    @api.depends("unplaced_ids.quantity")
    def _compute_unplaced_quantity(self):
        for plan in self:
            plan.unplaced_quantity = sum(plan.unplaced_ids.mapped("quantity"))

    @api.depends("cost", "placed_quantity")
    def _compute_cost_per_block(self):
        for plan in self:
            plan.cost_per_block = plan.cost / plan.placed_quantity if plan.placed_quantity else 0

    @api.depends("line_ids.work_order_id")
    def _compute_line_count(self):
        for plan in self:
            plan.line_count = len(plan.line_ids)
            plan.work_order_count = len(plan.line_ids.work_order_id)

    @api.constrains("start_date")
    def _check_start_date(self):
        for plan in self:
            if plan.start_date.weekday():
                raise ValidationError(self.env._("%(date)s is not a Monday. Weeks start on Monday.", date=plan.start_date))

    @api.onchange("start_date")
    def _onchange_start_date(self):
        if self.start_date:
            self.start_date -= timedelta(days=self.start_date.weekday())

    def action_offer(self):
        """One work order per member and component, offered. Twice changes nothing."""
        self.ensure_one()
        self.check_access("write")
        self._lock_demand()
        if self.state == "offered":
            return self.action_open_work_orders()
        self._check_offerable()
        orders = self._create_work_orders()
        orders.action_offer()
        self._touch_demand()
        self.build_ids.filtered(lambda build: build.state == "draft").state = "planned"
        self.sudo().state = "offered"
        return self.action_open_work_orders()

    def action_cancel(self):
        """Out of the way; offers that went out stay."""
        self.check_access("write")
        if any(plan.state == "offered" for plan in self):
            raise UserError(self.env._("Offers of this plan have gone out. Cancel the work orders instead."))
        self.sudo().state = "cancelled"

    def action_draft(self):
        self.check_access("write")
        self.filtered(lambda plan: plan.state == "cancelled").sudo().state = "draft"

    def action_compare(self):
        """Side by side; one alone with the others for the same builds."""
        plans = self if len(self) > 1 else self | self._alternatives()
        if len(plans) < 2:
            raise UserError(self.env._("There is nothing to compare with. Solve a second plan for the same builds, with other rules."))
        compare = self.env["wcm.plan.compare"].create({"plan_ids": [Command.set(plans.ids)]})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Compare plans"),
            "res_model": "wcm.plan.compare",
            "res_id": compare.id,
            "view_mode": "form",
        }

    def _alternatives(self):
        """The latest other plans that were solved for the same builds."""
        solved = self.search([*self._alternatives_domain(), ("id", "!=", self.id)])
        return solved.filtered(lambda plan: plan.build_ids == self.build_ids)[:ALTERNATIVES]

    def _alternatives_domain(self):
        return [("build_ids", "in", self.build_ids.ids), ("state", "in", ("solved", "offered"))]

    def action_open_lines(self):
        """Members by week."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_network.action_plan_line")
        action["domain"] = [("plan_id", "=", self.id)]
        return action

    def action_open_work_orders(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Work orders of %(plan)s", plan=self.name),
            "res_model": "wcm.work.order",
            "view_mode": "list,kanban,form",
            "mobile_view_mode": "kanban",
            "domain": ["|", ("plan_line_ids.plan_id", "=", self.id), ("rest_ids.plan_line_ids.plan_id", "=", self.id)],
        }

    def _lock_demand(self):
        try:
            self.build_ids.sudo().line_ids.lock_for_update(allow_referencing=True)
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise DemandInUse(
                self.env._("Somebody else is planning, offering or accepting these components right now. Try again in a minute.")
            ) from error
        self.invalidate_recordset(["state"])

    def _touch_demand(self):
        """A transaction that read this demand before the offer was committed must not
        offer it on old figures: locking a changed row makes it fail and start again."""
        for demand in self.line_ids.build_line_id.sudo():
            demand.allocation_version += 1

    def _check_solvable(self):
        self.check_access("write")
        self.build_ids.check_access("read")
        if self.state not in ("draft", "solved"):
            raise UserError(self.env._("This plan is %(state)s. Plan again to place what is still open.", state=self.state))
        if not self.build_ids:
            raise UserError(self.env._("Choose the builds that this plan is for."))
        if self.start_date + timedelta(days=6) < fields.Date.context_today(self):
            raise UserError(self.env._("The first week of this plan has passed. Choose a later Monday."))
        self._check_horizon()
        homeless = self.build_ids.site_id.filtered(lambda site: not (site.latitude or site.longitude))
        if homeless:
            raise UserError(
                self.env._("%(site)s has no place on the map, so distances are unknown. Give its address a postcode, or type latitude and longitude.", site=homeless[0].name)
            )

    def _last_day(self):
        """The Sunday on which the plan ends."""
        return self.start_date + timedelta(weeks=self.weeks, days=-1)

    def _check_horizon(self):
        """Weekly capacity reaches so far, see wcm.capacity."""
        last = self._next_monday() + timedelta(weeks=CAPACITY_WEEKS)
        if self.start_date + timedelta(weeks=self.weeks) > last:
            raise UserError(
                self.env._("Capacity is known up to %(date)s. Start earlier, or plan fewer weeks.", date=last)
            )

    def _check_offerable(self):
        if self.state != "solved" or not self.line_ids:
            raise UserError(self.env._("There is nothing to offer. Solve the plan first."))
        planned = {}
        for line in self.line_ids:
            planned[line.build_line_id] = planned.get(line.build_line_id, 0) + line.quantity
        left = self._quantities_to_plan(self.line_ids.build_line_id)
        for demand, quantity in planned.items():
            if quantity > left[demand]:
                raise UserError(
                    self.env._(
                        "%(demand)s: this plan places %(planned)s, but only %(left)s are still open and not on offer. "
                        "Solve it again first.",
                        demand=demand.display_name,
                        planned=quantity,
                        left=left[demand],
                    )
                )

    def _create_work_orders(self):
        groups = self.line_ids.filtered(lambda line: not line.work_order_id).grouped(
            lambda line: (line.membership_id, line.build_line_id)
        )
        boms = self._boms(self.line_ids.product_id)
        values = [lines._work_order_values(boms[demand.product_id]) for (_member, demand), lines in groups.items()]
        orders = self.env["wcm.work.order"].create(values)
        for order, lines in zip(orders, groups.values(), strict=True):
            lines.sudo().work_order_id = order
        orders._add_material_price()
        return orders
