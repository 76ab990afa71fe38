from collections import defaultdict

from odoo import fields, models


class WcmWorkOrder(models.Model):
    """What an order brought by month: received on site, accepted, billed and paid, from Odoo's own documents."""

    _inherit = "wcm.work.order"

    def _statement_rows(self):
        """{first of the month: {order: {received, accepted, credited, delivered, worth, billed, paid}}}; amounts without VAT.

        `delivered` is what was received at the price of the purchase order, `worth` what of it was accepted; `credited`
        are blocks that arrived and are not owed, as was decided and agreed.
        """
        rows = defaultdict(lambda: defaultdict(lambda: defaultdict(float)))
        self._read_receipts()
        lots = self.part_ids._lots_to_state()
        for order in self:
            line, price = order.purchase_line_id, order._price_agreed()
            moves = line._get_po_line_moves().filtered(lambda move: move.state == "done")
            for move in moves.sorted(lambda move: (move.date, move.id), reverse=True):
                row = rows[move._statement_month()][order]
                received, accepted, credited = move._statement_quantities(lots)
                for name, value in (("received", received), ("accepted", accepted), ("credited", credited), ("delivered", received * price), ("worth", accepted * price)):
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
