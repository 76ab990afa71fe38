from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .common import QualityCase


@tagged("post_install", "-at_install")
class TestQualityRecord(QualityCase):
    """First-pass yield in a member's record, and where it counts: 3 blocks right, 1 failed its first check."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.make_control_plan()
        cls.right = [cls.checked(f"R{number}", "passed") for number in range(3)]
        cls.wrong = cls.checked("W1", "failed")

    @classmethod
    def checked(cls, name, state, days_ago=1):
        part = cls.new_part(name)
        cls.env["wcm.inspection"].create({
            "part_id": part.id, "plan_id": cls.plan.id, "state": state, "closed_at": fields.Datetime.now() - timedelta(days=days_ago),
        })
        return part

    def record(self):
        return self.env["wcm.membership"].with_user(self.maker).member_record()[0]

    def figure(self):
        return next(one for one in self.record()["figures"] if one["key"] == "first_pass")

    def uphold(self):
        self.alder.with_user(self.maker).action_contest("first_pass", self.wrong.id, "The gauge was out")
        contest = self.env["wcm.record.contest"].search([("part_id", "=", self.wrong.id)])
        contest.with_user(self.coordinator).action_uphold("It was: its calibration failed.")

    def test_it_is_the_share_of_checked_blocks_with_the_blocks_behind_it(self):
        self.checked("OLD", "failed", days_ago=400)
        figure = self.figure()
        self.assertEqual((figure["value"], figure["count"], figure["rows"]), ("75 %", "3 of 4", 4))
        rows = self.env["wcm.membership"].with_user(self.maker).member_record_rows(self.alder.id, "first_pass")["rows"]
        self.assertEqual((rows[0]["name"], rows[0]["says"], rows[0]["against"]), ("W1", "Failed its first check", True))
        self.assertEqual([one["key"] for one in self.record()["figures"]], ["on_time", "first_pass", "response"])

    def test_a_block_that_is_left_out_counts_nowhere(self):
        today = fields.Date.today()
        ratings = self.env["wcm.quality.rating"]
        before = ratings._count_checks(self.alder, today - timedelta(days=365), today)[self.alder.id]
        self.uphold()
        after = ratings._count_checks(self.alder, today - timedelta(days=365), today)[self.alder.id]
        self.assertEqual((before, after), ({"checked": 4, "right": 3}, {"checked": 3, "right": 3}))
        figure = self.figure()
        self.assertEqual((figure["value"], figure["count"], figure["left_out"]), ("100 %", "3 of 3", 1))

    def test_what_is_upheld_speaks_no_more_against_ending_probation(self):
        self.order.sudo().write({"state": "received", "date_due": fields.Date.today()})
        self.order.part_ids.sudo().write({"made_on": fields.Datetime.now() - timedelta(hours=1)})
        self.alder.sudo().state = "probation"
        self.assertEqual(self.alder._good_orders()[1][self.alder], self.order.browse())
        self.uphold()
        self.assertEqual(self.alder._good_orders()[1][self.alder], self.order)

    def test_the_page_says_where_it_counts(self):
        words = " ".join(self.record()["used"])
        self.assertIn("at least 3", words)
        self.assertIn("quality rating", words)
