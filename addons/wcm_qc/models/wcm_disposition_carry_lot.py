from odoo import Command, models


class WcmDisposition(models.Model):
    """What was decided on a lot of material, done in stock: all that is left of it at its place and not cut."""

    _inherit = "wcm.disposition"

    def _carry_out_lot(self):
        self.flush_recordset()
        if self.kind == "return":
            self._return_lot()
        elif self.kind == "scrap":
            self._scrap_lot()
        self._finish()

    def _uncut(self):
        """[(stock, how much)]: what blocks took that are on their way is booked when they are received."""
        keeper = self.nonconformity_id.keeper_id
        cut = keeper._cut_not_booked(self.lot_id)
        rows = [(quant, quant.product_id.uom_id.round(quant.quantity - cut.get(bool(quant.owner_id), 0.0))) for quant in self.lot_id._stock_at(keeper)]
        return [(quant, quantity) for quant, quantity in rows if quantity > 0]

    def _free(self):
        self.lot_id._stop(self.nonconformity_id.keeper_id)

    def _return_lot(self):
        """Out to the supplier; where Odoo knows the receipt, as a return of it, so that the purchase says what came."""
        rows = self._uncut()
        self._free()
        for quant, quantity in rows:
            picking = self.env["stock.picking"].create(self._prepare_return(quant, quantity))
            picking.action_confirm()
            picking.move_ids._take_sheets_of(self.lot_id, quantity)
            picking._validate_receipts()
            self._take_off_purchases(quant, quantity)

    def _prepare_return(self, quant, quantity):
        receipt = self._receipt_of(quant)
        warehouse = quant.location_id.warehouse_id or self.env["stock.warehouse"].search([("company_id", "=", quant.company_id.id)], limit=1)
        ways = {"location_id": quant.location_id.id, "location_dest_id": receipt.location_id.id or self.env.ref("stock.stock_location_suppliers").id}
        return {
            "picking_type_id": warehouse.out_type_id.id, "partner_id": receipt.picking_id.partner_id.id, "owner_id": quant.owner_id.id, "origin": self.nonconformity_id.name, **ways,
            "move_ids": [Command.create({
                "product_id": quant.product_id.id, "product_uom_qty": quantity, "product_uom": quant.product_id.uom_id.id, "restrict_partner_id": quant.owner_id.id,
                "origin_returned_move_id": receipt.id, "to_refund": bool(receipt), **ways,
            })],
        }

    def _receipt_of(self, quant):
        came = [("lot_id", "=", quant.lot_id.id), ("state", "=", "done"), ("location_id.usage", "=", "supplier"), ("location_dest_id", "=", quant.location_id.id), ("owner_id", "=", quant.owner_id.id)]
        return self.env["stock.move.line"].search(came, order="id desc", limit=1).move_id

    def _take_off_purchases(self, quant, quantity):
        """What a member bought says that it went back, the latest first."""
        if not quant.owner_id:
            return
        for purchase in self.env["wcm.sheet.purchase"].search([("membership_id", "=", self.nonconformity_id.keeper_id.id), ("lot_id", "=", quant.lot_id.id)], order="id desc"):
            taken = min(quantity, purchase.quantity - purchase.quantity_back)
            purchase.quantity_back += taken
            quantity -= taken

    def _scrap_lot(self):
        rows = self._uncut()
        self._free()
        for quant, quantity in rows:
            self.env["stock.scrap"].create({
                "product_id": quant.product_id.id, "lot_id": quant.lot_id.id, "owner_id": quant.owner_id.id, "scrap_qty": quantity, "location_id": quant.location_id.id,
                "origin": self.nonconformity_id.name,
            }).do_scrap()
            self._take_off_purchases(quant, quantity)
