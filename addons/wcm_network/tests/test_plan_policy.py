from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import NetworkCase


@tagged("post_install", "-at_install")
class TestPlanPolicy(NetworkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls.env["wcm.plan.policy"].create({
            "name": "Community first", "min_community_share": 0.6, "max_facility_share": 0.8,
            "max_facilities_per_demand": 2, "transport_cost_per_km": 0.1, "carbon_price": 0.25, "probation_hours": 8,
        })

    def test_choosing_a_set_copies_its_figures_into_the_plan(self):
        with Form(self.make_plan().with_user(self.coordinator)) as form:
            form.policy_id = self.policy
            self.assertEqual((form.min_community_share, form.carbon_price, form.probation_hours), (0.6, 0.25, 8))
            form.carbon_price = 0.5
            self.assertIn("Carbon price (per kgCO2e): £0.50 (in the set £0.25)".replace("£", ""), form.policy_difference.replace("£", "").replace("$", "").replace("\xa0", ""))
        self.assertEqual(form.record.carbon_price, 0.5)

    def test_a_plan_made_or_changed_by_a_script_takes_them_too(self):
        plan = self.make_plan(policy_id=self.policy.id, max_facility_share=0.5).with_user(self.coordinator)
        self.assertEqual((plan.min_community_share, plan.max_facility_share, plan.max_facilities_per_demand), (0.6, 0.5, 2))
        plain = self.make_plan().with_user(self.coordinator)
        plain.policy_id = self.policy
        self.assertEqual(plain._rule_values(), self.policy._rule_values())
        self.assertFalse(plain.policy_difference)

    def test_a_set_that_changes_later_changes_no_plan_and_the_plan_says_so(self):
        plan = self.make_plan(policy_id=self.policy.id)
        self.policy.with_user(self.manager).min_community_share = 0.7
        self.assertEqual(plan.min_community_share, 0.6)
        self.assertEqual(plan.policy_difference, "At least with community organisations: 60 % (in the set 70 %)")

    def test_a_copy_of_a_plan_keeps_what_was_changed(self):
        plan = self.make_plan(policy_id=self.policy.id, max_facility_share=0.5)
        self.assertEqual(plan.copy()._rule_values(), plan._rule_values())

    def test_the_rules_of_a_plan_become_a_set_of_the_managers(self):
        plan = self.make_plan(min_community_share=0.4)
        with self.assertRaises(AccessError):
            plan.with_user(self.coordinator).action_save_as_policy()
        plan.with_user(self.manager).action_save_as_policy()
        self.assertEqual(plan.policy_id.min_community_share, 0.4)
        self.assertFalse(plan.policy_difference)

    def test_coordinators_read_sets_managers_write_them_members_see_none(self):
        with self.assertRaises(AccessError):
            self.policy.with_user(self.coordinator).carbon_price = 0
        self.assertTrue(self.policy.with_user(self.coordinator).name)
        with self.assertRaises(AccessError):
            self.policy.with_user(self.alder_user).read(["name"])

    def test_a_set_refuses_shares_above_the_whole_and_a_name_twice(self):
        for values in ({"max_facility_share": 1.2}, {"carbon_price": -1}):
            with self.subTest(values), self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.policy.write(values)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env["wcm.plan.policy"].create({"name": "Community first"})

    def test_prices_in_another_currency_are_refused(self):
        euro = self.env.ref("base.EUR") if self.company.currency_id != self.env.ref("base.EUR") else self.env.ref("base.USD")
        other = self.env["wcm.plan.policy"].create({"name": "Elsewhere", "currency_id": euro.id})
        with self.assertRaises(ValidationError):
            self.make_plan(policy_id=other.id)

    def test_a_plan_that_is_being_solved_takes_no_other_set(self):
        plan = self.make_plan().with_user(self.coordinator)
        self.env["wcm.plan.run"].create({"plan_id": plan.id, "user_id": self.coordinator.id})
        with self.assertRaisesRegex(Exception, "is being solved"):
            plan.policy_id = self.policy

    def test_shares_that_add_up_to_less_than_a_plan_leave_it_empty_and_the_plan_says_why(self):
        plan = self.make_plan(max_facility_share=0.4).with_user(self.coordinator)
        plan.action_solve()
        self.assertFalse(plan.line_ids)
        self.assertIn(
            "Nothing can be placed at all, because only 2 members can make any of this, and their largest shares add up to 80 % of a plan; "
            "allow each at least 50 %, or find more members", plan.unplaced_ids[0].reason,
        )
