"""A member sets its rates and reads on an offer what they give; a coordinator reads the same."""

from odoo.tests import tagged

from .common import DESKTOP, PHONE, StoryCase

BOOK = ".o_wcm_price_book"


@tagged("post_install", "-at_install")
class TestPrice(StoryCase):
    def test_a_member_sets_rates_and_reads_what_they_give_on_an_offer(self):
        cutting = self.alder.facility_id.capability_ids.filtered(lambda capability: capability.process_id == self.routing)
        self.block_bom.requirement_ids[0].hands_on = 0.25
        order = self.make_order(self.alder, self.block_line, 8, state="offered")
        with self.browser_page("alder@example.com", PHONE) as page:
            page.goto(f"/workshop/my-capacity/{cutting.id}")
            page.get_by_role("button", name="Set rates").click()
            dialog = page.get_by_role("dialog")
            dialog.get_by_label("Machine, an hour (GBP)").wait_for()
            dialog.get_by_label("Machine, an hour").fill("30")
            dialog.get_by_label("Hands-on, an hour").fill("18")
            dialog.get_by_label("Overhead").fill("10")
            self.assert_accessible(page, within="#wcm_ask", name="rates")
            dialog.get_by_role("button", name="Set", exact=True).click()
            page.get_by_text("In force", exact=True).wait_for()
            self.picture(page, "price-rates", full=True)
            page.goto(f"/workshop/my-orders/{order.id}")
            page.locator(BOOK).get_by_text("Your rates give").wait_for()
            words = page.locator(BOOK).inner_text()
            for said in ("Machine: CNC", "20.00", "3.00", "0.25 h shared by 8", "1.50", "2.45", "44.95", "50.00", "5.05 more"):
                self.assertIn(said, words)
            self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), PHONE["width"])
            self.assert_accessible(page, within=BOOK, name="build-up on a phone")
            page.locator(BOOK).scroll_into_view_if_needed()
            self.picture(page, "price-offer", full=True)
        self.assertEqual((cutting.rate_ids.machine_hour, cutting.rate_ids.create_uid), (30, self.alder_user))

    def test_rates_and_counter_offers_are_asked_for_in_the_records_own_money(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        cutting = self.alder.facility_id.capability_ids[0]
        cutting.currency_id = euro
        order = self.make_order(self.alder, self.block_line, 8, currency_id=euro.id)
        order.sudo().state = "offered"
        with self.browser_page("alder@example.com", PHONE) as page:
            page.goto(f"/workshop/my-capacity/{cutting.id}")
            page.get_by_role("button", name="Set rates").click()
            for label in ("Machine, an hour (EUR)", "Hands-on, an hour (EUR)"):
                page.get_by_role("dialog").get_by_label(label).wait_for()
            self.picture(page, "price-rates-euro")
            page.goto(f"/workshop/my-orders/{order.id}")
            page.get_by_role("button", name="Offer something else").click()
            page.get_by_role("dialog").get_by_label("Price of one (EUR)").wait_for()

    def test_a_coordinator_takes_the_open_book_price_and_nothing_goes_out_for_nothing(self):
        order = self.make_order(self.alder, self.block_line, 8, price_unit=0)
        with self.browser_page("coordinator_t", DESKTOP) as page:
            page.goto(f"/odoo/action-wcm_network.action_work_order/{order.id}")
            page.get_by_role("button", name="Offer", exact=True).click()
            page.get_by_role("dialog").get_by_text("No price is said for").wait_for()
            page.get_by_role("dialog").get_by_role("button", name="Close").last.click()
            page.get_by_role("button", name="Take the open-book price").click()
            page.get_by_role("tab", name="Open-book price").click()
            page.locator(BOOK).get_by_text("the price is the same").wait_for()
            self.assert_accessible(page, within=BOOK, name="build-up for a coordinator")
            self.picture(page, "price-order")
            page.get_by_role("button", name="Offer", exact=True).click()
            page.locator(".o_arrow_button_current", has_text="Offered").wait_for()
        self.assertEqual(order.price_unit, order._open_book_price())
