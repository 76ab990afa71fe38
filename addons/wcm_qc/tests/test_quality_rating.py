from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import QualityCase


@tagged("post_install", "-at_install")
class TestQualityRating(QualityCase):
    """Alder's checks are written down as if they had been made: 20 blocks, 18 right at the first check."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.plan = cls.make_control_plan()
        cls.ratings = cls.env["wcm.quality.rating"]
        cls.first_checks(cls.order, 18, "passed")
        cls.first_checks(cls.order, 2, "failed")

    @classmethod
    def first_checks(cls, order, count, state, **values):
        parts = cls.env["wcm.part"].union(*(cls.new_part(f"{order.id}-{state}-{number}-{len(order.part_ids)}", order) for number in range(count)))
        return cls.env["wcm.inspection"].create([
            {"part_id": part.id, "plan_id": cls.plan.id, "state": state, "closed_at": fields.Datetime.now() - timedelta(days=1), **values} for part in parts
        ])

    def rate(self, member=None, today=None):
        """The row of the month, worked out now."""
        self.ratings._rate(self.alder | self.birch, today or self.today)
        month = (today or self.today).replace(day=1)
        return self.ratings.search([("membership_id", "=", (member or self.alder).id), ("month", "=", month)])

    def nonconformity(self, **values):
        part = self.new_part(f"N{self.env['wcm.part'].search_count([])}")
        return self.env["wcm.nonconformity"].create({"title": "Edge torn", "part_ids": part.ids, **values})

    def visit(self, score, scheme="bopas", due=365):
        return self.env["wcm.audit"].create({
            "facility_id": self.alder.facility_id.id, "survey_id": self.env.ref(f"wcm_qc.audit_{scheme}").id, "state": "done", "score": score,
            "done_on": self.today - timedelta(days=10), "next_due_on": self.today + timedelta(days=due),
        })

    def late_finding(self):
        return self.env["wcm.audit.finding"].create({
            "audit_id": self.visit(80).id, "severity": "major", "description": "No calibration", "due_on": self.today - timedelta(days=1),
        })

    def test_the_rating_is_the_hand_computed_one(self):
        self.nonconformity()  # undecided, seen by the network: 2 points
        self.visit(80)
        row = self.rate()
        # (40 x 18/20 + 25 x 18/20 + 20 x 0.8) / 85
        self.assertAlmostEqual(row.score, 100 * (36 + 22.5 + 16) / 85, 1)
        self.assertEqual((row.checked, row.right, row.points, row.audit_count), (20, 18, 2, 1))
        self.assertLess(row.score_low, row.score)
        self.assertIn("18 of 20 blocks", row.made_of)
        self.assertIn("nothing counted, left out", row.made_of)

    def test_one_more_failed_check_lowers_it(self):
        before = self.rate().score
        self.first_checks(self.order, 1, "failed")
        self.assertLess(self.rate().score, before)

    def test_a_check_after_rework_and_one_that_was_corrected_do_not_count(self):
        self.first_checks(self.order, 1, "failed", rework_nonconformity_id=self.nonconformity().id)
        self.first_checks(self.order, 1, "replaced")
        self.assertEqual(self.rate().checked, 20)

    def test_what_is_more_than_a_year_ago_does_not_count(self):
        self.first_checks(self.order, 5, "failed", closed_at=fields.Datetime.now() - relativedelta(months=13))
        self.assertEqual(self.rate().checked, 20)

    def test_of_few_blocks_nothing_is_said(self):
        self.first_checks(self.rival_order, 19, "passed")
        row = self.rate(self.birch)
        self.assertFalse(row.is_rated)
        self.assertIn("Too few to say: 19 of 20", row.words)

    def test_what_the_network_pays_for_does_not_count(self):
        self.nonconformity().sudo().payer = "network"
        self.nonconformity().sudo().state = "cancelled"
        self.assertEqual(self.rate().nonconformity_count, 0)

    def test_a_customers_complaint_weighs_double(self):
        self.nonconformity(source="customer", customer_name="Ms Resident", customer_channel="phone")
        self.assertEqual(self.rate().points, 4)

    def test_a_late_corrective_action_counts_against_and_one_on_time_for_it(self):
        for due, done in ((-2, -3), (-2, False)):
            action = self.env["wcm.corrective.action"].create({
                "name": "Stops", "nonconformity_id": self.nonconformity().id, "owner_id": self.lead.id, "due_on": self.today + timedelta(days=due),
            })
            action.write({"done_on": done and self.today + timedelta(days=done)})
        row = self.rate()
        self.assertEqual((row.actions_due, row.actions_on_time), (2, 1))

    def test_a_major_finding_past_its_date_cuts_it_and_its_end_gives_it_back(self):
        finding = self.late_finding()
        cut = self.rate()
        self.assertEqual((cut.score, cut.late_findings), (50, 1))
        self.assertIn("cut", cut.words)
        action = self.env["wcm.corrective.action"].create({
            "name": "Calibrate", "finding_id": finding.id, "owner_id": self.maker.id, "due_on": self.today,
        })
        action.with_user(self.maker).action_done("Calibrated")
        self.assertEqual(finding.state, "done")
        row = self.rate()
        self.assertGreater(row.score, 80)
        self.assertEqual((row.actions_due, row.actions_on_time), (1, 1))

    def test_each_month_keeps_a_row_and_this_month_one_only(self):
        last = self.rate(today=self.today - relativedelta(months=1))
        self.rate()
        row = self.rate()
        self.assertEqual(len(self.alder.quality_rating_ids), 2)
        self.assertTrue(row.is_current)
        self.assertFalse(last.is_current)

    def test_the_change_is_that_since_the_month_before(self):
        self.env["wcm.quality.rating"].create({
            "membership_id": self.alder.id, "month": self.today.replace(day=1) - relativedelta(months=1), "is_rated": True, "score": 70,
        })
        self.assertAlmostEqual(self.rate().change, self.rate().score - 70, 1)

    def test_queries_do_not_grow_with_the_members(self):
        few, many = self.alder, self.env["wcm.membership"].search([("state", "in", ("probation", "active"))])
        self.ratings._rate(many, self.today)
        counts = []
        for members in (few, many):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.ratings._rate(members, self.today)
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - start)
        self.assertLessEqual(counts[1], counts[0] + 2)

    def test_a_member_sees_its_own_rating_and_no_other(self):
        own, other = self.rate(), self.rate(self.birch)
        self.assertEqual(self.ratings.with_user(self.maker).search([]), own)
        self.assertIn("18 of 20", own.with_user(self.maker).made_of)
        with self.assertRaises(AccessError):
            other.with_user(self.maker).read(["score"])
        [mine] = self.env["wcm.membership"].with_user(self.maker).workshop_quality()["members"]
        self.assertEqual(mine["rating"]["words"], own.words)
        self.assertEqual(self.alder.with_user(self.maker).rating_words, own.words)

    def test_a_coordinator_sees_those_of_its_region(self):
        own, other = self.rate(), self.rate(self.birch)
        seen = self.ratings.with_user(self.coordinator).search([])
        self.assertIn(own, seen)
        self.assertNotIn(other, seen)
        self.assertEqual(self.ratings.with_user(self.lead).search([("month", "=", own.month)]) & (own | other), own | other)

    def test_nobody_writes_a_rating(self):
        row = self.rate()
        for user in (self.maker, self.coordinator, self.lead, self.manager):
            with self.assertRaises(AccessError):
                row.with_user(user).write({"score": 99})
            with self.assertRaises(AccessError):
                self.ratings.with_user(user).create({"membership_id": self.alder.id, "month": "2020-01-01"})

    def test_an_owner_objects_in_words_and_a_quality_lead_answers(self):
        row = self.rate()
        row.with_user(self.maker).action_object("Two of these were the hub's drawing")
        self.assertEqual(row.state, "objected")
        self.assertTrue(row.activity_ids)
        with self.assertRaises(AccessError):
            row.with_user(self.coordinator).action_answer("No")
        with self.assertRaises(UserError):
            row.with_user(self.lead).action_answer(" ")
        self.env["wcm.rating.answer"].with_user(self.lead).create({"rating_id": row.id, "answer": "They are now on the network"}).action_send()
        self.assertEqual((row.state, row.answered_by_id), ("answered", self.lead))
        self.assertEqual(row.with_user(self.maker).answer, "They are now on the network")
        self.assertFalse(row.activity_ids)

    def test_only_the_members_own_owners_and_supervisors_object(self):
        row = self.rate()
        for user in (self.rival, self.lead, self.coordinator, self.colleague):
            with self.assertRaises(AccessError):
                row.with_user(user).action_object("I do not like it")

    def test_what_was_objected_stays_when_the_figure_is_worked_out_again(self):
        row = self.rate()
        row.with_user(self.maker).action_object("Why?")
        self.assertEqual(self.rate().objection, "Why?")
