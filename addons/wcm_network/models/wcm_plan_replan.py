from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from .wcm_build_line import PLACED_STATES

# Rule of thumb: an offer that stands moves only where that saves a quarter of what a block costs.
MOVE_SHARE = 0.25
GONE_STATES = ("draft", "declined", "expired", "cancelled")


class WcmPlan(models.Model):
    """What changed since a plan was offered, and the plan that follows it."""

    _inherit = "wcm.plan"

    origin_id = fields.Many2one("wcm.plan", "Follows", readonly=True, copy=False, index="btree_not_null", help="The plan that was offered before; what it still has on offer may move.")
    replaced_by_id = fields.Many2one("wcm.plan", "Planned again by", readonly=True, copy=False)
    replan_reason = fields.Selection(
        [
            ("declined", "Offer not taken as it stood"),
            ("late", "Late start"),
            ("failed", "Failed batch"),
            ("member_lost", "Member lost"),
            ("date_moved", "Date moved"),
            ("other", "Other"),
        ],
        "Why again", copy=False,
    )
    move_cost = fields.Monetary(
        "Cost of moving a block", default=0, copy=False,
        help="What it counts to take a block away from the member and week that it is on offer for. Nobody pays it: an offer "
        "that stands moves only where that saves more a block. 0: everything may move. A rule of thumb is a quarter of what "
        "a block costs; several times that, and nothing moves that need not.",
    )
    ask_again = fields.Boolean(
        "Ask again who declined", copy=False, help="Else a member that declined a component gets no more of it from this plan than it still has on offer.",
    )
    change_count = fields.Integer(compute="_compute_changes", compute_sudo=True)
    changes = fields.Html("What changed since", compute="_compute_changes", compute_sudo=True, sanitize=False)

    _move_cost_positive = models.Constraint("CHECK(move_cost >= 0)", "Moving a block cannot cost less than nothing.")

    @api.depends("state", "replaced_by_id", "line_ids.work_order_id.state", "build_ids.line_ids.date_required")
    @api.depends_context("uid")
    def _compute_changes(self):
        for plan in self:
            rows = plan._changes() if plan.state == "offered" and not plan.replaced_by_id else []
            plan.change_count = len(rows)
            plan.changes = plan._changes_html(rows)

    @api.model
    def _changes_html(self, rows):
        item = Markup("<li>%s</li>")
        return Markup('<ul class="mb-0">%s</ul>') % Markup().join(item % row["text"] for row in rows) if rows else False

    def _changes(self):
        """Rows of kind and text: what keeps this plan from happening as it was offered, from the records as they are."""
        orders = self._readable(self.line_ids).work_order_id
        found = [(order, found) for order in orders if (found := order._disturbance()) and self._is_open(order)]
        rows = [{"kind": kind, "text": self._order_text(order, words)} for order, (kind, words) in found]
        return rows + self._moved_dates() + self._more_to_place([order for order, _ in found])

    @api.model
    def _readable(self, records):
        """Those that whoever looks may read: of a plan over several regions, each coordinator sees the own builds."""
        return records.sudo(False)._filtered_access("read").sudo()

    def _is_open(self, order):
        """Nobody else has taken meanwhile what this order does not bring."""
        return order.state not in GONE_STATES or order.build_line_id.quantity_to_plan

    def _order_text(self, order, words):
        return self.env._(
            "%(member)s, %(quantity)s × %(component)s for %(build)s: %(words)s",
            member=order.membership_id.name, quantity=order.quantity,
            component=order.component_code or order.component_name, build=order.build_name, words=words,
        )

    def _moved_dates(self):
        rows = []
        for demand, lines in self._readable(self.line_ids).grouped("build_line_id").items():
            then, now = lines[0].date_required, demand.date_required
            if then and then != now:
                text = self.env._("%(component)s is needed on %(now)s instead of %(then)s", component=demand.display_name, now=now.strftime("%d/%m/%Y"), then=then.strftime("%d/%m/%Y"))
                rows.append({"kind": "date_moved", "text": text})
        return rows

    def _more_to_place(self, orders):
        """What is open and in no order of this plan: never placed, or ordered since."""
        gone = {}
        for order in orders:
            if order.state in GONE_STATES:
                gone[order.build_line_id] = gone.get(order.build_line_id, 0) + order.quantity
        rows = []
        for demand in self._readable(self.build_ids).filtered(lambda build: build.state != "cancelled").line_ids:
            more = demand.quantity_to_plan - gone.get(demand, 0)
            if more > 0:
                was_scrapped = "scrapped" in demand.work_order_ids.part_ids.mapped("state")
                rows.append({"kind": "failed" if was_scrapped else "other", "text": self.env._("%(component)s: %(quantity)s not placed yet", component=demand.display_name, quantity=more)})
        return rows

    def action_replan(self):
        """A new plan for what is open and for what is on offer and may still move; agreed work stays where it is."""
        self.ensure_one()
        self.check_access("write")
        self._check_replannable()
        return self._follow(move_cost=self.currency_id.round(MOVE_SHARE * self.cost_per_block))._get_records_action()

    def action_plan_freely(self):
        """The same question with moving at no cost: what keeping offers in place costs."""
        self.ensure_one()
        self.check_access("write")
        if not self.origin_id:
            raise UserError(self.env._("This plan follows no other, so nothing has to stay."))
        self.origin_id._check_replannable()
        plan = self._follow(origin_id=self.origin_id.id, name=self.env._("%(plan)s, free to move", plan=self.name), ask_again=self.ask_again, replan_reason=self.replan_reason)
        plan.action_solve()
        return plan._get_records_action()

    def _check_replannable(self):
        if self.state != "offered":
            raise UserError(self.env._("%(plan)s has not been offered. Solve it again instead.", plan=self.name))
        if self.replaced_by_id:
            raise UserError(self.env._("%(plan)s was planned again already. Go on from %(next)s.", plan=self.name, next=self.replaced_by_id.name))

    def _follow(self, **values):
        changes = self.sudo()._changes()
        plan = self.sudo().copy({
            "name": self.env._("%(plan)s, again", plan=self.name),
            "start_date": max(self.start_date, self._next_monday()),
            "origin_id": self.id,
            "replan_reason": changes[0]["kind"] if changes else "other",
            **values,
        })
        return plan.sudo(False)

    @api.model
    def _questions(self):
        return super()._questions() | {"move_cost", "ask_again", "origin_id"}

    def _movable_orders(self):
        """Orders of the plan before that this one may give to somebody else."""
        return self.sudo().origin_id.line_ids.work_order_id.filtered(lambda order: order._is_movable())

    def _open_orders(self):
        """All orders of the plan before whose quantity this one plans again."""
        orders = self.sudo().origin_id.line_ids.work_order_id
        return orders.filtered(lambda order: order.state not in PLACED_STATES) | self._movable_orders()
