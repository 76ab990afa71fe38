from odoo.exceptions import UserError, ValidationError

from .common import QualityCase, picture


class TestInspectionLine(QualityCase):
    def setUp(self):
        super().setUp()
        self.make_control_plan(*self.checkpoints(), {"name": "Glue batch", "kind": "text", "sequence": 4})
        self.inspection = self.make_part("KNO-1").inspection_ids
        self.thickness, self.photo, self.edges, self.glue = self.inspection.line_ids

    def read_off(self, reading):
        self.thickness.reading = reading
        return self.thickness.verdict

    def test_the_limits_are_part_of_what_is_allowed(self):
        for reading, verdict in [("17.5", "pass"), ("18.5", "pass"), ("17.499", "fail"), ("18.5001", "fail"), ("18", "pass")]:
            self.assertEqual(self.read_off(reading), verdict, reading)
        self.assertEqual(self.thickness.limits, "17.5 – 18.5 mm")

    def test_a_reading_may_have_a_comma_and_the_unit(self):
        for reading in ("18,1", " 18.1 mm ", "18.1MM", "+18,1 mm"):
            self.assertEqual(self.read_off(reading), "pass", reading)
            self.assertEqual(self.thickness.value, 18.1)

    def test_a_measurement_that_is_no_number_is_refused_by_name(self):
        for reading in ("abc", "18 kg", "1e1", "nan", "18.1.2", "1,234.5", "18 19", "٣", "-"):
            with self.assertRaisesRegex(ValidationError, "Thickness"), self.env.cr.savepoint():
                self.read_off(reading)

    def test_not_measured_is_never_zero(self):
        for reading in (False, "", "   "):
            self.assertEqual(self.read_off(reading), "none")

    def test_zero_is_a_measurement(self):
        self.assertEqual(self.read_off("0"), "fail")

    def test_a_measurement_is_not_passed_by_hand(self):
        self.thickness.passed_by_hand = "pass"
        self.assertEqual(self.thickness.verdict, "none")
        self.thickness.reading = "25"
        self.assertEqual(self.thickness.verdict, "fail")

    def test_a_measurement_in_tolerance_can_be_failed_by_hand(self):
        self.thickness.write({"reading": "18", "passed_by_hand": "fail"})
        self.assertEqual(self.thickness.verdict, "fail")

    def test_a_photo_checkpoint_needs_a_photo(self):
        self.photo.passed_by_hand = "pass"
        self.assertEqual(self.photo.verdict, "none")
        self.photo.photo = picture()
        self.assertEqual(self.photo.verdict, "pass")

    def test_a_text_checkpoint_needs_words(self):
        self.glue.reading = "  "
        self.assertEqual(self.glue.verdict, "none")
        self.glue.reading = "B-77"
        self.assertEqual(self.glue.verdict, "pass")

    def test_a_result_says_who_took_it(self):
        self.edges.with_user(self.colleague).passed_by_hand = "pass"
        self.assertEqual(self.edges.checked_by_id, self.colleague)
        self.assertTrue(self.edges.checked_at)

    def test_what_is_checked_is_fixed(self):
        for user in (self.lead, self.coordinator):
            with self.assertRaises(UserError):
                self.thickness.with_user(user).write({"tolerance_plus": 10})

    def test_a_later_version_of_the_plan_does_not_reach_an_inspection(self):
        plan = self.inspection.plan_id
        version = self.env["wcm.control.plan"].browse(plan.with_user(self.lead).action_new_version()["res_id"])
        version.checkpoint_ids[0].tolerance_plus = 9
        version.with_user(self.lead).action_approve()
        self.assertEqual(self.thickness.limits, "17.5 – 18.5 mm")
