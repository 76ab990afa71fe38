from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_bench import BenchCase


@tagged("post_install", "-at_install")
class TestBenchPeople(BenchCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        people = cls.env["wcm.member.person"].with_user(cls.coordinator)
        cls.ann, cls.ben = people.create([{"name": name, "membership_id": cls.alder.id, "pin": pin} for name, pin in (("Ann", "4711"), ("Ben", "BADGE-0815"))])

    def unlock(self, person, pin, user=None):
        return self.env["wcm.member.person"].with_user(user or self.alder_user)._unlock(person.id, pin)

    def test_who_did_it_is_in_the_history(self):
        token = self.unlock(self.ann, " 4711 ")["token"]
        self.assertEqual(self.states(self.told("made", parts=self.parts[:1].ids, sheets="SH-A", person=token)), ["done"])
        event = self.parts[0].event_ids[-1]
        self.assertEqual((event.person_id, event.user_id), (self.ann.sudo(), self.alder_user))
        self.assertTrue(self.parts[0].history_intact)

    def test_a_pin_is_kept_as_a_hash_that_nobody_reads(self):
        self.assertNotIn("4711", self.ann.sudo().pin_hash)
        self.assertFalse(self.ann.pin)
        for user in (self.manager, self.coordinator, self.alder_user):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.ann.with_user(user).read(["pin_hash"])

    def test_five_wrong_tries_lock_it_also_for_the_right_one(self):
        for _try in range(4):
            self.assertIn("not the PIN of Ann", self.unlock(self.ann, "0000")["message"])
        self.assertIn("Five wrong tries", self.unlock(self.ann, "0000")["message"])
        self.assertIn("Five wrong tries", self.unlock(self.ann, "4711")["message"])
        self.ann.sudo().locked_until = fields.Datetime.now() - timedelta(minutes=1)
        self.assertIn("token", self.unlock(self.ann, "4711"))
        self.assertIn("token", self.unlock(self.ben, "BADGE-0815"))

    def test_a_short_pin_is_not_taken(self):
        with self.assertRaisesRegex(UserError, "four digits"):
            self.ann.pin = "123"

    def test_people_of_another_member_cannot_be_tried(self):
        self.assertIn("does not work here", self.unlock(self.ann, "4711", user=self.birch_user)["message"])
        for odd in (None, "1", {}):
            self.assertIn("message", self.env["wcm.member.person"].with_user(self.alder_user)._unlock(odd, odd))

    def test_another_tablets_word_or_an_old_pin_is_not_taken(self):
        token = self.unlock(self.ann, "4711")["token"]
        start = {"order": self.order.id}
        self.assertIn("Enter your PIN", self.refused(self.told("start", person=token, **start), user=self.birch_user))
        for wrong in ("x", "é", 7, token[:-3], token[:-1] + "!"):
            self.assertIn("Enter your PIN", self.refused(self.told("start", person=wrong, **start)))
        self.ann.pin = "0815"
        self.assertIn("Enter your PIN", self.refused(self.told("start", person=token, **start)))

    def test_another_regions_coordinator_sets_no_pin(self):
        with self.assertRaises(AccessError):
            self.ann.with_user(self.other_coordinator).pin = "9999"
