"""Unloading at a site, told by the app: here, damaged, short, wrong, unknown; once, and by nobody else."""

import base64
import json
import uuid
from datetime import timedelta
from io import BytesIO

from PIL import Image

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import HttpCase, new_test_user, tagged

from .common import MakingCase


def photo():
    file = BytesIO()
    Image.new("RGB", (8, 6), "red").save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


class ArrivalCase(MakingCase):
    """Three blocks of Alder Works are on their way to Test Meadow, where `sam` receives."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sam = new_test_user(cls.env, "sam_t", groups="base.group_portal")
        cls.site.receiver_ids = cls.sam
        cls.shipment = cls.make_dispatched(cls.alder, cls.block_line, 3)
        cls.first, cls.second, cls.third = cls.shipment.part_ids
        cls.elsewhere = cls.site.copy({"name": "Other Field", "code": "OF", "receiver_ids": False})

    def told(self, name, age=0, **args):
        return {"key": str(uuid.uuid4()), "name": name, "age": age, "person": None, "args": args}

    def tell(self, *told, user=None):
        return self.env["wcm.bench.action"].with_user(user or self.sam)._run_all(list(told))

    def done(self, *told, user=None):
        self.assertEqual([(answer["state"], answer["message"]) for answer in self.tell(*told, user=user)], [("done", "")] * len(told))

    def refused(self, told, user=None):
        [answer] = self.tell(told, user=user)
        self.assertEqual(answer["state"], "refused")
        return answer["message"]

    def issues(self):
        return self.env["wcm.receipt.issue"].search([("site_id", "=", self.site.id)])


@tagged("post_install", "-at_install")
class TestSiteArrival(ArrivalCase):
    def test_what_was_scanned_is_booked_when_all_is_unloaded(self):
        parts = self.shipment.part_ids
        self.done(*(self.told("arrived", parts=[part.id]) for part in parts), self.told("unloaded", shipment=self.shipment.id, short=[]))
        self.assertEqual((self.shipment.state, set(parts.mapped("state"))), ("received", {"received"}))
        quants = self.env["stock.quant"].search([("location_id", "=", self.site.location_id.id)])
        self.assertEqual((quants.lot_id, set(quants.mapped("quantity"))), (parts.lot_id, {1.0}))
        self.assertFalse(self.issues())

    def test_a_day_told_twice_is_booked_once(self):
        told = [
            self.told("arrived", parts=self.first.ids), self.told("damaged", parts=self.second.ids, note="Corner crushed", photo=photo()),
            self.told("strange", site=self.site.id, code="5000112637922"), self.told("unloaded", shipment=self.shipment.id, short=self.third.ids),
        ]
        first = self.tell(*told)
        events, issues = self.shipment.part_ids.event_ids, self.issues()
        self.assertEqual(self.tell(*told), first)
        self.assertEqual((self.shipment.part_ids.event_ids, self.issues()), (events, issues))
        self.assertEqual(sorted(issues.mapped("kind")), ["damaged", "short", "unknown"])

    def test_two_phones_that_scan_the_same_block_do_no_harm(self):
        self.done(self.told("arrived", parts=self.first.ids), self.told("damaged", parts=self.second.ids, note="Wet"))
        self.done(self.told("arrived", parts=self.first.ids), self.told("damaged", parts=self.second.ids, note="Wet"), user=self.coordinator)
        self.done(self.told("unloaded", shipment=self.shipment.id, short=self.third.ids))
        self.done(self.told("unloaded", shipment=self.shipment.id, short=self.third.ids), user=self.coordinator)
        self.assertEqual(sorted(self.issues().mapped("kind")), ["damaged", "short"])

    def test_a_damaged_block_is_here_and_told_with_its_photo(self):
        self.done(self.told("damaged", parts=self.first.ids, note="Corner crushed", photo=photo()))
        issue = self.issues()
        self.assertEqual((self.first.state, issue.kind, issue.note, issue.shipment_id, issue.reported_by_id), ("received", "damaged", "Corner crushed", self.shipment, self.sam))
        self.assertTrue(issue.photo)
        self.assertEqual(self.shipment.state, "dispatched")

    def test_damage_says_what_it_is_and_a_photo_is_a_photo(self):
        self.assertIn("Say in a few words", self.refused(self.told("damaged", parts=self.first.ids, note=" ")))
        self.assertIn("too large", self.refused(self.told("damaged", parts=self.first.ids, note="Wet", photo="x" * 4_000_000)))
        self.assertIn("does not understand", self.refused(self.told("damaged", parts=[], note="Wet")))
        self.assertFalse(self.issues())

    def test_a_missing_block_is_short_until_it_turns_up(self):
        self.done(self.told("arrived", parts=(self.first + self.second).ids), self.told("unloaded", shipment=self.shipment.id, short=self.third.ids))
        issue = self.issues()
        self.assertEqual((issue.kind, issue.part_id, self.third.state, self.shipment.state), ("short", self.third, "dispatched", "dispatched"))
        self.done(self.told("arrived", parts=self.third.ids), self.told("unloaded", shipment=self.shipment.id))
        self.assertEqual((issue.state, self.third.state, self.shipment.state), ("settled", "received", "received"))

    def test_nothing_scanned_and_nothing_missed_is_nothing_unloaded(self):
        self.assertIn("Nothing of", self.refused(self.told("unloaded", shipment=self.shipment.id, short=[])))

    def test_a_code_of_no_block_is_told_to_the_coordinators(self):
        self.done(self.told("strange", site=self.site.id, code="5000112637922", note="A grey pallet", photo=photo()))
        issue = self.issues()
        self.assertEqual((issue.kind, issue.code, issue.note, issue.part_id.ids), ("unknown", "5000112637922", "A grey pallet", []))
        told = self.env["mail.message"].search([("model", "=", issue._name), ("res_id", "=", issue.id)])
        self.assertIn(self.coordinator.partner_id, told.notified_partner_ids)

    def test_a_block_for_another_site_is_wrong_here_and_right_there(self):
        self.elsewhere.receiver_ids = self.sam
        self.done(self.told("strange", site=self.elsewhere.id, code=self.first.public_url))
        issue = self.env["wcm.receipt.issue"].search([("site_id", "=", self.elsewhere.id)])
        self.assertEqual((issue.kind, issue.part_id, issue.note), ("wrong", self.first, "It is for Test Meadow."))
        self.done(self.told("arrived", parts=self.first.ids))
        self.assertEqual((issue.state, self.first.is_scanned), ("settled", True))

    def test_a_block_that_never_left_by_the_records_is_told_so(self):
        late = self.make_made(self.alder, self.beam_line, 1).part_ids
        self.done(self.told("strange", site=self.site.id, code=late.name))
        self.assertEqual((self.issues().kind, self.issues().note), ("wrong", "It is “Made” by the records: its maker has not dispatched it."))

    def test_a_delivery_that_the_phone_had_not_heard_of_is_scanned_all_the_same(self):
        self.done(self.told("strange", site=self.site.id, code=self.first.code.lower()))
        self.assertTrue(self.first.is_scanned)
        self.assertFalse(self.issues())

    def test_what_was_done_offline_keeps_its_time_but_not_before_it_left(self):
        self.shipment.sudo().date_dispatched = fields.Datetime.now() - timedelta(hours=5)
        self.done(self.told("damaged", parts=self.first.ids, age=7200, note="Wet"), self.told("damaged", parts=self.second.ids, age=9e9, note="Wet"))
        received = self.first.event_ids.filtered(lambda event: event.biz_step == "receiving")
        self.assertAlmostEqual(received.record_time - received.event_time, timedelta(hours=2), delta=timedelta(seconds=9))
        self.assertEqual(self.second.event_ids.filtered(lambda event: event.biz_step == "receiving").event_time, self.shipment.date_dispatched)

    def test_a_coordinator_settles_what_was_told_with_words(self):
        self.done(self.told("strange", site=self.site.id, code="123"))
        issue = self.issues().with_user(self.coordinator)
        with self.assertRaisesRegex(UserError, "how it was settled"):
            issue.action_settle()
        issue.action_settle("Sent back")
        self.assertEqual((issue.state, issue.settled_note, issue.settled_by_id), ("settled", "Sent back", self.coordinator))
        with self.assertRaises(AccessError):
            issue.state = "open"
        with self.assertRaises(UserError):
            issue.sudo().unlink()


@tagged("post_install", "-at_install")
class TestWhoReceives(ArrivalCase):
    def test_only_the_people_of_the_site_and_its_coordinators_are_heard(self):
        stranger = new_test_user(self.env, "stranger_t", groups="base.group_portal")
        employee = new_test_user(self.env, "employee_t", groups="base.group_user")
        told = [("arrived", {"parts": self.first.ids}), ("damaged", {"parts": self.first.ids, "note": "Wet"}), ("strange", {"site": self.site.id, "code": "1"}), ("unloaded", {"shipment": self.shipment.id, "short": self.first.ids})]
        for user in (self.alder_user, self.birch_user, stranger, employee, self.other_coordinator):
            for name, args in told:
                with self.subTest(user=user.login, name=name):
                    message = self.refused(self.told(name, **args), user=user)
                    self.assertIn("not yours to do", message)
                    self.assertNotIn(self.first.name, message)
        self.assertFalse(self.first.is_scanned)
        self.assertFalse(self.issues())

    def test_one_site_says_nothing_about_another(self):
        pat = new_test_user(self.env, "pat_t", groups="base.group_portal")
        self.elsewhere.receiver_ids = pat
        self.assertIn("not yours to do", self.refused(self.told("arrived", parts=self.first.ids), user=pat))
        content = self.env["wcm.membership"].with_user(pat)._bench_snapshot()
        self.assertEqual((content["deliveries"], content["arrivals"], [site["name"] for site in content["sites"]]), ([], [], ["Other Field"]))

    def test_a_receiver_takes_along_what_is_on_its_way_and_nothing_else(self):
        content = self.env["wcm.membership"].with_user(self.sam)._bench_snapshot()
        self.assertEqual([delivery["name"] for delivery in content["deliveries"]], [self.shipment.name])
        self.assertEqual([part["id"] for part in content["arrivals"]], self.shipment.part_ids.ids)
        self.assertEqual((content["orders"], content["parts"], content["members"]), ([], [], []))
        self.assertNotIn("hold_reason", content["arrivals"][0])
        for model in ("wcm.shipment", "wcm.part", "wcm.site", "wcm.receipt.issue"):
            with self.subTest(model), self.assertRaises(AccessError):
                self.env[model].with_user(self.sam).search([])

    def test_a_member_takes_no_deliveries_along(self):
        content = self.env["wcm.membership"].with_user(self.alder_user)._bench_snapshot()
        self.assertEqual((content["sites"], content["deliveries"], content["arrivals"]), ([], [], []))

    def test_nobody_of_a_member_receives_what_others_send(self):
        with self.assertRaisesRegex(ValidationError, "works for a member"):
            self.site.with_user(self.coordinator).receiver_ids = [Command.link(self.birch_user.id)]

    def test_the_snapshot_takes_the_same_queries_for_many_blocks(self):
        membership = self.env["wcm.membership"].with_user(self.sam)
        self.env.invalidate_all()
        membership._bench_snapshot()
        self.make_dispatched(self.alder, self.beam_line, 3)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(40):
            membership._bench_snapshot()


@tagged("post_install", "-at_install")
class TestReceiverAtTheApp(ArrivalCase, HttpCase):
    def test_a_receiver_opens_the_app_and_strangers_do_not(self):
        new_test_user(self.env, "stranger_t", groups="base.group_portal", password="stranger_t")
        self.sam.password = "sam_t"
        self.authenticate("sam_t", "sam_t")
        self.assertEqual(self.url_open("/bench/").status_code, 200)
        answer = self.sync(self.sam)
        self.assertEqual(len(answer["result"]["snapshot"]["arrivals"]), 3)
        self.authenticate("stranger_t", "stranger_t")
        self.assertEqual(self.url_open("/bench/").status_code, 403)
        self.assertIn("whoever receives at a site", json.dumps(self.sync(self.env["res.users"])))

    def sync(self, user):
        params = {"user": user.id, "actions": [], "known": None, "snapshot": True}
        return self.url_open("/bench/sync", json.dumps({"jsonrpc": "2.0", "params": params}), headers={"Content-Type": "application/json"}).json()


@tagged("post_install", "-at_install")
class TestReceiversPortal(HttpCase, ArrivalCase):
    def home(self, user):
        user.password = user.login
        self.authenticate(user.login, user.login)
        return self.url_open("/my").text

    def test_who_receives_finds_the_app_from_the_own_pages(self):
        home = self.home(self.sam)
        self.assertIn("Deliveries to your sites", home)
        self.assertIn('href="/bench"', home)
        self.assertEqual(self.url_open("/bench").status_code, 200)

    def test_others_are_shown_no_deliveries(self):
        for user in (self.alder_user, new_test_user(self.env, "nobody_t", groups="base.group_portal")):
            with self.subTest(user.login):
                self.assertNotIn("Deliveries to your sites", self.home(user))

    def test_who_receives_no_more_is_shown_none(self):
        self.site.receiver_ids = False
        self.assertNotIn("Deliveries to your sites", self.home(self.sam))
        self.assertEqual(self.url_open("/bench").status_code, 403)
