from odoo.exceptions import UserError

from .common import QualityCase


class TestArchived(QualityCase):
    """What is archived is not offered any more; what was made of it is checked all the same."""

    def find(self):
        self.env.invalidate_all()
        return self.env["wcm.control.plan"]._find_for(self.block, "final")

    def test_a_component_that_is_archived_keeps_its_plan(self):
        plan = self.make_control_plan()
        self.block.active = False
        self.assertEqual(self.find(), plan)
        self.block.active, self.block.product_tmpl_id.active = True, False
        self.assertEqual(self.find(), plan)

    def test_a_block_of_an_archived_component_is_checked_and_held(self):
        self.make_control_plan()
        part = self.new_part("KNO-1")
        self.block.product_tmpl_id.active = False
        self.env.invalidate_all()
        part.write({"state": "made", "made_by_id": self.maker.id})
        self.assertEqual((len(part.inspection_ids), part.is_held), (1, True))
        with self.assertRaisesRegex(UserError, "cannot be packed"):
            part._check_may_move("pack")

    def test_a_component_whose_bill_of_materials_is_archived_keeps_the_plan_of_its_process(self):
        plan = self.make_control_plan(product_ids=False, process_ids=self.block.bom_ids.requirement_ids.process_id[-1:].ids)
        self.assertEqual(self.find(), plan)
        self.block.bom_ids.active = False
        self.assertEqual(self.find(), plan)

    def test_no_second_plan_is_approved_for_an_archived_component(self):
        self.make_control_plan()
        self.block.active = False
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "already approved"):
            self.make_control_plan()

    def test_a_part_of_an_maker_and_a_checker_who_left_stays_held(self):
        self.make_control_plan()
        part, _found = self.failed_part("KNO-1")
        self.colleague.active = False
        self.maker.active = False
        self.env.invalidate_all()
        self.assertTrue(part.is_held)
        with self.assertRaisesRegex(UserError, "cannot be packed.*a quality lead decides"):
            part._check_may_move("pack")
