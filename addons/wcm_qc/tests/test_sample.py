from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..sampling import by_chance
from .common import QualityCase


@tagged("post_install", "-at_install")
class TestSample(QualityCase):
    """An order of 20 blocks at AQL 6.5, level II: code letter C, whose arrow leads to D: 8 are checked, 1 may be bad."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.make_control_plan(sampling="iso", sampling_aql="6.5")
        cls.order.quantity = 20
        cls.parts = cls.env["wcm.part"].union(*(cls.new_part(f"W-{number:02d}") for number in range(20)))

    def make(self, parts):
        parts.write({"state": "made", "made_on": "2026-05-01 10:00:00", "made_by_id": self.maker.id})
        return self.order.sample_ids

    def checks(self, parts):
        return parts.inspection_ids.filtered(lambda check: check.state == "open")

    def check_drawn(self, sample, bad=0):
        for number, part in enumerate(sample.drawn_part_ids.filtered("made_on")):
            self.check(part, self.colleague, thickness="19" if number < bad else "18")

    def test_as_many_blocks_are_drawn_as_the_table_says(self):
        sample = self.make(self.parts)
        self.assertEqual((sample.lot_size, sample.letter, sample.sample_size, sample.accept_number), (20, "D", 8, 1))
        self.assertEqual((sample.severity, sample.level, sample.aql), ("normal", "II", "6.5"))
        self.assertEqual(self.checks(self.parts).part_id, sample.drawn_part_ids)
        self.assertEqual(set(sample.drawn_part_ids.mapped("name")), set(by_chance(sample.seed, self.parts.mapped("name"), 8)))

    def test_the_same_blocks_are_drawn_when_they_are_made_one_by_one(self):
        for part in self.parts:
            self.make(part)
        sample = self.order.sample_ids
        self.assertEqual(set(sample.drawn_part_ids.mapped("name")), set(by_chance(sample.seed, self.parts.mapped("name"), 8)))
        self.assertEqual(self.checks(self.parts).part_id, sample.drawn_part_ids)

    def test_blocks_that_nobody_drew_wait_for_the_verdict_and_go_with_it(self):
        sample = self.make(self.parts)
        waiting = (self.parts - sample.drawn_part_ids)[0]
        with self.assertRaisesRegex(UserError, r"waits for the sample of its order .*, 0 of 8 blocks checked"):
            waiting.with_user(self.maker)._check_may_move("pack")
        self.check_drawn(sample, bad=1)
        self.assertEqual((sample.state, sample.nonconforming_count, sample.checked_count), ("accepted", 1, 8))
        self.assertEqual(set((self.parts - sample.drawn_part_ids).mapped("quality_state")), {"sampled"})
        waiting._check_may_move("pack")
        self.assertIn("Accepted by the sample", waiting.event_ids.sorted("id")[-1:].note)
        self.assertIn("Accepted by checks on a sample", waiting._public_quality())

    def test_the_bad_one_of_an_accepted_order_stays_held(self):
        sample = self.make(self.parts)
        self.check_drawn(sample, bad=1)
        bad = sample.drawn_part_ids[0]
        with self.assertRaisesRegex(UserError, "cannot be packed"):
            bad._check_may_move("pack")

    def test_with_too_many_bad_ones_every_block_is_checked(self):
        sample = self.make(self.parts[:15] | self.env["wcm.part"])
        later = self.parts[15:]
        self.assertLessEqual(len(sample.drawn_part_ids & self.parts[:15]), 8)
        while sample.state == "open" and (due := self.checks(self.parts)):
            self.check(due[0].part_id, self.colleague, thickness="19")
        self.assertEqual((sample.state, sample.nonconforming_count), ("rejected", 2))
        self.assertEqual(self.checks(self.parts).part_id, self.parts[:15].filtered(lambda part: part.inspection_ids.mapped("state") == ["open"]))
        self.assertEqual(len(self.parts[:15].inspection_ids), 15)
        self.make(later)
        self.assertEqual(self.checks(later).part_id, later)
        self.assertIn("every block of", sample.message_ids[0].body)

    def test_rework_does_not_turn_a_bad_block_into_a_good_one_for_the_sample(self):
        sample = self.make(self.parts)
        bad = sample.drawn_part_ids[0]
        self.check(bad, self.colleague, thickness="19")
        nonconformity = bad.nonconformity_ids
        nonconformity.with_user(self.lead).action_decide("rework", "Plane it")
        nonconformity.with_user(self.maker).action_rework_done("Planed")
        self.check(bad, self.colleague)
        self.assertEqual((bad.quality_state, sample.nonconforming_count, sample.checked_count), ("passed", 1, 1))

    def test_a_corrected_result_counts_as_corrected(self):
        sample = self.make(self.parts)
        self.check_drawn(sample, bad=1)
        wrong = sample.drawn_part_ids[1].inspection_ids
        wrong.with_user(self.coordinator).action_correct("Read off the wrong edge")
        self.assertEqual((sample.state, sample.checked_count), ("open", 7))
        self.check(sample.drawn_part_ids[1], self.colleague, thickness="19")
        self.assertEqual(sample.state, "rejected")

    def test_a_drawn_block_that_is_scrapped_before_its_check_is_drawn_again(self):
        sample = self.make(self.parts)
        gone = sample.drawn_part_ids[0]
        gone.sudo().write({"state": "scrapped"})
        self.assertEqual((len(sample.drawn_part_ids), sample.lot_size), (8, 19))
        self.assertNotIn(gone, sample.drawn_part_ids)
        self.assertEqual(len(self.checks(sample.drawn_part_ids)), 8)

    def test_an_order_that_is_closed_short_is_judged_by_what_was_made(self):
        made = self.parts[:10]
        sample = self.make(made)
        self.check_drawn(sample)
        self.assertEqual(sample.state, "open", "Some of those drawn are not made.")
        (self.parts - made)._discard("Not needed")
        self.assertEqual(sample.lot_size, 10)
        for part in self.checks(made).part_id:
            self.check(part, self.colleague, thickness="18")
        self.assertEqual(sample.state, "accepted")
        self.assertLessEqual(sample.drawn_part_ids, made)
        for part in made:
            part._check_may_move("pack")

    def test_an_order_that_is_called_off_counts_for_no_later_one(self):
        sample = self.make(self.parts[:10])
        self.check(self.checks(self.parts)[0].part_id, self.colleague, thickness="19")
        self.parts.filtered(lambda part: part.state == "to_make")._discard("Called off")
        self.parts.write({"state": "scrapped"})
        self.assertNotEqual(sample.state, "accepted")
        self.assertEqual(self.env["wcm.sample"]._next_severity(self.order, self.plan), "normal")

    def test_an_order_that_grows_is_drawn_from_again(self):
        sample = self.make(self.parts)
        self.check_drawn(sample)
        self.assertEqual(sample.state, "accepted")
        added = self.env["wcm.part"].union(*(self.new_part(f"Y-{number:02d}") for number in range(40)))
        self.make(added)
        self.assertEqual((sample.lot_size, sample.letter, sample.sample_size), (60, "E", 13))
        self.assertEqual((len(sample.drawn_part_ids), sample.checked_count, sample.state), (13, 8, "open"))
        waiting = (self.parts - sample.drawn_part_ids)[0]
        self.assertEqual(waiting.quality_state, "not_checked")

    def test_an_order_smaller_than_its_sample_is_checked_whole(self):
        order = self.make_order(self.alder, self.block_line, 3, state="in_production")
        parts = self.env["wcm.part"].union(*(self.new_part(f"S-{number}", order) for number in range(3)))
        self.make(parts)
        self.assertEqual((order.sample_ids.sample_size, order.sample_ids.drawn_part_ids), (2, order.sample_ids.drawn_part_ids & parts))

    def test_somebody_may_check_a_block_that_was_not_drawn(self):
        sample = self.make(self.parts)
        other = (self.parts - sample.drawn_part_ids)[0]
        other.with_user(self.coordinator).action_check()
        self.check(other, self.colleague, thickness="19")
        self.assertEqual((other.quality_state, sample.checked_count, sample.nonconforming_count), ("held", 0, 0))

    def test_an_order_keeps_its_sample_when_the_plan_has_a_new_version(self):
        sample = self.make(self.parts[:1])
        version = self.env["wcm.control.plan"].browse(self.plan.with_user(self.lead).action_new_version()["res_id"])
        version.sampling_aql = "1.0"
        version.with_user(self.lead).action_approve()
        self.assertEqual(self.make(self.parts[1:]), sample)
        self.assertEqual((sample.plan_id, sample.aql, len(sample.drawn_part_ids)), (self.plan, "6.5", 8))


@tagged("post_install", "-at_install")
class TestSampleOtherwise(QualityCase):
    def parts_of(self, count, member=None, state="made"):
        order = self.make_order(member or self.alder, self.block_line, count, state="in_production")
        parts = self.env["wcm.part"].union(*(self.new_part(f"{order.name}-{number:02d}", order) for number in range(count)))
        if state == "made":
            parts.write({"state": "made", "made_on": "2026-05-01 10:00:00", "made_by_id": self.maker.id})
        return parts

    def judge(self, bad, count=9):
        """An order of `count` blocks at AQL 6.5, made and checked: letter B, whose arrow leads to A; 2 are drawn, none may be bad."""
        parts = self.parts_of(count)
        sample = parts.work_order_id.sample_ids
        for number, part in enumerate(sample.drawn_part_ids):
            self.check(part, self.colleague, thickness="19" if number < bad else "18")
        return sample

    def test_every_third_block_is_checked_whichever_order_it_is_for(self):
        self.make_control_plan(sampling="nth", sampling_every=3)
        first, second = self.parts_of(5), self.parts_of(5)
        drawn = [bool(part.inspection_ids) for part in [*first, *second]]
        self.assertEqual(drawn, [True, False, False, True, False, False, True, False, False, True])
        first[1]._check_may_move("pack")  # nobody waits

    def test_one_bad_block_of_those_drawn_has_the_others_checked(self):
        self.make_control_plan(sampling="nth", sampling_every=3)
        parts = self.parts_of(5)
        self.check(parts[0], self.colleague, thickness="19")
        sample = parts.work_order_id.sample_ids
        self.assertEqual((sample.state, len(parts.inspection_ids)), ("rejected", 5))
        with self.assertRaisesRegex(UserError, "cannot be packed"):
            parts[1]._check_may_move("pack")

    def test_a_random_share_can_be_drawn_again(self):
        self.make_control_plan(sampling="share", sampling_percent=40)
        parts = self.parts_of(30)
        sample = parts.work_order_id.sample_ids
        drawn = parts.filtered("inspection_ids")
        self.assertEqual(drawn, sample.drawn_part_ids)
        self.assertTrue(3 < len(drawn) < 22)  # 12 are expected; outside one time in some 10,000
        sample.write({"drawn_part_ids": [(5, 0, 0)]})
        self.assertEqual(sample._draw_share(parts, parts), drawn)

    def test_two_bad_orders_of_five_tighten_the_inspection_of_that_member_only(self):
        self.make_control_plan(sampling="iso", sampling_aql="6.5")
        self.assertEqual([self.judge(bad).state for bad in (1, 0, 1)], ["rejected", "accepted", "rejected"])
        tightened = self.parts_of(9).work_order_id.sample_ids
        self.assertEqual((tightened.severity, tightened.letter, tightened.sample_size), ("tightened", "B", 3))
        birch = self.parts_of(9, self.birch).work_order_id.sample_ids
        self.assertEqual((birch.severity, birch.sample_size), ("normal", 2))

    def test_sampling_stops_and_is_taken_up_again_by_a_quality_lead_with_a_reason(self):
        self.make_control_plan(sampling="iso", sampling_aql="6.5")
        for _order in range(7):
            self.assertEqual(self.judge(1).state, "rejected")
        stopped = self.parts_of(9).work_order_id.sample_ids
        self.assertEqual((stopped.severity, len(stopped.drawn_part_ids)), ("discontinued", 9))
        with self.assertRaises(AccessError):
            stopped.with_user(self.coordinator).action_resume("Trust us")
        with self.assertRaisesRegex(UserError, "what the member has put right"):
            stopped.with_user(self.lead).action_resume(" ")
        stopped.with_user(self.lead).action_resume("New saw, trained")
        self.assertEqual(self.parts_of(9).work_order_id.sample_ids.severity, "tightened")
        with self.assertRaisesRegex(UserError, "was not stopped"):
            stopped.with_user(self.lead).action_resume("Again")

    def test_many_good_orders_are_checked_less_where_that_is_allowed(self):
        self.make_control_plan(sampling="iso", sampling_aql="6.5", reduced_allowed=True)
        for _order in range(15):
            self.assertEqual(self.judge(0).severity, "normal")
        self.assertEqual(self.judge(1).severity, "reduced")
        self.assertEqual(self.parts_of(9).work_order_id.sample_ids.severity, "normal")

    def test_members_see_no_samples_and_nobody_writes_one(self):
        self.make_control_plan(sampling="iso", sampling_aql="6.5")
        sample = self.parts_of(9).work_order_id.sample_ids
        with self.assertRaises(AccessError):
            sample.with_user(self.maker).read(["seed"])
        for values in ({"state": "accepted"}, {"drawn_part_ids": [(5, 0, 0)]}, {"accept_number": 9}, {"seed": "0"}):
            with self.assertRaises(AccessError):
                sample.with_user(self.lead).write(values)
        with self.assertRaises(AccessError):
            self.env["wcm.sample"].with_user(self.lead).create({"plan_id": sample.plan_id.id})
        far = self.make_user("far_t", "wcm_network.group_coordinator")
        self.assertFalse(self.env["wcm.sample"].with_user(far).search([]))
        self.assertIn(sample, self.env["wcm.sample"].with_user(self.coordinator).search([]))

    def test_a_first_article_is_never_a_sample(self):
        with self.assertRaisesRegex(ValidationError, "one block"):
            self.make_control_plan(stage="first_article", sampling="iso")

    def test_how_many_are_checked_is_frozen_and_told_with_the_offer(self):
        plan = self.make_control_plan(sampling="nth", sampling_every=5)
        self.assertIn("one of 5 blocks", plan._words())
        with self.assertRaisesRegex(UserError, "does not change any more"):
            plan.with_user(self.lead).sampling_every = 50

    def test_the_bench_does_not_ask_for_checks_of_blocks_that_may_not_be_drawn(self):
        self.make_control_plan(sampling="iso", sampling_aql="6.5")
        self.assertEqual(self.order._bench_plan(), {"points": [], "hold": False, "witness": False})
