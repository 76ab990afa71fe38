"""Sheets that came in: a member checks them on its phone, on its pages and at the bench, and says who witnessed it."""

from odoo import Command
from odoo.tests import tagged

from .bench import BenchCase
from .common import PHONE


@tagged("post_install", "-at_install")
class TestIncoming(BenchCase):
    @classmethod
    def make_control_plan(cls):
        """Of sheets, with a hold point; whoever recorded the delivery is not the one who looks."""
        cls.env["wcm.control.plan"].create({
            "name": "Sheets", "stage": "incoming", "product_ids": cls.sheet.ids,
            "checkpoint_ids": [
                Command.create({"name": "Thickness", "kind": "measurement", "nominal": 18, "tolerance_minus": 0.5, "tolerance_plus": 0.5, "point_type": "hold", "sequence": 1}),
                Command.create({"name": "Dry and flat", "kind": "pass_fail", "point_type": "witness", "sequence": 2}),
            ],
        }).action_approve()

    def setUp(self):
        super().setUp()
        place = self.alder.subcontract_location_id
        ways = {"location_id": self.env.ref("stock.stock_location_suppliers").id, "location_dest_id": place.id}
        lot = self.env["stock.lot"].create({"name": "SH-NEW", "product_id": self.sheet.id})
        line = {"product_id": self.sheet.id, "lot_id": lot.id, "quantity": 6, "picked": True, **ways}
        move = self.env["stock.move"].create({"product_id": self.sheet.id, "product_uom_qty": 6, "picked": True, "move_line_ids": [Command.create(line)], **ways})
        move._action_done()
        self.check = lot.incoming_check_ids
        self.env.flush_all()

    def test_on_a_members_pages(self):
        self.assertEqual(self.check.membership_id, self.alder)
        with self.browser_page("alder@example.com", PHONE) as page:
            page.goto("/workshop")
            page.get_by_role("navigation", name="Workshop").get_by_role("button", name="Checks").click()
            self.picture(page, "incoming-list", full=True)
            page.locator(".o_kanban_record").filter(has_text="SH-NEW").click()
            page.get_by_text("nothing is cut from this lot").wait_for()
            page.get_by_text("A witness is invited.").wait_for()
            page.get_by_role("button", name="The witness came").click()
            page.get_by_role("dialog").get_by_label("Name, and for whom").fill("Ms Field, insurer")
            page.get_by_role("dialog").get_by_role("button", name="Write it down").click()
            page.get_by_text("Witnessed by Ms Field, insurer").wait_for()
            reading = page.locator("[data-check='Thickness'] input").first
            reading.fill("18.1")
            reading.press("Tab")
            page.get_by_text("18.1 mm: within the limits").wait_for()
            self.picture(page, "incoming-check", full=True)
            self.assert_accessible(page, within=".wcm_checks", name="incoming check")
            page.locator(".wcm_check_bar").get_by_role("button", name="Next").click()
            page.get_by_role("group", name="Dry and flat").get_by_role("button", name="Pass").click()
            page.get_by_role("button", name="Finish this check").click()
            page.get_by_role("dialog").get_by_role("button", name="Finish this check").click()
            page.get_by_text("The check is closed.").wait_for()
        self.assertEqual((self.check.state, self.check.inspector_id, self.check.witness_state), ("passed", self.alder_user, "came"))

    def test_at_the_bench(self):
        with self.browser_page("alder@example.com", PHONE) as page:
            tab = self.open_bench(page.context, "Check sheets SH-NEW")
            self.picture(tab, "incoming-bench", full=True)
            self.assert_accessible(tab, name="incoming at the bench")
            tab.get_by_role("link", name="Check sheets SH-NEW").click()
            tab.get_by_text("Thickness").wait_for()
            tab.get_by_role("textbox").first.fill("18.2")
            tab.get_by_text("Within the limits").or_(tab.get_by_text("Pass")).first.wait_for()
            self.picture(tab, "incoming-bench-check", full=True)
            tab.get_by_role("button", name="Next").click()
            tab.get_by_role("button", name="Pass", exact=True).click()
            tab.get_by_role("button", name="Next").click()
            tab.get_by_text("A witness is invited.").wait_for()
            tab.get_by_label("Who came as witness").fill("Ms Field")
            self.picture(tab, "incoming-bench-witness", full=True)
            self.assert_accessible(tab, name="witness at the bench")
            with tab.expect_response("**/bench/sync"):
                tab.get_by_role("button", name="Finish this check").click()
            tab.get_by_text("All sent").wait_for()
            tab.get_by_role("link", name="Check sheets SH-NEW").wait_for(state="detached")
            tab.close()
        self.assertEqual((self.check.state, self.check.line_ids[0].reading, self.check.witness_names), ("passed", "18.2", "Ms Field"))
