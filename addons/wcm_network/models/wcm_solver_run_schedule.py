import logging
import time

from odoo import api, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from .wcm_solver_run import UNDER_WAY, Later

_logger = logging.getLogger(__name__)

# What takes seconds is looked at before what takes minutes.
KINDS = ("wcm.work.sequence.run", "wcm.plan.run")


class WcmSolverRun(models.AbstractModel):
    """One scheduler for all kinds: begins what waits, follows what is at work, takes what has ended."""

    _inherit = "wcm.solver.run"

    @api.model
    def _trigger(self):
        self.env.ref("wcm_network.cron_solve_plans").sudo()._trigger()

    @api.model
    def _cron_solve(self):
        """Until the turn is over."""
        end = self.env.context.get("cron_end_time", float("inf"))
        for name in KINDS:
            self.env[name]._sweep()
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
        runs = [run for name in KINDS for run in self.env[name].search([("state", "in", UNDER_WAY)], order="id")]
        self.env["ir.cron"]._commit_progress(remaining=len(runs))
        for run in runs:
            run._as_user()._step_and_tell()
        left = sum(self.env[name].search_count([("state", "in", UNDER_WAY)]) for name in KINDS)
        self.env["ir.cron"]._commit_progress(remaining=left)
        return left

    def _as_user(self):
        user = self.user_id
        return self.with_user(user).with_context(lang=user.lang, tz=user.tz)

    def _step_and_tell(self):
        try:
            self._go_on()
        except (Later, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY):
            self.env.cr.rollback()  # somebody changes the same at the same time: look again in a moment
            self.env.invalidate_all()
        except Exception as error:
            # Whatever it is, the next one waits behind this one, and a person waits for a word.
            self.env.cr.rollback()
            self.env.invalidate_all()
            _logger.error("Solving %s failed", self, exc_info=error)
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
        elif process.age() > self.seconds + self._seconds_more:
            process.kill()
        elif process.stopped_by is not None:
            process.stop(process.stopped_by)  # again: pressed too early, it found nobody to tell

    @api.model
    def _sweep(self):
        """End what works for something that is gone, or for nobody any more."""
        numbers = {path.name.removeprefix(self._folder_prefix): path for path in self._folder().glob(f"{self._folder_prefix}*")}
        folders = {int(number): path for number, path in numbers.items() if number.isdigit()}
        known = self.browse(folders).exists().filtered(lambda run: run.state in UNDER_WAY)
        for number, path in folders.items():
            process = self._process_class(path)
            if number not in known.ids and not process.is_attended:
                process.clear()
