from odoo import Command

from .common import QualityCase


class TestTwoProcesses(QualityCase):
    """A component that is cut and then glued is checked as what is cut and as what is glued."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cut = cls.routing
        cls.glue = cls.env["wcm.process"].create({"name": "Gluing", "code": "t_gluing"})
        bom = cls.block.bom_ids[:1]
        bom.requirement_ids.unlink()
        bom.requirement_ids = [Command.create({"process_id": process.id, "sequence": number, "minutes_per_unit": 5}) for number, process in enumerate(cls.cut | cls.glue)]

    def make_process_plan(self, process, *checkpoints, **values):
        return self.make_control_plan(*checkpoints, name=process.name, product_ids=False, process_ids=process.ids, **values)

    def setUp(self):
        super().setUp()
        hold = {"point_type": "hold"}
        self.of_cut = self.make_process_plan(self.cut, {"name": "Size of the cut", "kind": "pass_fail", **hold})
        self.of_glue = self.make_process_plan(self.glue, {"name": "Glue line", "kind": "pass_fail"})

    def test_the_checks_of_both_are_asked_in_the_order_of_the_work(self):
        part = self.make_part("KNO-1")
        check = part.inspection_ids
        self.assertEqual(check.line_ids.mapped("name"), ["Size of the cut", "Glue line"])
        self.assertEqual((check.plan_name, check.is_hold_point), (f"{self.of_cut.display_name}; {self.of_glue.display_name}", True))

    def test_the_hold_point_of_the_earlier_process_holds(self):
        part = self.make_part("KNO-1")
        self.assertTrue(part.is_held)
        part.inspection_ids.with_user(self.colleague).line_ids.passed_by_hand = "pass"
        part.inspection_ids.with_user(self.colleague).action_close()
        self.assertEqual((part.is_held, part.quality_state), (False, "passed"))

    def test_a_plan_of_the_component_stands_alone(self):
        own = self.make_control_plan()
        self.assertEqual(self.make_part("KNO-1").inspection_ids.plan_id, own)

    def test_one_plan_for_both_is_asked_once(self):
        for plan in (self.of_cut, self.of_glue):
            plan.with_user(self.lead).action_retire("One for both")
        both = self.make_control_plan({"name": "All of it", "kind": "pass_fail"}, product_ids=False, process_ids=(self.cut | self.glue).ids)
        check = self.make_part("KNO-1").inspection_ids
        self.assertEqual((check.plan_id, check.line_ids.mapped("name")), (both, ["All of it"]))

    def test_where_the_two_sample_differently_every_block_is_checked(self):
        for plan in (self.of_cut, self.of_glue):
            plan.with_user(self.lead).action_retire("Samples")
        self.make_process_plan(self.cut, {"name": "Size of the cut", "kind": "pass_fail"}, sampling="nth", sampling_every=1000)
        self.make_process_plan(self.glue, {"name": "Glue line", "kind": "pass_fail"})
        parts = self.make_part("KNO-1") | self.make_part("KNO-2")
        self.assertEqual([len(part.inspection_ids.line_ids) for part in parts], [2, 2])

    def test_a_correction_and_a_recheck_ask_for_both_again(self):
        part = self.make_part("KNO-1")
        check = part.inspection_ids.with_user(self.colleague)
        check.line_ids.write({"passed_by_hand": "fail"})
        check.action_close()
        found = part.nonconformity_ids
        found.with_user(self.second_lead).action_decide("rework", "Again")
        found.with_user(self.maker).action_rework_done("Done")
        again = part.inspection_ids.filtered(lambda one: one.state == "open")
        self.assertEqual((again.line_ids.mapped("name"), again.rework_nonconformity_id), (["Size of the cut", "Glue line"], found))

    def test_the_shop_floor_takes_both_along(self):
        part = self.new_part("KNO-1")
        self.assertEqual([point["name"] for point in part.work_order_id._bench_plan()["points"]], ["Size of the cut", "Glue line"])
        self.assertTrue(part.work_order_id._bench_plan()["hold"])

    def test_each_process_has_its_own_chart(self):
        for plan in (self.of_cut, self.of_glue):
            plan.with_user(self.lead).action_retire("To be measured")
        measured = {"name": "Thickness", "kind": "measurement", "nominal": 18, "tolerance_minus": 1, "tolerance_plus": 1}
        plans = [self.make_process_plan(process, measured) for process in (self.cut, self.glue)]
        check = self.make_part("KNO-1").inspection_ids.with_user(self.colleague)
        for line, reading in zip(check.line_ids, ("17.5", "18.5"), strict=True):
            line.reading = reading
        check.action_close()
        charts = self.env["wcm.quality.chart"].with_user(self.lead)
        question = [charts._question({"plan": plan.id, "checkpoint": "Thickness"}) for plan in plans]
        found = [[row["value"] for row in charts._readings(each, charts._targets(each)[0])] for each in question]
        self.assertEqual(found, [[17.5], [18.5]])
        self.assertEqual({row["plan"] for row in charts._characteristics()}, {plan.id for plan in plans})

    def test_the_offer_names_both(self):
        [words] = [words for words in self.order._checks_required() if "Glue" in words]
        self.assertIn("Size of the cut (hold point)", words)
