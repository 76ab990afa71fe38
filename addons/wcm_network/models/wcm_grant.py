from odoo import fields, models


class WcmGrant(models.Model):
    """Money promised by a funder for builds."""

    _name = "wcm.grant"
    _description = "Grant"
    _inherit = ["mail.thread", "wcm.facade"]
    _order = "date_start desc, name"

    _member_readable = frozenset({"name", "reference", "funder_name", "date_start", "date_end", "amount", "currency_id"})

    name = fields.Char(required=True)
    reference = fields.Char()
    funder_id = fields.Many2one("res.partner", required=True, index=True)
    funder_name = fields.Char(related="funder_id.name")
    user_ids = fields.Many2many("res.users", "wcm_grant_user_rel", "grant_id", "user_id", "Funder's people", help="May download the published figures of this grant.")
    amount = fields.Monetary()
    currency_id = fields.Many2one("res.currency", default=lambda self: self.env.company.currency_id, required=True)
    date_start = fields.Date()
    date_end = fields.Date()
    homes_promised = fields.Integer()
    jobs_promised = fields.Float()
    build_ids = fields.One2many("wcm.build", "grant_id")
