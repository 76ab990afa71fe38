import base64
import json

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..planning import ProblemError
from .wcm_solver_run import UNDER_WAY


class WcmPlan(models.Model):
    """A plan is solved in the background; it can be looked at and stopped meanwhile, not changed."""

    _inherit = "wcm.plan"

    run_ids = fields.One2many("wcm.plan.run", "plan_id", "Times solved", readonly=True, copy=False)

    def _last_run(self):
        return self.run_ids[:1]

    def write(self, vals):
        if not self.env.su and vals.keys() & self._questions():
            self._refuse_while_solving()
        return super().write(vals)

    def unlink(self):
        """Attachments go with the runs; the database would leave them behind."""
        self.check_access("unlink")
        self.sudo().run_ids.unlink()
        return super().unlink()

    @api.model
    def _questions(self):
        """Fields that the answer depends on."""
        return {"build_ids", "start_date", "weeks", "currency_id", "line_ids", *self._rule_names()}

    def _refuse_while_solving(self):
        if busy := self.filtered(lambda plan: plan.solve_state in UNDER_WAY)[:1]:
            raise UserError(self.env._("%s is being solved. Wait until it is, or stop it.", busy.name))

    def action_solve(self):
        """Place what is open: the cheapest plan that is found, with its proof.

        In the background; where no scheduler runs, whoever asks waits. Solving again keeps locked lines. Pressing it
        twice, or two people at once, solves it once.
        """
        self.ensure_one()
        self._check_solvable()
        self._lock_demand()
        if self.solve_state in UNDER_WAY:
            return
        self._begin_solving()

    def _begin_solving(self):
        self._create_run()._start()

    def _solve_now(self):
        """Solve and wait, for scripts; the planner still works in a process of its own."""
        self.ensure_one()
        self._check_solvable()
        self._lock_demand()
        self._create_run()._solve_now()

    def action_stop(self):
        """Keep the best plan so far."""
        self.ensure_one()
        self.check_access("write")
        self.run_ids._stop()

    def action_cancel(self):
        res = super().action_cancel()
        self.run_ids._stop()
        return res

    def action_offer(self):
        self.check_access("write")
        self._refuse_while_solving()
        return super().action_offer()

    def _answered_run(self):
        """The latest time that it was solved; may be empty. Its files hold rates and hours of every region: whoever
        calls this hands on no more than the reader may see."""
        self.ensure_one()
        return self.sudo().run_ids.filtered(lambda run: run.state in ("done", "stopped") and run.result_file)[:1]

    def _create_run(self):
        """The question as it is now, kept."""
        run = self.env["wcm.plan.run"].sudo().create({
            "plan_id": self.id,
            "user_id": self.env.uid,
            "seconds": self.seconds,
            "target_gap": self.target_gap,
            "problem_file": base64.b64encode(json.dumps(self._question()).encode()),
        })
        self.invalidate_recordset(["run_ids"])
        self._forget_solving()
        return run.sudo(False)

    def _question(self):
        try:
            return self._to_problem().to_json()
        except ProblemError as error:
            raise UserError(self.env._("This cannot be planned. %(why)s", why=self._in_words(str(error)))) from error

    def _take_result(self, problem, result):
        """Write what came out, unless the plan or its builds are not what was asked about any more."""
        self.check_access("write")
        self._lock_demand()
        if self.state not in ("draft", "solved"):
            raise UserError(self.env._("The plan was put aside while it was solved."))
        asked = {int(demand.id) for demand in problem.demands}
        members = {int(row.id) for row in problem.facilities}
        gone = asked - set(self.sudo().build_ids.line_ids.ids)
        if gone or len(self.env["wcm.membership"].sudo().browse(members).exists()) < len(members):
            raise UserError(self.env._("The builds or members changed while it was solved. Solve it again."))
        self._write_result(problem, result)
        self._forget_solving()
