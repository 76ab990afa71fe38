from decimal import Decimal
from fractions import Fraction

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from .. import scales
from .wcm_checkpoint import KINDS


class WcmInspectionLine(models.Model):
    """One reading. Not measured is never zero."""

    _name = "wcm.inspection.line"
    _description = "Inspection result"
    _inherit = ["wcm.facade"]
    _order = "inspection_id, sequence, id"

    _member_readable = frozenset({
        "inspection_id", "sequence", "name", "instruction", "kind", "nominal", "tolerance_minus", "tolerance_plus",
        "unit", "reading_count", "point_type", "reading", "passed_by_hand", "note", "photo", "verdict", "limits", "state",
        "checked_by_name", "checked_at",
    })
    _member_writable = frozenset({"reading", "passed_by_hand", "note", "photo"})

    inspection_id = fields.Many2one("wcm.inspection", required=True, index=True, ondelete="restrict", readonly=True)
    plan_id = fields.Many2one(
        "wcm.control.plan", "Asked for by", readonly=True, index="btree_not_null", ondelete="restrict", help="Where plans of several processes are checked together; empty: the plan of the inspection.",
    )
    state = fields.Selection(related="inspection_id.state", string="State of the inspection")
    sequence = fields.Integer(readonly=True)
    name = fields.Char("Checkpoint", readonly=True, required=True)
    instruction = fields.Text(readonly=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    nominal = fields.Float(digits=(12, 3), readonly=True)
    tolerance_minus = fields.Float(digits=(12, 3), readonly=True)
    tolerance_plus = fields.Float(digits=(12, 3), readonly=True)
    unit = fields.Char(readonly=True)
    uom_id = fields.Many2one("uom.uom", "Converted by", readonly=True, ondelete="restrict", help="Readings in units that convert to it are understood.")
    reading_count = fields.Integer("Readings", default=1, readonly=True)
    point_type = fields.Selection([("surveillance", "Surveillance"), ("witness", "Witness"), ("hold", "Hold point")], readonly=True)
    limits = fields.Char("Allowed", compute="_compute_limits", help="Smallest and largest value allowed.")
    reading = fields.Char(help="As typed or sent by the gauge, several parted by “;”. Empty means not measured.")
    value = fields.Float(
        digits=(16, 6), compute="_compute_value", store=True,
        help="The reading in the unit of the checkpoint, of several their mean; meaningless while there is no reading.",
    )
    measured_values = fields.Json(compute="_compute_value", store=True, help="Each reading in the unit of the checkpoint, in the order in which they were taken.")
    passed_by_hand = fields.Selection([("pass", "Pass"), ("fail", "Fail")], "Result")
    note = fields.Char()
    photo = fields.Image(max_width=1600, max_height=1600, attachment=True)
    verdict = fields.Selection(
        [("none", "Not checked"), ("pass", "Pass"), ("fail", "Fail")],
        compute="_compute_verdict", store=True,
    )
    checked_by_id = fields.Many2one("res.users", "Checked by", readonly=True)
    checked_by_name = fields.Char(related="checked_by_id.name", string="Checked by (name)")
    checked_at = fields.Datetime(readonly=True)

    @api.depends("kind", "nominal", "tolerance_minus", "tolerance_plus", "unit")
    def _compute_limits(self):
        for line in self:
            line.limits = False
            if line.kind == "measurement":
                low, high = (f"{limit.normalize():f}" for limit in line._limits())
                line.limits = f"{low} – {high} {line.unit or ''}".strip()

    @api.depends("kind", "reading", "unit", "uom_id")
    def _compute_value(self):
        for line in self:
            values = [float(value) for value in line._measured() if value is not None]
            line.value = sum(values) / len(values) if values else 0
            line.measured_values = [round(value, 6) for value in values]

    @api.depends("kind", "reading", "unit", "uom_id", "reading_count", "nominal", "tolerance_minus", "tolerance_plus", "passed_by_hand", "photo")
    def _compute_verdict(self):
        """What a person fails by hand is failed; only a measurement can pass a measurement."""
        for line in self:
            line.verdict = "fail" if line.passed_by_hand == "fail" else line._own_verdict()

    @api.constrains("reading", "kind", "unit", "uom_id", "reading_count")
    def _check_reading(self):
        for line in self.filtered(lambda line: line.kind == "measurement"):
            try:
                taken = scales.read(line.reading or "", line._units())
            except scales.ForeignUnit as refused:
                raise ValidationError(line._foreign_unit_message(refused.text))
            except scales.Unreadable as refused:
                raise ValidationError(line._not_a_number_message(refused.text))
            if len(taken) > line.reading_count:
                raise ValidationError(line._too_many_message())

    @api.model_create_multi
    def create(self, vals_list):
        self.env["wcm.inspection"].browse(dict.fromkeys(vals.get("inspection_id") for vals in vals_list))._check_open()
        return super().create(vals_list)

    def write(self, vals):
        self.inspection_id._check_open()
        writable = self._fields_named(False)[1]
        if not self.env.su and not writable.issuperset(vals):
            raise UserError(self.env._("What is checked was fixed by the control plan; only results can be entered."))
        result = super().write(vals)
        if not writable.isdisjoint(vals):
            super(WcmInspectionLine, self.sudo()).write(self._marks(vals))
        return result

    def _marks(self, vals):
        """Who entered these results, and when."""
        return {"checked_by_id": self.env.uid, "checked_at": self.env["wcm.part.event"]._doing().time}

    @api.ondelete(at_uninstall=False)
    def _never_unlink(self):
        raise UserError(self.env._("Inspection results are kept; nothing can be deleted from an inspection."))

    def init(self):
        """Results of a closed inspection are closed in the database itself, every column that is there or comes later."""
        self.env.cr.execute("""
            CREATE OR REPLACE FUNCTION wcm_inspection_line_closed() RETURNS trigger AS $$
            DECLARE
                marks text[] := ARRAY['write_uid', 'write_date'];
            BEGIN
                IF NOT EXISTS (SELECT FROM wcm_inspection WHERE id IN (OLD.inspection_id, NEW.inspection_id) AND state <> 'open')
                    OR TG_OP = 'UPDATE' AND to_jsonb(NEW) - marks = to_jsonb(OLD) - marks THEN
                    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
                END IF;
                RAISE EXCEPTION 'The inspection of result % is closed: make a correction instead.', COALESCE(OLD.id, NEW.id);
            END $$ LANGUAGE plpgsql;
            DROP TRIGGER IF EXISTS wcm_inspection_line_closed ON wcm_inspection_line;
            CREATE TRIGGER wcm_inspection_line_closed BEFORE INSERT OR UPDATE OR DELETE ON wcm_inspection_line
                FOR EACH ROW EXECUTE FUNCTION wcm_inspection_line_closed();
        """)

    def _own_verdict(self):
        if self.kind == "measurement":
            return self._measured_verdict()
        if self.kind == "photo":
            return "pass" if self.photo else "none"
        if self.kind == "text":
            return "pass" if (self.reading or "").strip() else "none"
        return self.passed_by_hand or "none"

    def _measured_verdict(self):
        """All readings that were asked for, each within the limits; one less is not checked."""
        values = self._measured()
        if len(values) != self.reading_count or None in values:
            return "none"
        low, high = map(Fraction, self._limits())
        return "pass" if all(low <= value <= high for value in values) else "fail"

    def _measured(self):
        """Each reading in the unit of the checkpoint, exactly; None for one that is missing. Of what is no number there is none."""
        if self.kind != "measurement":
            return []
        try:
            return scales.read(self.reading or "", self._units())
        except scales.Unreadable:
            return []

    def _units(self):
        """What converts to the unit of this checkpoint. Who types a reading need not see Odoo's units, hence sudo."""
        unit = self.sudo().uom_id
        return {scales.fold(self.unit or ""): Fraction(1), "": Fraction(1), **(unit._conversions() if unit else {})}

    def _limits(self):
        """Smallest and largest value allowed, as Decimals of three places, so that 18.5 is within 18 ± 0.5."""
        nominal, minus, plus = (Decimal(f"{number:.3f}") for number in (self.nominal, self.tolerance_minus, self.tolerance_plus))
        return nominal - minus, nominal + plus

    def _not_a_number_message(self, text):
        return self.env._(
            "“%(reading)s” is not a measurement for “%(checkpoint)s”. Type a number such as %(example)s, or leave it empty while it is not measured.",
            reading=text, checkpoint=self.name, example=f"{self.nominal:g} {self.unit or ''}".strip(),
        )

    def _foreign_unit_message(self, text):
        return self.env._(
            "“%(reading)s” cannot be converted to %(unit)s, in which “%(checkpoint)s” is measured. Type the number alone, or with one of: %(units)s.",
            reading=text, checkpoint=self.name, unit=self.unit, units=", ".join(filter(None, self._units())),
        )

    def _too_many_message(self):
        return self.env._(
            "“%(checkpoint)s” is measured %(count)s times and there are more readings than that. Each is parted from the next by “;”.",
            checkpoint=self.name, count=self.reading_count,
        )

    def _reading_words(self):
        """As typed; what was typed in another unit is said in the one of the checkpoint too."""
        own, typed = scales.fold(self.unit or ""), scales.split(self.reading or "")
        if self.kind != "measurement" or all(scales.unit_of(text) in ("", own) for text in typed):
            return self.reading
        return f"{self.reading} = {'; '.join(scales.words(Fraction(str(value))) for value in self.measured_values)} {self.unit}"

    def _failure_text(self):
        """One line of the nonconformity: what was wanted and what was found."""
        found = self._reading_words() or self.note or self.env._("failed by hand")
        if self.limits:
            return self.env._("%(checkpoint)s: %(found)s (allowed %(limits)s)", checkpoint=self.name, found=found, limits=self.limits)
        return self.env._("%(checkpoint)s: %(found)s", checkpoint=self.name, found=found)

    def _correction_values(self):
        """The same checkpoint with the result as it was, for somebody to put right."""
        names = (
            "sequence", "name", "instruction", "kind", "nominal", "tolerance_minus", "tolerance_plus", "unit", "reading_count", "point_type",
            "reading", "passed_by_hand", "note", "photo",
        )
        return {name: self[name] for name in names} | {"plan_id": self.plan_id.id, "uom_id": self.uom_id.id, "checked_by_id": self.checked_by_id.id, "checked_at": self.checked_at}

    def _bench_values(self):
        """A checkpoint for the shop-floor app, with what has been entered so far; a photo stays here."""
        names = ("name", "instruction", "kind", "point_type", "limits", "unit", "reading_count", "reading", "passed_by_hand", "note")
        return {**{name: self[name] or "" for name in names}, "has_photo": bool(self.photo)}

    def _timeline_words(self):
        """The result, and what was measured or noted."""
        verdict = dict(self._fields["verdict"]._description_selection(self.env))[self.verdict]
        measured = f"{self._reading_words()} ({self.limits})" if self.reading and self.limits else self.reading
        return ", ".join(filter(None, (verdict, measured, self.note)))
