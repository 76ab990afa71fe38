import json
import tempfile
from datetime import datetime, timedelta

import pytz
from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_date, formatLang

from ..sequencing import OrderError, Timing, in_turn, question_from
from ..solver import SequencingProcess, SolverError

SECONDS = 5
SECONDS_MORE = 30


class WcmWorkSequence(models.Model):
    """In which order a member works off its orders of a week, machine by machine: a proposal that it may reorder.

    The question is kept as it was asked, so that a line that is moved gets its times at once.
    """

    _name = "wcm.work.sequence"
    _description = "Order of work"
    _inherit = ["wcm.guarded", "wcm.facade"]
    _order = "week_start desc, id"

    _guarded = frozenset({"state", "membership_id", "week_start", "tz", "question", "proof"})
    _member_readable = frozenset({"membership_id", "week_start", "state", "line_ids", "late_count", "picture", "proof"})
    _member_writable = frozenset({"line_ids"})

    membership_id = fields.Many2one("wcm.membership", "Member", required=True, readonly=True, ondelete="cascade")
    region_id = fields.Many2one(related="membership_id.region_id", store=True, index=True)
    week_start = fields.Date("Week of", required=True, readonly=True)
    tz = fields.Char(required=True, readonly=True, default="UTC")
    state = fields.Selection(
        [("proposed", "Proposed"), ("accepted", "Accepted")], default="proposed", required=True, readonly=True
    )
    question = fields.Json(readonly=True, help="What was asked: sequencing/README.md, Question, format 1.")
    proof = fields.Char("How good it is", readonly=True, help="What the proposal, before anybody moved a line, is proved to be.")
    line_ids = fields.One2many("wcm.work.sequence.line", "sequence_id", "Operations")
    late_count = fields.Integer("Orders late", compute="_compute_late_count")
    picture = fields.Html("Machines", compute="_compute_picture", sanitize=False)

    _once_a_week = models.UniqueIndex("(membership_id, week_start)", "This week has an order of work already.")

    @api.depends("membership_id.name", "week_start")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for sequence in self:
            sequence.display_name = f"{sequence.membership_id.name}, {format_date(self.env, sequence.week_start)}"

    @api.depends("line_ids.is_late")
    def _compute_late_count(self):
        for sequence in self:
            sequence.late_count = len(sequence.line_ids.filtered("is_late").work_order_id)

    @api.depends("line_ids.start", "line_ids.end", "line_ids.is_late")
    def _compute_picture(self):
        for sequence in self:
            lines = sequence.line_ids.filtered("start").sorted("start")
            sequence.picture = Markup().join(
                sequence._row(machine, own, lines) for machine, own in sorted(lines.grouped("machine").items())
            )

    def _row(self, machine, lines, everything):
        """One machine: a bar for each operation, as long as it takes of the whole time."""
        first, last = min(everything.mapped("start")), max(everything.mapped("end"))
        bars = Markup().join(line._bar(first, last - first) for line in lines)
        return Markup('<div class="mb-2"><div class="small text-muted">%s</div><div class="position-relative bg-light"'
                      ' style="height: 2rem">%s</div></div>') % (machine, bars)

    def action_accept(self):
        """This is how the week is worked."""
        self.check_access("write")
        self.sudo().state = "accepted"
        return True

    @api.model
    def _propose(self, membership, monday):
        """The week's order of work, made anew.

        :raise UserError: there is nothing to do, or it cannot be done
        """
        self._take_turn(membership)
        sequence = self.sudo().search([("membership_id", "=", membership.id), ("week_start", "=", monday)])
        sequence._check_may_replace(self.env.user)
        tz, question, operations = membership._sequencing_question(monday)
        answer = self._ask(question)
        lines = [Command.clear(), *(Command.create(self._line(row, operations, at)) for at, row in enumerate(answer["operations"]))]
        values = {"tz": tz, "question": question, "proof": self._in_words(answer), "state": "proposed", "line_ids": lines}
        if sequence:
            sequence.write(values)
            return sequence
        return self.sudo().create({"membership_id": membership.id, "week_start": monday, **values})

    def _take_turn(self, membership):
        """One search at a time for each member: it costs the server a process and some seconds."""
        if not membership.sudo().try_lock_for_update(allow_referencing=True):
            raise UserError(self.env._("An order of work is being looked for already. Wait some seconds, then look at it or try again."))

    def _check_may_replace(self, user):
        """What the member has accepted is the member's."""
        if self.state == "accepted" and user not in self.membership_id.user_ids:
            raise UserError(self.env._("The member has accepted an order of work for this week; only the member makes it anew."))

    def _line(self, row, operations, position):
        return {"position": position, "machine_key": row["machine"], **operations[row["job"], row["operation"], row["machine"]]}

    def _ask(self, question):
        """Let the process work, and wait: some seconds."""
        with tempfile.TemporaryDirectory() as folder:
            process = SequencingProcess(f"{folder}/work")
            process.start(json.dumps(question).encode(), SECONDS, 0, 1)
            process.wait(SECONDS + SECONDS_MORE)
            try:
                answer = json.loads(process.answer())
            except SolverError as error:
                raise UserError(self.env._("No order of work was found. %s", error)) from None
        if answer["status"] == "no room":
            raise UserError(self.env._("The orders do not fit into your working hours of the next eight weeks. Ask your coordinator to move some."))
        return answer

    def _in_words(self, answer):
        if answer["status"] == "optimal":
            return self.env._("Proved to be the best: nothing can be less late or done earlier.")
        if answer["late"] == answer["late_bound"]:
            return self.env._("Nothing can be less late; it may end up to %s %% earlier.", round(100 * answer["gap"]))
        return self.env._(
            "The best that was found in %(seconds)s s: all orders together %(late)s hours late, nights included. It is proved that it cannot be less than %(bound)s.",
            seconds=SECONDS, late=self._hours(answer["late"]), bound=self._hours(answer["late_bound"]),
        )

    def _hours(self, minutes):
        return formatLang(self.env, minutes / 60, digits=1)

    def _timing(self):
        """Times of the lines as they stand; what finds no room is left out. None while nothing was asked."""
        if not self.question:
            return None
        timing = Timing(question_from(self.question))
        turns = [(*line._task(), line.machine_key) for line in self.line_ids.sorted("position")]
        for job, operation, machine in in_turn(turns):
            try:
                timing.take((job, operation), machine)
            except OrderError:
                continue
        return timing

    def _moment(self, minutes):
        """UTC of so many minutes after Monday 00:00 on the member's clock."""
        local = datetime.combine(self.week_start, datetime.min.time()) + timedelta(minutes=minutes)
        return pytz.timezone(self.tz).localize(local).astimezone(pytz.utc).replace(tzinfo=None)
