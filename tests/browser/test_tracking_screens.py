"""Where each block is: board, what is missing, timeline, recall and run are for everybody, on a screen and a phone."""

from datetime import timedelta

from odoo import Command
from odoo.tests import tagged

from odoo.addons.wcm_network.tests.test_delivery_run import RunCase

from .common import DESKTOP, PHONE, BrowserCase


@tagged("post_install", "-at_install")
class TestTrackingScreens(BrowserCase, RunCase):
    """Blocks of two members are on an accepted run; one component is recalled."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.block_line.date_required = cls.build.date_required + timedelta(days=3)
        cls.recall = cls.env["wcm.recall"].with_user(cls.coordinator).create({"reason": "Thin sheets", "product_ids": [Command.set(cls.block.ids)]})

    def screens(self, run):
        """{name: (address, what is there when it is drawn, what of it is ours)}"""
        action = {name: self.env.ref(f"wcm_network.action_{name}").id for name in ("build_board", "build_lift", "part_timeline", "recall", "delivery_run")}
        run_form = f"/odoo/action-{action['delivery_run']}/{run.id}"
        return {
            "board": (f"/odoo/action-{action['build_board']}?active_id={self.build.id}", ".o_wcm_block", ".o_wcm_build_board"),
            "missing": (f"/odoo/action-{action['build_lift']}?active_id={self.build.id}", ".o_wcm_lift_rows li", ".o_wcm_build_lift"),
            "timeline": (f"/odoo/action-{action['part_timeline']}?active_id={self.ours.part_ids[0].id}", ".o_wcm_timeline_steps li", ".o_wcm_timeline"),
            "recall": (f"/odoo/action-{action['recall']}/{self.recall.id}", "[name=summary] table", "[name=summary]"),
            "run": (run_form, ".o_wcm_run_map path", ".o_wcm_run_map, [name=stop_ids] .o_kanban_record > *"),
        }

    def test_they_pass_axe_and_nothing_has_to_be_pushed_sideways(self):
        run = self.proposed()
        run.with_user(self.coordinator).action_accept()
        self.recall.action_hold()
        screens = self.screens(run)
        for size in (DESKTOP, PHONE):
            with self.browser_page("coordinator_t", size) as page:
                for name, (address, drawn, ours) in screens.items():
                    page.goto(address)
                    page.locator(drawn).first.wait_for()
                    self.picture(page, f"tracking-{name}")
                    self.assert_accessible(page, ours, name)
                    self.assert_fits(page, ours, name)

    def assert_fits(self, page, ours, name):
        """No part of ours is wider than its place; the picture of a large home may be."""
        wide = page.evaluate(
            """(ours) => [...document.querySelectorAll(ours)].flatMap((part) => [part, ...part.querySelectorAll("*")])
                .filter((el) => el.scrollWidth > el.clientWidth + 2 && ["auto", "scroll"].includes(getComputedStyle(el).overflowX))
                .map((el) => el.className)""",
            ours,
        )
        self.assertEqual([each for each in wide if "o_wcm_home_scroll" not in str(each)], [], name)
