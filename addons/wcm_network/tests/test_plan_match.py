from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import NetworkCase


@tagged("post_install", "-at_install")
class TestPlanMatch(NetworkCase):
    """Who may make a component: what it asks, what a member's kit, evidence and certificates say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.osb = cls.env.ref("wcm_mapping.material_osb3")
        cls.ply = cls.env.ref("wcm_mapping.material_spruce_plywood")
        cls.needs = cls.block_bom.requirement_ids[0]
        cls.router = cls.alder.facility_id.capability_ids.filtered(lambda row: row.process_id == cls.routing)

    def reason(self, member=None, product=None, **values):
        """Why the member has no option for the block; empty when it has one."""
        problem = self.make_plan(**values)._to_problem()
        pair = (str((member or self.alder).id), str((product or self.block).id))
        self.assertEqual(pair in problem.option, pair not in {(row.facility, row.item) for row in problem.excluded})
        return next((row.reason for row in problem.excluded if (row.facility, row.item) == pair), "")

    def make_machine(self, member=None, materials=(), **values):
        return self.env["maintenance.equipment"].create({
            "name": "Router", "facility_id": (member or self.alder).facility_id.id, "process_id": self.routing.id,
            "material_ids": [Command.set([material.id for material in materials])], **values,
        })

    def make_paper(self, kind="public_liability", until=None, since=None, **values):
        """Held by Alder; days count from the first Monday of the plan."""
        day = {name: self.monday + timedelta(days=days) for name, days in (("expires_on", until), ("issued_on", since)) if days is not None}
        return self.env["wcm.certificate"].create({"facility_id": self.alder.facility_id.id, "kind": kind, **day, **values})

    def ask_for(self, kind="public_liability", bom=None):
        return self.env["wcm.certificate.requirement"].create({"bom_id": bom and bom.id, "kind": kind})

    def test_a_material_that_the_kit_does_not_list_excludes_the_member(self):
        self.needs.material_id = self.osb
        self.assertEqual(self.reason(), "has not said which materials its CNC routing works")
        machine = self.make_machine(materials=[self.ply])
        self.assertEqual(self.reason(), "its CNC routing does not work OSB3 18 mm")
        machine.material_ids += self.osb
        self.assertEqual(self.reason(), "")
        self.assertEqual(self.reason(self.birch), "has not said which materials its CNC routing works")

    def test_what_a_component_asks_is_typed_on_its_bill_of_materials(self):
        with Form(self.block_bom.with_user(self.manager)) as form:
            with form.requirement_ids.edit(0) as process:
                process.material_id = self.osb
                process.evidence_level = "demonstrated"
            with form.certificate_requirement_ids.new() as paper:
                paper.kind = "iso_9001"
        self.assertFalse(form.record.subcontractor_ids)
        self.assertEqual(
            self.reason(),
            "has not said which materials its CNC routing works; evidence for CNC routing: declared, asked: demonstrated; "
            "no “ISO 9001”: none is recorded and accepted",
        )

    def test_kit_of_another_process_says_nothing_of_the_material(self):
        self.needs.material_id = self.osb
        self.make_machine(materials=[self.osb], process_id=self.assembly.id)
        self.assertIn("has not said which materials", self.reason())

    def test_a_material_that_is_too_thick_excludes_the_member(self):
        self.needs.material_id = self.osb
        self.make_machine(materials=[self.osb], thickness_max_mm=15)
        self.assertEqual(self.reason(), "its CNC routing works OSB3 18 mm up to 15 mm, the component needs 18 mm")
        self.make_machine(materials=[self.osb], thickness_max_mm=25)
        self.assertEqual(self.reason(), "")

    def test_evidence_asked_by_the_plan_or_by_the_component_counts_whichever_is_more(self):
        self.assertEqual(self.reason(min_evidence_level="audited"), "evidence for CNC routing: declared, asked: audited; evidence for Assembly: declared, asked: audited")
        self.alder.facility_id.capability_ids.evidence_level = "audited"
        self.assertEqual(self.reason(min_evidence_level="audited"), "")
        self.needs.evidence_level = "demonstrated"
        self.assertEqual(self.reason(min_evidence_level="audited"), "evidence for CNC routing: audited, asked: demonstrated")
        self.router.evidence_level = "demonstrated"
        self.assertEqual(self.reason(), "")

    def test_a_set_of_rules_holds_the_least_evidence(self):
        policy = self.env["wcm.plan.policy"].create({"name": "Seen", "min_evidence_level": "audited"})
        plan = self.make_plan(policy_id=policy.id)
        self.assertEqual(plan.min_evidence_level, "audited")
        plan.min_evidence_level = "declared"
        self.assertEqual(plan.policy_difference, "Evidence at least: Declared (in the set Audited)")

    def test_a_certificate_is_asked_of_the_makers_of_one_component_or_of_all(self):
        self.ask_for(bom=self.block_bom)
        self.assertEqual(self.reason(), "no “Public liability insurance”: none is recorded and accepted")
        self.assertEqual(self.reason(product=self.beam), "")
        self.ask_for()
        self.assertEqual(self.reason(product=self.beam), "no “Public liability insurance”: none is recorded and accepted")
        self.assertEqual(self.reason().count("Public liability"), 1)
        self.make_paper()
        self.assertEqual(self.reason(), "")

    def test_a_certificate_holds_through_the_last_week_in_which_the_component_can_be_made(self):
        """Needed on site six weeks after the first Monday: the last week ends the day before."""
        self.ask_for()
        paper = self.make_paper(until=6 * 7 - 1)
        self.assertEqual(self.reason(), "")
        paper.expires_on -= timedelta(days=1)
        self.assertRegex(self.reason(), r"no valid “Public liability insurance” in the weeks of making: expires on \d+ \w+ \d{4}")
        paper.write({"issued_on": False, "expires_on": self.monday - timedelta(days=30)})
        self.assertIn("expired on", self.reason())
        paper.write({"issued_on": self.monday + timedelta(days=1), "expires_on": False})
        self.assertIn("begins on", self.reason())

    def test_a_renewal_without_a_gap_holds_on(self):
        self.ask_for()
        self.make_paper(until=9)
        renewal = self.make_paper(since=10, until=400)
        self.assertEqual(self.reason(), "")
        renewal.issued_on += timedelta(days=1)
        self.assertIn("expires on", self.reason())

    def test_a_paper_without_end_holds_on_beside_others(self):
        self.ask_for()
        self.make_paper()
        self.make_paper(since=-30, until=3)
        self.make_paper(since=-10, expires_on=date.max)
        self.make_paper(issued_on=date.min, until=1)
        self.assertEqual(self.reason(), "")

    def test_papers_that_wait_or_were_archived_do_not_count(self):
        self.ask_for()
        self.make_paper(review="waiting")
        self.make_paper(active=False)
        self.make_paper(kind="training")
        self.assertIn("none is recorded and accepted", self.reason())

    def test_a_long_plan_counts_on_renewal_and_says_so(self):
        self.env["ir.config_parameter"].set_param("wcm_network.certificate_weeks", 2)
        self.ask_for()
        self.make_paper(until=2 * 7 - 1)
        self.router.share_offered = 0.04  # 1.6 hours a week: blocks in several weeks
        plan = self.make_plan(max_facilities_per_demand=0)
        plan.with_user(self.manager)._solve_now()
        last = max(plan.line_ids.filtered(lambda line: line.membership_id == self.alder).mapped("week_start"))
        self.assertGreater(last, self.monday + timedelta(weeks=1))
        self.assertRegex(plan.with_user(self.coordinator).renewals, "^Alder Works: “Public liability insurance” runs out on")
        self.env["wcm.certificate"].search([("facility_id", "=", self.alder.facility_id.id)]).expires_on = False
        plan.invalidate_recordset(["renewals"])
        self.assertFalse(plan.renewals)

    def test_who_may_make_it_is_asked_again_before_offers_go_out(self):
        self.ask_for()
        paper = self.make_paper()
        plan = self.make_plan().with_user(self.coordinator)
        plan._solve_now()
        paper.sudo().review = "refused"
        with self.assertRaisesRegex(UserError, "Solve it again.\nAlder Works, .*: no “Public liability insurance”: none is recorded"):
            plan.action_offer()
        self.assertFalse(plan.line_ids.work_order_id)
        paper.sudo().review = "accepted"
        plan.action_offer()
        self.assertEqual(plan.state, "offered")

    def test_every_reason_is_told_at_once_and_named_where_it_matters(self):
        self.ask_for(kind="iso_9001", bom=self.block_bom)
        self.needs.write({"evidence_level": "audited", "material_id": self.osb.id})
        plan = self.make_plan().with_user(self.manager)
        plan._solve_now()
        unplaced = plan.unplaced_ids.filtered(lambda row: row.product_id == self.block)
        words = (
            "has not said which materials its CNC routing works; evidence for CNC routing: declared, asked: audited; "
            "no “ISO 9001”: none is recorded and accepted"
        )
        self.assertEqual(unplaced.reason, f"Alder Works, Birch Joinery: {words}")
        action = unplaced.action_why_not()
        self.assertIn("No “ISO 9001”".lower(), self.env[action["res_model"]].browse(action["res_id"]).body.lower())

    def test_what_evidence_costs_is_told_from_the_question_that_was_kept(self):
        self.alder.facility_id.capability_ids.evidence_level = "audited"
        self.birch.facility_id.capability_ids.write({"cost_per_hour": 1})
        plan = self.make_plan(min_evidence_level="audited", target_gap=0, transport_cost_per_km=0).with_user(self.manager)
        plan._solve_now()
        plan.action_effects()
        effect = plan.effect_ids.filtered(lambda row: row.effect_rule == "min_evidence_level")
        self.assertGreater(effect.effect_difference, 1)
        self.assertIn(self.birch, effect.line_ids.membership_id)
        effect.unlink()
        self.router.evidence_level = "demonstrated"
        self.birch.facility_id.status = "closed"
        plan.action_effects()
        self.assertIn("members have changed since", plan.effect_ids.filtered(lambda row: row.effect_rule == "min_evidence_level").effect_words)

    def test_a_question_of_many_members_and_components_takes_as_many_queries_as_of_few(self):
        self.needs.material_id = self.osb
        self.ask_for()
        self.make_machine(materials=[self.osb])
        self.make_paper()
        few = self.queries(self.make_plan())
        products = {}
        for number in range(6):
            product = self.make_product(f"W-T-{number + 2}", f"Block {number}", tracking="serial")
            bom = self.make_bom(product, "subcontract", {self.sheet: 1}, minutes=(10, 10))
            bom.requirement_ids[0].material_id = self.osb
            self.ask_for("iso_9001", bom)
            products[product] = 2
        for number in range(4):
            self.make_member(f"Member{number} Works", self.bristol, "sme", {"latitude": 51.4, "longitude": -2.6})
        many = self.queries(self.make_plan(self.build | self.make_build("Second", products)))
        self.assertLessEqual(many, few + 3)

    def queries(self, plan):
        plan._to_problem()  # what is kept for good is not counted
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        plan._to_problem()
        return self.env.cr.sql_log_count - before
