from odoo import api, fields, models
from odoo.exceptions import UserError


class WcmSheetPurchase(models.Model):
    """Sheets that a member bought for its work: they stand in stock at the member's place and belong to it.

    Odoo's receipt beside it (with an owner) is what stock goes by; this tells who bought which lot, and keeps the
    supplier's certificate. For the member itself and its coordinators.
    """

    _name = "wcm.sheet.purchase"
    _description = "Sheets bought by a member"
    _inherit = ["wcm.guarded", "wcm.facade"]
    _order = "id desc"
    _rec_name = "lot_name"

    _guarded = frozenset({
        "work_order_id", "product_id", "lot_id", "quantity", "quantity_back", "supplier", "certificate", "certificate_name", "picking_id", "bought_on",
    })
    _member_readable = frozenset({
        "work_order_id", "membership_id", "product_name", "lot_name", "quantity", "quantity_back", "supplier", "certificate", "certificate_name",
        "bought_on", "create_date",
    })

    work_order_id = fields.Many2one("wcm.work.order", required=True, readonly=True, index=True, ondelete="restrict")
    membership_id = fields.Many2one(related="work_order_id.membership_id", store=True, index=True, string="Member")
    product_id = fields.Many2one("product.product", "Sheet", required=True, readonly=True, index=True, ondelete="restrict")
    product_name = fields.Char(related="product_id.name", string="Kind of sheet")
    lot_id = fields.Many2one("stock.lot", required=True, readonly=True, index=True, ondelete="restrict")
    lot_name = fields.Char(related="lot_id.name", store=True, string="Lot number")
    quantity = fields.Float("Sheets", digits="Product Unit", required=True, readonly=True)
    quantity_back = fields.Float("Taken off again", digits="Product Unit", readonly=True, help="Sent back to the supplier, or recorded by mistake.")
    supplier = fields.Char("Bought from", readonly=True)
    certificate = fields.Binary("Supplier's certificate", attachment=True, readonly=True)
    certificate_name = fields.Char("Certificate", readonly=True)
    picking_id = fields.Many2one("stock.picking", "Receipt", readonly=True, index="btree_not_null", ondelete="restrict")
    bought_on = fields.Datetime("Recorded on", required=True, readonly=True)

    _quantity_positive = models.Constraint("CHECK(quantity > 0)", "Say how many sheets were bought.")
    _back_not_over = models.Constraint("CHECK(quantity_back >= 0 AND quantity_back <= quantity)", "No more sheets can be taken off than were recorded.")

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("What was bought is kept. Take the sheets off again instead."))

    def action_take_off(self, quantity=None, reason=None):
        """Sheets go back to the supplier, or were never there; only what is not cut.

        :param quantity: sheets; all that are left when it is empty
        """
        self._check_member_or_coordinator()
        for purchase in self.sudo():
            reason = purchase.work_order_id._required_text(reason, self.env._("Say why the sheets are taken off: your coordinator reads it."))
            purchase._take_off(purchase._quantity_to_take_off(quantity), reason)
        return True

    def _quantity_to_take_off(self, quantity):
        at_hand = self.work_order_id._sheets_at_member().get(self.lot_id, 0.0)
        left = self.product_id.uom_id.round(min(self.quantity - self.quantity_back, max(at_hand, 0.0)))
        wanted = self.work_order_id._sheet_count(self.product_id, quantity) if quantity else left
        if wanted > left or not left:
            raise UserError(self.env._("%(left).4g sheets of %(lot)s are not cut yet, so no more can be taken off.", left=left, lot=self.lot_name))
        return wanted

    def _take_off(self, quantity, reason):
        self.picking_id._return_sheets(self.lot_id, quantity, self.membership_id.partner_id)
        self.quantity_back += quantity
        self.work_order_id.message_post(body=self.env._(
            "%(sheets).4g sheets of %(lot)s are taken off again: %(reason)s", sheets=quantity, lot=self.lot_name, reason=reason,
        ))
