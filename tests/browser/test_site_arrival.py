"""Unloading at a site with a phone that has no network: here, damaged with a photo, short, a strange code."""

from odoo.tests import new_test_user, tagged

from odoo.addons.wcm_network.tests.common import MakingCase

from .bench import CUT
from .common import DESKTOP, PHONE, BrowserCase
from .test_member import photo


@tagged("post_install", "-at_install")
class TestSiteArrival(BrowserCase, MakingCase):
    def test_a_delivery_is_unloaded_without_network(self):
        shipment = self.make_dispatched(self.alder, self.block_line, 4)
        new_test_user(self.env, "sam_t", groups="base.group_portal", password="sam_t")
        self.site.receiver_ids = self.env["res.users"].search([("login", "=", "sam_t")])
        names = shipment.part_ids.mapped("name")
        codes, name = shipment.part_ids.mapped("public_url"), shipment.name
        with self.browser_page("sam_t", PHONE) as page:
            self.find_from_home(page)
            tab = self.open_app(page.context, name)
            page.context.set_offline(True)
            self.scan_all(tab, codes[:2])
            self.report_damage(tab, codes[2])
            self.report_strange(tab)
            tab.close()
            tab = self.open_app(page.context, name)
            self.book(tab, name, names[3])
            tab.get_by_text("6 waiting").wait_for()
            page.context.set_offline(False)
            tab.get_by_text("All sent").first.wait_for()
            tab.close()
            self.complaints = [complaint for complaint in self.complaints if CUT not in complaint]
        self.assertEqual(shipment.part_ids.mapped("state"), ["received"] * 3 + ["dispatched"])
        issues = self.env["wcm.receipt.issue"].search([("site_id", "=", self.site.id)])
        self.assertEqual(sorted(issues.mapped("kind")), ["damaged", "short", "unknown"])
        damaged = issues.filtered(lambda issue: issue.kind == "damaged")
        self.assertTrue(damaged.photo)
        self.assertEqual((damaged.nonconformity_id.part_ids, damaged.part_id.is_held), (damaged.part_id, True), "It opens by itself and holds the block.")

    def test_the_cursor_stays_in_its_field_when_news_arrives(self):
        shipment = self.make_dispatched(self.alder, self.block_line, 1)
        name, code = shipment.name, shipment.part_ids.public_url
        with self.browser_page("coordinator_t", PHONE) as page:
            tab = self.open_app(page.context, name)
            tab.get_by_role("link", name="from Alder Works").click()
            self.scan(tab, code)
            tab.get_by_role("link", name="Damaged").click()
            words = tab.get_by_label("In a few words")
            words.click()
            drawn = words.element_handle()
            tab.evaluate("window.dispatchEvent(new Event('online'))")
            tab.wait_for_function("field => !field.isConnected", arg=drawn)
            tab.keyboard.type("Corner crushed")
            self.assertEqual(words.input_value(), "Corner crushed")
            tab.close()

    def test_what_is_on_its_way_is_read_at_a_desk_too(self):
        shipment = self.make_dispatched(self.alder, self.block_line, 2)
        name = shipment.name
        with self.browser_page("coordinator_t", DESKTOP) as page:
            tab = self.open_app(page.context, name)
            tab.get_by_role("link", name="from Alder Works").click()
            tab.get_by_label("Scan each block as it comes off").wait_for()
            self.look(tab, "delivery-desk")
            tab.close()

    def find_from_home(self, page):
        page.goto("/my")
        self.picture(page, "receiver-home")
        page.get_by_role("link", name="Deliveries to your sites").click()
        page.wait_for_url("**/bench/")

    def open_app(self, context, see):
        tab = context.new_page()
        self._listen(tab)
        tab.goto("/bench/")
        tab.get_by_text(see).first.wait_for()
        tab.evaluate("() => navigator.serviceWorker.ready")
        self.look(tab, "deliveries")
        return tab

    def scan(self, tab, code):
        tab.get_by_label("Scan each block as it comes off").fill(code)
        tab.get_by_label("Scan each block as it comes off").press("Enter")

    def scan_all(self, tab, codes):
        tab.get_by_role("link", name="from Alder Works").click()
        self.look(tab, "delivery")
        for code in codes:
            self.scan(tab, code)
            tab.get_by_text("Here", exact=True).wait_for()
            self.look(tab, "arrival")
            tab.get_by_role("button", name="Next block").click()

    def report_damage(self, tab, code):
        self.scan(tab, code)
        tab.get_by_role("link", name="Damaged").click()
        tab.get_by_label("In a few words").fill("Corner crushed")
        tab.locator("input[name=photo]").set_input_files(photo())
        tab.get_by_alt_text("Your photo").evaluate("image => image.decode()")
        self.look(tab, "damaged")
        tab.get_by_role("button", name="Report it").click()
        tab.locator("main .badge").get_by_text("Damaged", exact=True).wait_for()  # not the title of the screen that is left

    def report_strange(self, tab):
        tab.get_by_role("link", name="Receive").click()
        self.scan(tab, "5000112637922")
        tab.get_by_label("What is it?").fill("A grey pallet")
        self.look(tab, "strange")
        tab.get_by_role("button", name="Tell the coordinator").click()
        tab.get_by_text("5 waiting").wait_for()

    def book(self, tab, name, missing):
        tab.get_by_role("link", name=name).click()
        tab.get_by_role("button", name="All is unloaded").click()
        tab.get_by_text(missing).wait_for()
        self.look(tab, "unloaded")
        tab.get_by_role("button", name="Book, 1 short").click()

    def look(self, tab, name):
        self.picture(tab, f"arrival-{name}")
        self.assert_accessible(tab, name=name)
