import psycopg2

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import split_every

BATCH = 500


class WcmFacilityImportLine(models.Model):
    """What becomes of one row of a file, and why."""

    _name = "wcm.facility.import.line"
    _description = "Row of an Import"
    _order = "row_number, id"

    import_id = fields.Many2one("wcm.facility.import", required=True, index=True, ondelete="cascade")
    row_number = fields.Integer("Row", readonly=True)
    name = fields.Char(readonly=True)
    outcome = fields.Selection(
        [
            ("create", "New"),
            ("update", "Changed"),
            ("conflict", "Changed on both sides"),
            ("same", "Same"),
            ("duplicate", "Possible duplicate"),
            ("skip", "Left out"),
            ("gone", "Gone"),
            ("error", "Error"),
        ],
        required=True,
        readonly=True,
    )
    reason = fields.Char(readonly=True)
    warning = fields.Char("To Fix", readonly=True)
    choice = fields.Selection(
        [("skip", "Leave out"), ("update", "It is the same: update"), ("create", "Add anyway")],
        help="What to do with a possible duplicate. Without a choice it is left out.",
    )
    repeats_row = fields.Integer(readonly=True, help="The earlier row that this one repeats.")
    facility_id = fields.Many2one("wcm.facility", string="Production Space", readonly=True, ondelete="set null")
    values = fields.Json(readonly=True)
    conflict_ids = fields.One2many("wcm.facility.import.conflict", "line_id", string="Changed on Both Sides")

    @api.constrains("choice")
    def _check_choice(self):
        for line in self:
            line.import_id._check_not_done()
            if line.choice in ("create", "update") and line.outcome != "duplicate":
                raise ValidationError(self.env._("Only a possible duplicate needs a choice."))
            if line.choice == "update" and not line.facility_id:
                raise ValidationError(
                    self.env._(
                        "Row %(row)s repeats row %(first)s of the same file: leave it out, or add it anyway.",
                        row=line.row_number,
                        first=line.repeats_row,
                    )
                )

    def _action(self):
        """What applying does with this row: "create", "update", "gone" or None."""
        self.ensure_one()
        wanted = {"duplicate": self.choice, "conflict": "update"}.get(self.outcome, self.outcome)
        return wanted if wanted in ("create", "update", "gone") else None

    def _create_facilities(self):
        for batch in split_every(BATCH, self.ids, self.browse):
            batch._try(batch._create_batch)

    def _create_batch(self):
        today = fields.Date.context_today(self)
        facilities = self.env["wcm.facility"].with_context(tracking_disable=True)
        created = facilities.create(
            [
                {**line.values, "source_date": today, "source_values": facilities._remembered(line.values)}
                for line in self
            ]
        )
        for line, facility in zip(self, created, strict=True):
            line.facility_id = facility

    def _update_facilities(self):
        for line in self:
            line._try(line._update_one)

    def _update_one(self):
        chosen = self.conflict_ids.filtered(lambda conflict: conflict.choice == "theirs")
        self.facility_id._take_values(self.values, chosen.mapped("field"))

    def _flag_gone(self):
        for line in self:
            line._try(line._flag_one)

    def _flag_one(self):
        self.facility_id.source_gone_on = fields.Date.context_today(self)

    def _try(self, work):
        """Do `work` on these rows; if that fails, on one after the other.

        :param work: a method bound to self
        """
        try:
            with self.env.cr.savepoint():
                work()
        except (UserError, psycopg2.Error) as error:
            self.env.invalidate_all(flush=False)
            if len(self) == 1:
                self.write({"outcome": "error", "reason": self._explain(error)})
            else:
                for line in self:
                    line._try(getattr(line, work.__name__))

    def _explain(self, error):
        if isinstance(error, psycopg2.errors.UniqueViolation):
            return self.env._("This record of that source is here already.")
        if isinstance(error, AccessError):
            return self.env._("You may not change this space.")
        return str(error)
