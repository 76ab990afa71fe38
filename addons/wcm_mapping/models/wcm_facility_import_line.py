import psycopg2

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

# What the file says and the import does: of a row, a person decides the choice and nothing else.
TOLD = {
    "import_id",
    "row_number",
    "name",
    "outcome",
    "reason",
    "warning",
    "repeats_row",
    "facility_id",
    "values",
    "words",
    "is_applied",
    "conflict_ids",
}


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
        [("skip", "Leave out"), ("update", "Same space: put together"), ("create", "Another space: add")],
        help="What to do with a possible duplicate. Without a choice it is left out.",
    )
    repeats_row = fields.Integer(readonly=True, help="The earlier row that this one repeats.")
    facility_id = fields.Many2one("wcm.facility", string="Production Space", readonly=True, ondelete="set null")
    values = fields.Json(readonly=True)
    is_applied = fields.Boolean(readonly=True, help="What the preview said has been written.")
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

    def _has_field_access(self, field, operation):
        told = operation == "write" and field.name in TOLD and not self.env.su
        return not told and super()._has_field_access(field, operation)

    @api.model
    def _pending_domain(self):
        """Rows that applying does something with and has not done yet."""
        chosen = Domain("outcome", "=", "duplicate") & Domain("choice", "in", ("create", "update"))
        return (Domain("outcome", "in", ("create", "update", "conflict", "gone")) | chosen) & Domain(
            "is_applied", "=", False
        )

    def _action(self):
        """What applying does with this row: "create", "update", "gone" or None."""
        self.ensure_one()
        wanted = {"duplicate": self.choice, "conflict": "update"}.get(self.outcome, self.outcome)
        return wanted if wanted in ("create", "update", "gone") else None

    def _apply(self):
        """Write these rows; those of spaces that are not the user's are left for somebody else."""
        mine = self.filtered(lambda line: line._action())._mine()
        works = {"create": "_create_batch", "update": "_update_batch", "gone": "_flag_gone"}
        for action, lines in mine.grouped(lambda line: line._action()).items():
            lines._try(getattr(lines, works[action]))

    def _mine(self):
        """Rows whose space the user may add or change."""
        regions = self.import_id._own_region_ids()
        writable = set(self.facility_id._filtered_access("write").ids)
        return self.filtered(lambda line: line._is_mine(regions, writable))

    def _is_mine(self, regions, writable):
        if self._action() == "create":
            return regions is None or self.values.get("region_id") in regions
        return not self.facility_id or self.facility_id.id in writable

    def _create_batch(self):
        today = fields.Date.context_today(self)
        facilities = self.env["wcm.facility"].with_context(tracking_disable=True)
        created = facilities.create(
            [
                {**line.values, "source_date": today, "source_values": facilities._remembered(line.values)}
                for line in self
            ]
        )
        for line, facility in zip(self.sudo(), created, strict=True):
            line.write({"facility_id": facility.id, "is_applied": True})

    def _update_batch(self):
        for line in self:
            line._try(line._update_one)

    def _update_one(self):
        if not self.facility_id:
            raise UserError(self.env._("The space is no longer here. Preview the file again."))
        chosen = self.conflict_ids.filtered(lambda conflict: conflict.choice == "theirs")
        self.facility_id._take_values(self.values, chosen.mapped("field"))
        self.sudo().is_applied = True

    def _flag_gone(self):
        self.facility_id.write({"source_gone_on": fields.Date.context_today(self)})
        self.sudo().is_applied = True

    def _try(self, work):
        """Do `work` on these rows; if that fails, on one after the other.

        :param work: a method bound to self
        """
        try:
            with self.env.cr.savepoint():
                work()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # of the whole batch, which is done again
        except (UserError, psycopg2.Error) as error:
            self.env.invalidate_all(flush=False)
            if len(self) == 1:
                self.sudo().write({"outcome": "error", "reason": self._explain(error)})
            else:
                for line in self:
                    line._try(getattr(line, work.__name__))

    def _explain(self, error):
        if isinstance(error, psycopg2.errors.UniqueViolation):
            return self.env._("This record of that source is here already.")
        if isinstance(error, AccessError):
            return self.env._("You may not change this space.")
        if isinstance(error, psycopg2.Error):
            return self.env._("A value of this row cannot be kept. Is one of them very long, or a number very large?")
        return str(error)
