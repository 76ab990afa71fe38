from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import NetworkCase


@tagged("post_install", "-at_install")
class TestBuildStages(NetworkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        home = cls.make_product("T-HOME", "Test home kit", is_storable=False)
        cls.kit = cls.make_bom(home, "normal", {cls.block: 8, cls.beam: 4})
        cls.kit.write({"walls_after_days": 7, "roof_after_days": 21})
        cls.home = cls.env["wcm.build"].create(
            {"name": "Staged home", "site_id": cls.site.id, "bom_id": cls.kit.id, "date_required": cls.monday + timedelta(weeks=5)}
        )
        cls.home.action_load_kit()
        cls.walls, cls.roof = cls.home.line_ids

    def days(self, line):
        return (line.date_required - self.home.date_required).days

    def test_components_are_needed_by_the_stage_of_the_kit(self):
        self.assertEqual((self.days(self.walls), self.days(self.roof)), (7, 21))

    def test_a_later_stage_is_due_in_a_later_week(self):
        plan = self.make_plan(self.home, weeks=12)
        demands = {demand.id: demand.due for demand in plan._to_problem().demands}
        self.assertEqual(demands[str(self.roof.id)] - demands[str(self.walls.id)], 2)

    def test_a_moved_home_moves_its_components_but_not_those_with_a_date_of_their_own(self):
        own = self.roof.date_required + timedelta(days=3)
        self.roof.date_required = own
        self.home.with_user(self.coordinator).date_required += timedelta(days=14)
        self.assertEqual(self.days(self.walls), 7)
        self.assertEqual(self.roof.date_required, own)

    def test_a_date_typed_for_a_stage_is_kept_when_the_home_moves(self):
        with Form(self.home.with_user(self.coordinator)) as form:
            form.date_roof = self.home.date_required + timedelta(days=30)
        self.home.date_required += timedelta(days=7)
        self.assertEqual((self.home.roof_after_days, self.days(self.roof)), (30, 30))

    def test_a_component_and_its_home_moved_in_one_breath_both_stay_as_typed(self):
        own = self.walls.date_required + timedelta(days=2)
        with Form(self.home.with_user(self.coordinator)) as form:
            form.date_required = self.home.date_required + timedelta(days=7)
            with form.line_ids.edit(0) as line:
                line.date_required = own
        self.assertEqual(self.walls.date_required, own)
        self.assertEqual(self.days(self.roof), 21)

    def test_a_corrected_stage_corrects_the_date(self):
        with Form(self.home.with_user(self.coordinator)) as form, form.line_ids.edit(0) as line:
            line.stage = "roof"
        self.assertEqual(self.days(self.walls), 21)

    @mute_logger("odoo.sql_db")
    def test_walls_before_the_first_blocks_are_refused(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.home.date_walls = self.home.date_required - timedelta(days=1)
            self.home.flush_recordset()
