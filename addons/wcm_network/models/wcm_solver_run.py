from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import config

from ..solver import SolverError, SolverProcess

UNDER_WAY = ("waiting", "solving")
# Of all kinds together, on one machine.
AT_ONCE = 2


class Later(UserError):
    """It cannot be written at this moment, and perhaps in the next: the answer waits."""


class WcmSolverRun(models.AbstractModel):
    """One time that something is searched for: the question as it was then, how it went and what came of it.

    The search is a process of its own (solver/process.py). While it works nothing is written here: how far it is, is
    read from what it tells. A scheduler (wcm_solver_run_schedule.py) starts it, sees it end and writes its answer in
    one transaction, so nothing is ever half-written. A kind of search says how its question is asked (`_begin`),
    its answer written (`_take_answer`) and its failure told (`_why_failed`).
    """

    _name = "wcm.solver.run"
    _description = "Search in the background"
    _order = "id desc"

    _process_class = SolverProcess
    # Of its folder: the numbers of two kinds are two folders.
    _folder_prefix = ""
    # Reading, writing and proving come on top of the time to think; who takes longer hangs.
    _seconds_more = 180

    user_id = fields.Many2one("res.users", "Started by", required=True, readonly=True, ondelete="restrict")
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("solving", "Solving"),
            ("done", "Solved"),
            ("stopped", "Stopped"),
            ("failed", "No answer"),
        ],
        default="waiting", required=True, readonly=True,
    )
    seconds = fields.Integer("Time to think (s)", readonly=True)
    message = fields.Text(readonly=True, help="How it ended, in words.")

    def unlink(self):
        """What works for something that is gone is ended by the scheduler."""
        if any(run.state == "solving" for run in self):
            self._trigger()
        return super().unlink()

    def _process(self):
        return self._process_class(self._folder() / f"{self._folder_prefix}{self.id}")

    @api.model
    def _folder(self):
        return Path(config["data_dir"]) / "wcm_plans" / self.env.cr.dbname

    def _is_room(self):
        """Whether fewer than two work on this machine, whatever they look for and whichever database they are for."""
        return SolverProcess.count(self._folder().parent.glob("*/*")) < AT_ONCE

    def _progress(self):
        """What a form shows of it."""
        process = self._process()
        return {
            "state": self.state,
            "stopping": self.state == "solving" and process.stopped_by is not None,
            "seconds": round(process.age()) if self.state == "solving" else 0,
            "limit": self.seconds,
        }

    def _stop(self):
        """Keep the best so far; one that waits is not begun."""
        for run in self.filtered(lambda run: run.state in UNDER_WAY):
            process = run._process()
            if run.state == "solving" and process.is_begun:
                process.stop(self.env.user.name)
            else:
                run._end("stopped", self.env._("%s stopped it before it began.", self.env.user.name))
                self._trigger()  # the scheduler may have been about to begin it: it ends what it began

    def _end(self, state, message=False):
        self.sudo().write({"state": state, "message": message})

    def _start(self):
        """In the background; where no scheduler runs, whoever asks waits."""
        if config["max_cron_threads"]:
            self._trigger()
        else:
            self._solve_now()

    def _solve_now(self):
        """Wait for it. Nothing of it is left when it fails.

        :raise UserError: why there is no answer
        """
        self.sudo().state = "solving"
        process = self._process()
        try:
            with process.attended():
                self.sudo()._begin()
                process.wait(self.seconds + self._seconds_more)
                self._take()
        finally:
            process.clear()
        if self.state == "failed":
            raise UserError(self.message)

    def _take(self):
        """Write what came out, with the rights and in the words of whoever asked."""
        process = self._process()
        try:
            self._take_answer(process)
        except SolverError as error:
            self._end("failed", self._why_failed(str(error), process))
        except Later:
            raise
        except UserError as error:
            self._end("failed", str(error))
