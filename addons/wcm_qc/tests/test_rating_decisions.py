from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import QualityCase


@tagged("post_install", "-at_install")
class TestRatingDecisions(QualityCase):
    """What a rating is for: who may make what, and whether probation ends."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.build_again = cls.make_build("Second home", {cls.block: 4})
        cls.plan = cls.make_plan(cls.build_again)

    @classmethod
    def row(cls, member, score, **values):
        return cls.env["wcm.quality.rating"].create({
            "membership_id": member.id, "month": cls.today.replace(day=1), "is_current": True, "is_rated": True, "score": score, "checked": 40, **values,
        })

    def reasons(self, rule, component=0):
        """{member: why it may not make the block}"""
        self.plan.min_rating, self.block_bom.min_rating = rule, component
        excluded = self.plan._to_problem().excluded
        return {int(row.facility): row.reason for row in excluded}

    def test_a_rating_does_not_count_unless_the_rules_say_so(self):
        self.row(self.alder, 30, late_findings=1)
        self.assertNotIn(self.alder.id, self.reasons("off", component=90))

    def test_a_member_below_the_rating_is_left_out_with_the_reason(self):
        self.row(self.alder, 62)
        self.row(self.birch, 85)
        reasons = self.reasons("70")
        self.assertIn("quality rating 62, at least 70 is asked", reasons[self.alder.id])
        self.assertNotIn(self.birch.id, reasons)

    def test_a_critical_component_asks_for_more(self):
        self.row(self.alder, 75)
        self.assertNotIn(self.alder.id, self.reasons("70"))
        self.assertIn("at least 80", self.reasons("70", component=80)[self.alder.id])
        self.assertIn("at least 80", self.reasons("components", component=80)[self.alder.id])

    def test_of_whom_too_little_is_known_makes_what_asks_for_nothing(self):
        self.row(self.alder, 0, is_rated=False, checked=3)
        self.assertNotIn(self.alder.id, self.reasons("70"))
        self.assertIn("too few checked blocks", self.reasons("70", component=60)[self.alder.id])

    def test_a_late_major_finding_leaves_a_member_out(self):
        self.row(self.alder, 90, late_findings=1)
        self.assertIn("major finding", self.reasons("components")[self.alder.id])

    def test_the_rule_is_copied_from_a_set_and_what_differs_is_said(self):
        policy = self.env["wcm.plan.policy"].create({"name": "Careful", "min_rating": "80"})
        self.plan.policy_id = policy
        self.assertEqual(self.plan.min_rating, "80")
        self.plan.min_rating = "off"
        self.assertIn("Does not count (in the set 80 of every maker)", self.plan.policy_difference)

    def test_what_the_rule_costs_is_told_from_the_question_that_was_kept(self):
        self.birch.facility_id.capability_ids.write({"cost_per_hour": 1})
        row = self.row(self.birch, 40)
        plan = self.make_plan(self.build_again, min_rating="70", target_gap=0, transport_cost_per_km=0).with_user(self.manager)
        plan._solve_now()
        self.assertNotIn(self.birch, plan.line_ids.membership_id)
        plan.action_effects()
        effect = self.effect(plan)
        self.assertEqual((effect.state, effect.min_rating), ("solved", "off"))
        self.assertIn(self.birch, effect.line_ids.membership_id)
        self.assertGreater(effect.effect_difference, 1)
        self.assertIn("It costs between", effect.effect_words)
        effect.unlink()
        row.score = 90
        plan.action_effects()
        self.assertIn("members have changed since", self.effect(plan).effect_words)

    def test_a_plan_without_the_rule_is_not_told_what_it_costs(self):
        plan = self.make_plan(self.build_again, max_facilities_per_demand=1).with_user(self.manager)
        plan._solve_now()
        plan.action_effects()
        self.assertTrue(plan.effect_ids)
        self.assertFalse(self.effect(plan))

    def deliver(self, count, made=None):
        """Orders of one block each that has arrived."""
        orders = self.env["wcm.work.order"]
        for number in range(count):
            order = self.make_order(self.alder, self.block_line, 1, state="closed")
            lot = self.env["stock.lot"].create({"name": f"DONE-{order.id}-{number}", "product_id": order.product_id.id})
            self.env["wcm.part"].sudo().create({"lot_id": lot.id, "work_order_id": order.id, "state": "received", "made_on": made or fields.Datetime.now()})
            orders += order
        return orders

    def test_an_order_counts_that_was_on_time_and_right_first_time(self):
        self.alder.sudo().state = "probation"
        late, wrong, good = self.deliver(1, made=fields.Datetime.now() + timedelta(weeks=9)), self.deliver(1), self.deliver(1)
        self.env["wcm.nonconformity"].create({"title": "Edge torn", "part_ids": wrong.part_ids.ids})
        delivered, right = self.alder._good_orders()
        self.assertEqual((delivered[self.alder], right[self.alder]), (late + wrong + good, good))
        self.env["ir.config_parameter"].set_param("wcm_qc.probation_orders", "1")
        self.assertIn("✓ Orders on time and right first time: 1 of 3 delivered (at least 1)", self.alder.with_user(self.coordinator).probation_reasons)

    def effect(self, plan):
        return plan.effect_ids.filtered(lambda one: one.effect_rule == "min_rating")

    def test_a_new_member_is_proposed_to_stay_on_probation_with_the_reasons(self):
        self.alder.sudo().state = "probation"
        member = self.alder.with_user(self.coordinator)
        self.assertEqual(member.probation_proposal, "prolong")
        self.assertIn("First pieces accepted: 0", member.probation_reasons)
        self.assertIn("Blocks checked: 0", member.probation_reasons)

    def test_a_member_that_has_shown_its_quality_is_proposed_to_end_it(self):
        self.alder.sudo().state = "probation"
        self.order.sudo().write({"is_first_piece": True, "first_accepted_on": fields.Datetime.now()})
        self.row(self.alder, 84, score_low=70, score_high=91)
        member = self.alder.with_user(self.coordinator)
        self.assertEqual(member.probation_proposal, "prolong", "no order of it was on time and right yet")
        good = self.deliver(3)
        member.invalidate_recordset()
        self.assertEqual(member.probation_proposal, "end")
        self.assertIn(f"3 of 3 delivered (at least 3): {', '.join(good.mapped('name'))}", member.probation_reasons)
        self.assertIn("Quality rating 84", member.probation_reasons)
        member.action_activate()
        self.assertFalse(member.probation_proposal)

    def test_a_poor_rating_an_open_nonconformity_or_a_late_finding_speaks_against_it(self):
        self.alder.sudo().state = "probation"
        self.order.sudo().write({"is_first_piece": True, "first_accepted_on": fields.Datetime.now()})
        row = self.row(self.alder, 84)
        nonconformity = self.env["wcm.nonconformity"].create({"title": "Edge torn", "part_ids": self.new_part("A1").ids})
        for change in ({"score": 60}, {"score": 84, "late_findings": 1}, {"late_findings": 0}):
            row.sudo().write(change)
            self.alder.invalidate_recordset()
            self.assertEqual(self.alder.with_user(self.coordinator).probation_proposal, "prolong")
        self.assertIn("Open nonconformities: 1", self.alder.with_user(self.coordinator).probation_reasons)
        self.assertTrue(nonconformity.is_active)

    def test_a_coordinator_prolongs_it_with_a_reason_and_a_day(self):
        self.alder.sudo().state = "probation"
        day = self.today + timedelta(days=60)
        wizard = self.env["wcm.membership.decision"].with_user(self.coordinator)
        wizard.create({"membership_id": self.alder.id, "decision": "prolong", "reason": "Three blocks only", "until": day}).action_confirm()
        self.assertEqual((self.alder.state, self.alder.probation_until, self.alder.prolonged), ("probation", day, 1))
        self.assertEqual(self.alder.decision_reason, "Three blocks only")
        self.assertTrue(self.alder.activity_ids)

    def test_it_is_prolonged_only_on_probation_with_words_and_a_day_to_come(self):
        member = self.alder.with_user(self.coordinator)
        day = self.today + timedelta(days=60)
        with self.assertRaises(UserError):
            member.action_prolong("Why", day)
        self.alder.sudo().state = "probation"
        for reason, until in ((" ", day), ("Why", self.today), ("Why", None), ("Why", "tomorrow"), ("Why", 3)):
            with self.assertRaises(UserError):
                member.action_prolong(reason, until)

    def test_no_member_and_no_other_region_decides_on_probation(self):
        self.alder.sudo().state = "probation"
        for user in (self.maker, self.rival, self.other_coordinator, self.lead):
            with self.assertRaises(AccessError):
                self.alder.with_user(user).action_prolong("Why", self.today + timedelta(days=60))
        with self.assertRaises(AccessError):
            self.alder.with_user(self.maker).read(["probation_reasons"])
