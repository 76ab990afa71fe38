from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from .common import QualityCase

SCRIPT = Path(__file__).parents[1] / "migrations" / "19.0.1.1.0" / "post-units.py"


class TestUnitMigration(QualityCase):
    """Control plans of 19.0.1.0 wrote their unit as text."""

    def migrate(self):
        spec = spec_from_file_location("post_units", SCRIPT)
        script = module_from_spec(spec)
        spec.loader.exec_module(script)
        self.env.flush_all()
        script.migrate(self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()

    def write_as_text(self, **units):
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE wcm_checkpoint ADD COLUMN unit varchar")
        for name, unit in units.items():
            self.env.cr.execute("UPDATE wcm_checkpoint SET unit = %s WHERE name = %s", [unit, name])
            self.env.cr.execute("UPDATE wcm_inspection_line SET unit = %s, uom_id = NULL WHERE name = %s", [unit, name])

    def test_units_that_were_written_become_odoos(self):
        names = ("Thickness", "Width", "Weight", "Count")
        plan = self.make_control_plan(*({"name": name, "kind": "measurement", "nominal": 18, "tolerance_plus": 1} for name in names))
        inspection = self.make_part("KNO-1").inspection_ids
        self.write_as_text(Thickness="MM ", Width="inch", Weight="kg/m2", Count=None)
        self.migrate()
        self.assertEqual([point.unit for point in plan.checkpoint_ids], ["mm", "in", "kg/m2", False])
        self.assertTrue(plan.checkpoint_ids[2].uom_id.is_measured)
        self.assertEqual(inspection.line_ids.mapped("unit"), ["MM ", "inch", "kg/m2", False])
        for line, reading in zip(inspection.line_ids, ("1.81 cm", "18.1 inch", "18.1 KG/M2", "18.1"), strict=True):
            line.reading = reading
            self.assertEqual((line.value, line.verdict), (18.1, "pass"))

    def test_a_closed_result_keeps_the_name_of_its_unit_and_its_value(self):
        self.make_control_plan({"name": "Thickness", "kind": "measurement", "nominal": 18, "tolerance_plus": 1})
        inspection = self.make_part("KNO-1").inspection_ids
        self.write_as_text(Thickness="mm")
        inspection.line_ids.reading = "18.1"
        inspection.with_user(self.lead).action_close()
        self.migrate()
        line = inspection.line_ids
        self.assertEqual((line.unit, line.uom_id.id, line.value, line.measured_values, line.verdict), ("mm", False, 18.1, [18.1], "pass"))
