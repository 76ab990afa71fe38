from hashlib import sha256

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mail import html_to_inner_content


class WcmTerms(models.Model):
    """One version of the terms and conditions of the network."""

    _name = "wcm.terms"
    _description = "Terms and conditions"
    _inherit = ["mail.thread", "wcm.guarded", "wcm.facade"]
    _order = "effective_date desc, id desc"
    _rec_name = "name"

    _guarded = frozenset({"state", "text_hash"})
    _binding = frozenset(
        {"name", "version", "summary", "body", "levy_percent", "payment_days", "is_material_change", "effective_date"}
    )
    _member_readable = frozenset({"name", "version", "state", "effective_date", "summary", "body", "text_hash", "levy_percent", "payment_days"})

    name = fields.Char(required=True)
    version = fields.Char(required=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("in_force", "In force"), ("superseded", "Superseded")],
        default="draft", required=True, readonly=True, index=True, copy=False, tracking=True,
    )
    effective_date = fields.Date(copy=False, help="Empty until they are put in force, or the day from which they hold.")
    summary = fields.Text(help="What it says, in plain English.")
    body = fields.Html(sanitize=True, required=True)
    text_hash = fields.Char(
        "Text hash (SHA-256)", compute="_compute_text_hash", store=True,
        help="Fingerprint of version, words, levy and days to payment. Each acceptance keeps it, "
        "so that nobody can argue later about which text was accepted.",
    )
    levy_percent = fields.Float("Levy (%)", help="Network levy, percent of the price of accepted deliveries.")
    payment_days = fields.Integer("Days to payment", default=30, help="Days from an accepted delivery to payment.")
    is_material_change = fields.Boolean("Ask members again", default=True, help="Members must accept again before they get new work.")
    acceptance_ids = fields.One2many("wcm.terms.acceptance", "terms_id", readonly=True)
    acceptance_count = fields.Integer("Accepted by", compute="_compute_acceptance_count")

    _version_uniq = models.UniqueIndex("(version)", "Another text already has this version.")
    _one_in_force = models.UniqueIndex("(state) WHERE state = 'in_force'", "Only one text can be in force.")
    _figures_positive = models.Constraint(
        "CHECK(levy_percent BETWEEN 0 AND 100 AND payment_days >= 0)",
        "The levy lies between 0 and 100 %, and days to payment cannot be negative.",
    )

    @api.depends("version", "body", "levy_percent", "payment_days")
    def _compute_text_hash(self):
        for terms in self:
            terms.text_hash = sha256(terms._canonical_text().encode()).hexdigest()

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

    def write(self, vals):
        if self._binding & vals.keys():
            self._refuse_if_binding()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_binding(self):
        self._refuse_if_binding()

    def _refuse_if_binding(self):
        binding = self.filtered(lambda terms: terms.state != "draft")
        if binding:
            raise UserError(
                self.env._(
                    "%(terms)s have been in force and bind people, so they stay as they are. "
                    "Duplicate them, change the copy and put that in force.",
                    terms=binding[0].display_name,
                )
            )

    def action_put_in_force(self):
        """Make this draft the text in force; the one before is superseded."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "draft":
            raise UserError(self.env._("Only a draft can be put in force."))
        self._refuse_future_date()
        self._in_force().sudo().state = "superseded"
        self.env.flush_all()
        today = fields.Date.context_today(self)
        self.sudo().write({"state": "in_force", "effective_date": self.effective_date or today})
        self.env["wcm.membership"].invalidate_model(["current_terms_id", "has_current_terms"])

    def _refuse_future_date(self):
        if self.effective_date and self.effective_date > fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "These terms hold from %(date)s. Put them in force on that day, or change the date.",
                    date=self.effective_date,
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
        """What is hashed: the words, not their markup, and the figures that bind."""
        words = " ".join(html_to_inner_content(self.body or "").split())
        figures = f"levy {self.levy_percent:.4f} %, payment {self.payment_days} days"
        return f"{self.version or ''}\n{words}\n{figures}"

    @api.model
    def _in_force(self):
        """The text in force; empty before there is one."""
        return self.sudo().search([("state", "=", "in_force")], limit=1)

    @api.model
    def _sufficient(self):
        """Texts whose acceptance still counts: the one in force, and those before it
        as long as nothing material changed since."""
        chain = self.sudo().search([("state", "in", ("in_force", "superseded"))], order="id desc")
        chain = chain.sorted(lambda terms: (terms.state == "in_force", terms.effective_date, terms.id), reverse=True)
        if not chain or chain[0].state != "in_force":
            return chain.browse()
        last = next((n for n, terms in enumerate(chain) if terms.is_material_change), len(chain) - 1)
        return chain[: last + 1]
