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

    def test_a_plan_for_a_revision_goes_before_that_of_the_component(self):
        find = self.env["wcm.control.plan"]._find_for
        own = self.make_control_plan()
        second = self.make_control_plan(design_revision=" V2 ")
        self.assertEqual([find(self.block, "final", revision) for revision in ("v1", "v2", None)], [own, second, own])
        self.block.design_revision = "V2"
        self.assertEqual(find(self.block, "final"), second)
        with self.assertRaisesRegex(UserError, "already approved"):
            self.make_control_plan(design_revision="v2")
        with self.assertRaisesRegex(ValidationError, "belongs to a component"):
            self.make_control_plan(product_ids=False, categ_id=self.category.id, design_revision="v2")

    def test_a_plan_of_a_process_goes_after_the_component_and_before_its_category(self):
        find = self.env["wcm.control.plan"]._find_for
        of_category = self.make_control_plan(product_ids=False, categ_id=self.category.id)
        cut, glue = self.block.bom_ids.requirement_ids.process_id[:1], self.env["wcm.process"].create({"name": "Gluing", "code": "t_gluing"})
        bom = self.block.bom_ids[:1]
        bom.requirement_ids.unlink()
        bom.requirement_ids = [Command.create({"process_id": process.id, "sequence": number, "minutes_per_unit": 5}) for number, process in enumerate(cut | glue)]
        of_cut = self.make_control_plan(product_ids=False, process_ids=cut.ids)
        self.assertEqual(find(self.block, "final"), of_cut)
        of_glue = self.make_control_plan(product_ids=False, process_ids=glue.ids)
        self.assertEqual(find(self.block, "final"), of_cut | of_glue, "Checked as what is cut and as what is glued.")
        self.beam.product_tmpl_id.bom_ids.requirement_ids.unlink()
        self.beam.categ_id = self.category
        self.assertEqual(find(self.beam, "final"), of_category)
        own = self.make_control_plan()
        self.assertEqual(find(self.block, "final"), own)
        with self.assertRaisesRegex(UserError, "already approved"):
            self.make_control_plan(product_ids=False, process_ids=(cut | glue).ids)

    def test_a_block_is_checked_by_the_plan_of_its_own_revision(self):
        first, second = (self.make_control_plan(design_revision=revision) for revision in ("v1", "v2"))
        parts = self.new_part("KNO-1") | self.new_part("KNO-2")
        for part, revision in zip(parts, ("v1", "v2"), strict=True):
            part.design_revision = revision
        parts.write({"state": "made", "made_by_id": self.maker.id})
        self.assertEqual(parts.inspection_ids.plan_id, first | second)
        self.assertEqual([part.inspection_ids.plan_id for part in parts], [first, second])

    def test_in_words_what_a_plan_is_for(self):
        plan = self.make_control_plan(approve=False, design_revision="v2", categ_id=self.category.id)
        self.assertEqual(plan.scope_words, f"{self.block.default_code} at v2; Blocks")
