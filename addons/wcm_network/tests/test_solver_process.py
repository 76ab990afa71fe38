import json
import os
import random
import signal
import tempfile
import time
from pathlib import Path

from odoo.tests import BaseCase, tagged

from ..planning import Problem, Result, check
from ..solver import SolverError, SolverProcess


def long_problem(members=10, items=15, periods=12):
    """A question that takes the planner a while to prove."""
    dice = random.Random(4)
    return {
        "format": 1,
        "periods": periods,
        "facilities": [{"id": str(m), "capacity": {"cnc": [dice.uniform(18, 30)] * periods}} for m in range(members)],
        "items": [{"id": str(i), "holding_cost": 0.2} for i in range(items)],
        "demands": [
            {"id": f"{i}-{home}", "item": str(i), "quantity": dice.randint(15, 40), "due": dice.randint(5, periods - 1), "site": "s"}
            for i in range(items)
            for home in range(3)
        ],
        "options": [
            {
                "facility": str(m), "item": str(i), "unit_cost": dice.uniform(20, 40), "hours": {"cnc": dice.uniform(0.5, 1)},
                "setup_cost": dice.uniform(40, 90), "setup_hours": {"cnc": 1}, "first_article_cost": 60, "min_batch": 4,
            }
            for m in range(members)
            for i in range(items)
            if dice.random() < 0.6
        ],
        "transport": [],
        "policies": {"max_facilities_per_demand": 3},
    }


@tagged("post_install", "-at_install")
class TestSolverProcess(BaseCase):
    def setUp(self):
        super().setUp()
        folder = self.enterContext(tempfile.TemporaryDirectory())
        self.process = SolverProcess(Path(folder) / "1")
        self.addCleanup(self.process.clear)

    def start(self, problem=None, seconds=60, gap=0):
        self.question = problem or long_problem()
        self.process.start(json.dumps(self.question).encode(), seconds, gap, 1)

    def until(self, ready):
        end = time.monotonic() + 40
        while not ready() and self.process.is_alive():
            self.assertLess(time.monotonic(), end)
            time.sleep(0.05)

    def test_its_answer_is_a_plan_that_the_checker_accepts(self):
        self.start(seconds=2)
        self.assertTrue(self.process.is_alive())
        self.process.wait(60)
        result = Result.from_json(json.loads(self.process.answer()))
        check(Problem.from_json(self.question), result)

    def test_it_tells_how_far_it_is_and_keeps_the_best_plan_when_it_is_stopped(self):
        self.start()
        self.until(self.process.news)
        seconds, best, bound = self.process.news()[-1]
        self.assertGreater(best, bound)
        self.assertGreaterEqual(seconds, 0)
        self.assertIsNone(self.process.stopped_by)
        self.process.stop("Ada")
        self.process.wait(20)
        self.assertEqual(self.process.stopped_by, "Ada")
        self.assertEqual(Result.from_json(json.loads(self.process.answer())).status, "stopped")

    def test_one_that_is_killed_leaves_no_answer(self):
        self.start()
        os.kill(int((self.process.folder / "pid").read_text()), signal.SIGKILL)
        self.until(lambda: False)
        with self.assertRaisesRegex(SolverError, "^$"):
            self.process.answer()

    def test_a_wrong_question_is_answered_in_the_planners_own_line(self):
        problem = long_problem()
        problem["demands"][0]["item"] = "unknown"
        self.start(problem)
        self.process.wait(20)
        with self.assertRaisesRegex(SolverError, "unknown"):
            self.process.answer()

    def test_one_that_takes_too_long_is_ended(self):
        self.start()
        self.process.wait(0)
        self.assertFalse(self.process.is_alive())

    def test_one_is_found_again_by_its_folder_and_nothing_else_is_taken_for_it(self):
        self.start()
        again = SolverProcess(self.process.folder)
        self.assertTrue(again.is_alive())
        self.assertEqual(SolverProcess.count(self.process.folder.parent.glob("*")), 1)
        again.kill()
        self.until(lambda: False)
        (self.process.folder / "pid").write_text(str(os.getpid()))
        self.process.kill()  # were the number believed, this test would end here
        self.process.clear()
        self.assertFalse(self.process.folder.exists())
