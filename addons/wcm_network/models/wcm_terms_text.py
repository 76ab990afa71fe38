import re
from dataclasses import replace

from lxml.html import fragments_fromstring

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mail import plaintext2html

from ..clauses.compare import compare, html
from ..clauses.document import Document, Part, numbered
from .wcm_terms_figures import FIGURES, GROUP_OF, GROUPS, digest

# What a clause may name between braces, and the figure that it stands for.
PLACEHOLDERS = {
    "levy": "levy_kind", "levy_waiver": "levy_kind", "levy_percent": "levy_percent", "levy_per_part": "levy_per_part",
    "region_share": "region_share_percent", "network_share": "region_share_percent", "payment_days": "payment_days",
    "response_days": "response_days", "notice_days": "notice_days", "liability_cap": "liability_cap",
    "right_first_time": "right_first_time_percent", "data_licence": "data_licence",
}
# A figure of one kind of levy says nothing where the levy is of another.
OF_KIND = {"levy_percent": "percent", "levy_per_part": "per_part"}


class WcmTerms(models.Model):
    """The text, with its figures, as one reader has it; and each figure, as the software applies it to that reader."""

    _inherit = "wcm.terms"

    preview_membership_id = fields.Many2one("wcm.membership", "As this member reads it", store=False)
    preview_region_id = fields.Many2one("wcm.region", "As a region reads it", store=False)
    preview = fields.Html(compute="_compute_preview", sanitize=False)

    @api.depends(
        "name", "version", "notice", "body", "summary", "text_format", "preview_membership_id", "preview_region_id", *FIGURES,
        "annex_ids", "clause_ids.heading", "clause_ids.text", "clause_ids.summary", "clause_ids.sequence", "tier_ids.from_turnover", "tier_ids.percent",
    )
    def _compute_preview(self):
        for terms in self:
            member = terms.preview_membership_id
            region = member.region_id or terms.preview_region_id
            try:
                terms.preview = terms._text(region._origin, member.organisation_type)
            except ValueError as problem:  # a figure or tier that is still being typed
                terms.preview = self.env._("The text cannot be shown yet: %s", problem)

    @api.model
    def _place_of(self, membership):
        """(region, type of organisation) by which annexes are chosen."""
        member = membership.sudo()
        return member.region_id, member.organisation_type

    def _parameter(self, membership, name):
        """One figure as it holds for a member: of the nearest annex that changes it, else of the terms.

        The one way by which the software learns a figure. `levy` gives a tariff that is waived where it is.
        """
        terms = self.sudo()
        source = terms._source(name, *self._place_of(membership))
        if name == "levy":
            return source._tariff(bool(source._waives(membership.sudo().state, membership.sudo().organisation_type)))
        return source[name]

    def _source(self, name, region, organisation_type):
        """The terms or the annex that a figure is taken from."""
        group = GROUP_OF[name]
        near = self._annexes(region, organisation_type).sorted(lambda annex: annex._nearness(), reverse=True)
        return next((annex for annex in near if annex[group]), self)

    def _annexes(self, region, organisation_type):
        return self.annex_ids.sorted(lambda annex: annex.sequence).filtered(lambda annex: annex._holds_for(region, organisation_type))

    def _text(self, region=None, organisation_type=False):
        """The whole text as HTML. Texts from before the clauses are what they were."""
        self.ensure_one()
        if self.text_format == 1:
            return self.body or ""
        return self._document(region, organisation_type).html()

    def _text_of(self, membership):
        return self.sudo()._text(*self._place_of(membership))

    def _brief_of(self, membership):
        """The summaries alone; of texts from before the clauses, the one they have."""
        document = self.sudo()._document(*self._place_of(membership))
        return document.brief() or (plaintext2html(self.summary) if self.summary else False)

    def _hash_of(self, membership):
        """The fingerprint of what this member reads, its annexes and figures among it."""
        return self.sudo()._hash_at(*self._place_of(membership))

    def _hash_at(self, region, organisation_type):
        return self.text_hash if self.text_format == 1 else digest(self._text(region, organisation_type))

    def action_read(self):
        """The text as a member or region reads it, beside the one in force."""
        self.ensure_one()
        other = self._in_force() if self.state in ("draft", "approved") else self._before()
        reading = self.env["wcm.terms.reading"].create({"terms_id": self.id, "against_id": (other - self).id})
        return {
            "type": "ir.actions.act_window", "name": self.display_name, "res_model": "wcm.terms.reading", "res_id": reading.id,
            "view_mode": "form", "target": "current",
        }

    def _before(self):
        """The text that this one superseded."""
        chain = self._chain()
        place = chain.ids.index(self.id) + 1 if self in chain else len(chain)
        return chain[place:place + 1]

    def _document(self, region=None, organisation_type=False):
        """The text as data. In English whatever the reader's language: it is the English words that bind."""
        terms = self.with_context(lang=None)
        region = region or self.env["wcm.region"]
        values = {name: terms._source(figure, region, organisation_type)._figure_words(name) for name, figure in PLACEHOLDERS.items()}
        parts = [Part(terms.name or "", terms._clauses(terms.clause_ids, values))]
        parts += [
            Part(f"Annex {annex.letter}: {annex.name}", terms._clauses(annex.clause_ids, values, annex.letter), annex._note())
            for annex in terms._annexes(region, organisation_type)
        ]
        return Document(
            terms.name or "", terms.version or "", tuple(parts), terms._figure_rows(values) if terms.text_format > 1 else (),
            introduction=terms.body or "", notice=terms.notice or "", summary=terms.summary or "",
        )

    def _clauses(self, clauses, values, prefix=""):
        return numbered((clause._row(values) for clause in clauses.sorted(lambda one: one.sequence)), prefix)

    def _figure_rows(self, values):
        """(label, value) of every figure, so that each is in the words that are hashed."""
        return (
            ("Levy", values["levy"]),
            ("Who pays no levy", values["levy_waiver"]),
            ("Where the levy goes", f"{values['network_share']} to the network, {values['region_share']} to the region"),
            ("Payment, from the date of the bill, within", values["payment_days"]),
            ("Time to answer an offer", values["response_days"]),
            ("Notice of a material change", values["notice_days"]),
            ("Limit of liability", values["liability_cap"]),
            ("Right first time, at least", values["right_first_time"]),
            ("Licence of shared data", values["data_licence"]),
        )

    def _comparison(self, older, region=None, organisation_type=False, only_changes=False):
        """HTML: what is different from an older version, for one reader."""
        pair = (text.sudo()._document(region, organisation_type) for text in (older, self))
        return html(compare(*(document if document.clauses() else self._with_clauses(document) for document in pair)), only_changes)

    @api.model
    def _with_clauses(self, document):
        """A text from before the clauses, taken apart at its headings, so that it can be compared."""
        rows, heading, words = [], "", []
        for element in fragments_fromstring(document.introduction or "<p/>", no_leading_text=False):
            said = element if isinstance(element, str) else element.text_content()
            if isinstance(element, str) or not re.fullmatch(r"h[1-6]", str(element.tag)):
                words.append(said)
                continue
            rows.append((heading, words))
            heading, words = re.sub(r"^\d+\.\s*", "", said.strip()), []
        rows.append((heading, words))
        said = [(title or "Introduction", " ".join(" ".join(texts).split())) for title, texts in rows]
        clauses = numbered((title.casefold(), title, text, "") for title, text in said if text)
        return replace(document, parts=(Part(document.title, clauses),))

    def _check_figures_of_kind(self):
        """“3%” in the words while the levy is by tiers would be another levy than the one that is taken."""
        for holder in (self, *self.annex_ids):
            clauses = self.clause_ids | holder.clause_ids if holder != self else self.clause_ids
            kind = holder.levy_kind if holder == self or holder.changes_levy else self.levy_kind
            wrong = [name for name in clauses._names() if OF_KIND.get(name, kind) != kind]
            if wrong:
                raise UserError(self.env._("The text names {%(name)s}, but the levy is worked out otherwise (%(where)s). Name {levy}, which says it whichever way it is.", name=wrong[0], where=holder.name))

    def _figures_signature(self):
        """Every figure of the text and its annexes, to see whether two versions differ in one."""
        return {
            (holder.region_id.id, holder.organisation_type) if holder != self else (): [
                repr(holder._figure_value(name)) for group, names in GROUPS.items() if holder == self or holder[group] for name in names
            ]
            for holder in (self, *self.annex_ids)
        }

    def _check_tiers(self):
        for holder in (self, *self.annex_ids.filtered("changes_levy")):
            try:
                holder._tariff()
            except ValueError:
                raise UserError(self.env._("The tiers of the levy of “%s” are not whole: the first begins at 0, each other above the one before.", holder.name)) from None
