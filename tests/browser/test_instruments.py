"""A caliper is chosen at the bench without network, and in the workshop; an owner keeps the instruments."""

from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from .bench import CUT, BenchCase
from .common import DESKTOP, PHONE


@tagged("post_install", "-at_install")
class TestInstruments(BenchCase):
    @classmethod
    def make_control_plan(cls):
        cls.kind = cls.env.ref("wcm_qc.instrument_kind_caliper")
        point = {
            "name": "Thickness", "kind": "measurement", "nominal": 18, "tolerance_minus": 0.5, "tolerance_plus": 0.5, "sequence": 1, "instrument_kind_id": cls.kind.id,
        }
        plan = cls.env["wcm.control.plan"].create({"name": "Wall block", "product_ids": cls.block.ids, "checkpoint_ids": [Command.create(point)]})
        plan.action_approve()

    def setUp(self):
        super().setUp()
        self.short, self.long = self.make_caliper("Short caliper", 10), self.make_caliper("Long caliper", 20)
        self.make_caliper("Old caliper", 500)

    def make_caliper(self, name, days_ago):
        one = self.env["wcm.instrument"].create({"name": name, "kind_id": self.kind.id, "serial": f"S-{name}", "membership_id": self.alder.id, "code": name.split()[0].upper()})
        day = fields.Date.today() - timedelta(days=days_ago)
        self.env["wcm.calibration"].create({"instrument_id": one.id, "date": day, "laboratory": "Lab", "number": "C-1"})
        return one

    def test_at_the_bench_without_network_one_is_tapped_or_scanned(self):
        with self.browser_page("alder@example.com", PHONE) as page:
            tab = self.open_bench(page.context)
            tab.get_by_text("All sent").wait_for()
            page.context.set_offline(True)
            self.start(tab, "W-T-1")
            tab.get_by_role("button", name="Blocks are done").click()
            tab.get_by_role("button", name="1 block is done").click()
            tab.get_by_text("1 of 2 made").wait_for()
            tab.get_by_role("link", name="Scan").click()
            tab.get_by_label("Code on the label").fill(self.first.public_url)
            tab.get_by_label("Code on the label").press("Enter")
            tab.get_by_role("button", name="Check this block").click()
            self.choose(tab)
            page.context.set_offline(False)
            tab.get_by_text("All sent").first.wait_for(timeout=20_000)
            tab.close()
            self.forgive_all(CUT)
        self.env.invalidate_all()
        line = self.first.inspection_ids.line_ids
        self.assertEqual((line.instrument_id, line.calibration_id, line.state), (self.long, self.long.calibration_ids, "passed"))

    def choose(self, tab):
        tab.get_by_role("button", name="Short caliper").wait_for()
        self.assertFalse(tab.get_by_role("button", name="Old caliper").count())
        tab.get_by_label("Or scan its code").fill("nothing")
        tab.get_by_label("Or scan its code").press("Enter")
        tab.get_by_text("is no caliper in date").wait_for()
        tab.get_by_label("Or scan its code").fill("long")
        tab.get_by_label("Or scan its code").press("Enter")
        tab.locator("button[aria-pressed=true]", has_text="Long caliper").wait_for()
        tab.get_by_label("Measured").fill("18.1")
        self.look(tab, "instrument")
        tab.get_by_role("button", name="Next").click()
        tab.get_by_role("button", name="Finish this check").click()
        tab.get_by_role("button", name="Pack").wait_for()

    def test_in_the_workshop_it_is_chosen_on_the_check_and_kept_by_the_owner(self):
        self.first.sudo().write({"state": "made", "made_on": fields.Datetime.now(), "made_by_id": self.alder_user.id})
        inspection = self.first.inspection_ids
        self.env.flush_all()
        with self.browser_page("alder@example.com", PHONE) as page:
            page.goto(f"/workshop/my-checks/{inspection.id}")
            page.get_by_role("button", name="Short caliper").click()
            page.locator("button[aria-pressed=true]", has_text="Short caliper").wait_for()
            self.picture(page, "workshop-instrument")
            self.assert_accessible(page, within=".wcm_check_instrument", name="workshop-instrument")
            page.goto("/workshop/my-instruments")
            page.get_by_role("button", name="Add").click()
            page.get_by_role("button", name="Caliper", exact=True).click()
            page.get_by_label("Name", exact=True).fill("New caliper")
            page.get_by_label("Serial number").fill("S-9")
            self.assert_accessible(page, within="#wcm_ask", name="workshop-instruments")
            page.locator(".modal button.wcm_submit").click()
            page.get_by_text("New caliper").wait_for()
            page.get_by_text("New caliper").click()
            page.get_by_role("button", name="Record a calibration").wait_for()
            self.picture(page, "workshop-instruments")
        self.env.invalidate_all()
        self.assertEqual(self.env["wcm.instrument"].search([("serial", "=", "S-9")]).membership_id, self.alder)

    def test_in_the_web_client_a_quality_lead_chooses_one_of_the_network(self):
        of_network = self.make_caliper("Network caliper", 30)
        of_network.membership_id = of_network.keeper_id = False
        self.make_user("lead_b", "wcm_qc.group_quality_lead", password="lead_b")
        self.first.sudo().write({"state": "made", "made_on": fields.Datetime.now(), "made_by_id": self.alder_user.id})
        inspection = self.first.inspection_ids
        self.env.flush_all()
        with self.browser_page("lead_b", DESKTOP) as page:
            page.goto(f"/odoo/action-wcm_qc.action_inspection/{inspection.id}")
            page.get_by_role("button", name="Network caliper").wait_for()
            self.assertFalse(page.get_by_role("button", name="Old caliper").count())
            page.get_by_label("Measured").fill("18.1")
            page.get_by_role("button", name="Close inspection").click()
            page.get_by_text("say with which caliper it was measured").wait_for()
            page.get_by_role("dialog").get_by_role("button", name="Close").first.click()
            page.get_by_role("button", name="Network caliper").click()
            page.locator("button[aria-pressed=true]", has_text="Network caliper").wait_for()
            self.picture(page, "web-instrument")
            self.assert_accessible(page, within=".wcm_check_instrument", name="web-instrument")
            page.get_by_role("button", name="Close inspection").click()
            page.get_by_role("button", name="Correct").wait_for()
        line = inspection.line_ids
        self.assertEqual((inspection.state, line.instrument_id, line.calibration_id), ("passed", of_network, of_network.calibration_ids))
