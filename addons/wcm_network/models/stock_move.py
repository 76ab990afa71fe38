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

    def _receive_lots(self, lots):
        """Give this receipt these serial numbers and mark them as picked.

        Odoo splits the manufacturing order by lot on every change of a line, so the
        lines are changed with that switched off and it is asked once at the end.
        """
        quiet = self.with_context(mrp_subcontracting=True)
        lines = quiet.move_line_ids
        lines.filtered(lambda line: line.lot_id in lots).picked = True
        free = lines.filtered(lambda line: not line.lot_id)
        for lot, line in zip(lots - lines.lot_id, free, strict=False):
            line.write({"lot_id": lot.id, "quantity": 1.0, "picked": True})
        missing = lots - quiet.move_line_ids.lot_id
        self.env["stock.move.line"].create([
            {**self._prepare_move_line_vals(quantity=1.0), "lot_id": lot.id, "picked": True} for lot in missing
        ])
        self._sync_subcontracting_productions()

    def _take_lots(self, lots):
        """Exactly these serial numbers, whatever Odoo has reserved."""
        self._do_unreserve()
        self.env["stock.move.line"].create([{**self._prepare_move_line_vals(quantity=1.0), "lot_id": lot.id, "picked": True} for lot in lots])

    def _record_sheet_use(self, parts):
        """The sheets that the makers named are what the manufacturing orders consume."""
        parts = parts.filtered(lambda part: not part.is_returned)  # theirs were booked the first time
        by_lot = {production.lot_producing_ids[:1]: production for production in self._get_subcontract_production()}
        pairs = [(part, by_lot[part.lot_id].move_raw_ids.filtered("product_uom_qty")) for part in parts if part.sheet_usage]
        raw_moves = self.browse().concat(*(moves for _part, moves in pairs))
        values = [line for part, moves in pairs for line in part._sheet_lines(moves)]
        raw_moves.move_line_ids.unlink()
        self.env["stock.move.line"].create(values)
        raw_moves.write({"manual_consumption": True, "picked": True})

    def _lines_from_lots(self, left, quantity):
        """Take `quantity` for this move from `left`, {lot: sheets}, in turn."""
        values = []
        for lot in left:
            taken = min(left[lot], quantity)
            left[lot] -= taken
            quantity -= taken
            if self.product_uom.round(taken) > 0:
                values.append({**self._prepare_move_line_vals(quantity=self.product_uom.round(taken)), "lot_id": lot.id, "picked": True})
        return values
