import re
from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# A number as people and gauges write it: "18.1", "18,1", "-0.25 mm". No exponents and no
# thousands separators: a reading that can be understood in two ways is asked for again.
READING = re.compile(r"\s*([+-]?[0-9]{1,9}(?:[.,][0-9]{1,6})?)\s*(.*?)\s*")


class WcmInspectionLine(models.Model):
    """One reading. Not measured is never zero."""

    _name = "wcm.inspection.line"
    _description = "Inspection result"
    _inherit = ["wcm.facade"]
    _order = "inspection_id, sequence, id"

    _member_readable = frozenset({
        "inspection_id", "sequence", "name", "instruction", "kind", "nominal", "tolerance_minus", "tolerance_plus",
        "unit", "point_type", "reading", "passed_by_hand", "note", "photo", "verdict", "limits", "state",
        "checked_by_name", "checked_at",
    })
    _member_writable = frozenset({"reading", "passed_by_hand", "note", "photo"})

    inspection_id = fields.Many2one("wcm.inspection", required=True, index=True, ondelete="restrict", readonly=True)
    state = fields.Selection(related="inspection_id.state", string="State of the inspection")
    sequence = fields.Integer(readonly=True)
    name = fields.Char("Checkpoint", readonly=True, required=True)
    instruction = fields.Text(readonly=True)
    kind = fields.Selection(
        [("pass_fail", "Pass or fail"), ("measurement", "Measurement"), ("photo", "Photo"), ("text", "Text")],
        required=True, readonly=True,
    )
    nominal = fields.Float(digits=(12, 3), readonly=True)
    tolerance_minus = fields.Float(digits=(12, 3), readonly=True)
    tolerance_plus = fields.Float(digits=(12, 3), readonly=True)
    unit = fields.Char(readonly=True)
    point_type = fields.Selection([("surveillance", "Surveillance"), ("witness", "Witness"), ("hold", "Hold point")], readonly=True)
    limits = fields.Char("Allowed", compute="_compute_limits", help="Smallest and largest value allowed.")
    reading = fields.Char(help="As typed or sent by the gauge; empty means not measured.")
    value = fields.Float(digits=(16, 6), compute="_compute_value", store=True, help="The reading as a number; meaningless while there is no reading.")
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

    @api.depends("kind", "reading", "unit")
    def _compute_value(self):
        for line in self:
            line.value = float((line.kind == "measurement" and line._parse_reading()) or 0)

    @api.depends("kind", "reading", "unit", "nominal", "tolerance_minus", "tolerance_plus", "passed_by_hand", "photo")
    def _compute_verdict(self):
        """What a person fails by hand is failed; only a measurement can pass a measurement."""
        for line in self:
            line.verdict = "fail" if line.passed_by_hand == "fail" else line._own_verdict()

    @api.constrains("reading", "kind", "unit")
    def _check_reading(self):
        for line in self:
            if line.kind == "measurement" and (line.reading or "").strip() and line._parse_reading() is None:
                raise ValidationError(line._not_a_number_message())

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.inspection_id._check_open()
        return lines

    def write(self, vals):
        self.inspection_id._check_open()
        if not self.env.su and not self._member_writable.issuperset(vals):
            raise UserError(self.env._("What is checked was fixed by the control plan; only results can be entered."))
        result = super().write(vals)
        if not self._member_writable.isdisjoint(vals):
            super(WcmInspectionLine, self.sudo()).write({"checked_by_id": self.env.uid, "checked_at": self.env["wcm.part.event"]._doing().time})
        return result

    @api.ondelete(at_uninstall=False)
    def _never_unlink(self):
        raise UserError(self.env._("Inspection results are kept; nothing can be deleted from an inspection."))

    def init(self):
        """Results of a closed inspection are closed in the database itself."""
        self.env.cr.execute("""
            CREATE OR REPLACE FUNCTION wcm_inspection_line_closed() RETURNS trigger AS $$
            DECLARE
                inspection_state varchar;
            BEGIN
                SELECT state INTO inspection_state FROM wcm_inspection WHERE id = OLD.inspection_id;
                IF inspection_state IS NULL OR inspection_state = 'open' THEN
                    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
                END IF;
                IF TG_OP = 'UPDATE' AND ROW(NEW.inspection_id, NEW.name, NEW.kind, NEW.nominal, NEW.tolerance_minus,
                        NEW.tolerance_plus, NEW.unit, NEW.reading, NEW.value, NEW.passed_by_hand, NEW.note, NEW.verdict,
                        NEW.checked_by_id, NEW.checked_at)
                    IS NOT DISTINCT FROM ROW(OLD.inspection_id, OLD.name, OLD.kind, OLD.nominal, OLD.tolerance_minus,
                        OLD.tolerance_plus, OLD.unit, OLD.reading, OLD.value, OLD.passed_by_hand, OLD.note, OLD.verdict,
                        OLD.checked_by_id, OLD.checked_at) THEN
                    RETURN NEW;
                END IF;
                RAISE EXCEPTION 'The inspection of result % is closed: make a correction instead.', OLD.id;
            END $$ LANGUAGE plpgsql;
            DROP TRIGGER IF EXISTS wcm_inspection_line_closed ON wcm_inspection_line;
            CREATE TRIGGER wcm_inspection_line_closed BEFORE UPDATE OR DELETE ON wcm_inspection_line
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
        value = self._parse_reading()
        if value is None:
            return "none"
        low, high = self._limits()
        return "pass" if low <= value <= high else "fail"

    def _parse_reading(self):
        """The reading as Decimal, exactly as typed; None where there is none or it is no number."""
        match = READING.fullmatch(self.reading or "")
        if not match or match[2].casefold() not in ("", (self.unit or "").strip().casefold()):
            return None
        return Decimal(match[1].replace(",", "."))

    def _limits(self):
        """Smallest and largest value allowed, as Decimals of three places, so that 18.5 is within 18 ± 0.5."""
        nominal, minus, plus = (Decimal(f"{number:.3f}") for number in (self.nominal, self.tolerance_minus, self.tolerance_plus))
        return nominal - minus, nominal + plus

    def _not_a_number_message(self):
        return self.env._(
            "“%(reading)s” is not a measurement for “%(checkpoint)s”. Type a number such as %(example)s, or leave it empty while it is not measured.",
            reading=self.reading, checkpoint=self.name, example=f"{self.nominal:g} {self.unit or ''}".strip(),
        )

    def _failure_text(self):
        """One line of the nonconformity: what was wanted and what was found."""
        found = self.reading or self.note or self.env._("failed by hand")
        if self.limits:
            return self.env._("%(checkpoint)s: %(found)s (allowed %(limits)s)", checkpoint=self.name, found=found, limits=self.limits)
        return self.env._("%(checkpoint)s: %(found)s", checkpoint=self.name, found=found)

    def _correction_values(self):
        """The same checkpoint with the result as it was, for somebody to put right."""
        names = (
            "sequence", "name", "instruction", "kind", "nominal", "tolerance_minus", "tolerance_plus", "unit",
            "point_type", "reading", "passed_by_hand", "note", "photo",
        )
        return {name: self[name] for name in names} | {"checked_by_id": self.checked_by_id.id, "checked_at": self.checked_at}

    def _bench_values(self):
        """A checkpoint for the shop-floor app, with what has been entered so far; a photo stays here."""
        names = ("name", "instruction", "kind", "point_type", "limits", "unit", "reading", "passed_by_hand", "note")
        return {**{name: self[name] or "" for name in names}, "has_photo": bool(self.photo)}

    def _timeline_words(self):
        """The result, and what was measured or noted."""
        verdict = dict(self._fields["verdict"]._description_selection(self.env))[self.verdict]
        measured = f"{self.reading} ({self.limits})" if self.reading and self.limits else self.reading
        return ", ".join(filter(None, (verdict, measured, self.note)))
