from odoo import models
from odoo.tools import SQL

from ..together import Together


class IrSequence(models.Model):
    """Numbers of documents that are made together are drawn at once."""

    _inherit = "ir.sequence"

    def _draw_together(self, count):
        """Draw so many numbers for the documents that come next; only where gaps are allowed anyway."""
        together = Together.of(self.env)
        for sequence in self.filtered(lambda one: one.implementation == "standard" and not one.use_date_range):
            rows = self.env.execute_query(SQL(
                "SELECT nextval(%s) FROM generate_series(1, %s)", f"ir_sequence_{sequence.id:03d}", count
            ))
            together.numbers.setdefault(sequence.id, []).extend(number for [number] in rows)

    def _next_by_code_together(self, code, count):
        """So many numbers of one sequence, in the same few queries however many there are."""
        companies = [self.env.company.id, False]
        sequence = self.search([("code", "=", code), ("company_id", "in", companies)], order="company_id", limit=1)
        sequence = sequence.with_context(**{Together.KEY: Together()})
        sequence._draw_together(count)
        return [sequence._next() for _each in range(count)]

    def _next_do(self):
        together = Together.of(self.env)
        numbers = together and together.numbers.get(self.id)
        return self.get_next_char(numbers.pop(0)) if numbers else super()._next_do()
