from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NetworkCase


@tagged("post_install", "-at_install")
class TestBuild(NetworkCase):
    def make_kit(self, quantities):
        return self.make_bom(self.make_product("T-HOME", "Test home kit", is_storable=False), "normal", quantities)

    def test_a_kit_of_kits_asks_for_the_blocks_that_are_in_it(self):
        wall = self.make_product("WALL-SET", "Wall set")
        self.make_bom(wall, "phantom", {self.block: 3, self.beam: 1}).product_qty = 2
        home = self.make_bom(self.make_product("HOME-T", "Home"), "normal", {wall: 4, self.beam: 1})
        self.assertEqual(home._kit_quantities(), {self.block: 6, self.beam: 3})
        self.make_bom(wall, "subcontract", {self.sheet: 1}, minutes=(10, 10))
        home.invalidate_recordset()
        self.assertEqual(home._kit_quantities(), {wall: 4, self.beam: 1})

    def test_loading_the_kit_makes_a_line_per_component(self):
        build = self.make_build("From kit", {})
        build.bom_id = self.make_kit({self.block: 12, self.beam: 6})
        build.with_user(self.coordinator).action_load_kit()
        self.assertEqual(build.line_ids.mapped("quantity"), [12, 6])
        self.assertEqual(build.line_ids.mapped("stage"), ["walls", "roof"])
        self.assertEqual(set(build.line_ids.mapped("date_required")), {build.date_required})

    def test_loading_again_corrects_quantities_and_doubles_nothing(self):
        self.build.bom_id = self.make_kit({self.block: 10, self.sheet: 2})
        self.build.action_load_kit()
        self.build.action_load_kit()
        self.assertEqual(self.block_line.quantity, 10)
        self.assertEqual(len(self.build.line_ids), 3)

    def test_a_copy_has_a_name_of_its_own(self):
        self.assertEqual(self.build.copy().name, "Test home (copy)")
        self.assertEqual(self.build.copy({"name": "Next door"}).name, "Next door")

    def test_without_a_kit_it_says_what_to_do(self):
        with self.assertRaisesRegex(UserError, "Choose the kit"):
            self.build.action_load_kit()

    def test_the_stage_is_guessed_from_name_then_from_the_code(self):
        guess = self.env["wcm.build"]._guess_stage
        self.assertEqual(guess(self.make_product("X1", "Floor cassette")), "floor")
        self.assertEqual(guess(self.make_product("V-S-1", "Skylark block")), "roof")
        self.assertEqual(guess(self.make_product("WIDGET", "Thing")), "other")

    def test_quantities_follow_the_orders(self):
        line = self.block_line
        self.make_order(self.alder, line, 2, "offered")
        self.make_order(self.alder, line, 3, "accepted")
        self.make_order(self.birch, line, 1, "declined")
        self.assertEqual((line.quantity_offered, line.quantity_placed), (2, 3))
        self.assertEqual((line.quantity_open, line.quantity_to_plan), (5, 3))
        self.assertEqual((self.build.quantity_needed, self.build.quantity_placed), (12, 3))
        self.assertEqual(self.build.placed_percent, 25)

    def test_quantities_take_one_query_for_all_lines(self):
        self.make_order(self.alder, self.block_line, 2, "offered")
        lines = self.build.line_ids
        self.env.flush_all()
        self.env.invalidate_all()
        lines.mapped("build_id")
        with self.assertQueryCount(3):
            lines.mapped("quantity_open")

    def test_a_coordinator_sees_builds_of_its_own_regions_only(self):
        builds = self.env["wcm.build"].with_user(self.other_coordinator)
        self.assertNotIn(self.build, builds.search([]))
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self.build.with_user(self.other_coordinator).read(["name"])

    def test_a_member_sees_no_builds(self):
        with self.assertRaises(AccessError):
            self.env["wcm.build"].with_user(self.alder_user).search([])

    def test_load_of_orders_takes_hours_from_the_members_weeks(self):
        capability = self.alder.facility_id.capability_ids.filtered(lambda row: row.process_id == self.routing)
        free = capability._hours_by_week(self.monday, 4, measure="hours_free")[capability.id]
        self.make_order(self.alder, self.block_line, 6, "accepted")  # 6 x 40 + 15 minutes over 3 weeks
        self.env.flush_all()
        left = capability._hours_by_week(self.monday, 4, measure="hours_free")[capability.id]
        taken = [round(before - after, 3) for before, after in zip(free, left, strict=True)]
        self.assertEqual(taken, [round(255 / 60 / 3, 3)] * 3 + [0])
