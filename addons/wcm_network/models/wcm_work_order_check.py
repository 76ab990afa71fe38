from odoo import api, fields, models


class WcmWorkOrder(models.Model):
    """Do the order, its parts and Odoo's own documents say the same?"""

    _inherit = "wcm.work.order"

    discrepancies = fields.Text(readonly=True, copy=False, help="Where the work order and Odoo's own documents disagree; found every night.")

    def action_check_documents(self):
        """Compare again, now; what was found is shown on the order."""
        self._check_coordinator()
        for order in self.sudo():
            found = "\n".join(order._find_discrepancies()) or False
            if found != order.discrepancies:
                order.discrepancies = found
        return True

    @api.model
    def _cron_check_documents(self):
        running = self.search([("state", "in", ("released", "in_production", "ready", "dispatched", "received"))])
        running.action_check_documents()

    def _find_discrepancies(self):
        """One sentence for each thing that somebody has to mend."""
        self.ensure_one()
        if not self.purchase_line_id or self.state == "cancelled":
            return []
        return [sentence for wrong, sentence in (
            *self._check_quantities(), *self._check_stock(), *self._check_productions(),
        ) if wrong]

    def _check_quantities(self):
        line, received = self.purchase_line_id, self._parts_that_arrived()
        to_come = sum((self._open_receipts() | self._open_redeliveries()).mapped("product_uom_qty"))
        yield line.product_qty != self.quantity, self.env._("The purchase order asks for %(bought)g, the work order for %(quantity)s.", bought=line.product_qty, quantity=self.quantity)
        yield line.qty_received != len(received), self.env._("Odoo has received %(stock)g, the parts say %(parts)s.", stock=line.qty_received, parts=len(received))
        yield to_come + line.qty_received != line.product_qty, self.env._("Open receipts are for %(open)g and %(done)g have arrived; %(bought)g were bought.", open=to_come, done=line.qty_received, bought=line.product_qty)
        yield self.quantity_to_replace, self.env._("%(count)s scrapped blocks are not made again yet.", count=self.quantity_to_replace)

    def _check_stock(self):
        """A part that was received and not moved on stands at the site, once."""
        standing = self.part_ids.filtered(lambda part: part.state == "received")
        quants = self.env["stock.quant"]._read_group(
            [("lot_id", "in", standing.lot_id.ids), ("location_id", "child_of", self.site_id.location_id.id)], ["lot_id"], ["quantity:sum"]
        )
        there = {lot for lot, quantity in quants if quantity == 1}
        missing = standing.filtered(lambda part: part.lot_id not in there).mapped("name")
        yield missing, self.env._("Received, but not in stock at the site: %(parts)s.", parts=", ".join(missing))

    def _check_productions(self):
        done = self.production_ids.filtered(lambda production: production.state == "done").lot_producing_ids
        missing = self._parts_that_arrived().lot_id - done
        yield missing, self.env._("Received without a finished manufacturing order: %(lots)s.", lots=", ".join(missing.mapped("name")))

    def _parts_that_arrived(self):
        """Also those that were scrapped or installed afterwards, not those that went back."""
        return self.part_ids.filtered(lambda part: part._last_journey() == "receiving")

    def _open_redeliveries(self):
        """Receipts of blocks that were returned and come again."""
        return self.purchase_line_id.move_ids.filtered(
            lambda move: not move.is_subcontract and move.state not in ("done", "cancel") and move.location_dest_id == self.site_id.location_id
        )

    def _open_receipts(self):
        return self.purchase_line_id.move_ids.filtered(lambda move: move.is_subcontract and move.state not in ("done", "cancel"))
