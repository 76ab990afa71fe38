from markupsafe import Markup

from odoo import Command, api, fields, models


class WcmWorkSequenceLine(models.Model):
    """One operation of a work order on a machine; the member may move it to another place."""

    _name = "wcm.work.sequence.line"
    _description = "Operation in an order of work"
    _inherit = ["wcm.facade"]
    _order = "position, id"

    _member_readable = frozenset({
        "sequence_id", "position", "work_order_id", "work_order_name", "component_code", "process_name", "machine", "start", "end", "is_late", "date_due",
        "build_name", "quantity",
    })
    _member_writable = frozenset({"position"})

    sequence_id = fields.Many2one("wcm.work.sequence", required=True, readonly=True, index=True, ondelete="cascade")
    position = fields.Integer(default=10)
    work_order_id = fields.Many2one("wcm.work.order", "Order", required=True, readonly=True, index=True, ondelete="cascade")
    work_order_name = fields.Char("Order number", related="work_order_id.name")
    component_code = fields.Char(related="work_order_id.component_code")
    date_due = fields.Date(related="work_order_id.date_due")
    build_name = fields.Char("For", related="work_order_id.build_name")
    quantity = fields.Integer("Blocks", readonly=True, help="Still to be made when it was proposed.")
    operation = fields.Integer(readonly=True, help="Which operation of the order, from 0.")
    process_id = fields.Many2one("wcm.process", required=True, readonly=True, index=True, ondelete="cascade")
    process_name = fields.Char(related="process_id.name", string="Process name")
    equipment_id = fields.Many2one("maintenance.equipment", readonly=True, index="btree_not_null", ondelete="set null")
    machine = fields.Char(readonly=True)
    machine_key = fields.Char(readonly=True, help="Its name in the question.")
    start = fields.Datetime(compute="_compute_times", store=True)
    end = fields.Datetime(compute="_compute_times", store=True, help="Empty: it finds no room any more.")
    is_late = fields.Boolean("Late", compute="_compute_times", store=True, help="Ends after the order is due.")

    @api.depends("position", "sequence_id.line_ids.position", "sequence_id.question")
    def _compute_times(self):
        for sequence, lines in self.grouped("sequence_id").items():
            timing = sequence._timing()
            for line in lines:
                line._take_time(timing)

    def _take_time(self, timing):
        """:param timing: None: nothing was asked yet"""
        placed, sequence = timing and timing.done.get(self._task()), self.sequence_id
        self.start = placed and sequence._moment(placed.start)
        self.end = placed and sequence._moment(placed.end)
        self.is_late = bool(timing) and (not placed or timing.question.job(placed.job).late(placed.end) > 0)

    def action_earlier(self):
        """One place further up: where nobody can drag, on a phone and by keyboard."""
        self.ensure_one()
        self.check_access("write")
        lines = self.sequence_id.line_ids.sorted(lambda line: (line.position, line.id)).ids
        at = lines.index(self.id)
        if at:
            lines[at - 1 : at + 1] = reversed(lines[at - 1 : at + 1])
            self.sequence_id.line_ids = [Command.update(number, {"position": place}) for place, number in enumerate(lines)]
        return True

    def _task(self):
        """Its name in the question."""
        return str(self.work_order_id.id), self.operation

    def _bar(self, first, whole):
        left, width = ((moment / whole) * 100 for moment in (self.start - first, self.end - self.start))
        tone = "text-bg-danger" if self.is_late else "text-bg-primary"
        words = f"{self.quantity} × {self.component_code}, {self.build_name}"
        return Markup(
            '<div class="position-absolute h-100 overflow-hidden text-nowrap small px-1 border border-white {}" title="{}"'
            ' style="left: {:.1f}%; width: {:.1f}%">{}</div>'
        ).format(tone, f"{words}, {self.process_name}, {self.work_order_name}", left, width, words)
