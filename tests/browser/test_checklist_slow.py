"""A check on a slow line: what is typed while the server has not answered yet is kept."""

from contextlib import contextmanager

from odoo import Command
from odoo.tests import tagged

from .bench import BenchCase
from .common import DESKTOP


@tagged("post_install", "-at_install")
class TestChecklistOnASlowLine(BenchCase):
    @classmethod
    def make_control_plan(cls):
        points = [
            {"name": "Thickness", "kind": "measurement", "nominal": 18, "tolerance_minus": 0.5, "tolerance_plus": 0.5, "reading_count": 3},
            {"name": "Edges clean", "kind": "pass_fail"},
            {"name": "Glue batch", "kind": "text"},
        ]
        plan = cls.env["wcm.control.plan"].create({
            "name": "Wall block", "product_ids": cls.block.ids,
            "checkpoint_ids": [Command.create({**point, "sequence": number}) for number, point in enumerate(points)],
        })
        plan.action_approve()

    def setUp(self):
        super().setUp()
        self.first.sudo().write({"state": "made", "made_on": "2026-05-01 10:00:00", "made_by_id": self.alder_user.id})
        self.inspection = self.first.inspection_ids
        self.make_user("lead_t", "wcm_qc.group_quality_lead", password="lead_t")

    @contextmanager
    def slow(self, page, method):
        """What the page asks of this method waits until the end of the block."""
        waiting, is_slow = [], True

        def hold(route):
            if is_slow:
                waiting.append(route)
            else:
                route.continue_()

        page.route(f"**/call_kw/*/{method}*", hold)
        yield waiting
        is_slow = False
        for route in waiting:
            route.continue_()

    @contextmanager
    def checklist(self):
        with self.browser_page("lead_t", DESKTOP) as page:
            page.goto(f"/odoo/action-wcm_qc.action_inspection/{self.inspection.id}")
            page.get_by_label("Write down").wait_for()
            yield page

    def measure(self, page):
        for number in (1, 2, 3):
            page.get_by_label(f"Reading {number} of 3").fill(f"18.{number}")
            page.keyboard.press("Tab")

    def close(self, page):
        page.get_by_role("button", name="Close inspection").click()
        page.get_by_role("button", name="Correct").wait_for()

    def save_and_wait_for_it(self, page, waiting):
        page.locator(".o_form_button_save").click()
        while not waiting:
            page.wait_for_timeout(50)

    def assert_all_there(self):
        lines = {line.name: line for line in self.inspection.line_ids}
        self.assertEqual(self.inspection.state, "passed")
        self.assertEqual((lines["Thickness"].reading, lines["Edges clean"].passed_by_hand, lines["Glue batch"].reading), ("18.1; 18.2; 18.3", "pass", "G-77"))

    def test_what_is_answered_while_a_save_is_under_way_is_kept(self):
        with self.checklist() as page:
            with self.slow(page, "web_save") as waiting:
                page.get_by_role("group", name="Edges clean").get_by_role("button", name="Pass").click()
                self.save_and_wait_for_it(page, waiting)
                self.measure(page)
                page.get_by_label("Write down").fill("G-77")
                page.keyboard.press("Tab")
            page.get_by_text("18.3 mm: within the limits").wait_for()
            self.assertEqual(page.get_by_label("Write down").input_value(), "G-77")
            self.close(page)
        self.assert_all_there()

    def test_what_is_half_typed_as_a_save_ends_is_typed_on(self):
        with self.checklist() as page:
            self.measure(page)
            with self.slow(page, "web_save") as waiting:
                page.get_by_role("group", name="Edges clean").get_by_role("button", name="Pass").click()
                self.save_and_wait_for_it(page, waiting)
                page.get_by_label("Write down").focus()
                page.keyboard.type("G-")
            page.locator("[data-check='Edges clean'] .badge").filter(has_text="Pass").wait_for()
            page.locator(".o_form_button_save").wait_for(state="hidden")
            page.keyboard.type("77")
            self.close(page)
        self.assert_all_there()

    def test_readings_that_follow_each_other_faster_than_the_server_answers_are_all_kept(self):
        with self.checklist() as page:
            with self.slow(page, "onchange"):
                self.measure(page)
                page.get_by_label("Write down").fill("G-77")
                page.get_by_role("group", name="Edges clean").get_by_role("button", name="Pass").click()
            self.close(page)
        self.assert_all_there()
