import base64
import json

from odoo import api, fields, models

from ..planning import Problem, Result

POINTS = 200


class WcmPlanRun(models.Model):
    """One time that a plan was solved; question and answer are kept to explain it later."""

    _name = "wcm.plan.run"
    _description = "Solving of a plan"
    _inherit = "wcm.solver.run"

    plan_id = fields.Many2one("wcm.plan", required=True, readonly=True, index=True, ondelete="cascade")
    target_gap = fields.Float("Good enough", readonly=True, digits=(8, 4))
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

    def _problem_and_result(self):
        """The question and the answer, as they were."""
        self.ensure_one()
        run = self.sudo().with_context(bin_size=False)
        question, answer = (json.loads(base64.b64decode(content)) for content in (run.problem_file, run.result_file))
        return Problem.from_json(question), Result.from_json(answer)

    def _progress(self):
        """Best cost, bound and gap so far as well, and the way there."""
        points = self._process().news() if self.state == "solving" else self.history or []
        best, bound = points[-1][1:] if points else (None, None)
        return {
            **super()._progress(),
            "best": best,
            "bound": bound,
            "gap": max(0.0, (best - bound) / best) if best else None,
            "points": points[:: -(-len(points) // POINTS)] if points else [],
        }

    def _begin(self):
        threads = self.env["ir.config_parameter"].sudo().get_param("wcm_network.solver_threads", 1)
        problem = base64.b64decode(self.with_context(bin_size=False).problem_file)
        self._process().start(problem, self.seconds, self.target_gap, int(threads))

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
