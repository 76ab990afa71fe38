from odoo import api, fields, models

CHECKED_STATES = ("released", "in_production", "ready", "dispatched", "received")
AT_A_TIME = 200


class WcmWorkOrder(models.Model):
    """Do the order, its parts and Odoo's own documents say the same?"""

    _inherit = "wcm.work.order"

    _guarded = frozenset({"discrepancy_ids"})

    discrepancies = fields.Text(readonly=True, copy=False, help="Where the work order and Odoo's own documents disagree; found every night.")
    discrepancy_ids = fields.One2many("wcm.discrepancy", "work_order_id", "To mend", readonly=True)

    def action_check_documents(self):
        """Compare again, now; what was found is shown on the order and under *To mend*."""
        self._check_coordinator()
        self.sudo()._check_documents()
        return True

    @api.model
    def _cron_check_documents(self):
        """All that is under way, and what ended in the last month."""
        recently = fields.Datetime.subtract(fields.Datetime.now(), days=30)
        orders = self.search(["|", ("state", "in", CHECKED_STATES), "&", ("state", "in", ("closed", "cancelled")), "|", ("write_date", ">", recently), ("discrepancy_ids", "!=", False)])
        for start in range(0, len(orders), AT_A_TIME):
            orders[start : start + AT_A_TIME]._check_documents()
            self.env.flush_all()
            self.env.invalidate_all()  # what thousands of orders are made of need not all stay in memory

    def _check_documents(self):
        found = self._find_all()
        self.env["wcm.discrepancy"].sudo()._replace(found)
        for order, sentences in found.items():
            words = "\n".join(words for _kind, words in sentences) or False
            if words != order.discrepancies:
                order.discrepancies = words

    def _find_discrepancies(self):
        """One sentence for each thing that somebody has to mend."""
        return [words for _kind, words in self._find_all()[self]]

    def _find_all(self):
        """{order: [(kind, sentence)]}"""
        facts = self._facts()
        return {order: [(kind, words) for kind, wrong, words in order._comparisons(facts) if wrong] for order in self}

    def _comparisons(self, facts):
        """(kind, whether it disagrees, sentence)"""
        if self.state in ("cancelled", "closed"):
            yield from self._check_left_open(facts)
        if not self.purchase_line_id or self.state == "cancelled":
            return
        for check in (self._check_quantities, self._check_productions, self._check_stock, self._check_sheets):
            yield from check(facts)

    def _check_left_open(self, facts):
        is_open = self._open_receipts() | self._open_redeliveries()
        yield "left_open", is_open, self.env._("The order is over, and receipts are still open: %(names)s.", names=", ".join(is_open.picking_id.mapped("name")))
        sending = facts.sending[self].picking_id
        yield "left_open", sending and self.state == "cancelled", self.env._("The order is called off, and sheets are still to be sent: %(names)s.", names=", ".join(sending.mapped("name")))

    def _check_quantities(self, facts):
        line, arrived = self.purchase_line_id, len(facts.arrived(self.part_ids))
        to_come = sum((self._open_receipts() | self._open_redeliveries()).mapped("product_uom_qty"))
        yield "bought", line.product_qty != self.quantity, self.env._("The purchase order asks for %(bought)g, the work order for %(quantity)s.", bought=line.product_qty, quantity=self.quantity)
        yield "price", line.currency_id.compare_amounts(line.price_unit, self.price_unit), self.env._("The purchase order pays %(paid).2f each, %(agreed).2f was agreed.", paid=line.price_unit, agreed=self.price_unit)
        yield "received", line.qty_received != arrived, self.env._("Odoo has received %(stock)g, the parts say %(parts)s.", stock=line.qty_received, parts=arrived)
        yield "to_come", to_come + line.qty_received != line.product_qty, self.env._("Open receipts are for %(open)g and %(done)g have arrived; %(bought)g were bought.", open=to_come, done=line.qty_received, bought=line.product_qty)
        yield "to_replace", self.quantity_to_replace, self.env._("%(count)s scrapped blocks are not made again yet.", count=self.quantity_to_replace)
        state = self._state_of_parts() or self.state
        yield "state", state != self.state, self.env._("The order is “%(state)s”, its blocks are “%(parts)s”.", state=self._state_label(), parts=dict(self._fields["state"]._description_selection(self.env))[state])

    def _check_productions(self, facts):
        to_make = sum(self._open_productions().mapped("product_qty"))
        to_come = sum(self._open_receipts().mapped("product_uom_qty"))
        yield "productions", to_make != to_come, self.env._("Open manufacturing orders are for %(make)g blocks, open receipts for %(come)g.", make=to_make, come=to_come)
        done = self.production_ids.filtered(lambda production: production.state == "done").lot_producing_ids
        missing = facts.arrived(self.part_ids).lot_id - done
        yield "not_made", missing, self.env._("Received without a finished manufacturing order: %(lots)s.", lots=", ".join(missing.mapped("name")))

    def _check_stock(self, facts):
        """A block stands where its part says, once, and nowhere else."""
        site, member = self.site_id.location_id, self._subcontract_location()
        astray = self.part_ids.grouped(lambda part: facts.astray(part, site, member))
        names = {kind: ", ".join(parts.mapped("name")) for kind, parts in astray.items()}
        yield "not_there", names.get("not_there"), self.env._("Not in stock at the site, or at the maker after a return: %(parts)s.", parts=names.get("not_there"))
        yield "elsewhere", names.get("elsewhere"), self.env._("In stock where they should not be: %(parts)s.", parts=names.get("elsewhere"))
        yield "scrapped", names.get("scrapped"), self.env._("Scrapped, and still in stock: %(parts)s.", parts=names.get("scrapped"))

    def _parts_that_arrived(self):
        """Also those that were scrapped or installed afterwards, not those that went back."""
        journeys = self.part_ids._last_journeys()
        return self.part_ids.filtered(lambda part: journeys.get(part.id) == "receiving")

    def _open_productions(self):
        return self.production_ids.filtered(lambda production: production.state not in ("done", "cancel"))

    def _open_redeliveries(self):
        """Receipts of blocks that were returned and come again."""
        return self.purchase_line_id.move_ids.filtered(
            lambda move: not move.is_subcontract and move.state not in ("done", "cancel") and move.location_dest_id == self.site_id.location_id
        )

    def _open_receipts(self):
        return self.purchase_line_id.move_ids.filtered(lambda move: move.is_subcontract and move.state not in ("done", "cancel"))
