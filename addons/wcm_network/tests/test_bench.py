import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

from ..models.wcm_part_event import Doing
from .common import MakingCase


class BenchCase(MakingCase):
    """An order of three blocks at Alder Works, with sheets to cut; `told` makes what the app sends."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.make_released(cls.alder, cls.block_line, 3)
        cls.supply(cls.order)
        cls.parts = cls.order.part_ids
        cls.env.cr.execute("UPDATE wcm_part SET create_date = create_date - interval '60 days' WHERE id IN %s", [tuple(cls.parts.ids)])
        cls.parts.invalidate_recordset(["create_date"])

    def told(self, name, age=0, person=None, **args):
        return {"key": str(uuid.uuid4()), "name": name, "age": age, "person": person, "args": args}

    def run_all(self, *told, user=None):
        return self.env["wcm.bench.action"].with_user(user or self.alder_user)._run_all(list(told))

    def states(self, *told, user=None):
        return [answer["state"] for answer in self.run_all(*told, user=user)]

    def refused(self, told, user=None):
        [answer] = self.run_all(told, user=user)
        self.assertEqual(answer["state"], "refused")
        return answer["message"]

    def day(self):
        """What one maker does in a day."""
        parts = self.parts.ids
        return [
            self.told("start", age=9000, order=self.order.id),
            self.told("made", age=8000, parts=parts[:2], sheets="SH-A"),
            self.told("pause", age=7000, order=self.order.id, reason="Dinner"),
            self.told("start", age=6000, order=self.order.id),
            self.told("made", age=5000, parts=parts[2:], sheets="SH-A"),
            self.told("pack", age=4000, parts=parts[:1]),
            *(self.told("load", age=3000, parts=[part]) for part in parts),
            self.told("dispatch", age=2000, parts=parts[:1]),
        ]


@tagged("post_install", "-at_install")
class TestBenchActions(BenchCase):
    def test_a_day_told_twice_is_one_days_work(self):
        day = self.day()
        first = self.run_all(*day)
        self.assertEqual({answer["state"] for answer in first}, {"done"})
        self.assertEqual((self.order.state, set(self.parts.mapped("state"))), ("dispatched", {"dispatched"}))
        events, messages = self.parts.event_ids, self.order.message_ids
        self.assertEqual(self.run_all(*day), first)
        self.assertEqual((self.parts.event_ids, self.order.message_ids), (events, messages))

    def test_an_event_says_when_it_was_done_and_when_it_was_told(self):
        self.states(self.told("start", order=self.order.id), self.told("made", age=7200, parts=self.parts[:1].ids, sheets="SH-A"))
        event = self.parts[0].event_ids[-1]
        self.assertAlmostEqual(event.record_time - event.event_time, timedelta(hours=2), delta=timedelta(seconds=5))
        self.assertEqual(self.parts[0].made_on, event.event_time)
        self.assertTrue(self.parts[0].history_intact)

    def test_a_time_in_the_future_or_long_ago_is_brought_into_bounds(self):
        self.states(
            self.told("made", age=-9e9, parts=self.parts[0].ids, sheets="SH-A"), self.told("made", age=9e99, parts=self.parts[1].ids, sheets="SH-A"),
        )
        now = fields.Datetime.now()
        self.assertLessEqual(self.parts[0].made_on, now)
        self.assertGreater(self.parts[1].made_on, now - timedelta(days=32))

    def test_nothing_is_done_to_a_block_before_it_was_made_or_had_its_label(self):
        self.run_all(self.told("made", age=100, parts=self.parts[:1].ids, sheets="SH-A"), self.told("pack", age=9e9, parts=self.parts[:1].ids))
        self.assertEqual(self.parts[0].event_ids.sorted("id")[-1].event_time, self.parts[0].made_on)
        self.env.cr.execute("UPDATE wcm_part SET create_date = now() AT TIME ZONE 'UTC' - interval '1 hour' WHERE id = %s", [self.parts[1].id])
        self.parts.invalidate_recordset(["create_date"])
        self.run_all(self.told("made", age=9e9, parts=self.parts[1:2].ids, sheets="SH-A"))
        self.assertEqual(self.parts[1].made_on, self.parts[1].create_date.replace(microsecond=0))

    def test_a_caller_cannot_set_the_clock_through_the_context(self):
        past = fields.Datetime.now() - timedelta(days=9)
        self.assertEqual(self.env["wcm.part.event"].with_context(wcm_doing=Doing(past))._doing().time, past)
        said = self.parts[:1].with_user(self.alder_user).with_context(wcm_doing={"time": str(past), "person_id": 1})
        said.action_mark_made("SH-A")
        self.assertGreater(self.parts[0].made_on, past + timedelta(days=8))

    def test_what_is_refused_says_why_and_leaves_the_rest_be(self):
        self.order.with_user(self.coordinator).action_cancel("The home is not built")
        other = self.make_released(self.alder, self.block_line, 1)
        made, start = self.told("made", parts=self.parts.ids, sheets="SH-A"), self.told("start", order=other.id)
        refusal, done = self.run_all(made, start)
        self.assertEqual((refusal["state"], done["state"]), ("refused", "done"))
        self.assertIn("is “Scrapped”", refusal["message"])
        self.assertEqual(self.run_all(made)[0], refusal)

    def test_a_block_that_somebody_else_made_meanwhile_is_said(self):
        self.parts[0].with_user(self.alder_user).action_mark_made("SH-A")
        message = self.refused(self.told("made", parts=self.parts.ids, sheets="SH-A"))
        self.assertIn(f"{self.parts[0].name} is “Made”", message)
        self.assertEqual(set(self.parts[1:].mapped("state")), {"to_make"})

    def test_spoiled_blocks_are_scrapped_with_their_sheets_and_still_owed(self):
        self.assertEqual(self.states(self.told("spoil", parts=self.parts[:1].ids, reason="Bit broke", sheets="SH-A")), ["done"])
        part = self.parts[0]
        self.assertEqual((part.state, part.sheet_usage), ("scrapped", {str(self.lot_a.id): 1.0}))
        self.assertEqual((part.event_ids[-1].note, self.order.quantity_to_replace), ("Bit broke", 1))
        self.assertIn("Bit broke", self.order.message_ids[0].body)
        self.assertIn("Say what went wrong", self.refused(self.told("spoil", parts=self.parts[1:2].ids)))

    def test_a_pause_shows_until_work_goes_on(self):
        self.states(self.told("start", order=self.order.id), self.told("pause", order=self.order.id, reason="Router"))
        self.assertEqual((self.order.is_paused, self.order.pause_reason), (True, "Router"))
        self.states(self.told("start", order=self.order.id))
        self.assertEqual((self.order.is_paused, self.order.pause_reason), (False, False))

    def test_anothers_work_says_nothing_about_itself(self):
        for told in (self.told("start", order=self.order.id), self.told("made", parts=self.parts.ids, sheets="SH-A"), self.told("load", parts=self.parts[:1].ids)):
            with self.subTest(told["name"]):
                message = self.refused(told, user=self.birch_user)
                self.assertIn("not yours to do", message)
                self.assertNotIn(self.order.name, message)
        self.assertEqual(set(self.parts.mapped("state")), {"to_make"})

    def test_a_key_stands_for_one_action_of_one_login(self):
        start = self.told("start", order=self.order.id)
        self.assertEqual(self.states(start), ["done"])
        self.assertIn("Another action", self.refused({**start, "args": {"order": self.order.id + 1}}))
        self.assertIn("not yours", self.refused(start, user=self.birch_user))

    def test_nonsense_is_refused_and_carries_nothing_out(self):
        keyless = [None, 7, {}, {"key": "x", "args": {}, "age": 0}, {**self.told("start"), "age": "x"}, {**self.told("start"), "age": float("nan")}, {**self.told("start"), "args": []}]
        for told in keyless:
            with self.subTest(told=told), self.assertRaisesRegex(UserError, "does not understand"):
                self.run_all(told)
        wrong = [
            self.told("action_hold", order=self.order.id), self.told("\0"), self.told("start"), self.told("start", order="1"), self.told("start", order=True),
            self.told("made", parts=[]), self.told("made", parts=[10**30]), self.told("made", parts=self.parts.ids, sheets={}), self.told("start", order=2**31 - 1),
        ]
        self.assertEqual(set(self.states(*wrong)), {"refused"})
        odd = [{**self.told("start"), "age": 10**400}, {**self.told("start"), "name": []}]
        self.assertEqual(self.states(*odd), ["refused", "refused"])
        with self.assertRaises(UserError):
            self.run_all(*[self.told("start")] * 51)

    def test_a_block_named_twice_is_done_once(self):
        twice = self.parts[:1].ids * 2
        self.assertEqual(self.states(self.told("made", parts=twice, sheets="SH-A"), self.told("pack", parts=twice)), ["done", "done"])
        self.assertEqual(self.parts[0].event_ids.sorted("id").mapped("biz_step"), ["commissioning", "assembling", "packing"])

    @mute_logger("odoo.sql_db")
    def test_a_step_recorded_by_another_at_the_same_moment_starts_the_request_again(self):
        self.patch(type(self.env["wcm.part.event"]), "_last_hashes", lambda *_args: {})  # as an older snapshot sees it
        with self.assertRaises(ConcurrencyError):
            self.run_all(self.told("made", parts=self.parts[:1].ids, sheets="SH-A"))

    @mute_logger("odoo.addons.wcm_network.models.wcm_bench_action")
    def test_an_action_that_breaks_is_refused_with_its_key(self):
        self.patch(type(self.env["wcm.work.order"]), "action_start", lambda self: 1 / 0)
        start = self.told("start", order=self.order.id)
        self.assertIn(start["key"], self.refused(start))

    def test_answers_are_forgotten_after_half_a_year(self):
        self.run_all(self.told("start", order=self.order.id))
        actions = self.env["wcm.bench.action"].search([("user_id", "=", self.alder_user.id)])
        self.env["wcm.bench.action"]._gc_answers()
        self.assertTrue(actions.exists())
        self.env.cr.execute("UPDATE wcm_bench_action SET create_date = create_date - interval '184 days'")
        actions.invalidate_recordset()
        self.env["wcm.bench.action"]._gc_answers()
        self.assertFalse(actions.exists())

    def test_the_record_of_actions_is_closed_to_everybody(self):
        self.run_all(self.told("start", order=self.order.id))
        for user in (self.alder_user, self.coordinator, self.manager):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.env["wcm.bench.action"].with_user(user).search_count([])


@tagged("post_install", "-at_install")
class TestBenchConcurrency(BaseCase):
    """Over real connections; what was recorded is taken away afterwards."""

    @mute_logger("odoo.sql_db", "odoo.service.model")
    def test_one_key_told_by_four_requests_at_the_same_moment_is_carried_out_once(self):
        registry, start = Registry(get_db_name()), threading.Barrier(4, timeout=30)
        told = {"key": str(uuid.uuid4()), "name": "start", "age": 0, "args": {"order": 2**31 - 1}}

        def tell(_request):
            with registry.cursor() as cr:
                actions = api.Environment(cr, SUPERUSER_ID, {})["wcm.bench.action"]
                actions.search_count([])  # the transaction begins here
                start.wait()
                return retrying(lambda: actions._run_all([told]), actions.env)

        with ThreadPoolExecutor(4) as executor:
            answers = list(executor.map(tell, range(4)))
        with registry.cursor() as cr:
            cr.execute("DELETE FROM wcm_bench_action WHERE key = %s", [told["key"]])
            self.assertEqual(cr.rowcount, 1)
        self.assertEqual(answers, answers[:1] * 4)
