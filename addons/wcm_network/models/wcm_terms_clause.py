from uuid import uuid4

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..clauses import words
from .wcm_terms_text import PLACEHOLDERS


class WcmTermsClause(models.Model):
    """One clause of a text, or of an annex to it: what it says, and the same in plain English."""

    _name = "wcm.terms.clause"
    _description = "Clause of the terms"
    _inherit = ["wcm.terms.piece"]
    _order = "sequence, id"
    _rec_name = "heading"

    sequence = fields.Integer(default=10)
    number = fields.Char("No.", compute="_compute_number")
    key = fields.Char(default=lambda self: uuid4().hex, required=True, readonly=True, help="Stays the same from version to version, so that two can be compared.")
    heading = fields.Char(required=True)
    text = fields.Text(
        required=True,
        help="A blank line begins a new paragraph, “- ” a line of a list. A figure is named between braces, as in {payment_days}, so that text and figures cannot differ.",
    )
    summary = fields.Text("In short", help="The same in plain English, a sentence or two.")

    @api.depends("sequence", "terms_id.clause_ids.sequence", "annex_id.clause_ids.sequence", "annex_id.terms_id.annex_ids")
    def _compute_number(self):
        """The place in the order: 3, and A3 in an annex."""
        for clause in self:
            siblings = (clause.annex_id or clause.terms_id).clause_ids
            place = next((n for n, other in enumerate(siblings.sorted(lambda one: one.sequence), 1) if other == clause), 0)
            clause.number = place and f"{clause.annex_id.letter if clause.annex_id else ''}{place}"

    @api.constrains("text", "summary", "heading")
    def _check_placeholders(self):
        """Every figure that is named is one that the terms have."""
        for clause in self:
            for text in (clause.heading, clause.text, clause.summary or ""):
                clause._check_figures_named(text)

    def _check_figures_named(self, text):
        try:
            words.check(text, PLACEHOLDERS)
        except words.UnknownPlaceholder as unknown:
            known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
            raise ValidationError(self.env._("“%(heading)s” names %(what)s, which is no figure of the terms. Known are %(known)s.", heading=self.heading, what=unknown.name, known=known)) from None

    def _row(self, values):
        """(key, heading, text, summary) with the figures filled in."""
        return (self.key or "", *(words.fill(text or "", values) for text in (self.heading, self.text, self.summary)))

    def _names(self):
        """The figures that these clauses name."""
        return {name for clause in self for text in (clause.heading, clause.text, clause.summary or "") for name in words.names_in(text)}
