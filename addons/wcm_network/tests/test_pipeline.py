from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import Command, fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import MakingCase, NetworkCase


@tagged("post_install", "-at_install")
class TestPipeline(NetworkCase):
    def pipeline(self, user=None):
        return self.env["wcm.build"].with_user(user or self.coordinator).pipeline()

    def month(self, day, user=None):
        """Row of a day's month."""
        wanted = fields.Date.to_string(day.replace(day=1))
        return next(row for row in self.pipeline(user)["months"] if row["month"] == wanted)

    def why(self, build):
        return next((home["why"] for home in self.pipeline()["open"] if home["id"] == build.id), "")

    def solved(self, builds=None, **values):
        plan = self.make_plan(builds, **values)
        plan._solve_now()
        return plan

    def place_by_hand(self, demand, week, quantity):
        """A plan as if it were solved."""
        plan = self.make_plan(demand.build_id)
        values = {"build_line_id": demand.id, "membership_id": self.alder.id, "week_start": self.monday + timedelta(weeks=week), "quantity": quantity}
        plan.sudo().write({"state": "solved", "line_ids": [Command.create(values)]})
        return plan

    def test_36_months_begin_with_the_first_promise(self):
        months = [row["month"] for row in self.pipeline()["months"]]
        self.assertEqual(len(months), 36)
        self.assertLessEqual(months[0], fields.Date.to_string(fields.Date.today()))

    def test_a_home_without_a_plan_is_promised_and_named(self):
        row = self.month(self.build.date_required)
        self.assertEqual((row["promised"], row["expected"], row["finished"]), (1, 0, 0))
        self.assertEqual(self.why(self.build), "Not planned yet.")

    def test_the_promise_is_its_last_component(self):
        self.beam_line.date_required = self.build.date_required + relativedelta(months=2)
        self.assertEqual(self.month(self.beam_line.date_required)["promised"], 1)

    def test_a_planned_home_is_expected_after_its_last_week_of_work(self):
        plan = self.solved()
        ends = max(plan.line_ids.mapped("week_start")) + timedelta(weeks=1)
        self.assertEqual(self.month(ends)["until"]["expected"], 1)
        self.assertFalse(self.why(self.build))
        self.assertIn("1 more in time by the plans, 0 late", self.pipeline()["headline"])

    def test_blocks_without_a_place_are_counted(self):
        self.beam_line.unlink()
        self.place_by_hand(self.block_line, 1, 5)
        self.assertEqual(self.why(self.build), "3 of 8 blocks have no place.")

    def test_an_alternative_plan_counts_nothing_twice(self):
        self.beam_line.unlink()
        self.place_by_hand(self.block_line, 1, 8)
        self.place_by_hand(self.block_line, 2, 4)
        self.assertEqual(self.why(self.build), "4 of 8 blocks have no place.")

    def test_a_plan_that_only_shows_what_a_rule_costs_is_not_in_force(self):
        plan = self.solved(max_facility_share=0.6)
        plan.action_effects()
        self.assertTrue(plan.effect_ids)
        self.assertEqual(self.pipeline()["plan_ids"], plan.ids)

    def test_orders_that_are_ready_too_late_make_it_late(self):
        self.beam_line.unlink()
        self.make_order(self.alder, self.block_line, 8, "accepted", date_due=self.block_line.date_required + timedelta(days=9))
        self.assertEqual(self.why(self.build), "9 days late by its orders.")

    def test_a_home_that_is_marked_complete_by_hand_counts_today_at_the_latest(self):
        self.build.state = "complete"
        self.assertEqual(self.month(fields.Date.today())["until"]["finished"], 1)
        self.assertTrue([limit for limit in self.pipeline()["limits"] if "Marked complete by hand" in limit])

    def test_a_home_without_components_asks_for_its_kit(self):
        self.build.line_ids.unlink()
        self.assertIn("choose its kit", self.why(self.build))

    def test_cancelled_homes_and_demonstrations_are_no_homes(self):
        self.build.state = "cancelled"
        self.make_build("Studio", {self.block: 1}).kind = "demonstration"
        self.assertEqual(self.pipeline()["homes"], 0)

    def test_load_stands_by_process_and_region(self):
        plan = self.solved()
        rows = {(row["process"], row["region"]): row for row in self.pipeline(self.manager)["load"]}
        hours = sum(load.hours for load in plan.load_ids if load.process_id == self.routing and load.region_id == self.bristol)
        self.assertAlmostEqual(rows[self.routing.name, "Test Bristol"]["hours"], hours, 2)
        self.assertGreaterEqual(rows[self.routing.name, "Test Bristol"]["capacity"], hours)

    def test_hours_that_two_plans_take_are_named(self):
        self.env["wcm.capability"].search([]).share_offered = 0.1
        homes = [self.make_build(f"Home {number}", {self.block: 8}, weeks=2) for number in range(2)]
        for home in homes:
            self.solved(home)
        self.assertIn("taken by two plans", " ".join(self.pipeline(self.manager)["limits"]))

    def test_a_coordinator_sees_the_hours_of_its_own_region_and_is_told_so(self):
        self.solved()
        found = self.pipeline()
        self.assertEqual({row["region"] for row in found["load"]}, {"Test Bristol"})
        self.assertTrue([limit for limit in found["limits"] if "other regions" in limit])

    def test_what_one_more_hour_saves_is_said_in_words(self):
        cutting = self.alder.facility_id.capability_ids.filtered(lambda own: own.process_id == self.routing)
        cutting.write({"share_offered": 0.05, "cost_per_hour": 5})  # 2 hours of the cheaper router a week
        self.solved(self.make_build("Many", {self.block: 12}, weeks=2))
        self.assertRegex(" ".join(self.pipeline()["helps"]), rf"{self.routing.name} in Test Bristol is short .* would save about \D*\d+")

    def test_what_has_no_place_says_which_hours_it_needs(self):
        self.env["wcm.capability"].search([("process_id", "=", self.routing.id)]).share_offered = 0.05  # 2 hours a week
        self.solved(self.make_build("Too many", {self.block: 40}, weeks=2))
        words = " ".join(self.pipeline()["helps"])
        self.assertRegex(words, r"Blocks that have no place in time: \d+, for 1 home")
        self.assertRegex(words, rf"They need about \d+ hours of {self.routing.name}: about \d+ more hours a week .*in Test Bristol")

    def test_blocks_without_a_place_of_homes_of_another_region_are_not_counted(self):
        far = self.make_build("Far", {self.block: 7})
        far.site_id = self.site.copy({"code": "FAR", "region_id": self.cumbria.id})
        plan = self.make_plan(self.build | far)
        unplaced = [
            Command.create({"build_line_id": line.id, "quantity": quantity, "reason": "Test"})
            for line, quantity in ((self.block_line, 2), (far.line_ids, 7))
        ]
        plan.sudo().write({"state": "solved", "unplaced_ids": unplaced})
        self.assertIn("Blocks that have no place in time: 2, for 1 home.", self.pipeline()["helps"])

    def test_what_nobody_can_make_promises_nothing_of_more_hours(self):
        self.block_bom.requirement_ids.tolerance_mm = 0.01
        self.solved(self.make_build("Too fine", {self.block: 4}, weeks=4))
        words = " ".join(self.pipeline()["helps"])
        self.assertIn("may not be enough", words)
        self.assertNotIn("more hours a week", words)

    def test_34_homes_take_no_more_queries_than_one(self):
        self.solved()
        few = self.queries()
        for number in range(33):
            self.place_by_hand(self.make_build(f"Home {number}", {self.block: 1}).line_ids, 1, 1)
        self.assertLessEqual(self.queries(), few)

    def queries(self):
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.pipeline()
        return self.cr.sql_log_count - before

    def test_the_page_says_where_the_plans_end(self):
        plan = self.solved()
        self.make_build("Next year", {self.block: 1}, weeks=70)
        limits = " ".join(self.pipeline()["limits"])
        self.assertIn(f"The plans end on {plan._last_day().day} ", limits)
        self.assertIn("not planned yet: 1 home.", limits)

    def test_a_home_of_another_region_is_not_counted(self):
        self.assertEqual(self.pipeline(self.other_coordinator)["homes"], 0)

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_members_funders_and_others_are_refused(self):
        for user in (self.alder_user, self.make_user("funder_t", "wcm_network.group_funder"), self.make_user("employee_t", "base.group_user")):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.pipeline(user)


@tagged("post_install", "-at_install")
class TestPipelineFinished(MakingCase):
    def test_a_finished_home_counts_in_the_month_in_which_its_last_block_came(self):
        home = self.make_build("One block", {self.block: 1})
        shipment = self.make_dispatched(self.alder, home.line_ids, 1).with_user(self.coordinator)
        shipment.action_receive_scan(shipment.part_ids.public_url)
        shipment.action_receive()
        self.assertEqual(home.state, "complete")
        found = self.env["wcm.build"].with_user(self.coordinator).pipeline()
        this_month = fields.Date.to_string(fields.Date.today().replace(day=1))
        self.assertEqual([row["finished"] for row in found["months"] if row["month"] == this_month], [1])
        self.assertFalse([limit for limit in found["limits"] if "by hand" in limit])
