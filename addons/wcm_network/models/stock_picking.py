from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _prepare_subcontract_mo_vals(self, subcontract_move, bom):
        """Manufacturing orders, and the resupply that they ask for, carry the work order's name."""
        values = super()._prepare_subcontract_mo_vals(subcontract_move, bom)
        order = subcontract_move.wcm_work_order_id
        return values | ({"wcm_work_order_id": order.id, "origin": order.name} if order else {})

    def _return_lots(self, lots):
        """Odoo's return of these serial numbers to where they came from, ready to be validated."""
        moves = self.move_ids.filtered(lambda move: move.state == "done" and move.move_line_ids.lot_id & lots)
        wizard = self.env["stock.return.picking"].create({"picking_id": self.id})
        wizard.product_return_moves.filtered(lambda line: line.move_id not in moves).unlink()
        for line in wizard.product_return_moves:
            line.quantity = len(line.move_id.move_line_ids.lot_id & lots)
        returned = wizard._create_return()
        for move in returned.move_ids:
            move._take_lots(move.origin_returned_move_id.move_line_ids.lot_id & lots)
        return returned

    def _return_sheets(self, lot, quantity, owner):
        """Odoo's return of so many sheets of a lot to whoever they were bought from, done."""
        wizard = self.env["stock.return.picking"].create({"picking_id": self.id})
        wizard.product_return_moves.quantity = quantity
        returned = wizard._create_return()
        returned.owner_id = owner
        returned.move_ids.restrict_partner_id = owner
        returned.move_ids._take_sheets_of(lot, quantity)
        returned._validate_receipts()
        return returned

    def _validate_receipts(self):
        """Validate what is picked and leave the rest on a backorder, without asking."""
        self.with_context(skip_backorder=True, skip_sms=True).button_validate()
