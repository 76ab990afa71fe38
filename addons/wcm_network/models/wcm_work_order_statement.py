from collections import defaultdict

from odoo import fields, models


class WcmWorkOrder(models.Model):
    """What an order brought by month: received on site, accepted, billed and paid, from Odoo's own documents."""

    _inherit = "wcm.work.order"

    def _statement_rows(self):
        """{first of the month: {order: {received, accepted, delivered, worth, billed, paid}}}; amounts without VAT.

        `delivered` is what was received at the price of the purchase order, `worth` what of it was accepted.
        """
        rows = defaultdict(lambda: defaultdict(lambda: defaultdict(float)))
        self._read_receipts()
        good = set(self.part_ids.filtered(lambda part: part.state in ("received", "installed") and not part.is_held).lot_id.ids)
        tracked = set(self.part_ids.lot_id.ids)
        for order in self:
            line = order.purchase_line_id
            price = line.price_subtotal / line.product_qty if line.product_qty else line.price_unit
            moves = line._get_po_line_moves().filtered(lambda move: move.state == "done")
            for move in moves.sorted(lambda move: (move.date, move.id), reverse=True):
                row = rows[move._statement_month()][order]
                received, accepted = move._statement_quantities(good, tracked)
                for name, value in (("received", received), ("accepted", accepted), ("delivered", received * price), ("worth", accepted * price)):
                    row[name] += value
            for bill_line in line.invoice_lines.filtered(lambda one: one.parent_state == "posted"):
                row = rows[fields.Date.start_of(bill_line.move_id.invoice_date or bill_line.date, "month")][order]
                billed = bill_line.price_subtotal * (-1 if bill_line.move_type == "in_refund" else 1)
                row["billed"] += billed
                row["paid"] += billed * bill_line.move_id._statement_paid_share()
        return rows

    def _read_receipts(self):
        """Read for all orders, where Odoo reads them order by order."""
        moves = self.purchase_line_id.move_ids
        moves.mapped("picking_id.picking_type_id")
        moves.mapped("move_line_ids.lot_id")
