"""A block is checked with a phone as it comes off the vehicle: what is not good, or not checked, stays where it is."""

import re

from odoo import Command
from odoo.tests import new_test_user, tagged

from odoo.addons.wcm_network.tests.common import MakingCase

from .bench import CUT
from .common import PHONE, BrowserCase


@tagged("post_install", "-at_install")
class TestArrivalCheck(BrowserCase, MakingCase):
    def setUp(self):
        super().setUp()
        plan = self.env["wcm.control.plan"].create({
            "name": "Unloading", "stage": "site_receipt", "product_ids": self.block.ids,
            "checkpoint_ids": [Command.create({"name": "Dry", "kind": "pass_fail", "point_type": "hold"})],
        })
        plan.action_approve()
        self.shipment = self.make_dispatched(self.alder, self.block_line, 3)
        self.site.receiver_ids = new_test_user(self.env, "sam_t", groups="base.group_portal", password="sam_t")

    def test_what_is_checked_is_free_and_what_is_wrong_or_unchecked_is_held(self):
        wet, dry, unchecked = self.shipment.part_ids
        names, name = self.shipment.part_ids.mapped("name"), self.shipment.name
        with self.browser_page("sam_t", PHONE) as page:
            tab = self.open_app(page.context, name)
            page.context.set_offline(True)
            tab.get_by_role("link", name="from Alder Works").click()
            self.check(tab, names[0], "Fail")
            self.check(tab, names[1], "Pass")
            self.scan(tab, names[2])
            tab.get_by_role("button", name="Check this block").wait_for()
            self.look(tab, "unchecked")
            tab.get_by_role("link", name="Receive").click()
            tab.get_by_role("link", name="from Alder Works").click()
            tab.get_by_role("button", name="All is unloaded").click()
            tab.get_by_role("button", name=re.compile("^Book")).click()
            page.context.set_offline(False)
            tab.get_by_text("All sent").first.wait_for()
            tab.close()
            self.complaints = [complaint for complaint in self.complaints if CUT not in complaint]
        self.assertEqual(self.shipment.part_ids.mapped("state"), ["received"] * 3)
        self.assertEqual([part.is_held for part in (wet, dry, unchecked)], [True, False, True])
        self.assertEqual((wet.nonconformity_ids.state, dry.inspection_ids.state, unchecked.inspection_ids.state), ("open", "passed", "open"))

    def open_app(self, context, see):
        tab = context.new_page()
        self._listen(tab)
        tab.goto("/bench/")
        tab.get_by_text(see).first.wait_for()
        tab.evaluate("() => navigator.serviceWorker.ready")
        return tab

    def scan(self, tab, code):
        tab.get_by_label("Scan each block as it comes off").fill(code)
        tab.get_by_label("Scan each block as it comes off").press("Enter")

    def check(self, tab, name, verdict):
        self.scan(tab, name)
        tab.get_by_role("button", name="Check this block").click()
        tab.get_by_role("button", name=verdict, exact=True).click()
        self.look(tab, f"check-{verdict.lower()}")
        tab.get_by_role("button", name="Next").click()
        tab.get_by_role("button", name="Finish this check").click()
        tab.get_by_role("button", name="Next block").click()

    def look(self, tab, name):
        self.picture(tab, f"arrival-{name}")
        self.assert_accessible(tab, name=name)
