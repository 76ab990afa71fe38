from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from odoo import models

from ..planning import Kept
from .wcm_build_line import OFFERED_STATES, PLACED_STATES


class WcmPlan(models.Model):
    """The question of a plan that follows another: its offers are open again, and where they are is known."""

    _inherit = "wcm.plan"

    def _problem(self, demands, members, match):
        problem = super()._problem(demands, members, match)
        if not self.origin_id:
            return problem
        known = {demand.id: demand.window for demand in problem.demands}
        kept = [row for row in self._kept() if row.period in known.get(row.demand, ())]
        return replace(problem, kept=kept, policies=replace(problem.policies, move_cost=self.move_cost))

    def _quantities_to_plan(self, lines):
        """Also what is on offer from the plan before."""
        quantities = super()._quantities_to_plan(lines)
        taken = defaultdict(int)
        for order in self._movable_orders():
            if order.state in (*OFFERED_STATES, *PLACED_STATES):
                taken[order.build_line_id.id] += order.quantity
        for line in lines.filtered(lambda line: line.id in taken):
            others = line.quantity_placed + line.quantity_offered - taken[line.id]
            quantities[line] = max(0, line.quantity - others)
        return quantities

    def _orders_without_load(self):
        """Their hours are free for this plan."""
        return self._movable_orders()

    def _kept(self):
        """Where blocks are on offer and can stay, as this plan counts its weeks."""
        quantities = defaultdict(int)
        for line, quantity in self._standing_lines():
            quantities[str(line.build_line_id.id), str(line.membership_id.id), self._period(line)] += quantity
        return [Kept(*key, quantity) for key, quantity in quantities.items()]

    def _standing_lines(self):
        """Lines of the plan before whose offers nothing disturbs, with the quantity that is on offer now."""
        for order in self._movable_orders().filtered(lambda order: order.state == "offered" and not order._disturbance()):
            left = order.quantity
            for line in order.plan_line_ids.filtered(lambda line: line.plan_id == self.origin_id):
                quantity = min(left, line.quantity)
                left -= quantity
                if quantity and self._can_stay(line):
                    yield line, quantity

    def _can_stay(self, line):
        """Its week has not begun and is over before the block is needed."""
        is_in_time = line.week_start + timedelta(days=7) <= line.build_line_id.date_required
        return is_in_time and 0 <= self._period(line) < self.weeks

    def _most(self):
        """{(member, product): most blocks}: who declined gets no more than it still has on offer."""
        if self.ask_again:
            return super()._most()
        declined = self._open_orders().filtered(lambda order: order.state == "declined")
        most = {(order.membership_id, order.product_id): 0 for order in declined}
        for line, quantity in self._standing_lines():
            pair = (line.membership_id, line.product_id)
            if pair in most:
                most[pair] += quantity
        return {**super()._most(), **most}
