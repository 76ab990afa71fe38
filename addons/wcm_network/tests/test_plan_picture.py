from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .common import NetworkCase

NAMES = ("allocation", "load", "timeline", "flows", "costs")


class PictureCase(NetworkCase):
    """A plan by hand: Alder makes 5 blocks and 4 beams, Birch 2 blocks; 1 block has no place. Blocks are due first."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.block_line.date_required = cls.monday + timedelta(weeks=2, days=2)
        cls.plan = cls.make_plan()
        cls.plan.line_ids = [
            fields.Command.create(values)
            for values in (
                cls.line(cls.alder, cls.block_line, 0, 3, making=90, setup=10),
                cls.line(cls.alder, cls.block_line, 1, 2, making=60, setup=10),
                cls.line(cls.birch, cls.block_line, 0, 2, making=50, setup=9, transport=30, carbon=6),
                cls.line(cls.alder, cls.beam_line, 1, 4, making=200),
            )
        ]
        cls.plan.unplaced_ids = [fields.Command.create({"build_line_id": cls.block_line.id, "quantity": 1, "reason": "No room"})]

    @classmethod
    def line(cls, member, demand, week, quantity, making=0, setup=0, transport=0, carbon=0):
        return {
            "membership_id": member.id, "build_line_id": demand.id, "week_start": cls.monday + timedelta(weeks=week),
            "quantity": quantity, "cost_making": making, "cost_setup": setup, "cost_transport": transport,
            "cost_carbon": carbon, "cost": making + setup + transport, "distance_km": 10 * transport, "kgco2e": carbon,
        }

    @classmethod
    def week(cls, number):
        return fields.Date.to_string(cls.monday + timedelta(weeks=number))

    def picture(self, name, plan=None, user=None):
        return (plan or self.plan).with_user(user or self.coordinator).picture(name)


@tagged("post_install", "-at_install")
class TestPlanPicture(PictureCase):
    def test_the_allocation_is_blocks_by_component_and_member(self):
        found = self.picture("allocation")
        self.assertEqual([row["name"] for row in found["members"]], ["Alder Works", "Birch Joinery"])
        self.assertEqual([(row["code"], row["unplaced"]) for row in found["components"]], [("R-T-1", 0), ("W-T-1", 1)])
        self.assertCountEqual(
            found["cells"],
            [[self.block.id, self.alder.id, 5], [self.block.id, self.birch.id, 2], [self.beam.id, self.alder.id, 4]],
        )

    def test_the_load_is_hours_of_the_free_hours_by_process_and_week(self):
        self.birch.action_suspend("Only Alder here")
        plan = self.make_plan(self.make_build("Few", {self.block: 3}, weeks=3))
        plan.action_solve()
        found = self.picture("load", plan)
        self.assertEqual([row["name"] for row in found["processes"]], sorted([self.routing.name, self.assembly.name]))
        self.assertEqual([row["products"] for row in found["processes"]], [self.block.ids] * 2)
        self.assertEqual((found["weeks"], found["hidden"], found["is_kept"]), ([self.week(number) for number in range(3)], 0, True))
        hours = {self.routing.id: 3 * 40 / 60 + 15 / 60, self.assembly.id: 3 * 45 / 60}
        for process, expected in hours.items():
            own = [cell for cell in found["cells"] if cell[1] == process]
            self.assertAlmostEqual(sum(cell[3] for cell in own), expected, 2)
            self.assertEqual([cell[4] for cell in own], [20, 20, 20])  # half of 40 hours, nothing else on it

    def test_what_one_more_hour_would_save_is_kept_with_the_load(self):
        cutting = self.alder.facility_id.capability_ids.filtered(lambda own: own.process_id == self.routing)
        cutting.write({"share_offered": 0.05, "cost_per_hour": 5})  # 2 hours of the cheaper router a week
        plan = self.make_plan(self.make_build("Many", {self.block: 12}, weeks=2))
        plan.action_solve()
        dear = [cell for cell in self.picture("load", plan, self.manager)["cells"] if cell[5]]
        self.assertTrue(dear)
        self.assertEqual({tuple(cell[:2]) for cell in dear}, {(self.alder.id, self.routing.id)})
        self.assertTrue(all(cell[3] <= cell[4] == 2 for cell in dear))

    def test_solving_again_keeps_one_load(self):
        plan = self.make_plan()
        plan.action_solve()
        before = len(plan.load_ids)
        plan.action_solve()
        self.assertEqual(len(plan.load_ids), before)

    def test_free_hours_of_members_of_another_region_stay_there(self):
        plan = self.make_plan(self.make_build("Many", {self.block: 12}, weeks=2), min_community_share=0.2)
        self.alder.facility_id.capability_ids.share_offered = 0.1
        plan.action_solve()
        self.assertEqual(plan.line_ids.membership_id, self.alder | self.birch)
        found = self.picture("load", plan)
        self.assertEqual(({cell[0] for cell in found["cells"]}, found["hidden"]), ({self.alder.id}, 1))
        self.assertEqual(plan.load_ids.with_user(self.coordinator).search([("plan_id", "=", plan.id)]).membership_id, self.alder)
        self.assertEqual({cell[0] for cell in self.picture("load", plan, self.manager)["cells"]}, {self.alder.id, self.birch.id})

    def test_a_plan_that_was_never_solved_says_that_no_load_is_kept(self):
        found = self.picture("load")
        self.assertEqual((found["is_kept"], found["cells"], found["weeks"]), (False, [], []))

    def test_the_timeline_is_who_makes_what_in_which_week_for_which_home(self):
        found = self.picture("timeline")
        beams, blocks = sorted(found["demands"], key=lambda row: row["code"])
        self.assertEqual((beams["home"], blocks["due"], blocks["unplaced"]), ("Test home", str(self.block_line.date_required), 1))
        self.assertEqual(
            blocks["cells"],
            sorted([[self.week(0), self.alder.id, 3], [self.week(0), self.birch.id, 2], [self.week(1), self.alder.id, 2]]),
        )
        self.assertEqual(beams["cells"], [[self.week(1), self.alder.id, 4]])
        self.assertEqual(found["weeks"], [self.week(number) for number in range(7)])

    def test_late_tight_and_fallen_demand_is_marked(self):
        risks = {row["code"]: row["risk"] for row in self.picture("timeline")["demands"]}
        self.assertEqual(risks, {"R-T-1": "", "W-T-1": "tight"})
        self.block_line.date_required = self.monday + timedelta(weeks=2, days=-1)
        self.plan.line_ids.filtered(lambda line: line.build_line_id == self.beam_line).sudo().work_order_id = self.make_order(self.alder, self.beam_line, 4, "declined")
        risks = {row["code"]: row["risk"] for row in self.picture("timeline")["demands"]}
        self.assertEqual(risks, {"R-T-1": "fallen", "W-T-1": "late"})

    def test_flows_are_blocks_from_member_to_site(self):
        found = self.picture("flows", user=self.manager)
        self.assertEqual(
            [(row["member"], row["site"], row["quantity"], row["distance_km"], row["kgco2e"]) for row in found["flows"]],
            [(self.alder.id, self.site.id, 9, 0, 0), (self.birch.id, self.site.id, 2, 300, 6)],
        )
        place = [self.site.latitude, self.site.longitude]
        self.assertEqual([row["place"] for row in found["sites"]], [place])
        self.assertEqual(found["members"][0]["place"], place)

    def test_a_place_that_the_reader_may_not_know_is_left_out(self):
        self.birch.facility_id.visibility = "private"
        alder, birch = self.picture("flows")["members"]
        self.assertTrue(alder["place"])
        self.assertEqual((birch["name"], birch["place"]), ("Birch Joinery", None))

    def test_costs_are_split_by_kind_type_and_region(self):
        found = self.picture("costs")
        self.assertEqual(
            {row["kind"]: row["amount"] for row in found["kinds"]}, {"making": 400, "setup": 29, "transport": 24, "carbon": 6}
        )
        self.assertEqual(
            [(row["name"], row["quantity"], row["cost"], row["share"]) for row in found["types"]],
            [("Community business", 9, 370, 350 / 400), ("Small or medium company", 2, 89, 50 / 400)],
        )
        self.assertEqual([row["name"] for row in found["regions"]], ["Test Bristol", "Test Cumbria"])

    def test_the_parts_of_the_cost_of_a_solved_plan_are_its_cost(self):
        self.alder.action_suspend("Only Birch here")
        plan = self.make_plan(carbon_price=0.2)
        plan.action_solve()
        kinds = {row["kind"]: row["amount"] for row in self.picture("costs", plan)["kinds"]}
        self.assertAlmostEqual(sum(kinds.values()), plan.cost, delta=0.05)
        self.assertEqual(kinds.keys(), {"making", "setup", "transport", "carbon"})
        self.assertAlmostEqual(kinds["carbon"], plan.kgco2e * 0.2, delta=0.02)

    def test_a_plan_without_lines_has_empty_pictures(self):
        plan = self.make_plan()
        for name in NAMES:
            rows = self.picture(name, plan)
            self.assertFalse(any(rows[key] for key in rows.keys() - {"name", "currency_id"}), name)

    def test_a_picture_that_there_is_not_is_refused(self):
        for name in ("unlink", "members", "", None):
            with self.assertRaisesRegex(UserError, "has these pictures"):
                self.picture(name)

    def test_only_the_coordinators_of_its_builds_see_the_pictures_of_a_plan(self):
        funder = new_test_user(self.env, "funder_t", groups="wcm_network.group_funder")
        for user in (self.alder_user, funder, self.other_coordinator, self.env.ref("base.public_user")):
            for name in NAMES:
                with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model"):
                    self.picture(name, user=user)

    def test_nobody_types_a_load(self):
        values = {"plan_id": self.plan.id, "membership_id": self.alder.id, "process_id": self.routing.id, "week_start": self.monday}
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
            self.env["wcm.plan.load"].with_user(self.manager).create(values)


@tagged("post_install", "-at_install")
class TestPlanPictureCalled(PictureCase, HttpCase):
    def call(self, user, name):
        user.password = "a-long-password"
        self.authenticate(user.login, "a-long-password")
        return self.make_jsonrpc_request("/web/dataset/call_kw", {"model": "wcm.plan", "method": "picture", "args": [self.plan.id, name], "kwargs": {}})

    def test_a_coordinator_gets_the_rows_and_a_member_nothing(self):
        self.assertEqual(len(self.call(self.coordinator, "allocation")["cells"]), 3)
        for name in NAMES:
            with self.assertRaisesRegex(JsonRpcException, "AccessError"), mute_logger("odoo.http", "odoo.addons.base.models.ir_model"):
                self.call(self.alder_user, name)
