"""On the site, with a phone: scan what arrived, and read in words what is wrong."""

from odoo.tests import tagged

from odoo.addons.wcm_network.tests.common import MakingCase

from .common import PHONE, BrowserCase


@tagged("post_install", "-at_install")
class TestSiteReceipt(BrowserCase, MakingCase):
    def test_blocks_are_received_with_a_phone(self):
        shipment = self.make_dispatched(self.alder, self.block_line, 2)
        first, second = shipment.part_ids
        action = self.env.ref("wcm_network.action_shipment").id
        with self.browser_page("coordinator_t", PHONE) as page:
            page.goto(f"/odoo/action-{action}/{shipment.id}")
            code, answer = page.locator("#wcm_scan_input"), page.locator(".wcm_scan [role=status]")
            self.scan(code, "5000112637922")
            answer.get_by_text("is no part of the network").wait_for()
            self.scan(code, first.name)
            answer.get_by_text(f"{first.name}: 1 of 2").wait_for()
            self.scan(code, first.name)
            answer.get_by_text("is scanned already").wait_for()
            self.scan(code, second.public_url)
            answer.get_by_text(f"{second.name}: 2 of 2").wait_for()
            page.get_by_role("button", name="Receive what is scanned").click()
            page.locator(".o_statusbar_status", has_text="Received").wait_for()
        self.assertEqual((shipment.state, set(shipment.part_ids.mapped("state"))), ("received", {"received"}))

    def scan(self, field, code):
        """What a keyboard scanner does."""
        field.fill(code)
        field.press("Enter")
