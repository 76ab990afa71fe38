"""Runs: the coordinator plans, moves and accepts; the driver reads the list on a phone."""

from datetime import timedelta

from freezegun import freeze_time
from playwright.sync_api import expect

from odoo import fields
from odoo.tests import tagged

from odoo.addons.wcm_network.tests.test_delivery_run import RunCase

from .common import DESKTOP, PHONE, BrowserCase


@tagged("post_install", "-at_install")
class TestDeliveryRun(BrowserCase, RunCase):
    def test_a_run_is_planned_moved_and_accepted(self):
        action, name = self.env.ref("wcm_network.action_delivery_proposal").id, self.ours.name
        with self.browser_page("coordinator_t", DESKTOP) as page:
            page.goto(f"/odoo/action-{action}")
            page.get_by_role("cell", name=name).wait_for()
            self.picture(page, "run-proposal")
            page.get_by_role("button", name="Propose runs").click()
            page.get_by_role("cell", name="Van").first.click()
            page.get_by_role("button", name="Accept").wait_for()
            page.locator(".o_wcm_run_map path").first.wait_for()
            self.picture(page, "run")
            page.locator("tr.o_data_row", has_text="Unload").locator("button[name=action_up]").click()
            page.get_by_text("is unloaded before it is loaded").first.wait_for()
            self.picture(page, "run-wrong")
            page.get_by_role("button", name="Undo").click()
            page.get_by_text("is unloaded before it is loaded").first.wait_for(state="hidden")
            page.get_by_role("button", name="Accept").click()
            page.get_by_role("button", name="Driver's list").wait_for()
            self.picture(page, "run-accepted")
        self.assertEqual(self.ours.run_id.state, "accepted")

    def accepted(self):
        run = self.proposed()
        run.with_user(self.coordinator).action_accept()
        return run, run.driver_url.removeprefix(run.get_base_url())

    def test_the_driver_ticks_off_what_is_on_board_without_network(self):
        _run, link = self.accepted()
        with self.browser_page(size=PHONE) as page:
            page.goto(link)
            stops = page.get_by_role("list").first.locator("> li")
            expect(stops).to_have_count(3)
            first = stops.first.get_by_role("checkbox")
            together = first.count()
            page.context.set_offline(True)
            first.first.check()
            stops.first.get_by_text(f"1 of {together} ticked off").wait_for()
            page.context.set_offline(False)
            page.reload()
            expect(first.first).to_be_checked()
            stops.last.get_by_text("0 of 5 ticked off").wait_for()
            self.picture(page, "run-driver-ticked", full=True)
            self.assert_accessible(page, name="driver's list, ticked")

    def test_a_link_that_has_ended_says_whom_to_ask(self):
        run, link = self.accepted()
        with freeze_time(fields.Datetime.now() - timedelta(days=8)):
            ended = f"/delivery/{run._link_token('driver')}"
        for size in (PHONE, DESKTOP):
            with self.browser_page(size=size) as page:
                page.goto(ended)
                page.get_by_text("Ask whoever sent it to you").wait_for()
                self.picture(page, "run-driver-ended")
                self.assert_accessible(page, name="driver's list, ended")
                self.forgive("404")
        run.with_user(self.coordinator).action_reopen()
        with self.browser_page(size=PHONE) as page:
            page.goto(link)
            page.get_by_role("heading", name="not on any more").wait_for()
            self.forgive("404")

    def test_the_driver_reads_the_list_on_a_phone(self):
        run, link = self.accepted()
        address = f"/odoo/action-{self.env.ref('wcm_network.action_delivery_run').id}/{run.id}"
        with self.browser_page(size=PHONE) as page:
            page.goto(link)
            page.get_by_role("heading", name="Test Meadow").wait_for()
            self.picture(page, "run-driver", full=True)
            self.assert_accessible(page, name="driver's list")
        with self.browser_page("coordinator_t", PHONE) as page:
            page.goto(address)
            page.get_by_role("button", name="Change").wait_for()
            page.locator(".o_kanban_record", has_text="Unload").wait_for()
            self.picture(page, "run-phone")
