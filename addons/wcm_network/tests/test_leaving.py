from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import NetworkCase


@tagged("post_install", "-at_install")
class TestLeaving(NetworkCase):
    """A membership ends when nothing of it is open."""

    def end(self):
        self.alder.with_user(self.coordinator).action_end("Moved away")

    def refused(self):
        with self.assertRaises(UserError) as caught:
            self.end()
        return str(caught.exception)

    def test_open_work_and_sheets_are_named(self):
        offered = self.make_order(self.alder, self.block_line, 2, state="offered")
        agreed = self.make_order(self.alder, self.block_line, 3, state="accepted")
        lot = self.env["stock.lot"].create({"name": "SH-LEAVE", "product_id": self.sheet.id})
        place = self.alder.subcontract_location_id
        self.env["stock.quant"]._update_available_quantity(self.sheet, place, 4, lot_id=lot)
        words = self.refused()
        for part in ("offers to take back", offered.name, "orders to finish", agreed.name, "sheets of the hub", "4 ×"):
            self.assertIn(part, words)
        self.assertEqual(self.alder.state, "active")

    def test_what_is_handed_over_by_the_usual_buttons_lets_it_go(self):
        offered = self.make_order(self.alder, self.block_line, 2, state="offered").with_user(self.coordinator)
        agreed = self.make_order(self.alder, self.block_line, 3, state="accepted").with_user(self.coordinator)
        offered.action_withdraw()
        self.assertNotIn(offered.name, self.refused())
        agreed.action_cancel("The member leaves")
        self.end()
        self.assertEqual((self.alder.state, self.alder.decision_reason), ("ended", "Moved away"))

    def test_its_own_sheets_and_closed_orders_keep_nobody(self):
        self.make_order(self.alder, self.block_line, 2, state="closed")
        lot = self.env["stock.lot"].create({"name": "SH-OWN", "product_id": self.sheet.id})
        self.env["stock.quant"]._update_available_quantity(self.sheet, self.alder.subcontract_location_id, 4, lot_id=lot, owner_id=self.alder.partner_id)
        self.end()
        self.assertEqual(self.alder.state, "ended")
