import base64
import json
import os
import signal

from odoo.exceptions import LockError, UserError
from odoo.tests import tagged
from odoo.tools import config

from ..solver import SolverProcess
from .scheduler import SchedulerCase
from .test_solver_process import long_problem


class PlanSolvingCase(SchedulerCase):
    def setUp(self):
        super().setUp()
        self.plan = self.make_plan().with_user(self.coordinator)

    def begin(self, plan, question=None):
        """Pressed, and begun by the scheduler; with a longer question where the moment matters."""
        plan.action_solve()
        run = plan.run_ids[:1].sudo()
        if question:
            run.write({"problem_file": base64.b64encode(json.dumps(question).encode()), "seconds": 60, "target_gap": 0})
        self.look()
        self.assertEqual(plan.solve_state, "solving")
        return run

    def kill(self, run):
        os.kill(int((run._process().folder / "pid").read_text()), signal.SIGKILL)
        self.until(lambda: not run._process().is_alive())


@tagged("post_install", "-at_install")
class TestPlanSolving(PlanSolvingCase):
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

    def test_stopping_one_that_a_killed_server_left_without_a_planner_ends_it(self):
        self.plan.action_solve()
        self.plan.run_ids.sudo().state = "solving"
        self.plan.action_stop()
        self.go_on()
        self.assertEqual((self.plan.state, self.plan.solve_state), ("draft", "stopped"))

    def test_a_stop_that_did_not_reach_the_planner_is_said_again(self):
        run = self.begin(self.plan, long_problem())
        self.until(lambda: run._progress()["best"])
        (run._process().folder / "stopped").write_text("Ada")  # as when it was pressed before there was a number to call
        self.look()
        self.until(lambda: not run._process().is_alive())
        self.assertEqual(json.loads(run._process().answer())["status"], "stopped")

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

    def test_what_a_script_waits_for_is_left_alone_until_the_script_is_gone(self):
        """Its run is not committed, so the scheduler knows nothing of it."""
        runs = self.env["wcm.plan.run"]
        process = SolverProcess(runs._folder() / "999999999")
        with process.attended():
            process.start(json.dumps(long_problem()).encode(), 60, 0, 1)
            runs._sweep()
            self.assertTrue(process.is_alive())
        runs._sweep()
        self.assertFalse(process.is_begun)

    def test_builds_that_changed_meanwhile_are_told(self):
        run = self.begin(self.plan)
        self.until(lambda: not run._process().is_alive())
        self.beam_line.unlink()
        self.look()
        self.assertEqual((self.plan.state, self.plan.solve_state), ("draft", "failed"))
        self.assertIn("changed while it was solved", self.plan.solve_message)

    def test_its_answer_waits_while_somebody_else_works_on_the_same_components(self):
        run = self.begin(self.plan)
        self.until(lambda: not run._process().is_alive())
        others = ["at work"]
        lock = type(self.env["wcm.build.line"]).lock_for_update
        self.patch(type(self.env["wcm.build.line"]), "lock_for_update", lambda lines, **how: self.refuse(others) or lock(lines, **how))
        self.look()
        self.assertEqual((self.plan.state, self.plan.solve_state), ("draft", "solving"))
        others.clear()
        self.look()
        self.assertEqual((self.plan.state, self.plan.solve_state), ("solved", "done"))

    def refuse(self, others):
        if others:
            raise LockError("Cannot grab a lock on records")

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
