from hashlib import sha256

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mail import html_to_inner_content

from .wcm_terms_figures import FIGURES, digest


class WcmTerms(models.Model):
    """One version of the terms and conditions of the network: clauses, figures and annexes.

    Draft, approved by a manager who wrote none of it, in force from a day, superseded. Once approved it stays as it is.
    """

    _name = "wcm.terms"
    _description = "Terms and conditions"
    _inherit = ["mail.thread", "wcm.terms.figures", "wcm.guarded", "wcm.facade"]
    _order = "effective_date desc, id desc"
    _rec_name = "name"

    _guarded = frozenset({"state", "text_hash", "text_format", "author_ids", "approved_by_id", "approved_on"})
    _binding = frozenset({
        "name", "version", "notice", "summary", "body", "is_material_change", "effective_date", "currency_id", "clause_ids", "annex_ids", *FIGURES,
    })
    _member_readable = frozenset({"name", "version", "state", "effective_date", "summary", "body", "text_hash", "levy_percent", "payment_days"})

    name = fields.Char(required=True)
    version = fields.Char(required=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("approved", "Approved"), ("in_force", "In force"), ("superseded", "Superseded"), ("withdrawn", "Withdrawn")],
        default="draft", required=True, readonly=True, index=True, copy=False, tracking=True,
    )
    effective_date = fields.Date("In force from", copy=False, tracking=True, help="Empty: the day on which they are approved.")
    notice = fields.Char(help="Stands above the text, such as that it is a draft.")
    summary = fields.Text(help="What it says, in plain English.")
    body = fields.Html("Words before the clauses", sanitize=True, help="Texts from before there were clauses stand here whole.")
    clause_ids = fields.One2many("wcm.terms.clause", "terms_id", "Clauses", copy=True)
    annex_ids = fields.One2many("wcm.terms.annex", "terms_id", "Annexes", copy=True)
    tier_ids = fields.One2many("wcm.terms.levy.tier", "terms_id", "Tiers", copy=True)
    text_format = fields.Integer(
        default=2, readonly=True, copy=False,
        help="How the fingerprint is taken. 1: of version, words, levy and days to payment, before there were clauses. 2: of all that a member reads.",
    )
    text_hash = fields.Char(
        "Text hash (SHA-256)", compute="_compute_text_hash", store=True,
        help="Fingerprint of the words and figures. Each acceptance keeps that of the text which the member read, its annexes "
        "among it, so that nobody can argue later about which text was accepted.",
    )
    is_material_change = fields.Boolean("Ask members again", default=True, help="Members accept again, within the notice; after it they get no new work without.")
    author_ids = fields.Many2many("res.users", "wcm_terms_author_rel", string="Written by", readonly=True, copy=False, help="None of them approves it.")
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    approved_on = fields.Datetime(readonly=True, copy=False)
    acceptance_ids = fields.One2many("wcm.terms.acceptance", "terms_id", readonly=True)
    acceptance_count = fields.Integer("Accepted by", compute="_compute_acceptance_count")

    _version_uniq = models.UniqueIndex("(version)", "Another text already has this version.")
    _one_in_force = models.UniqueIndex("(state) WHERE state = 'in_force'", "Only one text can be in force.")

    @api.depends(
        "name", "version", "notice", "summary", "body", "text_format", "currency_id", *FIGURES, "tier_ids.from_turnover", "tier_ids.percent",
        "clause_ids.heading", "clause_ids.text", "clause_ids.summary", "clause_ids.sequence",
    )
    def _compute_text_hash(self):
        for terms in self:
            terms.text_hash = terms._text_hash()

    def _text_hash(self):
        if self.text_format == 1:
            return sha256(self._canonical_text().encode()).hexdigest()
        try:
            return digest(self._text())
        except ValueError:  # tiers that are still being written; nothing is approved so
            return False

    @api.depends("acceptance_ids")
    def _compute_acceptance_count(self):
        for terms in self:
            terms.acceptance_count = len(terms.acceptance_ids.membership_id)

    @api.depends("name", "version")
    def _compute_display_name(self):
        for terms in self:
            terms.display_name = f"{terms.name} {terms.version}" if terms.version else terms.name

    def copy_data(self, default=None):
        """A next version to work on."""
        copies = super().copy_data(default)
        for terms, vals in zip(self, copies, strict=True):
            vals.setdefault("version", self.env._("%(version)s, next", version=terms.version))
        return copies

    @api.model_create_multi
    def create(self, vals_list):
        terms = super().create(vals_list)
        terms._authored()
        return terms

    def write(self, vals):
        if self._binding & vals.keys():
            self._authored()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_binding(self):
        self._refuse_if_binding()

    def _authored(self):
        """Words or figures are changed: of drafts only, and whoever does so does not approve them."""
        self._refuse_if_binding()
        new = self.sudo().filtered(lambda terms: self.env.user not in terms.author_ids)
        new.author_ids = [fields.Command.link(self.env.uid)]

    def _refuse_if_binding(self):
        binding = self.filtered(lambda terms: terms.state != "draft")
        if binding:
            raise UserError(
                self.env._(
                    "%(terms)s are approved or have been in force and bind people, so they stay as they are. "
                    "Duplicate them, change the copy and have that approved.",
                    terms=binding[0].display_name,
                )
            )

    def action_open_acceptances(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Acceptances"),
            "res_model": "wcm.terms.acceptance",
            "view_mode": "list,form",
            "domain": [("terms_id", "=", self.id)],
        }

    def _canonical_text(self):
        """What was hashed before there were clauses: the words, not their markup, and the figures that bind."""
        words = " ".join(html_to_inner_content(self.body or "").split())
        figures = f"levy {self.levy_percent:.4f} %, payment {self.payment_days} days"
        return f"{self.version or ''}\n{words}\n{figures}"
