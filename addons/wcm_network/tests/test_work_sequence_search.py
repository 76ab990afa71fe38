import json

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL

from ..solver import SequencingProcess
from .scheduler import SchedulerCase


@tagged("post_install", "-at_install")
class TestWorkSequenceSearch(SchedulerCase):
    """An order of work is looked for in the background; the tests are its scheduler."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.make_order(cls.alder, cls.block_line, 5, state="accepted")

    def propose(self, order=None, user=None):
        action = (order or self.order).with_user(user or self.alder_user).action_propose_sequence()
        return self.env["wcm.work.sequence"].with_user(user or self.alder_user).browse(action["res_id"])

    def test_the_page_is_there_at_once_and_the_scheduler_fills_it(self):
        sequence = self.propose()
        self.assertEqual((sequence.solve_state, len(sequence.line_ids)), ("waiting", 0))
        self.go_on()
        self.assertEqual((sequence.solve_state, len(sequence.line_ids)), ("done", 2))
        self.assertIn("Proved", sequence.proof)
        self.assertFalse(sequence._last_run()._process().is_begun)

    def test_pressed_twice_it_is_looked_for_once(self):
        sequence = self.propose()
        self.assertEqual(self.propose(), sequence)
        sequence.action_propose_again()
        self.assertEqual(self.env["wcm.work.sequence.run"].search_count([("sequence_id", "=", sequence.id)]), 1)

    def test_searches_that_ended_long_ago_are_forgotten(self):
        sequence = self.propose()
        run = sequence._last_run()
        for ended, moment, kept in ((False, "2020-01-01", True), (True, fields.Datetime.now(), True), (True, "2020-01-01", False)):
            if ended:
                run._stop()
            self.env.flush_all()
            self.env.cr.execute(SQL("UPDATE wcm_work_sequence_run SET create_date = %s WHERE id = %s", moment, run.id))
            self.env.invalidate_all()
            run._gc_ended()
            self.assertEqual(bool(run.exists()), kept)
        self.assertFalse(sequence.solve_state)

    def test_nothing_is_kept_or_taken_back_while_it_is_looked_for(self):
        sequence = self.propose()
        for step in (sequence.action_accept, sequence.action_undo, lambda: sequence.write({"line_ids": []})):
            with self.assertRaisesRegex(UserError, "still being looked for"):
                step()

    def test_plans_and_orders_of_work_share_their_places(self):
        for number in range(2):
            process = SequencingProcess(self.folder / str(number))
            self.addCleanup(process.clear)
            process.start(json.dumps(long_question()).encode(), 30, 0, 1)
        sequence = self.propose()
        self.look()
        self.assertEqual(sequence.solve_state, "waiting")

    def test_one_at_work_tells_its_best_so_far_and_stops_with_it(self):
        sequence = self.propose()
        run = sequence._last_run()
        run.asked = {**run.asked, "question": long_question()}
        run.seconds = 60
        self.look()
        self.assertEqual(sequence.solve_state, "solving")
        self.until(lambda: "end" in run._progress())
        self.assertIn("hours", run._progress()["late"])
        run._stop()
        self.until(lambda: not run._process().is_alive())
        answer = json.loads(run._process().answer())
        self.assertEqual((answer["status"], len(answer["operations"])), ("stopped", 80))
        self.assertLess(answer["seconds"], 50)

    def test_who_began_it_and_the_member_may_stop_it_and_nobody_else(self):
        sequence = self.propose(user=self.coordinator)
        for user in (self.birch_user, self.other_coordinator, self.manager):
            with self.assertRaises(AccessError):
                sequence.with_user(user).action_stop()
        sequence.action_stop()
        self.assertEqual(sequence.solve_state, "stopped")
        sequence.action_propose_again()
        sequence.with_user(self.alder_user).action_stop()
        self.assertIn(self.alder_user.name, sequence.solve_message)

    def test_others_do_not_look_anew(self):
        sequence = self.propose()
        for user in (self.birch_user, self.other_coordinator):
            with self.assertRaises(AccessError):
                sequence.with_user(user).action_propose_again()

    def test_orders_that_are_called_off_meanwhile_are_told(self):
        sequence = self.propose()
        run = sequence._last_run()
        self.look()
        self.until(lambda: not run._process().is_alive())
        self.order.sudo().state = "cancelled"
        self.look()
        self.assertEqual(sequence.solve_state, "failed")
        self.assertIn("called off", sequence.solve_message)


def long_question():
    """More than can be proved in a minute."""
    week = [[1440 * day + 540, 1440 * day + 1020] for day in range(20)]
    return {
        "format": 1,
        "machines": [{"id": f"{kind}{number}", "processes": [kind], "windows": week} for kind in ("cnc", "bench") for number in (1, 2)],
        "jobs": [
            {
                "id": str(number), "item": "xyz"[number % 3], "quantity": 3 + number * 7 % 5, "due": 1440 * (number // 8),
                "operations": [{"process": kind, "minutes_per_unit": 20 + number * 5 % 17, "setup_minutes": 20} for kind in ("cnc", "bench")],
            }
            for number in range(40)
        ],
    }
