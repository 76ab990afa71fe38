from collections import Counter

from odoo.tests import tagged

from odoo.addons.wcm_network.tests.common import BRISTOL, MakingCase

NAMES = ("Alder", "Birch", "Cedar", "Douglas", "Elder", "Fir", "Guelder", "Hazel")
PARTS, ENOUGH_SHEETS = 300, 400


@tagged("post_install", "-at_install")
class TestThreeHundredParts(MakingCase):
    """A home of 300 blocks made by eight members, from the offers to the last block in its stack on site."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.members = cls.alder | cls.birch
        for name in NAMES[2:]:
            cls.members |= cls.make_member(f"{name} Works", cls.bristol, "community_business", BRISTOL)
        cls.make_sheets("SH-MANY", ENOUGH_SHEETS)
        cls.block_line.write({"quantity": PARTS, "stage": "walls"})
        cls.beam_line.unlink()

    def test_300_blocks_of_eight_members_reach_the_site_and_every_document_agrees(self):
        self.work_is_offered_to_eight_members_and_agreed()
        self.it_is_released_and_supplied()
        self.every_block_is_made()
        self.eight_deliveries_arrive()
        self.every_document_agrees()

    def work_is_offered_to_eight_members_and_agreed(self):
        shares = [PARTS // len(self.members) + (number < PARTS % len(self.members)) for number in range(len(self.members))]
        self.orders = self.env["wcm.work.order"].union(
            *(self.make_order(member, self.block_line, share) for member, share in zip(self.members, shares, strict=True))
        )
        self.orders.with_user(self.manager).action_offer()
        self.assertEqual(self.states("offered"), PARTS)
        for order in self.orders:
            order.with_user(order.membership_id.user_ids).action_accept()
        self.assertEqual(self.states("agreed"), PARTS)

    def it_is_released_and_supplied(self):
        self.orders.with_user(self.manager).action_release()
        self.parts = self.orders.part_ids
        self.assertEqual((len(self.parts), len(self.orders.purchase_id)), (PARTS, len(self.members)))
        self.assertEqual(len(set(self.parts.mapped("code"))), PARTS)
        self.supply(self.orders)

    def every_block_is_made(self):
        for member, orders in self.orders.grouped("membership_id").items():
            orders.with_user(member.user_ids).action_start()
            orders.part_ids.with_user(member.user_ids).action_mark_made([lot.id for lot in orders._sheets_at_member()])
        self.assertEqual(set(self.orders.mapped("state")), {"ready"})
        self.assertEqual(self.states("made"), PARTS)

    def eight_deliveries_arrive(self):
        for member, parts in self.parts.grouped("membership_id").items():
            parts.with_user(member.user_ids).action_pack()
            parts.shipment_id.with_user(member.user_ids).action_dispatch()
        shipments = self.parts.shipment_id
        self.assertEqual(len(shipments), len(self.members))
        self.assertEqual(self.build.with_user(self.coordinator).missing(self.block_line.date_required)["missing"], PARTS)
        shipments.with_user(self.manager).action_receive_all()
        self.assertEqual(self.states("received"), PARTS)

    def every_document_agrees(self):
        self.assertEqual((self.build.state, set(self.orders.mapped("state"))), ("complete", {"received"}))
        self.assertEqual(sum(self.orders.purchase_line_id.mapped("qty_received")), PARTS)
        self.assertEqual(Counter(self.orders.production_ids.mapped("state")).keys(), {"done"})
        quants = self.env["stock.quant"].search([("location_id", "=", self.site.location_id.id), ("quantity", ">", 0)])
        self.assertEqual((quants.lot_id, sum(quants.mapped("quantity"))), (self.parts.lot_id, PARTS))
        self.assertFalse([found for order in self.orders for found in order._find_discrepancies()])
        self.assertFalse([part.name for part in self.parts if part._verify_history()])

    def states(self, state):
        return self.env["wcm.build.block"].with_user(self.coordinator).search_count([("build_id", "=", self.build.id), ("state", "=", state)])
