import base64
import json
import os
import signal
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from odoo import Command, api
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import config, mute_logger

from ..solver import SolverProcess
from .common import NetworkCase
from .test_solver_process import long_problem


class SchedulerCase(NetworkCase):
    """The planner works in the background; the tests are its scheduler."""

    def setUp(self):
        super().setUp()
        self.addCleanup(config.__setitem__, "max_cron_threads", config["max_cron_threads"])
        config["max_cron_threads"] = 1
        self.plan = self.make_plan().with_user(self.coordinator)
        # Whatever else is solved on this machine meanwhile takes no place away.
        folder = Path(self.enterContext(tempfile.TemporaryDirectory())) / self.env.cr.dbname
        self.patch(type(self.env["wcm.plan.run"]), "_folder", lambda _runs: folder)
        self.addCleanup(self.clear)

    def clear(self):
        for run in self.env["wcm.plan.run"].search([]):
            run._process().clear()

    @contextmanager
    def scheduler(self):
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            yield api.Environment(cr, self.env.uid, {})["wcm.plan.run"]
        self.env.invalidate_all()

    def look(self, times=1):
        """One look of the scheduler at what is under way."""
        with self.scheduler() as runs:
            for _time in range(times):
                runs._step()
                runs.env.invalidate_all()

    def go_on(self):
        """What the scheduler does when it comes."""
        with self.enter_registry_test_mode():
            self.env.ref("wcm_network.cron_solve_plans").method_direct_trigger()
        self.env.invalidate_all()

    def begin(self, plan, question=None):
        """Pressed, and begun by the scheduler; with a longer question where the moment matters."""
        plan.action_solve()
        run = plan.run_ids[:1].sudo()
        if question:
            run.write({"problem_file": base64.b64encode(json.dumps(question).encode()), "seconds": 60, "target_gap": 0})
        self.look()
        self.assertEqual(plan.solve_state, "solving")
        return run

    def until(self, ready):
        end = time.monotonic() + 40
        while not ready():
            self.assertLess(time.monotonic(), end)
            time.sleep(0.05)

    def kill(self, run):
        os.kill(int((run._process().folder / "pid").read_text()), signal.SIGKILL)
        self.until(lambda: not run._process().is_alive())


@tagged("post_install", "-at_install")
class TestPlanSolving(SchedulerCase):
    def test_a_plan_waits_is_solved_in_the_background_and_is_there(self):
        self.plan.action_solve()
        self.assertEqual((self.plan.state, self.plan.solve_state), ("draft", "waiting"))
        cron = self.env.ref("wcm_network.cron_solve_plans")
        self.assertTrue(self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)]))
        self.go_on()
        self.assertEqual((self.plan.state, self.plan.solve_state), ("solved", "done"))
        self.assertEqual((self.plan.placed_quantity, self.plan.run_ids.user_id), (12, self.coordinator))
        self.assertFalse(self.plan.run_ids._process().is_begun)

    def test_where_no_scheduler_runs_somebody_waits(self):
        config["max_cron_threads"] = 0
        self.plan.action_solve()
        self.assertEqual((self.plan.state, self.plan.solve_state), ("solved", "done"))

    def test_a_script_can_wait_for_it(self):
        self.plan._solve_now()
        self.assertEqual((self.plan.state, self.plan.solve_state), ("solved", "done"))

    def test_pressing_twice_and_two_coordinators_solve_it_once(self):
        self.plan.action_solve()
        self.plan.action_solve()
        self.plan.with_user(self.manager).action_solve()
        self.assertEqual(len(self.plan.run_ids), 1)

    def test_what_cannot_be_planned_is_told_at_once(self):
        self.site.write({"latitude": 0, "longitude": 0})
        with self.assertRaisesRegex(UserError, "no place on the map"):
            self.plan.action_solve()
        self.assertFalse(self.plan.run_ids)

    def test_progress_is_seconds_cost_bound_and_gap(self):
        run = self.begin(self.plan, long_problem())
        self.until(lambda: run._progress()["best"])
        self.env.invalidate_all()
        told = self.plan.browse(self.plan.id).solve_progress
        self.assertEqual((told["state"], told["limit"], told["stopping"]), ("solving", 60, False))
        self.assertGreater(told["best"], told["bound"])
        self.assertAlmostEqual(told["gap"], (told["best"] - told["bound"]) / told["best"])

    def test_stopping_one_that_waits_begins_nothing(self):
        self.plan.action_solve()
        self.plan.action_stop()
        self.look(2)
        self.assertEqual((self.plan.state, self.plan.solve_state), ("draft", "stopped"))
        self.assertIn("before it began", self.plan.solve_message)

    def test_stopping_one_at_work_keeps_its_best_plan(self):
        run = self.begin(self.plan)
        self.until(lambda: (run._process().folder / "plan.json").exists())
        self.plan.action_stop()
        self.until(lambda: not run._process().is_alive())
        self.look()
        self.assertEqual((self.plan.state, self.plan.solve_state), ("solved", "stopped"))
        self.assertIn(f"{self.coordinator.name} stopped it", self.plan.solve_message)

    def test_a_planner_that_is_killed_is_told_in_words_and_it_can_be_solved_again(self):
        self.kill(self.begin(self.plan, long_problem()))
        self.look()
        self.assertEqual((self.plan.state, self.plan.solve_state, len(self.plan.line_ids)), ("draft", "failed", 0))
        self.assertIn("ended from outside", self.plan.solve_message)
        self.plan.action_solve()
        self.go_on()
        self.assertEqual((self.plan.state, self.plan.solve_state), ("solved", "done"))

    def test_a_server_that_was_killed_finds_its_planner_again(self):
        run = self.begin(self.plan)
        self.until(lambda: not SolverProcess(run._process().folder).is_alive())
        self.go_on()
        self.assertEqual((self.plan.state, self.plan.solve_state), ("solved", "done"))

    def test_a_server_that_was_killed_before_the_planner_began_begins_it(self):
        self.plan.action_solve()
        self.plan.run_ids.sudo().state = "solving"
        self.go_on()
        self.assertEqual((self.plan.state, self.plan.solve_state), ("solved", "done"))

    def test_two_at_once_and_the_third_waits(self):
        plans = [self.make_plan() for _number in range(3)]
        for plan in plans:
            plan.action_solve()
            plan.run_ids.problem_file = base64.b64encode(json.dumps(long_problem()).encode())
            plan.run_ids.seconds = 60
        self.look(2)
        self.assertEqual([plan.solve_state for plan in plans], ["solving", "solving", "waiting"])

    def test_a_plan_that_is_being_solved_is_neither_changed_nor_offered(self):
        self.plan.action_solve()
        self.go_on()
        self.plan.action_solve()
        for change in (
            lambda: self.plan.write({"weeks": 3}),
            lambda: self.plan.line_ids[0].action_toggle_lock(),
            self.plan.action_offer,
        ):
            with self.assertRaisesRegex(UserError, "is being solved"):
                change()
        self.plan.name = "A name changes nothing"

    def test_a_plan_that_is_deleted_takes_its_planner_along(self):
        run = self.begin(self.plan, long_problem())
        process = run._process()
        files = self.env["ir.attachment"].sudo().search([("res_model", "=", run._name), ("res_id", "=", run.id), ("res_field", "!=", False)])
        self.assertTrue(files)
        self.plan.unlink()
        self.go_on()
        self.assertFalse(process.is_begun)
        self.assertFalse(files.exists())

    def test_builds_that_changed_meanwhile_are_told(self):
        run = self.begin(self.plan)
        self.until(lambda: not run._process().is_alive())
        self.beam_line.unlink()
        self.look()
        self.assertEqual((self.plan.state, self.plan.solve_state), ("draft", "failed"))
        self.assertIn("changed while it was solved", self.plan.solve_message)

    def test_a_plan_that_was_cancelled_meanwhile_stays_cancelled(self):
        run = self.begin(self.plan)
        self.plan.action_cancel()
        self.until(lambda: not run._process().is_alive())
        self.look()
        self.assertEqual(self.plan.state, "cancelled")
        self.assertFalse(self.plan.line_ids)

    def test_reasons_speak_of_the_plans_own_money(self):
        euro = self.env["res.currency"].with_context(active_test=False).search([("name", "=", "EUR")])
        self.assertIn("€", self.make_plan(currency_id=euro.id)._plain("£1,234.50 a unit"))
        self.assertNotIn("£", self.make_plan(currency_id=euro.id)._plain("£1,234.50 a unit"))


@tagged("post_install", "-at_install")
class TestPlanRunAccess(HttpCase, SchedulerCase):
    def setUp(self):
        super().setUp()
        self.plan.action_solve()
        self.go_on()
        self.run_record = self.plan.run_ids
        self.funder = new_test_user(
            self.env, "funder_t", groups="wcm_network.group_funder", password="funder_t"
        )

    def test_neither_members_nor_funders_nor_other_coordinators_see_question_or_answer(self):
        for user in (self.alder_user, self.funder, self.env.ref("base.public_user")):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
                self.run_record.with_user(user).read(["problem_file", "result_file"])
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
                self.plan.with_user(user).action_stop()
        runs = self.env["wcm.plan.run"]
        self.assertFalse(runs.with_user(self.other_coordinator).search([]))
        self.assertTrue(runs.with_user(self.coordinator).search([]))

    def test_nobody_writes_what_was_asked_and_answered(self):
        run = self.run_record.with_user(self.manager)
        for change in (
            lambda: run.write({"problem_file": False}),
            run.unlink,
            lambda: run.create({"plan_id": self.plan.id, "user_id": self.manager.id}),
            lambda: self.plan.with_user(self.manager).write({"run_ids": [Command.create({"user_id": self.manager.id})]}),
        ):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
                change()

    def test_the_files_are_downloaded_by_managers_only(self):
        self.coordinator.password, self.alder_user.password = "coordinator_t", "alder-long-password"
        self.other_coordinator.password, self.manager.password = "coordinator_o", "manager_t"
        address = f"/web/content/wcm.plan.run/{self.run_record.id}/problem_file?download=1"
        for login, password, status in (
            (self.manager.login, "manager_t", 200),
            (self.coordinator.login, "coordinator_t", 404),
            (self.other_coordinator.login, "coordinator_o", 404),
            (self.alder_user.login, "alder-long-password", 404),
            (self.funder.login, "funder_t", 404),
            (None, None, 404),
        ):
            self.authenticate(login, password)
            with self.subTest(login=login), mute_logger("odoo.http"):
                answer = self.url_open(address)
                self.assertEqual(answer.status_code, status)
                if status == 200:
                    self.assertEqual(answer.json()["format"], 1)
