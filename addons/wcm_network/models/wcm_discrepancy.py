from odoo import api, fields, models
from odoo.exceptions import UserError

# kind: (what it is about, what to do about it). What has a method `_mend_<kind>` is mended by a button.
KINDS = {
    "bought": ("Purchase order", "The button sets purchase order and receipts to what was agreed with the member."),
    "price": ("Price", "Set the price on the line of the purchase order to the one that was agreed, before the bill is made."),
    "to_come": ("Receipts", "The button makes the receipts that are missing and takes off those that are too many."),
    "received": ("Received", "Somebody validated or returned a receipt by hand. Receive the blocks on their shipment, or return them on their part; what Odoo has too many, return in Odoo."),
    "productions": ("Manufacturing", "The button sets the open manufacturing orders to what is still to come."),
    "not_made": ("Manufacturing", "Open the manufacturing orders of the work order and finish the one of this block: its receipt was validated without it."),
    "used": ("Sheets", "Open the manufacturing order of the block and correct what it took, or correct the sheets in stock by an inventory adjustment."),
    "not_there": ("Stock", "Find the block. Move it to its place in Odoo by an internal transfer, or scrap it on its part."),
    "elsewhere": ("Stock", "Find the block. If it has arrived, receive it on its shipment; if not, take it out of stock by an inventory adjustment."),
    "scrapped": ("Stock", "The button takes the scrapped blocks out of stock."),
    "sheets_of_scrap": ("Sheets", "The button takes the sheets that were cut for scrapped blocks out of the stock at the member."),
    "to_replace": ("Scrapped blocks", "Open the work order: have the blocks made again, or let others make them."),
    "material_missing": ("Sheets", "The button asks the hub to send them."),
    "material_over": ("Sheets", "The button takes off what need not be sent any more."),
    "negative": ("Sheets", "Validate the transfer that brought the sheets, or count the sheets at the member and correct the stock by an inventory adjustment."),
    "state": ("State", "The button sets the state of the work order to that of its blocks."),
    "left_open": ("Called off", "The button cancels what is still open in Odoo."),
}


class WcmDiscrepancy(models.Model):
    """Something in which a work order, its parts and Odoo's own documents disagree, until it is mended."""

    _name = "wcm.discrepancy"
    _description = "To mend"
    _order = "found_on, id"
    _rec_name = "words"

    work_order_id = fields.Many2one("wcm.work.order", required=True, readonly=True, index=True, ondelete="cascade")
    membership_id = fields.Many2one(related="work_order_id.membership_id", store=True, index=True, string="Member")
    build_id = fields.Many2one(related="work_order_id.build_id", store=True)
    kind = fields.Selection([(kind, about) for kind, (about, _how) in KINDS.items()], "About", required=True, readonly=True)
    words = fields.Char("What disagrees", required=True, readonly=True)
    how = fields.Char("How to mend it", compute="_compute_how")
    can_mend = fields.Boolean(compute="_compute_how")
    found_on = fields.Datetime(default=fields.Datetime.now, required=True, readonly=True)

    @api.depends("kind")
    def _compute_how(self):
        for discrepancy in self:
            discrepancy.how = KINDS[discrepancy.kind][1]
            discrepancy.can_mend = hasattr(discrepancy.work_order_id, f"_mend_{discrepancy.kind}")

    def action_mend(self):
        """Do what can be done without anybody going to look; the order is compared again at once."""
        self._check_coordinator()
        for discrepancy in self.filtered(lambda one: not one.can_mend):
            raise UserError(self.env._("“%(words)s” has no button. %(how)s", words=discrepancy.words, how=discrepancy.how))
        orders = self.work_order_id.sudo()
        for order, kind in {(discrepancy.work_order_id, discrepancy.kind) for discrepancy in self.sudo()}:
            order._mend(kind)
        orders._check_documents()
        return True

    def action_check(self):
        """Compare again, now."""
        self._check_coordinator()
        self.work_order_id.sudo()._check_documents()
        return True

    def action_open_order(self):
        self.ensure_one()
        return self.work_order_id._get_records_action()

    def _check_coordinator(self):
        self.check_access("read")
        self.work_order_id._check_coordinator()

    def _replace(self, found):
        """Keep what was found before, with its day; drop what agrees by now.

        :param found: {order: [(kind, words)]}
        """
        known = self.search([("work_order_id", "in", [order.id for order in found])])
        now = {(order, kind, words) for order, sentences in found.items() for kind, words in sentences}
        known.filtered(lambda one: (one.work_order_id, one.kind, one.words) not in now).unlink()
        before = {(one.work_order_id, one.kind, one.words) for one in known.exists()}
        self.create([{"work_order_id": order.id, "kind": kind, "words": words} for order, kind, words in now - before])
