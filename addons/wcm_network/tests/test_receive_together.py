from odoo.tests import tagged

from .common import MakingCase
from .native_records import NativeRecords
from .receiving import receive_plainly


@tagged("post_install", "-at_install")
class TestReceiveTogether(MakingCase):
    """A shipment leaves the records that Odoo's own receipts leave when a person types each serial number and validates."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        homes = [cls.make_build(f"Home {number}", {cls.block: 8, cls.beam: 4}) for number in (1, 2)]
        cls.orders = cls.env["wcm.work.order"].concat(*(
            cls.make_order(cls.alder, line, line.quantity, "accepted") for home in homes for line in home.line_ids
        ))
        cls.orders.with_user(cls.manager).action_release()
        cls.supply(cls.orders)
        for order in cls.orders:
            order.part_ids.with_user(cls.alder_user).action_mark_made("SH-A")

    def dispatch(self, parts):
        parts.with_user(self.alder_user).action_pack()
        shipment = parts.shipment_id
        shipment.with_user(self.alder_user).action_dispatch()
        return shipment

    def assert_same(self, parts):
        self.dispatch(parts)
        parts = parts.sudo()
        plain, ours = (NativeRecords.after(self.env, step) for step in (lambda: receive_plainly(parts), parts._receive_in_stock))
        self.assertEqual(plain.differences(ours), [])
        self.assertEqual(plain.fingerprints(), ours.fingerprints())

    def test_every_field_of_every_record_is_the_same(self):
        self.assert_same(self.orders.part_ids)

    def test_the_same_where_the_rest_is_still_to_come(self):
        self.assert_same(self.env["wcm.part"].concat(*(order.part_ids[:2] for order in self.orders)))

    def test_queries_of_a_whole_shipment(self):
        shipment = self.dispatch(self.orders.part_ids)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(24 * 70):
            shipment.with_user(self.coordinator).action_receive_all()
            self.env.flush_all()
