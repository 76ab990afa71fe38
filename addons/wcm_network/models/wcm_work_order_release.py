from odoo import Command, fields, models
from odoo.exceptions import LockError, UserError

RUNNING_STATES = ("released", "in_production", "ready", "dispatched", "received", "closed")


class WcmWorkOrder(models.Model):
    """Release: Odoo's own purchase order, manufacturing orders, resupply and receipts come into being."""

    _inherit = "wcm.work.order"

    def action_release(self):
        """One purchase order per member and build. Orders that are released already stay as they are.

        Many are released in the background, and how far that is is shown.
        """
        self._check_coordinator()
        todo = self.filtered(lambda order: order.state not in RUNNING_STATES)
        if todo._is_too_long_to_release():
            todo.sudo()._check_state("accepted")
            return self.env["wcm.release"]._start(todo)
        todo._release_at_once()
        return True

    def _release_at_once(self):
        self._check_coordinator()
        orders = self.sudo()._lock_for_release()
        orders._check_releasable()
        orders._hold_back_rest()._release()
        orders.release_problem = False

    def _check_releasable(self):
        self._check_state("accepted")
        self._check_not_on_hold()
        self._check_set_up()

    def action_cancel(self, reason=None):
        """Call the work off; what Odoo made for it is cancelled too. Not once a block is made."""
        self._check_coordinator()
        orders = self.sudo()
        reason = self._required_text(reason, self.env._("Say why the work is called off: the member sees it."))
        orders._check_nothing_made()
        orders._check_state("draft", "offered", "countered", "accepted", "declined", "expired", "released", "in_production")
        orders._cancel_native_documents()
        orders.part_ids._discard(reason)
        orders.pending_change_id.state = "withdrawn"  # one that is agreed just now becomes so afterwards
        told = orders.filtered(lambda order: order.state != "draft")
        orders.write({"state": "cancelled", "decline_reason": reason})
        told._notify_members(lambda orders: orders.env._("Work called off (%(reason)s)", reason=reason))
        return True

    def _lock_for_release(self):
        """The orders still to release, locked; a second click finds none."""
        todo = self.filtered(lambda order: order.state not in RUNNING_STATES)
        try:
            todo.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise LockError(self.env._("These work orders are being released right now. Reload the page in a moment.")) from error
        return todo

    def _check_set_up(self):
        problems = [problem for order in self for problem in order._set_up_problems()]
        if problems:
            raise UserError("\n".join(dict.fromkeys(problems)))

    def _set_up_problems(self):
        """What an administrator has to mend before Odoo can make the documents of this order."""
        product, member = self.product_id.display_name, self.membership_id.name
        if not self.bom_id:
            yield self.env._("%(product)s has no bill of materials of the type Subcontracting. Add one, then release again.", product=product)
        if self.product_id.tracking != "serial" or not self.product_id.is_storable:
            yield self.env._("%(product)s is not tracked by unique serial number. Change this on the product, then release again.", product=product)
        if not self.partner_id:
            yield self.env._("%(member)s has no operator to buy from. Name one on its facility, then release again.", member=member)
        elif not self._subcontract_location():
            yield self.env._("%(member)s has no stock location for material. Admit the member again, then release.", member=member)
        if not self.site_id.picking_type_id:
            yield self.env._("The site %(site)s has no receipts set up. Save it again, then release.", site=self.site_id.name)

    def _subcontract_location(self):
        """Where the network's material at this member is booked; never the one that all share."""
        return self.membership_id.subcontract_location_id

    def _groups_of_purchase(self):
        """Orders that share a purchase order: one for each member, build and days to payment."""
        return self.grouped(lambda order: (order.membership_id, order.build_id, order.currency_id, order._days_to_payment())).values()

    def _release(self):
        self._make_purchases()
        self._freeze_drawings()
        self._issue_parts({order: order.quantity for order in self})
        self.build_id._follow_work()

    def _make_purchases(self):
        """Purchase orders, receipts, manufacturing orders and resupply: what Odoo makes of one after the other, for all at once."""
        groups = list(self._groups_of_purchase())
        self._name_subcontractors()
        purchases = self.env["purchase.order"].create([group._prepare_purchase() for group in groups])
        for group, purchase in zip(groups, purchases, strict=True):
            group._take_up(purchase)
        purchases._confirm_together()
        self._check_confirmed()
        self._name_resupply()

    def _name_subcontractors(self):
        for bom in self.bom_id:
            bom.subcontractor_ids |= self.filtered(lambda order, bom=bom: order.bom_id == bom).partner_id

    def _take_up(self, purchase):
        """These orders are what the lines of the purchase order ask for."""
        for order, line in zip(self, purchase.order_line, strict=True):
            order.write({"state": "released", "purchase_line_id": line.id, "design_revision": order.product_id.design_revision})

    def _check_confirmed(self):
        waiting = self.filtered(lambda order: order.purchase_id.state != "purchase")
        if waiting:
            raise UserError(self.env._(
                "Purchase orders of this size need approval first. Ask a purchase manager to release %(orders)s.",
                orders=", ".join(waiting.mapped("name")),
            ))

    def _name_resupply(self):
        """Transfers of material say which orders they are for."""
        for group in self._groups_of_purchase():
            for picking in group._resupply_pickings():
                picking.origin = ", ".join([group.purchase_id.partner_ref, *filter(None, [picking.origin])])

    def _prepare_purchase(self):
        names = ", ".join(self.mapped("name"))
        return {
            "partner_id": self.partner_id.id,
            "partner_ref": names,
            "origin": names,
            "currency_id": self.currency_id.id,
            "picking_type_id": self.site_id.picking_type_id.id,
            "company_id": self.site_id.picking_type_id.company_id.id,
            "payment_term_id": self[:1]._payment_term().id,
            "order_line": [Command.create(order._prepare_purchase_line()) for order in self],
        }

    def _prepare_purchase_line(self):
        return {
            "product_id": self.product_id.id,
            "product_qty": self.quantity,
            "price_unit": self.price_unit,
            "technical_price_unit": -1,  # never Odoo's own: it is agreed, and stays when the quantity changes, also where it is 0
            "date_planned": fields.Datetime.to_datetime(self.date_due),
            "wcm_work_order_id": self.id,
        }

    def _issue_parts(self, counts):
        """A lot and a label for every block, before the first one is made.

        :param counts: {order: blocks}
        """
        names = [(order, name) for order, count in counts.items() for name in order._serial_numbers(count)]
        lots = self.env["stock.lot"].create([
            {"name": name, "product_id": order.product_id.id, "company_id": order.purchase_id.company_id.id} for order, name in names
        ])
        parts = self.env["wcm.part"].create([
            {"lot_id": lot.id, "work_order_id": order.id, "design_revision": order.design_revision} for lot, (order, _name) in zip(lots, names, strict=True)
        ])
        parts._log("commissioning", data=lambda part: {"work_order": part.work_order_id.name, "design_revision": part.design_revision or None})

    def _serial_numbers(self, count):
        """WAY-BRS-00012-01: site, member, work order, number. Never reused: numbering goes on after the last."""
        stem = "-".join(filter(None, [self.site_id.code, self.membership_id.code, self.name.rpartition("/")[2]]))
        first = len(self.part_ids) + 1
        width = max(2, len(str(self.quantity)))
        return [f"{stem.upper()}-{number:0{width}d}" for number in range(first, first + count)]

    def _check_nothing_made(self):
        for order in self.filtered("quantity_made"):
            raise UserError(self.env._(
                "%(count)s blocks of %(order)s are made already, so it cannot be cancelled. Have them delivered, or hold the order.",
                count=order.quantity_made, order=order.name,
            ))

    def _cancel_native_documents(self):
        """The receipt moves take their manufacturing orders with them; the material stays where it is."""
        for line in self.purchase_line_id:
            if line.order_id.order_line == line:
                line.order_id.button_cancel()
            else:
                line.move_ids.filtered(lambda move: move.state != "done")._action_cancel()
                line.product_qty = line.qty_received
