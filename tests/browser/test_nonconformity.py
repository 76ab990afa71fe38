"""What is scrapped is made again elsewhere; a phone at the site finds damage: everybody on pages of their own."""

import re

from odoo.tests import new_test_user, tagged

from .common import DESKTOP, PHONE
from .nonconformity import FORM, NonconformityCase
from .test_member import photo


@tagged("post_install", "-at_install")
class TestReplacement(NonconformityCase):
    """What is scrapped is made again by another member, who reads nothing of the first one."""

    def test_another_member_makes_it_again(self):
        nonconformity = self.parts[0].with_user(self.coordinator).action_report("Warped by 6 mm").sudo()
        with self.browser_page("lead_b", DESKTOP) as page:
            self.open(page, nonconformity)
            self.scrap(page)
        order = nonconformity.disposition_ids.replacement_order_id
        self.assertEqual((order.state, order.membership_id, order.quantity), ("draft", self.birch, 1))
        self.assertEqual((order.price_unit, bool(order.instructions)), (order._open_book_price(), False))
        name = order.name
        with self.browser_page("manager_t", DESKTOP) as page:
            self.offer(page, nonconformity, name)
        with self.browser_page("birch@example.com", PHONE) as page:
            self.accept(page)
        with self.browser_page("manager_t", DESKTOP) as page:
            page.goto(f"/odoo/action-wcm_network.action_work_order/{order.id}")
            page.get_by_role("button", name="Release", exact=True).click()
            page.locator(".o_arrow_button_current", has_text="Released").wait_for()
        self.supply(order)
        with self.browser_page("birch@example.com", PHONE) as page:
            self.make(page)
        self.assertEqual((order.price_unit, order.accepted_by_id), (58, self.birch_user))
        self.assertEqual((order.part_ids.mapped("state"), order.part_ids.made_by_id), (["made"], self.birch_user))
        self.assertEqual((self.parts[0].state, nonconformity.state), ("scrapped", "closed"))
        self.assertEqual(order.purchase_line_id.order_id.partner_id.commercial_partner_id, self.birch.facility_id.operator_id.commercial_partner_id)

    def scrap(self, page):
        dialog = self.press(page, "Decide")
        dialog.get_by_label("Scrap", exact=True).check()
        dialog.locator("[name=reason] textarea").fill("Cannot be pressed flat")
        dialog.get_by_label("Another member").check()
        self.choose(page, "membership_id", "Birch Joinery")
        dialog.get_by_role("button", name="Decide").click()
        page.locator(".o_arrow_button_current", has_text="Closed").wait_for()

    def offer(self, page, nonconformity, name):
        """From the decision to its order, with a price of its own."""
        self.open(page, nonconformity)
        page.locator("[name=disposition_ids]").get_by_text(name).wait_for()
        page.goto("/odoo/action-wcm_network.action_work_order")
        page.get_by_text(name).first.click()
        page.locator("[name=price_unit] input").fill("58")
        page.get_by_role("button", name="Offer", exact=True).click()
        page.locator(".o_arrow_button_current", has_text="Offered").wait_for()

    def accept(self, page):
        page.goto("/workshop")
        page.get_by_role("button", name="W-T-1 × 1").click()
        page.get_by_role("button", name="Accept").wait_for()
        for words in ("Alder", "Warped", "As we said on the telephone", "64"):
            self.assertEqual(page.locator(FORM).get_by_text(words).count(), 0, words)
        self.look(page, "replacement-offer")
        page.get_by_role("button", name="Accept").click()
        page.get_by_role("dialog").get_by_role("button", name="Accept").click()
        page.get_by_text("Accepted. It is yours.").wait_for()

    def make(self, page):
        page.goto("/workshop")
        page.get_by_role("button", name="W-T-1 × 1").click()
        page.get_by_role("button", name="Start making").click()
        page.get_by_role("button", name="All the rest are made").click()
        page.get_by_label("Lot numbers of the sheets used").fill("SH-A")
        page.get_by_role("button", name="Mark as made").click()
        page.get_by_text("Marked as made.").wait_for()


@tagged("post_install", "-at_install")
class TestFromTheSite(NonconformityCase):
    """Damage is scanned at the site, a block is reported by its own member; a quality lead decides on a phone."""

    def test_from_the_scan_to_the_rework(self):
        new_test_user(self.env, "sam_site", groups="base.group_portal", password="sam_site")
        self.site.receiver_ids = self.env["res.users"].search([("login", "=", "sam_site")])
        code, own = self.parts[0].public_url, self.make_made(self.alder, self.block_line, 1).part_ids
        own_name = own.name
        with self.browser_page("sam_site", PHONE) as page:
            self.scan_damage(page, code)
        with self.browser_page("alder@example.com", PHONE) as page:
            self.report(page, own_name)
        damaged, told = self.parts[0].nonconformity_ids, own.nonconformity_ids
        self.assertEqual([(one.source, one.state, bool(one.photo)) for one in (damaged, told)], [("site", "open", True), ("member", "open", True)])
        with self.browser_page("lead_b", PHONE) as page:
            self.decide_from_desk(page, "Damaged")
            self.decide_from_desk(page, "Corner off")
            page.locator("[data-card=carry_out] .o_wcm_desk_line").nth(1).wait_for()
            self.look(page, "desk-phone", ".o_wcm_desk")
        with self.browser_page("alder@example.com", PHONE) as page:
            self.rework_one(page)
        self.assertEqual((damaged.state, told.state), ("decided", "reworked"))
        self.assertEqual((told.rework_note, told.reworked_by_id), ("Glued and sanded", self.alder_user))
        self.assertEqual((damaged.disposition, damaged.decided_by_id), ("rework", self.lead))
        self.assertEqual((self.parts[0].is_held, own.is_held), (True, True))

    def scan_damage(self, page, code):
        page.goto("/bench/")
        page.evaluate("() => navigator.serviceWorker.ready")
        page.get_by_label("Scan each block as it comes off").fill(code)
        page.get_by_label("Scan each block as it comes off").press("Enter")
        page.get_by_role("link", name="Damaged").click()
        page.get_by_label("In a few words").fill("Corner crushed")
        page.locator("input[name=photo]").set_input_files(photo())
        page.get_by_alt_text("Your photo").evaluate("image => image.decode()")
        self.look(page, "site-damaged", "main")
        with page.expect_response(lambda answer: answer.url.endswith("/bench/sync") and "damaged" in (answer.request.post_data or "")):
            page.get_by_role("button", name="Report it").click()
        page.get_by_text("All sent").first.wait_for()

    def report(self, page, name):
        self.workshop(page, "parts")
        page.locator(".o_kanban_record", has_text=name).click()
        page.get_by_role("button", name="Something is wrong").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("What is wrong, in a few words").fill("Corner off")
        dialog.locator("input[type=file]").set_input_files(photo())
        dialog.get_by_role("button", name="Report").click()
        page.get_by_text("Reported. The part is on hold.").wait_for()
        self.look(page, "member-part-held")

    def decide_from_desk(self, page, title):
        page.goto("/odoo/quality-desk")
        page.get_by_role("button", name=re.compile(f"Decide: .*{title}")).click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Rework", exact=True).check()
        dialog.locator("[name=reason] textarea").fill("Glue and sand")
        dialog.get_by_role("button", name="Decide").click()
        dialog.wait_for(state="detached")

    def rework_one(self, page):
        self.workshop(page, "quality")
        page.locator(".wcm_member_quality [data-card=rework] .wcm_line", has_text="Corner off").click()
        page.get_by_text("Glue and sand").first.wait_for()
        self.look(page, "member-rework")
        page.get_by_role("button", name="Rework is done").click()
        page.get_by_role("dialog").get_by_label("What was done?").fill("Glued and sanded")
        page.get_by_role("dialog").get_by_role("button", name="Send").click()
        page.get_by_text("Another person checks the parts now").wait_for()
