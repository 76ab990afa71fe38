from odoo import fields, models


class WcmTerms(models.Model):
    """One version of the terms and conditions of the network."""

    _name = "wcm.terms"
    _description = "Terms and conditions"
    _inherit = ["mail.thread", "wcm.facade"]
    _order = "effective_date desc, id desc"

    _member_readable = frozenset({"name", "version", "state", "effective_date", "summary", "body", "text_hash", "levy_percent", "payment_days"})

    name = fields.Char(required=True)
    version = fields.Char(required=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("in_force", "In force"), ("superseded", "Superseded")],
        default="draft", required=True, index=True, copy=False, tracking=True,
    )
    effective_date = fields.Date()
    summary = fields.Text(help="What it says, in plain English.")
    body = fields.Html(sanitize=True, required=True)
    text_hash = fields.Char("Text hash (SHA-256)", compute="_compute_text_hash", store=True)
    levy_percent = fields.Float(help="Network levy, percent of the price of accepted deliveries.")
    payment_days = fields.Integer(default=30, help="Days from an accepted delivery to payment.")
    is_material_change = fields.Boolean(default=True, help="Members must accept again before they get new work.")
    acceptance_ids = fields.One2many("wcm.terms.acceptance", "terms_id", readonly=True)
