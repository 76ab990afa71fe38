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
