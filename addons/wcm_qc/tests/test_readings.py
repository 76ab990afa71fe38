from psycopg2.errors import CheckViolation, RaiseException

from odoo.exceptions import UserError, ValidationError
from odoo.tools import mute_logger

from .common import QualityCase

THRICE = {"name": "Thickness", "kind": "measurement", "nominal": 18, "tolerance_minus": 0.5, "tolerance_plus": 0.5, "reading_count": 3, "sequence": 1}


class TestReadings(QualityCase):
    def setUp(self):
        super().setUp()
        self.plan = self.make_control_plan(THRICE, {"name": "Moisture", "kind": "measurement", "nominal": 10, "tolerance_plus": 2, "unit": "%", "sequence": 2})
        self.inspection = self.make_part("KNO-1").inspection_ids
        self.thickness, self.moisture = self.inspection.line_ids

    def read_off(self, reading):
        self.thickness.reading = reading
        return self.thickness.verdict

    def test_all_readings_that_were_asked_for_are_within_the_limits(self):
        for reading, verdict in [
            ("18.1; 18.2; 18.3", "pass"), ("18.1;18.2;18.3;", "pass"), ("18,1; 18,2; 18,3 mm", "pass"),
            ("18.1; 19; 18.2", "fail"), ("18.1; 18.2", "none"), ("18.1", "none"), ("18.1; ; 18.3", "none"), ("19; 19", "none"), ("", "none"), (";;", "none"),
        ]:
            self.assertEqual(self.read_off(reading), verdict, reading)

    def test_each_reading_is_kept_as_typed_and_as_a_number_in_the_unit_of_the_checkpoint(self):
        self.read_off("18.1; 1.82 cm; 0.71 in")
        self.assertEqual((self.thickness.reading, self.thickness.measured_values), ("18.1; 1.82 cm; 0.71 in", [18.1, 18.2, 18.034]))
        self.assertAlmostEqual(self.thickness.value, 18.111333, 6)
        self.assertEqual(self.thickness._reading_words(), "18.1; 1.82 cm; 0.71 in = 18.1; 18.2; 18.034 mm")

    def test_what_was_not_measured_is_no_zero(self):
        self.read_off("; 18.2")
        self.assertEqual(self.thickness.measured_values, [18.2])
        self.read_off("")
        self.assertFalse(self.thickness.measured_values)

    def test_a_limit_is_a_limit_in_every_unit(self):
        for reading, verdict in [("1.85 cm; 1.75cm; 0.0185 m", "pass"), ("1.8501 cm; 18; 18", "fail"), ("0.7284 in; 18; 18", "fail"), ("0.728346 in; 18; 18", "pass")]:
            self.assertEqual(self.read_off(reading), verdict, reading)

    def test_a_unit_that_does_not_convert_is_refused_in_words(self):
        for reading in ("18 kg", "18.1; 18 %", "18 °C"):
            with self.assertRaisesRegex(ValidationError, "cannot be converted to mm.*Thickness.*cm"), self.env.cr.savepoint():
                self.read_off(reading)
        with self.assertRaisesRegex(ValidationError, "Moisture"), self.env.cr.savepoint():
            self.moisture.reading = "11 mm"

    def test_more_readings_than_asked_for_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "3 times"), self.env.cr.savepoint():
            self.read_off("18; 18; 18; 18")

    def test_a_member_converts_too(self):
        self.thickness.with_user(self.colleague).reading = "1.81 cm; 1.81 cm; 18.1"
        self.assertEqual(self.thickness.verdict, "pass")

    def test_nothing_passes_while_a_reading_is_missing(self):
        self.thickness.reading, self.moisture.reading = "18.1; 18.2", "11"
        with self.assertRaisesRegex(UserError, "Not checked: Thickness"):
            self.inspection.with_user(self.colleague).action_close()

    def closed(self):
        self.thickness.reading, self.moisture.reading = "18.1; 18.2; 18.3", "11 %"
        self.inspection.with_user(self.colleague).action_close()
        self.env.flush_all()

    @mute_logger("odoo.sql_db")
    def test_the_database_keeps_each_reading_of_a_closed_inspection(self):
        self.closed()
        for change in ("reading_count = 2", "measured_values = '[18]'", "uom_id = NULL", "unit = 'cm'"):
            with self.assertRaisesRegex(RaiseException, "closed"), self.env.cr.savepoint():
                self.env.cr.execute(f"UPDATE wcm_inspection_line SET {change} WHERE id = %s", [self.thickness.id])

    def test_a_unit_that_changes_later_reaches_no_closed_inspection(self):
        self.closed()
        self.env.ref("uom.product_uom_inch").relative_factor = 3
        self.env.flush_all()
        self.assertEqual(self.thickness.measured_values, [18.1, 18.2, 18.3])

    def test_a_correction_carries_readings_and_unit(self):
        self.closed()
        action = self.inspection.with_user(self.lead).action_correct("Read off the wrong scale")
        line = self.env["wcm.inspection"].browse(action["res_id"]).line_ids[0]
        self.assertEqual((line.reading, line.reading_count, line.uom_id, line.measured_values), ("18.1; 18.2; 18.3", 3, self.thickness.uom_id, [18.1, 18.2, 18.3]))

    def test_the_unit_of_a_checkpoint_is_one_of_odoos(self):
        first, second = self.plan.checkpoint_ids
        self.assertEqual((first.uom_id, first.unit, second.unit), (self.env.ref("uom.product_uom_millimeter"), "mm", "%"))
        for name, unit in [("inches", "in"), ("CM", "cm"), ("deg", "°"), ("µm", "µm"), ("kN", "kN")]:
            self.assertEqual(self.env["uom.uom"]._named(name).name, unit, name)
        with self.assertRaisesRegex(ValidationError, "no unit “furlong”.*mm"):
            self.make_control_plan({**THRICE, "unit": "furlong"}, approve=False)

    @mute_logger("odoo.sql_db")
    def test_a_checkpoint_is_measured_once_to_ten_times(self):
        for count in (0, -1, 11):
            with self.assertRaises(CheckViolation), self.env.cr.savepoint():
                self.make_control_plan({**THRICE, "reading_count": count}, approve=False)
