from psycopg2 import IntegrityError

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NetworkCase
from .test_plan_solving import PlanSolvingCase


@tagged("post_install", "-at_install")
class TestPlanEffect(NetworkCase):
    """Alder, a community business in Bristol, is the cheaper of the two for the site there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.make_plan(max_facility_share=0.6, carbon_price=0.1, target_gap=0).with_user(cls.coordinator)
        cls.plan._solve_now()
        cls.plan.action_effects()
        cls.effects = {plan.effect_rule: plan for plan in cls.plan.effect_ids}

    def test_each_rule_of_the_question_is_left_out_once(self):
        self.assertEqual(self.effects.keys(), {"max_facility_share", "max_facilities_per_demand", "carbon_price"})
        self.plan.action_effects()
        self.assertEqual(len(self.plan.effect_ids), 3)

    def test_two_who_ask_at_once_get_each_rule_once(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.plan._create_effect(self.plan._problem_for_effects(), "carbon_price")

    def test_what_was_cancelled_says_so_and_is_worked_out_again(self):
        self.effects["carbon_price"].action_cancel()
        self.assertIn("Cancelled", self.effects["carbon_price"].effect_words)
        self.plan.action_effects()
        [effect] = self.plan.effect_ids.filtered(lambda plan: plan.effect_rule == "carbon_price")
        self.assertEqual(effect.state, "solved")

    def test_a_limit_that_sends_work_far_away_costs_what_the_two_plans_differ(self):
        effect = self.effects["max_facility_share"]
        self.assertGreater(effect.effect_difference, 1)
        self.assertAlmostEqual(effect.effect_difference, self.plan.cost - effect.cost, 2)
        self.assertLessEqual(effect.effect_least, effect.effect_difference + 0.01)
        self.assertGreaterEqual(effect.effect_most, effect.effect_difference - 0.01)
        self.assertIn("It costs between", effect.effect_words)

    def test_a_rule_that_changes_nothing_is_not_said_to_cost_something(self):
        effect = self.effects["max_facilities_per_demand"]
        self.assertEqual(effect.effect_least, 0)
        self.assertRegex(effect.effect_words, "may cost nothing|costs nothing")

    def test_the_price_of_carbon_is_no_cost_of_itself(self):
        effect = self.effects["carbon_price"]
        self.assertLess(effect.effect_difference, self.plan.cost - effect.cost)
        self.assertIn("nobody pays", effect.effect_words)

    def test_the_question_is_the_one_that_was_kept_whatever_changed_since(self):
        self.alder.facility_id.status = "closed"
        effect = self.effects["max_facility_share"]
        effect.sudo(False).with_user(self.coordinator)._solve_now()
        self.assertIn(self.alder, effect.line_ids.membership_id)

    def test_such_a_plan_is_neither_changed_nor_offered_nor_listed(self):
        effect = self.effects["carbon_price"].with_user(self.coordinator)
        with self.assertRaisesRegex(UserError, "Duplicate it"):
            effect.carbon_price = 3
        with self.assertRaisesRegex(UserError, "Duplicate it"):
            effect.action_offer()
        self.assertFalse(effect.copy().effect_of_id)
        self.assertNotIn(effect, self.plan._alternatives())
        self.assertNotIn(effect.id, self.env["wcm.plan"].search([("effect_of_id", "=", False)]).ids)

    def test_solving_again_forgets_what_the_rules_cost(self):
        self.plan._solve_now()
        self.assertFalse(self.plan.effect_ids)

    def test_hours_on_probation_are_given_back_as_they_were(self):
        self.birch.sudo().state = "probation"
        plan = self.make_plan(max_facility_share=0.6, probation_hours=1).with_user(self.coordinator)
        plan._solve_now()
        plan.action_effects()
        effect = plan.effect_ids.filtered(lambda plan: plan.effect_rule == "probation_hours")
        self.assertEqual(effect.state, "solved")
        self.assertGreaterEqual(effect.placed_quantity, plan.placed_quantity)
        effect.unlink()
        self.birch.facility_id.capability_ids.share_offered = 0.01
        plan.action_effects()
        effect = plan.effect_ids.filtered(lambda plan: plan.effect_rule == "probation_hours")
        self.assertIn("have changed since", effect.effect_words)

    def test_a_plan_that_is_not_solved_or_has_no_rules_says_so(self):
        with self.assertRaisesRegex(UserError, "Solve it first"):
            self.make_plan().action_effects()
        plain = self.make_plan(max_facilities_per_demand=0)
        plain._solve_now()
        with self.assertRaisesRegex(UserError, "without any rule"):
            plain.action_effects()

    def test_members_and_coordinators_elsewhere_are_refused_and_nobody_writes_what_is_proven(self):
        for user in (self.alder_user, self.other_coordinator):
            with self.assertRaises(AccessError):
                self.plan.with_user(user).action_effects()
        with self.assertRaises(AccessError):
            self.plan.write({"effect_ids": [Command.update(self.effects["carbon_price"].id, {"effect_least": 9})]})


@tagged("post_install", "-at_install")
class TestPlanEffectInBackground(PlanSolvingCase):
    def test_plans_without_a_rule_wait_for_the_scheduler_like_others(self):
        self.plan._solve_now()
        self.plan.action_effects()
        effect = self.plan.effect_ids
        self.assertEqual((effect.effect_rule, effect.effect_words), ("max_facilities_per_demand", "Being worked out."))
        self.assertEqual(self.plan.effects_under_way, 1)
        self.go_on()
        self.assertEqual(self.plan.effects_under_way, 0)
        self.assertEqual(effect.state, "solved")
