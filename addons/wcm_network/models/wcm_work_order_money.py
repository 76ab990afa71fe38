from odoo import api, fields, models


class WcmWorkOrder(models.Model):
    """What an order is worth, and who pays for it."""

    _inherit = "wcm.work.order"

    grant_id = fields.Many2one(related="build_id.grant_id", store=True, index="btree_not_null")
    amount_received = fields.Monetary(compute="_compute_amount_received", help="Received on site, at the price of the purchase order, without VAT.")

    @api.depends("purchase_line_id.qty_received", "purchase_line_id.price_unit")
    def _compute_amount_received(self):
        for order in self:
            line = order.purchase_line_id
            order.amount_received = line.qty_received * line.price_unit
