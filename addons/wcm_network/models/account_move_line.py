from odoo import fields, models
from odoo.exceptions import UserError

KINDS = [("levy", "Levy"), ("region_share", "Region's share of the levy")]


class AccountMoveLine(models.Model):
    """A line that the network proposed: which entries of the levy it is made of."""

    _inherit = "account.move.line"

    wcm_kind = fields.Selection(KINDS, "Proposed by the network", readonly=True, copy=False, groups="base.group_user")
    wcm_levy_entry_ids = fields.One2many("wcm.levy.entry", "invoice_line_id", "Levy entries", readonly=True, groups="wcm_network.group_coordinator")
    wcm_share_entry_ids = fields.One2many("wcm.levy.entry", "region_bill_line_id", "Entries of the region's share", readonly=True, groups="wcm_network.group_coordinator")

    def _check_levy_entries(self):
        """A line says what its entries say: freed ones may be on another invoice by now."""
        for line in self.sudo().filtered(lambda line: line.wcm_kind in ("levy", "region_share")):
            is_levy = line.wcm_kind == "levy"
            entries = line.wcm_levy_entry_ids if is_levy else line.wcm_share_entry_ids
            right = sum(entries.mapped("levy" if is_levy else "region_share")) * (-1 if line.move_type in ("out_refund", "in_refund") else 1)
            if line.currency_id.compare_amounts(line.price_subtotal, right):
                raise UserError(self.env._(
                    "“%(line)s” says %(amount)s, and its entries of the levy %(right)s. Delete this draft and propose it again under Money, To Settle.",
                    line=line.name, amount=line.price_subtotal, right=right,
                ))
