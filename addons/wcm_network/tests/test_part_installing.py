from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import MakingCase


@tagged("post_install", "-at_install")
class TestPartInstalling(MakingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        shipment = cls.make_dispatched(cls.alder, cls.block_line, 3)
        shipment.with_user(cls.coordinator).action_receive_all()
        cls.first, cls.second, cls.third = shipment.part_ids.sorted("id")

    def tell(self, part, user=None, **values):
        wizard = self.env["wcm.part.tell"].with_user(user or self.coordinator).with_context(active_ids=part.ids).create(values)
        return wizard.action_tell()

    def test_a_part_is_installed_at_its_position(self):
        self.tell(self.first, kind="install", position=" Wall A, 3 ")
        self.assertEqual((self.first.state, self.first.install_position), ("installed", "Wall A, 3"))
        event = self.first.event_ids.sorted("id")[-1]
        self.assertEqual((event.biz_step, event.data, event.place), ("installing", {"position": "Wall A, 3"}, "Test Meadow"))
        self.assertEqual(self.first.work_order_id.quantity_received, 3)

    def test_another_takes_its_place_and_both_histories_say_so(self):
        self.first.with_user(self.coordinator).action_install("Wall A, 3")
        self.tell(self.first, kind="replace", replacement=self.second.name.lower(), reason="Split in the rain")
        self.assertEqual((self.first.state, self.first.install_position), ("received", False))
        self.assertEqual((self.second.state, self.second.install_position), ("installed", "Wall A, 3"))
        self.assertEqual(self.first.event_ids.sorted("id")[-1].biz_step, "replacing")
        self.assertEqual(self.second.event_ids.sorted("id")[-1].data, {"position": "Wall A, 3", "replaces": self.first.name})

    def test_what_cannot_be_is_said(self):
        for call, words in (
            (lambda: self.first.with_user(self.coordinator).action_replace(self.second.name, "x"), "only blocks that are installed"),
            (lambda: self.first.with_user(self.coordinator).action_replace(self.second.name, " "), "Say why it is replaced"),
        ):
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                call()
        self.first.with_user(self.coordinator).action_install()
        with self.assertRaisesRegex(UserError, "cannot take the place"):
            self.first.with_user(self.coordinator).action_replace(self.first.name, "x")
        self.second.sudo().write({"is_held": True, "hold_reason": "Crack"})
        with self.assertRaisesRegex(UserError, "Crack"):
            self.second.with_user(self.coordinator).action_install()

    def test_a_correction_is_a_new_event_that_names_the_one_it_corrects(self):
        wrong = self.first.event_ids.sorted("id")[-1]
        self.tell(self.first, kind="correct", event_id=wrong.id, reason="Scanned a day late", right_time="2026-01-02 10:00:00")
        right = self.first.event_ids.sorted("id")[-1]
        self.assertEqual((right.biz_step, right.data["corrects"], right.note), ("receiving", wrong.event_hash, "Scanned a day late"))
        self.assertTrue(self.first.history_intact)
        self.assertEqual(len(self.first._public_values()["steps"]), len(self.first.event_ids.filtered("is_public")) - 1)
        self.assertEqual(self.first._epcis("/x")["epcisBody"]["eventList"][-2]["errorDeclaration"]["reason"], "incorrect_data")
        with self.assertRaisesRegex(UserError, "corrected already"):
            self.tell(self.first, kind="correct", event_id=wrong.id, reason="Again")

    def test_what_never_happened_leaves_the_public_page(self):
        wrong = self.first.event_ids.sorted("id")[-1]
        self.tell(self.first, kind="correct", event_id=wrong.id, reason="Another block", did_not_occur=True)
        self.assertNotIn("Received on site", [step["step"] for step in self.first._public_values()["steps"]])

    def test_an_event_of_another_part_is_not_corrected_from_here(self):
        event = self.second.event_ids.sorted("id")[-1]
        with self.assertRaisesRegex(UserError, "Choose the step"):
            self.tell(self.first, kind="correct", event_id=event.id, reason="x")

    def test_members_and_others_coordinators_tell_nothing_of_the_site(self):
        self.site.region_id = self.bristol
        for user in (self.alder_user, self.birch_user, self.other_coordinator):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.first.with_user(user).action_install("Wall A")
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.tell(self.first, user=user, kind="install")

    def never(self, part, step, reason="Told of the wrong block"):
        event = part.event_ids.sorted("id").filtered(lambda event: event.biz_step == step)[-1:]
        wizard = self.env["wcm.part.tell"].with_user(self.coordinator).with_context(active_ids=part.ids).create({
            "kind": "correct", "event_id": event.id, "reason": reason, "did_not_occur": True,
        })
        told = wizard.consequence
        wizard.action_tell()
        return told

    def test_a_part_that_was_never_installed_received_or_dispatched_is_where_it_was_before(self):
        part, order = self.first, self.first.work_order_id
        part.with_user(self.coordinator).action_install("Wall A")
        self.assertIn("goes back to “Received”", self.never(part, "installing"))
        self.assertEqual((part.state, part.install_position), ("received", False))
        self.assertIn("goes back to “Dispatched”", self.never(part, "receiving"))
        self.assertEqual((part.state, part.shipment_id.state, order.purchase_line_id.qty_received), ("dispatched", "dispatched", 2))
        self.assertFalse(order._find_discrepancies())
        self.assertIn("goes back to “Made”", self.never(part, "shipping"))
        self.assertEqual((part.state, part.shipment_id.id, self.second.shipment_id.state, order.state), ("made", False, "received", "ready"))
        self.assertTrue(part.history_intact)
        self.assertFalse(order._find_discrepancies())

    def test_what_was_corrected_goes_its_way_again(self):
        part, order = self.first, self.first.work_order_id
        for step in ("receiving", "shipping"):
            self.never(part, step)
        part.with_user(self.alder_user).action_pack()
        part.shipment_id.with_user(self.alder_user).action_dispatch()
        part.shipment_id.with_user(self.coordinator).action_receive_all()
        self.assertEqual((part.state, order.state, order.purchase_line_id.qty_received), ("received", "received", 3))
        self.assertTrue(part.history_intact)
        self.assertFalse(order._find_discrepancies())

    def test_a_part_that_was_never_packed_or_loaded_is_not(self):
        part = self.make_made(self.alder, self.block_line, 1).part_ids
        shipment = part.work_order_id.env["wcm.shipment"]
        part.with_user(self.alder_user).action_pack()
        part.shipment_id.with_user(self.alder_user).action_scan_load(part.name)
        self.never(part, "loading")
        self.assertEqual((part.state, part.is_loaded), ("packed", False))
        self.never(part, "packing")
        self.assertEqual((part.state, part.shipment_id), ("made", shipment))

    def test_an_earlier_step_that_never_happened_leaves_the_part_where_it_is(self):
        self.assertIn("a later step says where it is", self.never(self.first, "shipping"))
        self.assertEqual(self.first.state, "received")

    def test_another_time_or_place_leaves_the_part_where_it_is(self):
        event = self.first.event_ids.sorted("id")[-1]
        wizard = self.env["wcm.part.tell"].with_user(self.coordinator).with_context(active_ids=self.first.ids).create({
            "kind": "correct", "event_id": event.id, "reason": "Clock", "right_time": "2026-01-02 10:00:00",
        })
        self.assertEqual(wizard.consequence, "The block stays “Received”: only what is told of this step changes.")
        wizard.action_tell()
        self.assertEqual(self.first.state, "received")

    def test_what_cannot_be_taken_back_is_refused_with_what_to_do_instead(self):
        part = self.make_made(self.alder, self.block_line, 1).part_ids
        with self.assertRaisesRegex(UserError, "Scrap the block instead"):
            self.never(part, "assembling")
        part.with_user(self.alder_user).action_pack()
        part.with_user(self.alder_user).action_unpack()
        with self.assertRaisesRegex(UserError, "Pack the block again"):
            self.never(part, "packing")
        part.with_user(self.coordinator).action_scrap("Crushed")
        with self.assertRaisesRegex(UserError, "Have another one made"):
            self.never(part, "destroying")
        self.assertEqual(part.state, "scrapped")
