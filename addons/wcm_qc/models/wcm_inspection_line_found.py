from fractions import Fraction

from odoo import api, fields, models

from .. import scales


class WcmInspectionLine(models.Model):
    """What each reading comes to, while the others are still to come: said at once, kept nowhere."""

    _inherit = "wcm.inspection.line"

    _member_readable = frozenset({"readings_found"})

    readings_found = fields.Json("What they come to", compute="_compute_readings_found")

    @api.depends("kind", "reading", "unit", "uom_id", "nominal", "tolerance_minus", "tolerance_plus")
    def _compute_readings_found(self):
        for line in self:
            typed = scales.split(line.reading or "") if line.kind == "measurement" else []
            line.readings_found = [line._found(text) for text in typed]

    def _found(self, text):
        """{verdict, words} of one reading; "unread" where it is no number in a unit that converts."""
        if not text:
            return {"verdict": "none", "words": ""}
        try:
            value = scales.quantity(text, self._units())
        except scales.Unreadable:
            return {"verdict": "unread", "words": self.env._("No number in %s, or in a unit that converts to it", self.unit or self.env._("figures"))}
        low, high = map(Fraction, self._limits())
        said = f"{scales.words(value)} {self.unit or ''}".strip()
        if low <= value <= high:
            return {"verdict": "pass", "words": self.env._("%s: within the limits", said)}
        return {"verdict": "fail", "words": self.env._("%s: out of tolerance", said)}
