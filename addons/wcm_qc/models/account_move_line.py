from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    wcm_kind = fields.Selection(selection_add=[("deduction", "Agreed deduction")])
    wcm_nonconformity_id = fields.Many2one("wcm.nonconformity", "Deduction for", readonly=True, copy=False, index="btree_not_null", ondelete="restrict", groups="base.group_user")
