import base64
import json
import logging
import time
from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import config

from ..planning import Problem, Result
from ..solver import SolverError, SolverProcess
from .wcm_plan import DemandInUse

_logger = logging.getLogger(__name__)

UNDER_WAY = ("waiting", "solving")
AT_ONCE = 2
# Reading, writing and proving come on top of the time to think; who takes longer hangs.
SECONDS_MORE = 180
POINTS = 200


class WcmPlanRun(models.Model):
    """One time that a plan was solved: the question as it was then, how it went and the answer.

    The planner works in a process of its own (solver/process.py). While it does nothing is written here: how far it
    is, is read from what it tells. A scheduler starts it, sees it end and writes its answer to the plan in one
    transaction, so nothing is ever half-written.
    """

    _name = "wcm.plan.run"
    _description = "Solving of a plan"
    _order = "id desc"

    plan_id = fields.Many2one("wcm.plan", required=True, readonly=True, index=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", "Started by", required=True, readonly=True, ondelete="restrict")
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("solving", "Solving"),
            ("done", "Solved"),
            ("stopped", "Stopped"),
            ("failed", "No plan"),
        ],
        default="waiting", required=True, readonly=True,
    )
    seconds = fields.Integer("Time to think (s)", readonly=True)
    target_gap = fields.Float("Good enough", readonly=True, digits=(8, 4))
    message = fields.Text(readonly=True, help="How it ended, in words.")
    history = fields.Json(readonly=True, help="Rows of seconds, best cost and proven bound.")
    # Both hold rates and free hours of members of every region, which stay unreadable to other regions' coordinators.
    problem_file = fields.Binary(
        "Question", readonly=True, attachment=True, groups="wcm_network.group_manager",
        help="What the planner was asked: planning/README.md, Problem, format 1.",
    )
    problem_name = fields.Char(compute="_compute_names")
    result_file = fields.Binary(
        "Answer", readonly=True, attachment=True, groups="wcm_network.group_manager",
        help="What it answered: planning/README.md, Plan, format 1.",
    )
    result_name = fields.Char(compute="_compute_names")

    _one_at_a_time = models.UniqueIndex(
        "(plan_id) WHERE state IN ('waiting', 'solving')", "This plan is being solved already."
    )

    def _compute_names(self):
        for run in self:
            run.problem_name, run.result_name = f"problem-{run.id}.json", f"plan-{run.id}.json"

    @api.depends("plan_id", "create_date")
    def _compute_display_name(self):
        for run in self:
            run.display_name = f"{run.plan_id.name} ({fields.Date.to_string(run.create_date)})"

    def unlink(self):
        """What works for a plan that is gone is ended by the scheduler."""
        if any(run.state == "solving" for run in self):
            self._trigger()
        return super().unlink()

    @api.model
    def _trigger(self):
        self.env.ref("wcm_network.cron_solve_plans").sudo()._trigger()

    def _process(self):
        return SolverProcess(self._folder() / str(self.id))

    @api.model
    def _folder(self):
        return Path(config["data_dir"]) / "wcm_plans" / self.env.cr.dbname

    def _problem_and_result(self):
        """The question and the answer, as they were."""
        self.ensure_one()
        run = self.sudo().with_context(bin_size=False)
        question, answer = (json.loads(base64.b64decode(content)) for content in (run.problem_file, run.result_file))
        return Problem.from_json(question), Result.from_json(answer)

    def _is_room(self):
        """Whether fewer than two work on this machine, whichever database they are for."""
        return SolverProcess.count(self._folder().parent.glob("*/*")) < AT_ONCE

    def _progress(self):
        """What the plan's form shows: seconds, best cost, bound and gap so far, and the way there."""
        process = self._process()
        points = process.news() if self.state == "solving" else self.history or []
        best, bound = points[-1][1:] if points else (None, None)
        return {
            "state": self.state,
            "stopping": self.state == "solving" and process.stopped_by is not None,
            "seconds": round(process.age()) if self.state == "solving" else 0,
            "limit": self.seconds,
            "best": best,
            "bound": bound,
            "gap": max(0.0, (best - bound) / best) if best else None,
            "points": points[:: -(-len(points) // POINTS)] if points else [],
        }

    def _stop(self):
        """Keep the best plan so far; one that waits is not begun."""
        for run in self.filtered(lambda run: run.state in UNDER_WAY):
            process = run._process()
            if run.state == "solving" and process.is_begun:
                process.stop(self.env.user.name)
            else:
                run._end("stopped", self.env._("%s stopped it before it began.", self.env.user.name))
                self._trigger()  # the scheduler may have been about to begin it: it ends what it began

    def _end(self, state, message=False):
        self.sudo().write({"state": state, "message": message})

    def _begin(self):
        threads = self.env["ir.config_parameter"].sudo().get_param("wcm_network.solver_threads", 1)
        problem = base64.b64decode(self.with_context(bin_size=False).problem_file)
        self._process().start(problem, self.seconds, self.target_gap, int(threads))

    def _solve_now(self):
        """Wait for it. Nothing of it is left when it fails.

        :raise UserError: why there is no plan
        """
        self.sudo().state = "solving"
        process = self._process()
        try:
            with process.attended():
                self.sudo()._begin()
                process.wait(self.seconds + SECONDS_MORE)
                self._take()
        finally:
            process.clear()
        if self.state == "failed":
            raise UserError(self.message)

    def _take(self):
        """Write what came out to the plan, with the rights and in the words of whoever asked."""
        process = self._process()
        try:
            self._take_answer(process)
        except SolverError as error:
            self._end("failed", self._why_failed(str(error), process))
        except DemandInUse:
            raise  # for a moment only: the answer waits
        except UserError as error:
            self._end("failed", str(error))

    def _take_answer(self, process):
        answer = process.answer()
        question = json.loads(base64.b64decode(self.sudo().with_context(bin_size=False).problem_file))
        with self.env.cr.savepoint():
            self.plan_id._take_result(Problem.from_json(question), Result.from_json(json.loads(answer)))
            who = process.stopped_by
            message = who is not None and self.env._("%s stopped it; this is the best plan until then.", who)
            self.sudo().write({
                "result_file": base64.b64encode(answer),
                "history": process.news(),
                "state": "stopped" if message else "done",
                "message": message,
            })

    def _why_failed(self, words, process):
        if words:
            return self.env._("This cannot be planned. %(why)s", why=self.plan_id._in_words(words))
        if process.stopped_by is not None:
            return self.env._("%s stopped it before there was a first plan.", process.stopped_by)
        return self.env._(
            "The planner was ended from outside before it had a plan: perhaps the server was started anew, or its "
            "memory did not suffice. What was planned before is unchanged. Solve it again; if that happens twice, "
            "plan fewer builds or weeks at once."
        )

    @api.model
    def _cron_solve(self):
        """Begin what waits, follow what is at work, take what has ended, until the turn is over."""
        end = self.env.context.get("cron_end_time", float("inf"))
        self._sweep()
        while left := self._step():
            if time.monotonic() > end:
                break
            self.env["ir.cron"]._commit_progress(1)
            time.sleep(0.5)
            self.env.invalidate_all()
        if left:
            self._trigger()  # without it the next turn comes when the scheduler looks by itself, once a minute

    def _step(self):
        """One look at each; how many are under way afterwards."""
        runs = self.search([("state", "in", UNDER_WAY)], order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(runs))
        for run in runs:
            run._as_user()._step_and_tell()
        left = self.search_count([("state", "in", UNDER_WAY)])
        self.env["ir.cron"]._commit_progress(remaining=left)
        return left

    def _as_user(self):
        user = self.user_id
        return self.with_user(user).with_context(lang=user.lang, tz=user.tz)

    def _step_and_tell(self):
        try:
            self._go_on()
        except (DemandInUse, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY):
            self.env.cr.rollback()  # somebody changes the same at the same time: look again in a moment
            self.env.invalidate_all()
        except Exception as error:
            # Whatever it is, the next plan waits behind this one, and a person waits for a word.
            self.env.cr.rollback()
            self.env.invalidate_all()
            _logger.error("Solving %s failed", self.id, exc_info=error)
            self._process().clear()
            self._end("failed", self.env._("It failed for a reason that nobody foresaw. Tell your administrator."))
        self.env["ir.cron"]._commit_progress()

    def _go_on(self):
        process = self._process()
        if self.state == "waiting":
            if self._is_room():
                self._end("solving")
                self.env["ir.cron"]._commit_progress()
                self.sudo()._begin()
        elif not process.is_begun:
            self.sudo()._begin()
        elif not process.is_alive():
            self._take()
            self.env["ir.cron"]._commit_progress()
            process.clear()
        elif process.age() > self.seconds + SECONDS_MORE:
            process.kill()
        elif process.stopped_by is not None:
            process.stop(process.stopped_by)  # again: pressed too early, it found nobody to tell

    @api.model
    def _sweep(self):
        """End what works for a plan that is gone, or for nobody any more."""
        folders = [path for path in self._folder().glob("*") if path.name.isdigit()]
        known = self.browse(int(path.name) for path in folders).exists().filtered(lambda run: run.state in UNDER_WAY)
        for path in folders:
            process = SolverProcess(path)
            if int(path.name) not in known.ids and not process.is_attended:
                process.clear()
