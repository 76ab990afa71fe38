from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.wcm_network.tests.common import BRISTOL, MakingCase

SPLIT = "The glue of these sheets splits"


@tagged("post_install", "-at_install")
class TestRecallOfASheetLot(MakingCase):
    """A sheet lot splits. Its blocks are with three members, on the road, on site and in a wall, for two homes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.make_user("lead_t", "wcm_qc.group_quality_lead")
        cls.funder = cls.make_user("funder_t", "wcm_network.group_funder")
        cls.cedar = cls.make_member("Cedar Works", cls.bristol, "charity", BRISTOL)
        cls.cedar_user = cls.cedar.user_ids
        cls.second_home = cls.make_build("Second home", {cls.block: 3})
        cls.at_maker = cls.make_made(cls.alder, cls.block_line, 2).part_ids
        cls.on_site = cls.make_dispatched(cls.cedar, cls.block_line, 3).part_ids
        cls.on_road = cls.make_dispatched(cls.birch, cls.second_home.line_ids, 3).part_ids
        cls.sound = cls.make_sound_blocks()
        cls.recalled = cls.at_maker | cls.on_site | cls.on_road

    @classmethod
    def make_sound_blocks(cls):
        """Of Alder too, from other sheets; they are on site."""
        order = cls.make_released(cls.alder, cls.block_line, 2)
        cls.supply(order)
        cls.make_sheets("SH-SOUND", 10, location=order._subcontract_location())
        order.with_user(cls.alder_user).action_start()
        order.part_ids.with_user(cls.alder_user).action_mark_made("SH-SOUND")
        order.part_ids.with_user(cls.alder_user).action_pack()
        order.part_ids.shipment_id.with_user(cls.alder_user).action_dispatch()
        return order.part_ids

    def test_a_recalled_sheet_lot_is_found_held_replaced_and_let_go(self):
        self.blocks_stand_everywhere()
        self.every_block_is_found_with_its_place_and_home()
        self.all_are_held_in_one_action()
        self.each_sees_what_is_its_own()
        self.nothing_that_is_held_goes_on()
        self.the_one_in_the_wall_is_replaced_by_a_sound_one()
        self.only_a_quality_lead_lets_them_go()
        self.what_is_let_go_flows_again()
        self.histories_and_documents_agree()

    def blocks_stand_everywhere(self):
        self.at_maker[0].with_user(self.alder_user).action_pack()
        (self.on_site.shipment_id | self.sound.shipment_id).with_user(self.coordinator).action_receive_all()
        self.installed = self.on_site[0]
        self.installed.with_user(self.coordinator).action_install("Wall A, 3")
        self.assertEqual(sorted(self.recalled.mapped("state")), ["dispatched"] * 3 + ["installed", "made", "packed"] + ["received"] * 2)

    def every_block_is_found_with_its_place_and_home(self):
        self.recall = self.env["wcm.recall"].with_user(self.coordinator).create({"reason": SPLIT, "lot_ids": self.lot_a.ids})
        self.assertEqual(self.env["wcm.part"].search(self.recall._found_domain()), self.recalled)
        places, homes = self.recall._summary_tables()
        self.assertEqual({name: total for name, _states, total in places["rows"]}, {
            "Alder Works": 2, "On the way to Test Meadow": 3, "Test Meadow": 3,
        })
        self.assertEqual({name: total for name, _states, total in homes["rows"]}, {
            self.build.display_name: 5, self.second_home.display_name: 3,
        })

    def all_are_held_in_one_action(self):
        self.recall.action_hold()
        self.assertEqual((self.recall.held_count, self.recalled.mapped("is_held")), (8, [True] * 8))
        self.assertEqual(self.sound.mapped("is_held"), [False, False])
        self.reason = f"Recall {self.recall.name}: {SPLIT}"
        self.assertEqual(set(self.recalled.mapped("hold_reason")), {self.reason})

    def each_sees_what_is_its_own(self):
        Part, held = self.env["wcm.part"], [("is_held", "=", True)]
        seen = {user.login: Part.with_user(user).search(held) for user in (self.alder_user, self.birch_user, self.cedar_user, self.coordinator, self.lead)}
        self.assertEqual(list(seen.values()), [self.at_maker, self.on_road, self.on_site, self.recalled, self.recalled])
        self.assertEqual(self.at_maker[1].with_user(self.alder_user).read(["hold_reason"])[0]["hold_reason"], self.reason)
        self.assertEqual(Part.with_user(self.other_coordinator).search(held), self.on_road)
        for user in (self.alder_user, self.funder):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.recall.with_user(user).read(["reason"])
        with self.assertRaises(AccessError):
            Part.with_user(self.funder).search(held)
        self.assertNotIn("glue", str(self.installed._public_values()))
        told = self.env["mail.message"].search([("subject", "like", "Parts are held"), ("body", "like", SPLIT)])
        self.assertEqual({message.res_id: message.partner_ids for message in told}, {
            member.id: member.user_ids.partner_id for member in (self.alder, self.birch, self.cedar)
        })

    def nothing_that_is_held_goes_on(self):
        for what, step in (
            ("packing", lambda: self.at_maker[1].with_user(self.alder_user).action_pack()),
            ("shipping", lambda: self.at_maker[0].shipment_id.with_user(self.alder_user).action_dispatch()),
            ("receiving", lambda: self.on_road.shipment_id.with_user(self.coordinator).action_receive_all()),
            ("installing", lambda: self.on_site[1].with_user(self.coordinator).action_install("Wall B")),
            ("replacing by a held one", lambda: self.installed.with_user(self.coordinator).action_replace(self.on_site[1].name, "Split")),
        ):
            with self.subTest(what), self.assertRaisesRegex(UserError, SPLIT):
                step()

    def the_one_in_the_wall_is_replaced_by_a_sound_one(self):
        new = self.sound[0]
        self.installed.with_user(self.coordinator).action_replace(new.name, "Made of sheets that split")
        self.assertEqual((self.installed.state, self.installed.is_held, self.installed.install_position), ("received", True, False))
        self.assertEqual((new.state, new.install_position), ("installed", "Wall A, 3"))
        self.assertEqual(new.event_ids.sorted("id")[-1].data["replaces"], self.installed.name)

    def only_a_quality_lead_lets_them_go(self):
        self.recall.release_reason = "Pulled apart: it holds"
        for user in (self.coordinator, self.other_coordinator, self.alder_user):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.recall.with_user(user).action_release()
        self.recall.with_user(self.lead).action_release()
        self.assertEqual((self.recall.state, self.recalled.mapped("is_held")), ("released", [False] * 8))

    def what_is_let_go_flows_again(self):
        self.at_maker[1].with_user(self.alder_user).action_pack()
        shipment = self.at_maker.shipment_id
        shipment.with_user(self.alder_user).action_dispatch()
        (shipment | self.on_road.shipment_id).with_user(self.coordinator).action_receive_all()
        self.on_site[1].with_user(self.coordinator).action_install("Wall B")
        self.assertEqual(sorted(self.recalled.mapped("state")), ["installed"] + ["received"] * 7)

    def histories_and_documents_agree(self):
        parts, orders = self.recalled | self.sound, (self.recalled | self.sound).work_order_id
        self.assertFalse(self.env["wcm.part"]._verify_histories())
        for part in self.recalled:
            steps = part.event_ids.sorted("id").mapped("biz_step")
            self.assertLess(steps.index("holding"), steps.index("releasing"))
        self.assertEqual(self.installed.event_ids.sorted("id").mapped("biz_step")[-4:], ["installing", "holding", "replacing", "releasing"])
        self.assertFalse([found for order in orders for found in order._find_discrepancies()])
        self.assertEqual(sum(orders.purchase_line_id.mapped("qty_received")), len(parts))
        quants = self.env["stock.quant"].search([("location_id", "=", self.site.location_id.id), ("quantity", ">", 0)])
        self.assertEqual(quants.lot_id, parts.lot_id)
