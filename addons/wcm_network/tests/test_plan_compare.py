import io

import openpyxl

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import NetworkCase


@tagged("post_install", "-at_install")
class TestPlanCompare(NetworkCase):
    def test_plans_side_by_side_name_the_better_value(self):
        self.alder.facility_id.capability_ids.cost_per_hour = 90
        plans = self.make_plan(name="Cheap") | self.make_plan(name="Fair", min_community_share=0.6)
        for plan in plans:
            plan.action_solve()
        action = plans.with_user(self.coordinator).action_compare()
        compare = self.env["wcm.plan.compare"].with_user(self.coordinator).browse(action["res_id"])
        costs = compare._figures(plans)[0]
        self.assertEqual(costs["best"], {plans[0]})
        for words in ("Cheap", "Fair", "Community business", "Birch Joinery", "best"):
            self.assertIn(words, compare.body)

    def test_a_plan_alone_is_compared_with_the_others_for_the_same_builds(self):
        plan, other, elsewhere = (
            self.make_plan(builds) for builds in (self.build, self.build, self.make_build("Another home", {self.block: 1}))
        )
        plan.action_solve()
        with self.assertRaisesRegex(UserError, "nothing to compare with"):
            plan.action_compare()
        for solved in other | elsewhere:
            solved.action_solve()
        compare = self.env["wcm.plan.compare"].browse(plan.action_compare()["res_id"])
        self.assertEqual(compare.plan_ids, plan | other)


@tagged("post_install", "-at_install")
class TestPlanCompareWorkbook(NetworkCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plans = cls.make_plan() | cls.make_plan(max_facility_share=0.6, carbon_price=0.1)
        for plan in cls.plans:
            plan._solve_now()
        cls.plans |= cls.make_plan(name="Only a thought")
        cls.compare = cls.env["wcm.plan.compare"].with_user(cls.coordinator).create({"plan_ids": [Command.set(cls.plans.ids)]})

    def book(self):
        return openpyxl.load_workbook(io.BytesIO(self.compare._workbook()))

    def rows(self, sheet):
        return {row[0].value: row for row in self.book()[sheet].iter_rows(min_row=4)}

    def test_scenarios_are_columns_and_figures_are_numbers_in_their_format(self):
        sheet = self.book()["Scenarios"]
        first, second, _draft = self.plans
        self.assertEqual([cell.value for cell in sheet[3]][2:], [f"Test plan ({first.id})", f"Test plan ({second.id})", "Only a thought"])
        rows = self.rows("Scenarios")
        self.assertAlmostEqual(rows["Cost"][2].value, first.cost, 4)
        self.assertEqual((rows["Gap"][2].number_format, rows["Placed"][2].value), ("0.0%", 12))
        self.assertGreater(rows["Of the cost: Carbon price"][3].value, 0)
        self.assertEqual(rows["Rule: At most with one member"][3].value, 0.6)

    def test_names_that_excel_takes_for_the_same_are_told_apart(self):
        for plan, name in zip(self.plans, ("figure", "Cheapest", "cheapest"), strict=True):
            plan.name = name
        headers = [f"{plan.name} ({plan.id})" for plan in self.plans]
        self.assertEqual([cell.value for cell in self.book()["Scenarios"][3]][2:], headers)

    def test_costs_by_kind_add_up(self):
        rows = self.rows("Scenarios")
        parts = [row[3].value for name, row in rows.items() if name.startswith("Of the cost")]
        self.assertAlmostEqual(sum(parts), rows["Cost"][3].value, delta=0.05)

    def test_a_plan_without_figures_has_none_invented(self):
        self.assertEqual(self.rows("Scenarios")["Cost"][4].value, "[x]")

    def test_lines_stand_by_scenario(self):
        lines = list(self.book()["Lines"].iter_rows(min_row=4, values_only=True))
        self.assertEqual(len(lines), len(self.plans.line_ids))
        self.assertEqual({row[0] for row in lines}, {f"Test plan ({plan.id})" for plan in self.plans[:2]})

    def test_members_and_other_coordinators_get_no_spreadsheet(self):
        url = f"/network/plan-compare/{self.compare.id}/workbook.xlsx"
        self.authenticate(self.alder_user.login, "alder-password")
        self.assertEqual(self.url_open(url).status_code, 403)
        with self.assertRaises(AccessError):
            self.compare.with_user(self.alder_user).action_download_workbook()
        self.authenticate("coordinator_o", "coordinator_o")
        self.assertEqual(self.url_open(url).status_code, 404)
        with self.assertRaises(AccessError):
            self.env["wcm.plan.compare"].with_user(self.other_coordinator).create({"plan_ids": [Command.set(self.plans.ids)]})
        self.authenticate("coordinator_t", "coordinator_t")
        self.assertEqual(self.url_open(self.compare.action_download_workbook()["url"]).headers["Content-Type"].split(".")[-1], "sheet")
