from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NetworkCase


@tagged("post_install", "-at_install")
class TestPlanAccess(NetworkCase):
    """Who may plan which builds, and what nobody types."""

    def test_a_coordinator_plans_over_members_of_other_regions_without_reading_them(self):
        self.alder.action_suspend("Only Birch here")
        plan = self.make_plan().with_user(self.coordinator)
        plan.action_solve()
        self.assertEqual(plan.line_ids.sudo().membership_id, self.birch)
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self.birch.facility_id.capability_ids.with_user(self.coordinator).read(["cost_per_hour"])

    def test_a_coordinator_plans_builds_of_its_own_regions_only(self):
        plan = self.make_plan()
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            plan.with_user(self.other_coordinator).action_solve()
        self.assertNotIn(plan, self.env["wcm.plan"].with_user(self.other_coordinator).search([]))

    def test_a_plan_cannot_be_used_to_reach_into_a_build_of_another_region(self):
        far = self.site.copy({"name": "Far", "code": "FAR", "region_id": self.cumbria.id})
        other = self.make_build("Far home", {self.block: 1})
        other.site_id = far
        plan = self.make_plan(self.build | other)
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            plan.with_user(self.coordinator).action_solve()

    def test_a_member_sees_no_plan(self):
        plan = self.make_plan()
        for model in ("wcm.plan", "wcm.plan.line", "wcm.plan.unplaced"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.alder_user).search([])
        with self.assertRaises(AccessError):
            plan.with_user(self.alder_user).action_solve()

    def test_figures_and_state_are_the_planners_not_typed(self):
        plan = self.make_plan().with_user(self.coordinator)
        for values in ({"state": "offered"}, {"cost": 1}, {"gap": 0}):
            with self.assertRaises(AccessError):
                plan.write(values)
