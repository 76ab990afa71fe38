import json
from datetime import timedelta

from odoo import api, fields, models

from ..solver import SequencingProcess
from .wcm_solver_run import UNDER_WAY

KEPT_FOR = timedelta(days=90)


class WcmWorkSequenceRun(models.Model):
    """One time that an order of work was looked for; nobody but the server needs it.

    The member's own rights do not reach it, so it works with all rights, in the name of whoever asked.
    """

    _name = "wcm.work.sequence.run"
    _description = "Search for an order of work"
    _inherit = "wcm.solver.run"

    _process_class = SequencingProcess
    _folder_prefix = "work-"
    _seconds_more = 30

    sequence_id = fields.Many2one("wcm.work.sequence", required=True, readonly=True, index=True, ondelete="cascade")
    membership_id = fields.Many2one(related="sequence_id.membership_id", store=True)
    asked = fields.Json(readonly=True, help="tz, question (sequencing/README.md) and for each place in it the values of a line.")

    _one_at_a_time = models.UniqueIndex(
        "(membership_id) WHERE state IN ('waiting', 'solving')",
        "An order of work is being looked for already. Wait until it is found, or stop it.",
    )

    @api.autovacuum
    def _gc_ended(self):
        """What came of it stands in the order of work; how it ended is read soon afterwards or never."""
        old = fields.Datetime.now() - KEPT_FOR
        self.search([("state", "not in", UNDER_WAY), ("create_date", "<", old)]).unlink()

    def _as_user(self):
        return super()._as_user().sudo()

    def _begin(self):
        self._process().start(json.dumps(self.asked["question"]).encode(), self.seconds, 0, 1)

    def _progress(self):
        """How late and how long the best is that is found so far, in words."""
        points = self._process().news() if self.state == "solving" else []
        return {**super()._progress(), **(self.sequence_id._best_in_words(self.asked["tz"], *points[-1][1:]) if points else {})}

    def _take_answer(self, process):
        answer = json.loads(process.answer())
        with self.env.cr.savepoint():
            self.sequence_id._take_answer(self.asked, answer)
            who = process.stopped_by
            message = who is not None and self.env._("%s stopped it; this is the best until then.", who)
            self._end("stopped" if message else "done", message)

    def _why_failed(self, words, process):
        if words:
            return self.env._("No order of work was found. %s", words)
        if process.stopped_by is not None:
            return self.env._("%s stopped it before anything was found.", process.stopped_by)
        return self.env._("It was ended from outside before it had an answer. What stood here before is unchanged. Try again.")
