import psycopg2

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import mute_logger

from .common import QualityCase


class TestControlPlan(QualityCase):
    def setUp(self):
        super().setUp()
        self.category = self.env["product.category"].create({"name": "Blocks"})
        self.block.categ_id = self.category

    def test_only_a_quality_lead_approves(self):
        plan = self.make_control_plan(approve=False)
        for user in (self.coordinator, self.maker):
            with self.assertRaises(AccessError):
                plan.with_user(user).action_approve()
        plan.with_user(self.lead).action_approve()
        self.assertEqual((plan.state, plan.approved_by_id), ("approved", self.lead))

    def test_a_plan_that_checks_nothing_is_not_approved(self):
        plan = self.env["wcm.control.plan"].create({"name": "Empty", "product_ids": self.block.ids})
        with self.assertRaisesRegex(UserError, "no checkpoints"):
            plan.with_user(self.lead).action_approve()

    def test_a_plan_for_nothing_is_not_approved(self):
        plan = self.make_control_plan(approve=False, product_ids=False)
        with self.assertRaisesRegex(UserError, "for nothing yet"):
            plan.with_user(self.lead).action_approve()

    def test_a_measurement_without_tolerance_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "Thickness"):
            self.make_control_plan({"name": "Thickness", "kind": "measurement", "nominal": 18})

    @mute_logger("odoo.sql_db")
    def test_a_negative_tolerance_is_refused(self):
        with self.assertRaises(psycopg2.IntegrityError):
            self.make_control_plan({"name": "Thickness", "kind": "measurement", "nominal": 18, "tolerance_minus": -0.5, "tolerance_plus": 1})

    def test_the_state_is_not_written_by_hand(self):
        plan = self.make_control_plan(approve=False)
        with self.assertRaises(UserError):
            plan.with_user(self.lead).write({"state": "approved"})
        with self.assertRaises(UserError):
            self.env["wcm.control.plan"].with_user(self.lead).create({"name": "Sly", "state": "approved"})

    def test_an_approved_plan_does_not_change(self):
        plan = self.make_control_plan()
        changes = [
            lambda: plan.write({"name": "Other"}),
            lambda: plan.write({"checkpoint_ids": [Command.clear()]}),
            lambda: plan.checkpoint_ids[0].write({"tolerance_plus": 5}),
            lambda: plan.checkpoint_ids[0].unlink(),
            lambda: self.env["wcm.checkpoint"].create({"plan_id": plan.id, "name": "More"}),
            plan.unlink,
        ]
        for change in changes:
            with self.assertRaisesRegex(UserError, "does not change any more"):
                change()

    def test_a_checkpoint_is_not_moved_into_an_approved_plan(self):
        plan = self.make_control_plan()
        draft = self.make_control_plan(approve=False)
        with self.assertRaises(UserError):
            draft.checkpoint_ids[0].plan_id = plan

    def test_a_new_version_replaces_the_old_one_on_approval(self):
        plan = self.make_control_plan()
        version = self.env["wcm.control.plan"].browse(plan.with_user(self.lead).action_new_version()["res_id"])
        self.assertEqual((version.version, version.state, len(version.checkpoint_ids)), (2, "draft", 3))
        self.assertEqual(self.env["wcm.control.plan"]._find_for(self.block, "final"), plan)
        version.with_user(self.lead).action_approve()
        self.assertEqual((plan.state, version.state), ("superseded", "approved"))
        self.assertEqual(self.env["wcm.control.plan"]._find_for(self.block, "final"), version)

    def test_two_approved_plans_for_one_component_are_refused(self):
        self.make_control_plan()
        with self.assertRaisesRegex(UserError, "already approved"):
            self.make_control_plan()

    def test_a_component_has_its_own_plan_before_that_of_its_category(self):
        parent = self.make_control_plan(product_ids=False, categ_id=self.category.id)
        self.assertEqual(self.env["wcm.control.plan"]._find_for(self.block, "final"), parent)
        own = self.make_control_plan()
        self.assertEqual(self.env["wcm.control.plan"]._find_for(self.block, "final"), own)

    def test_a_plan_of_a_category_holds_for_the_categories_below(self):
        top = self.env["product.category"].create({"name": "All parts"})
        self.category.parent_id = top
        plan = self.make_control_plan(product_ids=False, categ_id=top.id)
        self.assertEqual(self.env["wcm.control.plan"]._find_for(self.block, "final"), plan)
        self.assertFalse(self.env["wcm.control.plan"]._find_for(self.block, "incoming"))
