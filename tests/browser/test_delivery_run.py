"""Runs: the coordinator plans, moves and accepts; the driver reads the list on a phone."""

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

    def test_the_driver_reads_the_list_on_a_phone(self):
        run = self.proposed()
        run.with_user(self.coordinator).action_accept()
        link = run.driver_url.removeprefix(run.get_base_url())
        address = f"/odoo/action-{self.env.ref('wcm_network.action_delivery_run').id}/{run.id}"
        with self.browser_page(size=PHONE) as page:
            page.goto(link)
            page.get_by_role("heading", name="Test Meadow").wait_for()
            self.picture(page, "run-driver", full=True)
            self.assert_accessible(page, name="driver's list")
        with self.browser_page("coordinator_t", PHONE) as page:
            page.goto(address)
            page.get_by_role("button", name="Change").wait_for()
            self.picture(page, "run-phone")
