from odoo.tests import tagged

from odoo.addons.wcm_network.tests.common import MakingCase


@tagged("post_install", "-at_install")
class TestDispositionInStock(MakingCase):
    """What a quality lead decides is carried out in Odoo's own documents, which stay true."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.make_user("lead_t", "wcm_qc.group_quality_lead")
        cls.order = cls.make_made(cls.alder, cls.block_line, 3)
        cls.parts = cls.order.part_ids
        cls.there = cls.alder.subcontract_location_id

    def deliver(self):
        self.parts.with_user(self.alder_user).action_pack()
        shipment = self.parts.shipment_id
        shipment.with_user(self.alder_user).action_dispatch()
        shipment.with_user(self.coordinator).action_receive_all()

    def decide(self, parts, kind, **terms):
        nonconformity = parts.with_user(self.alder_user).action_report("Wrong groove").sudo()
        nonconformity.with_user(self.lead).action_decide(kind, "Wrong groove", **terms)
        return nonconformity

    def place_of(self, part):
        return part.lot_id.quant_ids.filtered(lambda quant: quant.quantity > 0 and quant.location_id.usage == "internal").location_id

    def test_a_block_that_arrived_goes_back_is_repaired_looked_at_and_is_received_again(self):
        self.deliver()
        part = self.parts[:1]
        nonconformity = self.decide(part, "return")
        self.assertEqual((part.state, part.is_returned, part.is_held, self.place_of(part)), ("made", True, True, self.there))
        nonconformity.with_user(self.alder_user).action_rework_done("Filled and milled again")
        self.assertTrue(part.is_held)
        nonconformity.with_user(self.lead).action_close()
        self.assertFalse(part.is_held)
        part.with_user(self.alder_user).action_pack()
        part.shipment_id.with_user(self.alder_user).action_dispatch()
        part.shipment_id.with_user(self.coordinator).action_receive_all()
        self.assertEqual((part.state, self.place_of(part)), ("received", self.site.location_id))
        self.assertFalse(self.order._find_discrepancies())

    def test_a_block_that_arrived_goes_back_and_another_one_is_made(self):
        self.deliver()
        nonconformity = self.decide(self.parts[:1], "return", then="replace")
        self.assertEqual((nonconformity.state, self.parts[:1].state), ("closed", "scrapped"))
        self.assertEqual(len(self.order.part_ids.filtered(lambda part: part.state == "to_make")), 1)
        self.assertFalse(self.order._find_discrepancies())

    def test_a_block_that_arrived_goes_back_and_is_not_owed_any_more(self):
        self.deliver()
        self.decide(self.parts[:1], "return", then="credit")
        self.assertEqual((self.order.quantity, self.order.purchase_line_id.product_qty), (2, 2))
        self.assertFalse(self.order._find_discrepancies())

    def test_scrap_before_delivery_is_made_again_on_the_same_order(self):
        nonconformity = self.decide(self.parts[:1], "scrap", replacement="same")
        self.assertEqual(nonconformity.disposition_ids.replacement_order_id, self.order)
        self.assertEqual((self.order.quantity, len(self.order.part_ids), self.order.quantity_to_replace), (3, 4, 0))
        self.assertFalse(self.order._find_discrepancies())

    def test_scrap_before_delivery_is_made_again_by_another_member(self):
        nonconformity = self.decide(self.parts[:1], "scrap", replacement="other", membership_id=self.birch.id)
        again = nonconformity.disposition_ids.replacement_order_id
        self.assertEqual((again.membership_id, again.quantity, again.state), (self.birch, 1, "draft"))
        self.assertEqual((self.order.quantity, self.order.purchase_line_id.product_qty), (2, 2))
        self.assertFalse(self.order._find_discrepancies())

    def test_scrap_on_site_is_made_again_on_a_new_order(self):
        self.deliver()
        nonconformity = self.decide(self.parts[:2], "scrap", replacement="same")
        again = nonconformity.disposition_ids.replacement_order_id
        self.assertEqual((again.membership_id, again.quantity, again.state), (self.alder, 2, "draft"))
        self.assertNotEqual(again, self.order)
        self.assertFalse(self.order._find_discrepancies())
