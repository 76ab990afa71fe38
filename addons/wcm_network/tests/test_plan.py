import base64
import json
from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from ..planning import Problem, Result, check
from .common import BRISTOL, NetworkCase


@tagged("post_install", "-at_install")
class TestPlan(NetworkCase):
    def test_everything_is_placed_within_the_proven_gap(self):
        plan = self.make_plan().with_user(self.coordinator)
        plan.action_solve()
        self.assertEqual((plan.state, plan.placed_quantity, plan.unplaced_quantity), ("solved", 12, 0))
        self.assertLessEqual(plan.gap, 0.01)
        self.assertLessEqual(plan.bound, plan.cost)
        self.assertAlmostEqual(plan.cost, sum(plan.line_ids.mapped("cost")), 2)
        self.assertTrue(all(plan.line_ids.mapped("reason")))

    def test_the_cost_is_minutes_at_the_members_rate_and_the_way_to_the_site(self):
        self.birch.action_suspend("Only Alder here")
        plan = self.make_plan(self.make_build("One block", {self.block: 1}), transport_cost_per_km=1)
        plan.action_solve()
        line = plan.line_ids
        self.assertEqual(line.membership_id, self.alder)
        self.assertAlmostEqual(line.cost_making, 40 / 60 * 40 + 45 / 60 * 24, 2)
        self.assertAlmostEqual(line.cost_setup, 15 / 60 * 40)
        self.assertAlmostEqual(line.cost_transport, 0, 2)
        self.assertAlmostEqual(line.hours, 85 / 60, 2)

    def test_far_transport_and_its_carbon_are_counted(self):
        self.alder.action_suspend("Only Birch here")
        plan = self.make_plan(transport_cost_per_km=0.1, carbon_price=0.2)
        plan.action_solve()
        km = self.birch.facility_id._distance_km(BRISTOL["latitude"], BRISTOL["longitude"])
        self.assertAlmostEqual(plan.distance_km, 12 * km, delta=1)
        self.assertAlmostEqual(plan.kgco2e, 12 * km * plan._kgco2e_per_block_km(), delta=0.1)
        self.assertAlmostEqual(sum(plan.line_ids.mapped("cost_transport")), 12 * km * (0.1 + plan._kgco2e_per_block_km() * 0.2), delta=0.1)

    def test_everything_is_made_in_a_whole_week_before_it_is_needed(self):
        self.block_line.date_required = self.monday + timedelta(weeks=2, days=3)
        plan = self.make_plan()
        plan.action_solve()
        lines = plan.line_ids.filtered(lambda line: line.build_line_id == self.block_line)
        self.assertLessEqual(max(lines.mapped("week_start")), self.monday + timedelta(weeks=1))

    def test_what_is_needed_before_a_week_is_over_is_named(self):
        self.block_line.date_required = self.monday + timedelta(days=3)
        plan = self.make_plan()
        plan.action_solve()
        self.assertEqual((plan.placed_quantity, plan.unplaced_quantity), (4, 8))
        self.assertIn("before the first week", plan.unplaced_ids.reason)

    def test_the_community_share_moves_work(self):
        self.alder.facility_id.capability_ids.cost_per_hour = 90
        cheapest, fair = self.make_plan(), self.make_plan(min_community_share=0.6)
        cheapest.action_solve()
        fair.action_solve()
        self.assertEqual(cheapest.community_share, 0)
        self.assertGreaterEqual(round(fair.community_share, 4), 0.6)
        self.assertGreater(fair.cost, cheapest.cost)

    def test_nobody_gets_more_hours_than_it_offers(self):
        self.env["wcm.capability"].search([("facility_id", "=", self.birch.facility_id.id)]).share_offered = 0.03
        self.alder.facility_id.capability_ids.share_offered = 0.03  # 1.2 hours a week: one block
        plan = self.make_plan()
        plan.action_solve()
        self.assertTrue(plan.unplaced_quantity)
        self.assertIn("no hours left in weeks 1 to 6", plan.unplaced_ids[0].reason)
        weekly = plan.line_ids.grouped(lambda line: (line.membership_id, line.week_start))
        self.assertEqual({sum(lines.mapped("quantity")) for lines in weekly.values()}, {1})

    def test_a_network_without_capacity_places_nothing_and_says_why(self):
        self.env["wcm.capability"].search([]).share_offered = 0
        plan = self.make_plan()
        plan.action_solve()
        self.assertEqual((plan.placed_quantity, plan.unplaced_quantity, plan.cost), (0, 12, 0))
        self.assertIn("no hours left", plan.unplaced_ids[0].reason)

    def test_reasons_why_a_member_is_not_asked_are_in_words(self):
        (self.alder | self.birch).facility_id.capability_ids.filtered(
            lambda row: row.process_id == self.routing
        ).write({"envelope_x_mm": 1300, "envelope_y_mm": 900})
        plan = self.make_plan()
        plan.action_solve()
        self.assertIn(
            "Alder Works, Birch Joinery: envelope too small: CNC routing takes 1300 × 900 × 100 mm, "
            "the component needs 1220 × 2440 × 18 mm",
            plan.unplaced_ids[0].reason,
        )

    def test_a_sheet_may_be_turned_on_the_bed(self):
        requirement = self.block_bom.requirement_ids[0]
        bed = self.alder.facility_id.capability_ids.filtered(lambda row: row.process_id == self.routing)
        bed.write({"envelope_x_mm": 1300, "envelope_y_mm": 2500})
        self.assertEqual(requirement._misfit(bed), "")
        bed.envelope_y_mm = 2400
        self.assertIn("envelope too small", requirement._misfit(bed))
        bed.write({"envelope_y_mm": 2500, "tolerance_mm": 0.8})
        self.assertIn("holds ± 0.8 mm", requirement._misfit(bed))
        self.assertIn("does not offer", requirement._misfit(bed.browse()))

    def test_without_current_terms_nobody_is_asked(self):
        self.make_terms("2").action_approve()
        self.birch.with_user(self.birch_user).action_accept_terms()
        plan = self.make_plan()
        plan.action_solve()
        self.assertEqual(plan.line_ids.membership_id, self.birch)

    def test_probation_caps_the_hours_of_a_week(self):
        self.birch.action_suspend("Only Alder here")
        self.alder.sudo().state = "probation"
        plan = self.make_plan(self.make_build("Few", {self.block: 3}, weeks=2), probation_hours=1)
        plan.action_solve()
        self.assertEqual((plan.placed_quantity, plan.unplaced_quantity), (2, 1))

    def test_the_networks_own_limit_counts_what_the_member_has_already(self):
        self.birch.action_suspend("Only Alder here")
        self.alder.sudo().state = "probation"
        self.env["ir.config_parameter"].set_param("wcm_network.probation_hours_per_week", "2")
        first = self.make_plan(self.make_build("Few", {self.block: 3}, weeks=2))
        first.action_solve()
        placed = first.placed_quantity
        self.make_order(self.alder, self.make_build("Other", {self.block: 9}).line_ids, 2, "accepted", date_due=self.monday + timedelta(weeks=1, days=4))
        self.env.flush_all()
        again = self.make_plan(self.make_build("Few more", {self.block: 3}, weeks=2))
        again.action_solve()
        self.assertLess(again.placed_quantity, placed)

    def test_a_member_on_probation_gets_its_share_of_a_home_and_no_more(self):
        self.alder.sudo().state = "probation"
        self.env["ir.config_parameter"].set_param("wcm_network.probation_share", "0.25")
        plan = self.make_plan()
        plan.action_solve()
        mine = plan.line_ids.filtered(lambda line: line.membership_id == self.alder)
        self.assertLessEqual(sum(mine.filtered(lambda line: line.product_id == self.block).mapped("quantity")), 2)
        self.assertEqual(plan.unplaced_quantity, 0, "Birch makes the rest")
        plan.action_offer()
        self.assertLessEqual(self.alder._blocks_of(self.block_line).get((self.alder, self.block_line), 0), 2)
        full = self.make_plan(self.build)
        self.make_order(self.alder, self.block_line, 2, "accepted")
        self.assertEqual(self.alder._probation_most(self.block_line)[self.alder, self.block], 0, full.name)

    def test_orders_that_a_member_has_leave_it_fewer_hours(self):
        self.birch.action_suspend("Only Alder here")
        self.alder.facility_id.capability_ids.share_offered = 0.2  # 8 hours a week
        other = self.make_build("Other", {self.block: 60})
        self.make_order(self.alder, other.line_ids, 36, "accepted", date_due=self.monday + timedelta(weeks=2, days=4))
        self.env.flush_all()
        plan = self.make_plan(self.make_build("New", {self.block: 8}, weeks=3))
        plan.action_solve()
        self.assertEqual(plan.placed_quantity, 0)

    def test_locked_lines_stay_when_it_is_solved_again(self):
        plan = self.make_plan()
        plan.action_solve()
        line = plan.line_ids[0]
        line.with_user(self.coordinator).action_toggle_lock()
        kept = (line.build_line_id, line.membership_id, line.week_start, line.quantity)
        plan.min_community_share = 0.1
        plan.action_solve()
        locked = plan.line_ids.filtered("locked")
        self.assertEqual(
            kept, (locked.build_line_id, locked.membership_id, locked.week_start, locked.quantity)
        )

    def test_a_lock_that_cannot_be_kept_is_named(self):
        plan = self.make_plan()
        plan.action_solve()
        line = plan.line_ids[0]
        line.locked = True
        line.membership_id.action_suspend("Router burnt")
        words = f"Locked for {line.build_line_id.display_name} with {line.membership_id.name} in week 1: the member cannot make"
        with self.assertRaisesRegex(UserError, words):
            plan.action_solve()

    def test_solving_twice_gives_the_same_plan_once(self):
        plan = self.make_plan()
        plan.action_solve()
        before = plan.cost, plan.placed_quantity
        plan.action_solve()
        self.assertEqual((plan.cost, plan.placed_quantity), before)

    def test_what_is_placed_or_on_offer_is_not_planned_again(self):
        self.make_order(self.alder, self.block_line, 5, "accepted")
        self.make_order(self.birch, self.block_line, 2, "offered")
        plan = self.make_plan()
        plan.action_solve()
        self.assertEqual(plan.placed_quantity, 1 + 4)

    def test_a_plan_without_builds_lines_members_or_minutes_says_what_to_do(self):
        for plan, words in (
            (self.make_plan(self.env["wcm.build"].browse()), "Choose the builds"),
            (self.make_plan(self.make_build("Empty", {})), "Nothing is left to plan"),
            (self.make_plan(self.make_build("Sheets", {self.sheet: 3})), "how long these components take"),
        ):
            with self.assertRaisesRegex(UserError, words):
                plan.action_solve()
        self.env["wcm.membership"].search([]).sudo().write({"state": "ended"})
        with self.assertRaisesRegex(UserError, "no members yet"):
            self.make_plan().action_solve()

    def test_a_site_without_a_place_is_named(self):
        self.site.write({"latitude": 0, "longitude": 0})
        with self.assertRaisesRegex(UserError, "Test Meadow has no place on the map"):
            self.make_plan().action_solve()

    def test_a_week_starts_on_monday_and_not_in_the_past(self):
        with self.assertRaisesRegex(ValidationError, "not a Monday"):
            self.make_plan(start_date=self.monday + timedelta(days=1))
        with self.assertRaisesRegex(UserError, "has passed"):
            self.make_plan(start_date=self.monday - timedelta(weeks=3)).action_solve()

    def test_weeks_without_known_capacity_are_refused(self):
        with self.assertRaisesRegex(UserError, "Capacity is known up to"):
            self.make_plan(start_date=self.monday + timedelta(weeks=20), weeks=160).action_solve()

    def test_the_result_passes_the_planners_own_checker(self):
        plan = self.make_plan(min_community_share=0.5)
        plan.action_solve()
        question, answer = (json.loads(base64.b64decode(plan.sudo().run_ids[name])) for name in ("problem_file", "result_file"))
        check(Problem.from_json(question), Result.from_json(answer))

    def test_the_problem_costs_the_same_queries_for_more_components(self):
        few = self.queries_for(self.make_build("Few", {self.block: 2}))
        more = {self.make_block(number): 2 for number in range(10)}
        self.assertLessEqual(self.queries_for(self.make_build("More", more)), few + 4)

    def make_block(self, number):
        block = self.make_product(f"N-{number}", f"Block {number}", tracking="serial")
        self.make_bom(block, "subcontract", {self.sheet: 1}, minutes=(20, 20))
        return block

    def queries_for(self, build):
        plan = self.make_plan(build)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        plan._to_problem()
        return self.env.cr.sql_log_count - before

    def test_a_plan_is_typed_in_and_solved_on_its_form(self):
        form = Form(self.env["wcm.plan"].with_user(self.coordinator))
        form.name = "Typed"
        form.build_ids.add(self.build)
        plan = form.save()
        plan.action_solve()
        self.assertEqual(plan.placed_quantity, 12)

    def test_a_build_opens_a_new_plan_with_itself(self):
        context = self.build.action_plan()["context"]
        self.assertEqual(context["default_build_ids"], [Command.set(self.build.ids)])
