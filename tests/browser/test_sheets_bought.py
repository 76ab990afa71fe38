"""A member records the sheets that it bought, and takes some off again, on its own pages."""

from odoo.tests import tagged

from .common import DESKTOP, PHONE, StoryCase
from .test_member import photo


@tagged("post_install", "-at_install")
class TestSheetsBought(StoryCase):
    def test_a_member_records_and_takes_off(self):
        orders = self.make_order(self.alder, self.block_line, 2, state="accepted", material_by="member")
        orders += self.make_order(self.alder, self.block_line, 2, state="accepted", material_by="member")
        for order, size in zip(orders, (DESKTOP, PHONE), strict=True):
            lot, path = f"OWN-{size['width']}", f"/workshop/my-orders/{order.id}"
            with self.subTest(size), self.browser_page("alder@example.com", size) as page:
                page.goto(path)
                self._record(page, lot)
                self._take_off(page, lot)
        purchases = orders.sheet_purchase_ids
        self.assertEqual(sorted(purchases.mapped(lambda one: (one.lot_name, one.quantity, one.quantity_back))), [("OWN-1366", 5, 2), ("OWN-390", 5, 2)])
        self.assertEqual(purchases.mapped("certificate_name"), ["face.jpg"] * 2)

    def _record(self, page, lot):
        page.get_by_role("button", name="Record sheets that you bought").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("How many sheets").fill("5")
        dialog.get_by_label("Lot or batch number").fill(lot.lower())
        dialog.get_by_label("Supplier's certificate").set_input_files(photo())
        self.assert_accessible(page, within="#wcm_ask", name="record sheets")
        dialog.get_by_role("button", name="Record", exact=True).click()
        page.get_by_text(lot, exact=True).wait_for()

    def _take_off(self, page, lot):
        page.get_by_text(lot, exact=True).click()
        page.get_by_role("dialog").get_by_role("button", name="Take sheets off").click()
        dialog = page.get_by_role("dialog").last
        dialog.get_by_label("How many sheets").fill("2")
        dialog.get_by_label("Why? The coordinator reads it.").fill("Wet")
        self.assert_accessible(page, within="#wcm_ask", name="take sheets off")
        dialog.get_by_role("button", name="Take off", exact=True).click()
        page.get_by_text("Taken off your stock.").wait_for()
