from datetime import datetime, timedelta

import pytz
from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools.misc import format_date

from ..sequencing import OrderError, Timing, in_turn, question_from


class WcmWorkSequence(models.Model):
    """In which order a member works off its orders of a week, machine by machine: a proposal that it may reorder.

    The question is kept as it was asked, so that a line that is moved gets its times at once.
    wcm_work_sequence_search.py: how it is found; wcm_work_sequence_undo.py: what was moved, taken back.
    """

    _name = "wcm.work.sequence"
    _description = "Order of work"
    _inherit = ["wcm.guarded", "wcm.facade", "wcm.searched"]
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
        self._check_not_searching()
        self.sudo().state = "accepted"
        return True

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

    def _moment(self, minutes, tz=None):
        """UTC of so many minutes after Monday 00:00 on the member's clock."""
        local = datetime.combine(self.week_start, datetime.min.time()) + timedelta(minutes=minutes)
        return pytz.timezone(tz or self.tz).localize(local).astimezone(pytz.utc).replace(tzinfo=None)
