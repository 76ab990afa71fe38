from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Date
from odoo.tests import tagged

from .common import MappingCase

KNOWLE = {"latitude": 51.43, "longitude": -2.57}


@tagged("post_install", "-at_install")
class TestCapabilitySearch(MappingCase):
    """ "Who can rout 2440 x 1220 x 18 mm plywood to 0.5 mm within 60 km with 20 free hours in time?" """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Of its own, so that no other space answers.
        cls.routing, cls.assembly = cls.env["wcm.process"].create(
            [{"name": "Test routing", "code": "test_routing"}, {"name": "Test assembly", "code": "test_assembly"}]
        )
        cls.plywood = cls.env.ref("wcm_mapping.material_spruce_plywood")
        cls.osb = cls.env.ref("wcm_mapping.material_osb3")
        cls.router = cls.capability(
            cls.workshop,
            cls.routing,
            calendar_id=cls.calendar().id,
            envelope_x_mm=3050,
            envelope_y_mm=1530,
            envelope_z_mm=150,
            tolerance_mm=0.2,
        )

    def ask(self, user=None, **values):
        question = (
            self.env["wcm.capability.search"]
            .with_user(user or self.coordinator)
            .create({"process_id": self.routing.id, **KNOWLE, **values})
        )
        question.action_find()
        return question

    def answer(self, facility=None, **values):
        answers = self.ask(**values).match_ids
        return answers.filtered(lambda match: match.facility_id == (facility or self.workshop))

    def sheet(self, **values):
        return {"size_x_mm": 2440, "size_y_mm": 1220, "size_z_mm": 18, **values}

    def test_a_space_that_can_do_all_of_it_fits(self):
        answer = self.answer(**self.sheet(tolerance_mm=0.5, hours_needed=20))
        self.assertEqual((answer.outcome, answer.rank, answer.remark), ("fits", 1, False))
        self.assertAlmostEqual(answer.distance_km, self.workshop._distance_km(51.43, -2.57), places=1)
        self.assertGreater(answer.hours_free, 200)

    def test_an_answer_is_called_by_its_rank_so_that_the_best_is_first_by_name_too(self):
        answers = self.ask().match_ids
        self.assertEqual(answers[0].display_name, f"1. {answers[0].facility_id.name}")

    def test_a_part_may_be_turned_on_the_bed(self):
        self.assertEqual(self.answer(size_x_mm=1500, size_y_mm=3000).outcome, "fits")

    def test_a_bed_too_small_is_a_near_miss_in_words(self):
        self.router.write({"envelope_x_mm": 1300, "envelope_y_mm": 900})
        answer = self.answer(**self.sheet())
        self.assertEqual(answer.outcome, "near_miss")
        self.assertEqual(answer.remark, "bed 1300 × 900 mm is smaller than 2440 × 1220 mm")

    def test_too_little_height_is_named_as_that(self):
        self.assertEqual(self.answer(**self.sheet(size_z_mm=200)).remark, "takes 150 mm in height, not 200 mm")

    def test_a_length_of_nought_in_a_capability_is_not_limited(self):
        self.router.write({"envelope_x_mm": 0, "envelope_y_mm": 0, "envelope_z_mm": 0})
        self.assertEqual(self.answer(**self.sheet()).outcome, "fits")

    def test_a_tolerance_not_held_or_not_recorded_is_said(self):
        self.assertEqual(self.answer(tolerance_mm=0.1).remark, "holds ± 0.2 mm, not ± 0.1 mm")
        self.router.tolerance_mm = 0
        answer = self.answer(tolerance_mm=0.1)
        self.assertEqual((answer.outcome, answer.remark), ("ask", "tolerance not known: ask"))

    def test_too_few_free_hours_are_counted(self):
        """One machine for 35 hours a week; a seventh of them is offered."""
        self.router.share_offered = 1 / 7
        day = self.monday(2)
        answer = self.answer(hours_needed=20, date_before=day)
        self.assertEqual(answer.outcome, "near_miss")
        self.assertRegex(answer.remark, rf"^\d+ of 20 hours free before {day.day} ")

    def test_only_the_days_before_the_day_count(self):
        wednesday = self.monday(2) + timedelta(days=2)
        question = self.ask(hours_needed=1, date_before=wednesday)
        _monday, parts = question._week_parts()
        self.assertEqual(parts[1:], [1.0, 0.4])

    def test_spaces_beyond_the_radius_are_near_misses_until_they_are_far(self):
        near, far = (
            self.capability(self.facility(name, self.bristol, latitude=latitude), self.routing).facility_id
            for name, latitude in (("Stroud", 51.9), ("Leeds", 53.8))
        )
        answers = self.ask(radius_km=60).match_ids
        self.assertEqual(answers.facility_id, self.workshop | near)
        self.assertEqual(answers[1].remark, f"{round(answers[1].distance_km)} km away, not 60 km")
        self.assertIn(far, self.ask(radius_km=0).match_ids.facility_id)

    def test_fits_come_first_then_the_nearest(self):
        further = self.facility("Bath", self.bristol, latitude=51.38, longitude=-2.36)
        small = self.facility("Knowle", self.bristol, **KNOWLE)
        self.capability(further, self.routing)
        self.capability(small, self.routing, envelope_x_mm=600, envelope_y_mm=400)
        answers = self.ask(**self.sheet()).match_ids
        self.assertEqual(answers.facility_id.mapped("name"), ["Bristol Workshop", "Bath", "Knowle"])
        self.assertEqual(answers.mapped("rank"), [1, 2, 3])
        self.assertEqual(answers.mapped("outcome"), ["fits", "fits", "near_miss"])

    def test_evidence_below_what_is_asked_is_missed(self):
        self.assertEqual(self.answer(evidence_level="audited").remark, "only declared, not audited")
        self.router.evidence_level = "demonstrated"
        self.assertEqual(self.answer(evidence_level="audited").outcome, "fits")

    def test_a_material_that_the_kit_does_not_list_is_missed(self):
        self.assertEqual(self.answer(material_id=self.plywood.id).remark, "materials not known: ask")
        machine = self.equipment(self.workshop, self.routing, material_ids=self.osb.ids)
        self.assertEqual(self.answer(material_id=self.plywood.id).remark, f"its kit does not list {self.plywood.name}")
        machine.material_ids |= self.plywood
        self.assertEqual(self.answer(material_id=self.plywood.id).outcome, "fits")

    def test_closed_spaces_and_other_processes_do_not_answer(self):
        self.assertFalse(self.ask(process_id=self.assembly.id).match_ids)
        self.workshop.status = "closed"
        self.assertFalse(self.ask().match_ids)

    def test_private_spaces_of_other_regions_do_not_answer(self):
        self.capability(self.far_workshop, self.routing)
        self.assertFalse(self.answer(self.far_workshop))
        self.assertTrue(self.answer(self.far_workshop, user=self.manager))

    def test_other_regions_answer_from_their_kit_and_tell_no_hours_or_evidence(self):
        secret = {"envelope_x_mm": 500, "envelope_y_mm": 500, "evidence_level": "demonstrated"}
        self.capability(self.far_workshop, self.routing, **secret)
        self.equipment(self.far_workshop, self.routing, envelope_x_mm=2500, envelope_y_mm=1300, envelope_z_mm=100)
        self.far_workshop.visibility = "network"
        plain = self.answer(self.far_workshop, **self.sheet())
        self.assertEqual((plain.outcome, plain.capability_id.id, plain.hours_known), ("fits", False, False))
        answer = self.answer(self.far_workshop, **self.sheet(hours_needed=20, evidence_level="audited"))
        self.assertEqual(answer.outcome, "ask")
        self.assertEqual(answer.remark, "evidence not shown to you: ask; hours not shown to you: ask")
        self.assertFalse(answer.evidence_level)

    def test_kit_without_sizes_is_asked_about_and_broken_kit_is_not_counted(self):
        self.far_workshop.visibility = "public"
        machine = self.equipment(self.far_workshop, self.routing)
        self.assertEqual(self.answer(self.far_workshop, **self.sheet()).remark, "size not known: ask")
        machine.write({"envelope_x_mm": 3000, "envelope_y_mm": 2000, "envelope_z_mm": 99, "condition": "out_of_order"})
        self.assertEqual(self.answer(self.far_workshop, **self.sheet()).remark, "size not known: ask")

    def test_a_question_belongs_to_who_asked_it(self):
        question = self.ask()
        other = self.user("other_coordinator", "wcm_mapping.group_mapping_user")
        with self.assertRaises(AccessError):
            question.with_user(other).read(["name"])
        self.assertFalse(self.env["wcm.capability.match"].with_user(self.manager).search([]))

    def test_nobody_writes_answers_by_hand(self):
        answer = self.answer()
        with self.assertRaises(AccessError):
            answer.write({"hours_free": 1})
        with self.assertRaises(AccessError):
            self.env["wcm.capability.match"].with_user(self.coordinator).create({"search_id": answer.search_id.id})

    def test_answers_vanish_with_the_right_to_see_the_space(self):
        question = self.ask(hours_needed=20)
        self.assertTrue(question.match_ids)
        self.bristol.coordinator_ids = False
        self.workshop.visibility = "public"
        question.invalidate_recordset()
        self.assertFalse(question.match_ids)

    def test_a_question_without_a_place_says_what_to_do(self):
        with self.assertRaisesRegex(UserError, "Say from where"):
            self.ask(latitude=0, longitude=0)
        with self.assertRaisesRegex(UserError, "ZZ9 9ZZ"):
            self.ask(zip="ZZ9 9ZZ")
        with self.assertRaisesRegex(UserError, "before which day"):
            self.ask(hours_needed=5, date_before=False)
        self.assertTrue(self.ask(latitude=0, longitude=0, radius_km=0).match_ids)

    def test_a_postcode_or_a_space_gives_the_place(self):
        question = self.ask(zip="BS4 1DB")
        self.assertAlmostEqual(question.latitude, 51.44, delta=0.05)
        question.facility_id = self.workshop
        self.assertEqual((question.latitude, question.longitude), (51.45, -2.59))

    def test_where_sectors_are_not_known_a_postcode_gives_its_town(self):
        question = self.ask()
        for postcode, latitude in (("BT48 8NN", 55.0), ("IM1 1AA", 54.2), ("JE2 3AB", 49.2), ("GY1 1AA", 49.5)):
            question.zip = postcode
            self.assertAlmostEqual(question.latitude, latitude, delta=0.1)

    def test_a_private_space_of_another_region_does_not_tell_its_place(self):
        question = self.ask()
        question.facility_id = self.far_workshop
        self.assertEqual(question.latitude, KNOWLE["latitude"])

    def test_a_saved_question_tells_of_a_new_space_once(self):
        question = self.ask(alert=True, **self.sheet())
        self.assertEqual(self.told(question), [])
        new = self.facility("New Router", self.bristol)
        self.capability(new, self.routing)
        self.run_daily()
        self.run_daily()
        [message] = self.told(question)
        self.assertIn("New Router", message.body)
        self.assertNotIn("Bristol Workshop", message.body)
        self.assertEqual(message.partner_ids, self.coordinator.partner_id)

    def test_a_question_is_not_asked_again_after_its_day(self):
        question = self.ask(alert=True)
        question.date_before = Date.context_today(question)
        self.capability(self.facility("New Router", self.bristol), self.routing)
        self.run_daily()
        self.assertEqual(self.told(question), [])

    def test_the_daily_run_sees_no_more_than_who_asked(self):
        question = self.ask(alert=True)
        self.capability(self.far_workshop, self.routing)
        self.run_daily()
        self.assertNotIn(self.far_workshop, question.sudo().match_ids.facility_id)

    def test_a_question_that_cannot_be_answered_keeps_no_other_from_its_answer(self):
        [with_hours, of_somebody_gone, question] = (self.ask(alert=True, **values) for values in ({"hours_needed": 5}, {}, {}))
        with_hours.date_before = False
        self.env.flush_all()
        self.env.cr.execute("UPDATE wcm_capability_search SET create_uid = %s WHERE id = %s", [self.outsider.id, of_somebody_gone.id])
        self.env.invalidate_all()
        self.capability(self.facility("New Router", self.bristol), self.routing)
        with self.assertLogs("odoo.addons.wcm_mapping", "WARNING"):
            self.run_daily()
        self.assertEqual([len(self.told(each)) for each in (with_hours, of_somebody_gone, question)], [0, 0, 1])

    def run_daily(self):
        with self.enter_registry_test_mode():
            self.env.ref("wcm_mapping.cron_capability_alert").method_direct_trigger()

    def told(self, question):
        return list(question.sudo().message_ids.filtered("partner_ids"))

    def test_answers_have_a_place_for_the_map(self):
        [answer] = self.answer()
        found = self.env["wcm.capability.match"].with_user(self.coordinator).search([("latitude", "!=", 0)])
        self.assertIn(answer, found)
        self.assertEqual((answer.latitude, answer.longitude), (51.45, -2.59))

    def test_an_answer_takes_two_queries_however_many_spaces(self):
        for number in range(20):
            self.capability(self.facility(f"Space {number}", self.bristol), self.routing)
        question = self.ask(hours_needed=5)
        question._answers()
        with self.assertQueryCount(2):
            self.assertEqual(len(question._answers()), 21)
