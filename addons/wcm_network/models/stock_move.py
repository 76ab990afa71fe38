from odoo import fields, models


class StockMove(models.Model):
    _inherit = "stock.move"

    wcm_work_order_id = fields.Many2one("wcm.work.order", "Distributed work order", readonly=True, index="btree_not_null")

    def _get_subcontract_bom(self):
        """The bill of materials that was agreed, where Odoo would take the first that fits the vendor."""
        return self.wcm_work_order_id.sudo().bom_id or super()._get_subcontract_bom()

    def _is_subcontract_return(self):
        """Also of a block that went back before and came again, which Odoo takes for one more delivery."""
        came_again = self.origin_returned_move_id.origin_returned_move_id
        member = self.wcm_work_order_id.sudo().membership_id
        return super()._is_subcontract_return() or bool(came_again and member and self.location_dest_id == member.subcontract_location_id)

    def _adjust_procure_method(self, picking_type_code=False):
        """Nobody sends what the member buys itself."""
        bought = self.filtered(lambda move: move.restrict_partner_id and move.raw_material_production_id.wcm_work_order_id)
        bought.procure_method = "make_to_stock"
        return super(StockMove, self - bought)._adjust_procure_method(picking_type_code)

    def _update_reserved_quantity_vals(self, need, location_id, lot_id=None, package_id=None, owner_id=None, strict=True):
        """Sheets of the network and of the member may stand side by side: each order takes of its own."""
        if not strict and not owner_id and self.raw_material_production_id.wcm_work_order_id:
            owner_id = self.restrict_partner_id
            self = self.with_context(wcm_unowned=not owner_id)
        return super()._update_reserved_quantity_vals(need, location_id, lot_id, package_id, owner_id, strict)

    def _receive_lots(self, lots):
        """Give this receipt these serial numbers and mark them as picked.

        Odoo splits the manufacturing order by lot on every change of a line, so the
        lines are changed with that switched off and it is asked once at the end.
        """
        quiet = self.with_context(mrp_subcontracting=True)
        lines = quiet.move_line_ids
        lines.filtered(lambda line: line.lot_id in lots).picked = True
        free = lines.filtered(lambda line: not line.lot_id)
        lots.fetch(["name", "product_id", "company_id"])
        for lot, line in zip(lots - lines.lot_id, free, strict=False):
            line.write({"lot_id": lot.id, "quantity": 1.0, "picked": True})
        missing = lots - quiet.move_line_ids.lot_id
        self.env["stock.move.line"].create([
            {**self._prepare_move_line_vals(quantity=1.0), "lot_id": lot.id, "picked": True} for lot in missing
        ])
        self._sync_subcontracting_productions()

    def _lower_demand(self, quantity):
        """So many fewer, of the first ones first; what has none left is cancelled.

        :return: [(move that stays, how many fewer)]
        """
        lowered = []
        for move in self:
            less = max(0.0, min(quantity, move.product_uom_qty))
            quantity -= less
            if less == move.product_uom_qty:
                move._action_cancel()
            elif less:
                move.product_uom_qty -= less
                lowered.append((move, less))
        return lowered

    def _take_lots(self, lots):
        """Exactly these serial numbers, whatever Odoo has reserved."""
        self._do_unreserve()
        self.env["stock.move.line"].create([{**self._prepare_move_line_vals(quantity=1.0), "lot_id": lot.id, "picked": True} for lot in lots])

    def _take_sheets_of(self, lot, quantity):
        """So many sheets of this lot, whatever Odoo has reserved, of whoever the move is restricted to."""
        self._do_unreserve()
        line = {"lot_id": lot.id, "owner_id": self.restrict_partner_id.id, "picked": True}
        self.env["stock.move.line"].create({**self._prepare_move_line_vals(quantity=quantity), **line})

    def _record_sheet_use(self, parts):
        """The sheets that the makers named are what the manufacturing orders consume."""
        parts = parts.filtered(lambda part: not part.is_returned)  # theirs were booked the first time
        by_lot = {production.lot_producing_ids[:1]: production for production in self._get_subcontract_production()}
        pairs = [(part, by_lot[part.lot_id].move_raw_ids.filtered("product_uom_qty")) for part in parts if part.sheet_usage]
        raw_moves = self.browse().concat(*(moves for _part, moves in pairs))
        values = [line for part, moves in pairs for line in part._sheet_lines(moves)]
        raw_moves.move_line_ids.unlink()
        self.env["stock.move.line"]._create_taken(values)
        raw_moves.mapped("analytic_account_line_ids")  # read for all, where Odoo reads them move by move
        raw_moves.write({"manual_consumption": True, "picked": True})

    def _lines_from_lots(self, left, quantity):
        """Take `quantity` for this move from `left`, {lot: sheets}, in turn."""
        values = []
        for lot in left:
            taken = min(left[lot], quantity)
            left[lot] -= taken
            quantity -= taken
            if self.product_uom.round(taken) > 0:
                line = {"lot_id": lot.id, "owner_id": self.restrict_partner_id.id, "picked": True}
                values.append({**self._prepare_move_line_vals(quantity=self.product_uom.round(taken)), **line})
        return values
