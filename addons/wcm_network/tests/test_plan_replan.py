from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import BRISTOL, MakingCase, NetworkCase


@tagged("post_install", "-at_install")
class TestPlanReplan(NetworkCase):
    """Alder and Birch have half of the home on offer each; Cedar could make everything too, at a higher price."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cedar = cls.make_member("Cedar Yard", cls.bristol, "charity", BRISTOL, rates=(80, 60))
        cls.plan = cls.make_plan(max_facility_share=0.6).with_user(cls.coordinator)
        cls.plan.action_solve()
        cls.plan.action_offer()
        cls.orders = cls.plan.line_ids.work_order_id.sudo()

    def of(self, member):
        return self.orders.filtered(lambda order: order.membership_id == member)

    def decline(self, member):
        self.of(member).with_user(member.user_ids).action_decline(reason="Router down")

    def replan(self, **values):
        again = self.plan.browse(self.plan.action_replan()["res_id"])
        again.write(values)
        again.action_solve()
        return again

    def cells(self, plan, member):
        lines = plan.line_ids.filtered(lambda line: line.membership_id == member)
        return sorted((line.build_line_id.id, line.week_start, line.quantity) for line in lines)

    def on_offer(self):
        return sum(self.build.line_ids.mapped("quantity_offered"))

    def test_two_members_share_the_work_to_begin_with(self):
        self.assertEqual(self.orders.membership_id, self.alder | self.birch)
        self.assertFalse(self.plan.change_count)

    def test_a_decline_is_told_and_only_its_part_moves(self):
        self.decline(self.birch)
        declined = sum(self.of(self.birch).mapped("quantity"))
        self.assertEqual(self.plan.change_count, len(self.of(self.birch)))
        self.assertIn("declined (Router down)", self.plan.changes)
        again = self.replan()
        self.assertEqual((again.origin_id, again.replan_reason), (self.plan, "declined"))
        self.assertAlmostEqual(again.move_cost, self.plan.cost_per_block / 4, 2)
        self.assertEqual(self.cells(again, self.alder), self.cells(self.plan, self.alder))
        self.assertFalse(self.cells(again, self.birch))
        self.assertEqual(again.placed_quantity + again.unplaced_quantity, 12)
        moves = again._moves()
        self.assertEqual(moves["moved"], declined)
        self.assertNotIn(self.alder.name, moves["members"])
        self.assertIn("declined (Router down)", again.moves)

    def test_offers_that_stay_are_not_sent_again_and_nothing_is_on_offer_twice(self):
        self.decline(self.birch)
        staying = self.of(self.alder)
        before = staying.read(["quantity", "price_unit", "date_start", "date_due", "offer_expires_on", "state"])
        again = self.replan()
        again.action_offer()
        self.assertEqual(staying.read(["quantity", "price_unit", "date_start", "date_due", "offer_expires_on", "state"]), before)
        self.assertLessEqual(staying, again.line_ids.work_order_id.sudo())
        self.assertEqual(set(self.of(self.birch).mapped("state")), {"declined"})
        self.assertEqual(self.on_offer(), again.placed_quantity)
        self.assertEqual(self.plan.replaced_by_id, again)
        self.assertFalse(self.plan.change_count)

    def test_what_changes_for_a_member_is_called_off_and_offered_anew(self):
        self.decline(self.birch)
        again = self.replan()
        line = again.line_ids.filtered(lambda line: line.membership_id == self.alder)[0].sudo()
        order = self.of(self.alder).filtered(lambda order: order.build_line_id == line.build_line_id)
        (again.line_ids - line).sudo().unlink()
        line.write({"quantity": 1})
        again.action_offer()
        self.assertEqual(set(self.of(self.alder).mapped("state")), {"cancelled"})
        self.assertIn("a new offer takes the place", order.decline_reason)
        self.assertEqual((line.work_order_id.state, line.work_order_id.quantity), ("offered", 1))
        with self.assertRaises(UserError):
            order.with_user(self.alder_user).action_accept()
        self.assertEqual(self.on_offer(), 1)

    def test_an_answer_after_solving_makes_it_solve_again(self):
        self.decline(self.birch)
        again = self.replan()
        order = self.of(self.alder)[0]
        order.with_user(self.alder_user).action_accept()
        with self.assertRaisesRegex(UserError, "still open|since this plan was solved"):
            again.action_offer()
        again.action_solve()
        again.action_offer()
        self.assertEqual(order.state, "accepted")
        self.assertEqual(self.on_offer(), again.placed_quantity)
        self.assertEqual(again.placed_quantity + again.unplaced_quantity, 12 - order.quantity)

    def test_who_declined_is_asked_again_only_when_that_is_wanted(self):
        self.cedar.sudo().action_suspend("Only two here")
        self.decline(self.birch)
        again = self.replan(max_facility_share=1)
        self.assertEqual(again.line_ids.membership_id, self.alder)
        again.write({"ask_again": True, "max_facility_share": 0.6})
        again.action_solve()
        self.assertIn(self.birch, again.line_ids.membership_id)

    def test_the_agreed_work_of_a_lost_member_is_planned_again_and_called_off(self):
        order = self.of(self.birch)[0]
        order.with_user(self.birch_user).action_accept()
        self.birch.sudo().action_suspend("Workshop burnt down")
        self.assertIn("is suspended", self.plan.changes)
        again = self.replan()
        self.assertEqual(again.replan_reason, "member_lost")
        self.assertNotIn(self.birch, again.line_ids.membership_id)
        self.assertEqual(again.placed_quantity + again.unplaced_quantity, 12)
        again.action_offer()
        self.assertEqual(set(self.of(self.birch).mapped("state")), {"cancelled"})
        self.assertEqual(self.on_offer(), again.placed_quantity)

    def test_a_date_that_moved_moves_what_would_be_late(self):
        self.block_line.date_required = self.monday + timedelta(weeks=1)
        self.assertIn("instead of", self.plan.changes)
        again = self.replan()
        self.assertEqual(again.replan_reason, "date_moved")
        beams = {(line.membership_id, line.week_start) for line in again.line_ids if line.build_line_id == self.beam_line}
        stood = {(line.membership_id, line.week_start) for line in self.plan.line_ids if line.build_line_id == self.beam_line}
        self.assertLessEqual(stood, beams)
        blocks = again.line_ids.filtered(lambda line: line.build_line_id == self.block_line)
        self.assertEqual(set(blocks.mapped("week_start")), {self.monday})

    def test_what_staying_costs_is_told_when_it_was_worked_out(self):
        self.decline(self.birch)
        again = self.replan()
        self.assertFalse(again.free_plan_id)
        free = again.browse(again.action_plan_freely()["res_id"])
        again.invalidate_recordset(["free_plan_id", "moves"])
        self.assertEqual((again.free_plan_id, free.move_cost), (free, 0))
        self.assertIn("Leaving offers in place costs", again.moves)

    def test_a_plan_over_two_regions_tells_each_coordinator_of_the_own_builds_only(self):
        site = self.site.copy({"name": "Cumbria Fell", "code": "CF", "region_id": self.cumbria.id})
        away = self.make_build("Fell home", {self.beam: 2})
        away.site_id = site
        plan = self.make_plan(self.build | away, max_facility_share=0.6)
        self.orders.action_cancel("Both homes at once")
        plan._solve_now()
        plan.action_offer()
        for order in plan.line_ids.work_order_id.filtered(lambda order: order.build_id == away):
            order.with_user(order.membership_id.user_ids).action_decline(reason="Roof leaks")
        again = plan.browse(plan.action_replan()["res_id"])
        again._solve_now()
        for user, is_told in ((self.coordinator, False), (self.other_coordinator, True), (self.manager, True)):
            self.env.invalidate_all()
            seen = [plan.with_user(user).changes or "", again.with_user(user).moves or ""]
            self.assertEqual(["Fell home" in text for text in seen], [is_told] * 2, user.name)
            self.assertEqual(["Roof leaks" in text for text in seen], [is_told] * 2, user.name)

    def test_what_moves_is_told_also_when_a_component_is_there_no_more(self):
        self.decline(self.birch)
        again = self.replan()
        gone = {"demand": 10**8, "member": self.birch.id, "week": "2026-01-05", "quantity": 1, "order": 10**8, "kind": "declined"}
        again.sudo().before = {**again.before, "lines": [*again.before["lines"], gone]}
        self.assertIn("stay where they were", again.moves)

    def test_what_moves_takes_no_query_a_line(self):
        homes = self.env["wcm.build"].union(*(self.make_build(f"Home {number}", {self.block: 1, self.beam: 1}) for number in range(6)))
        few, many = (self.queries_of_moves(builds) for builds in (homes[:1], homes[1:]))
        self.assertLessEqual(many, few + 2)

    def queries_of_moves(self, builds):
        plan = self.make_plan(builds)
        plan._solve_now()
        plan.action_offer()
        for order in plan.line_ids.work_order_id:
            order.action_decline(reason="No time")
        again = plan.browse(plan.action_replan()["res_id"])
        again._solve_now()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.assertIn("No time", again.moves)
        return self.env.cr.sql_log_count - before

    def test_no_answer_late_start_and_other_terms_are_told(self):
        first, *rest = self.orders
        first.state = "expired"
        self.assertIn("did not answer", self.plan.changes)
        rest[0].write({"state": "countered", "counter_reason": "Too soon"})
        self.assertIn("asks for other terms (Too soon)", self.plan.changes)
        order = rest[-1]
        order.write({"state": "accepted", "date_start": fields.Date.today() - timedelta(days=8)})
        self.assertEqual(order._disturbance()[0], "late")

    def test_a_plan_is_planned_again_once(self):
        self.decline(self.birch)
        first, second = self.replan(), self.replan()
        first.action_offer()
        with self.assertRaisesRegex(UserError, "planned again already"):
            second.action_offer()
        with self.assertRaisesRegex(UserError, "planned again already"):
            self.plan.action_replan()

    def test_a_plan_that_was_not_offered_is_solved_again_instead(self):
        with self.assertRaisesRegex(UserError, "has not been offered"):
            self.make_plan().action_replan()

    def test_members_and_other_regions_can_neither_replan_nor_see_what_moves(self):
        self.decline(self.birch)
        again = self.replan()
        for user in (self.alder_user, self.birch_user, self.other_coordinator):
            for plan, action in ((self.plan, "action_replan"), (again, "action_plan_freely")):
                with self.assertRaises(AccessError):
                    getattr(plan.with_user(user), action)()
            with self.assertRaises(AccessError):
                again.with_user(user).read(["moves", "before", "changes"])
        with self.assertRaises(AccessError):
            again.write({"before": {}})


@tagged("post_install", "-at_install")
class TestReplanAfterScrap(MakingCase):
    def test_scrapped_blocks_that_others_make_are_planned_again(self):
        plan = self.make_plan().with_user(self.coordinator)
        plan.action_solve()
        plan.action_offer()
        orders = plan.line_ids.work_order_id.sudo()
        orders.action_accept()
        order = orders.filtered(lambda order: order.quantity > 1)[0]
        order.action_release()
        order.part_ids[0].state = "scrapped"
        self.assertIn("1 scrapped", plan.changes)
        order.with_user(self.coordinator).action_release_scrapped()
        self.assertIn("1 not placed yet", plan.browse(plan.id).changes)
        again = plan.browse(plan.action_replan()["res_id"])
        again.action_solve()
        self.assertEqual((again.replan_reason, again.placed_quantity), ("failed", 1))
        again.action_offer()
        self.assertEqual((order.build_line_id.quantity_to_plan, order.build_line_id.quantity_offered), (0, 1))
