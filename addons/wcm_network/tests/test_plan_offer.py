from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import NetworkCase


@tagged("post_install", "-at_install")
class TestPlanOffer(NetworkCase):
    """A plan becomes work orders on offer."""

    def test_an_offer_is_one_order_per_member_and_component(self):
        plan = self.make_plan(min_community_share=0.5).with_user(self.coordinator)
        plan.action_solve()
        plan.action_offer()
        orders = plan.line_ids.work_order_id
        pairs = {(line.membership_id, line.build_line_id) for line in plan.line_ids}
        self.assertEqual(len(orders), len(pairs))
        self.assertEqual(sum(orders.mapped("quantity")), 12)
        self.assertEqual(set(orders.mapped("state")), {"offered"})
        self.assertEqual((plan.state, self.build.state), ("offered", "planned"))

    def test_an_order_asks_from_monday_of_the_first_to_friday_of_the_last_week(self):
        plan = self.make_plan()
        plan.action_solve()
        plan.action_offer()
        for order in plan.line_ids.work_order_id:
            weeks = order.plan_line_ids.mapped("week_start")
            self.assertEqual((order.date_start, order.date_due), (min(weeks), max(weeks) + timedelta(days=4)))
            costs = sum(order.plan_line_ids.mapped("cost_making")) + sum(order.plan_line_ids.mapped("cost_setup"))
            self.assertAlmostEqual(order.price_unit, costs / order.quantity, delta=0.006)
            self.assertTrue(order.bom_id.requirement_ids)

    def test_offering_twice_makes_nothing_new(self):
        plan = self.make_plan()
        plan.action_solve()
        plan.action_offer()
        before = self.env["wcm.work.order"].search_count([])
        plan.action_offer()
        self.assertEqual(self.env["wcm.work.order"].search_count([]), before)

    def test_a_second_plan_of_the_same_demand_cannot_be_offered(self):
        first, second = self.make_plan(), self.make_plan()
        first.action_solve()
        second.action_solve()
        first.action_offer()
        with self.assertRaisesRegex(UserError, "still open and not on offer"):
            second.action_offer()

    def test_a_declined_quantity_is_planned_again_and_accepted_work_stays(self):
        plan = self.make_plan()
        plan.action_solve()
        plan.action_offer()
        declined, *accepted = plan.line_ids.work_order_id.sudo()
        declined.state = "declined"
        for order in accepted:
            order.state = "accepted"
        again = plan.browse(plan.with_user(self.coordinator).action_replan()["res_id"]).with_user(self.coordinator)
        again.action_solve()
        self.assertEqual(again.placed_quantity + again.unplaced_quantity, declined.quantity)
