import re

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare


class WcmWorkOrder(models.Model):
    """Making: what the member does, and from which sheets."""

    _inherit = "wcm.work.order"

    _member_readable = frozenset({"is_paused", "pause_reason"})

    is_paused = fields.Boolean("Paused", readonly=True, copy=False, help="The member has begun and stopped for now.")
    pause_reason = fields.Char("Paused because", readonly=True, copy=False)

    def action_start(self):
        """The member begins, or goes on after a pause; repeated, it changes nothing."""
        self._check_member_or_coordinator()
        orders = self.sudo()
        orders._check_in_production()
        orders.filtered(lambda order: order.state == "released").state = "in_production"
        orders.filtered("is_paused").write({"is_paused": False, "pause_reason": False})
        return True

    def action_pause(self, reason=None):
        """The member stops for now; its coordinator sees why. Repeated, it changes nothing but the reason."""
        self._check_member_or_coordinator()
        orders = self.sudo()
        orders._check_state("in_production")
        orders.write({"is_paused": True, "pause_reason": (reason or "").strip() or False})
        for order in orders:
            order.message_post(body=self.env._("Paused: %s", order.pause_reason or self.env._("no reason given")))
        return True

    def _tell_spoiled(self, parts, reason):
        names = ", ".join(parts.mapped("name"))
        self.message_post(body=self.env._("Spoiled in the making: %(parts)s. %(reason)s", parts=names, reason=reason))

    def _check_in_production(self):
        self._check_state("released", "in_production")
        self._check_not_on_hold()
        self._check_member_works()

    def _sheets_at_member(self):
        """{lot: sheets left}: what was sent to the member, or what it bought, less what its made blocks took.

        Odoo books the use when the blocks are received or scrapped, so it has to be taken off here until then.
        """
        self.ensure_one()
        products = self.env["product.product"].union(*self._sheets_per_block())
        sent = self.env["stock.quant"]._read_group([
            ("location_id", "child_of", self._subcontract_location().id), ("product_id", "in", products.ids),
            ("lot_id", "!=", False), ("owner_id", "=", self._sheet_owner().id),
        ], ["lot_id"], ["quantity:sum"])
        at_hand = dict(sent)
        for usage in self._usage_not_booked():
            for lot in at_hand:
                at_hand[lot] -= usage.get(str(lot.id), 0.0)
        return at_hand

    def _sheets_per_block(self):
        """{sheet product: sheets for one block}, so that they sum up to what is sent for the whole order."""
        return {product: sheets / self.quantity for product, sheets in self.bom_id._sheets_for(self.quantity).items()}

    def _usage_not_booked(self):
        parts = self.env["wcm.part"].search([
            ("membership_id", "=", self.membership_id.id), ("state", "in", ("made", "packed", "dispatched")), ("is_returned", "=", False),
            ("work_order_id.material_by", "=", self.material_by),
        ])
        return [part.sheet_usage or {} for part in parts]

    def _pick_sheet_lots(self, at_hand, sheet_lots):
        """The lots that the member named, found among those that were sent to it."""
        wanted = re.split(r"[,;\n]", sheet_lots) if isinstance(sheet_lots, str) else list(sheet_lots or [])
        by_name = {lot.name.upper(): lot for lot in at_hand} | {lot.id: lot for lot in at_hand}
        lots = self.env["stock.lot"]
        for name in wanted:
            key = name if isinstance(name, int) else str(name).strip().upper()
            if key and key not in by_name:
                raise UserError(self._unknown_sheet_message(name, at_hand))
            lots |= by_name.get(key, lots)
        if not lots and self._sheets_per_block():
            raise UserError(self._unknown_sheet_message("", at_hand))
        return lots

    def _unknown_sheet_message(self, name, at_hand):
        stock = ", ".join(f"{lot.name} ({sheets:.1f})" for lot, sheets in at_hand.items() if sheets > 0)
        if not stock and self.material_by == "member":
            return self.env._("No sheets for %(order)s are recorded at %(member)s yet. Record those that you bought, then mark the blocks as made.", order=self.name, member=self.membership_id.name)
        if not stock:
            return self.env._("No sheets for %(order)s are booked at %(member)s yet. Ask your coordinator to confirm their delivery.", order=self.name, member=self.membership_id.name)
        if not name:
            return self.env._("Say which sheets were cut. At your place: %(stock)s.", stock=stock)
        return self.env._("“%(name)s” is no sheet lot that was sent to you for this work, or that you bought for it. At your place: %(stock)s.", name=name, stock=stock)

    def _take_sheets(self, needs, at_hand, lots, part_name):
        """{lot: sheets} for one block, from the named lots in turn; lowers `at_hand`.

        :param needs: {sheet product: sheets for one block}
        """
        usage = {}
        for product, needed in needs.items():
            for lot in lots.filtered(lambda lot, product=product: lot.product_id == product):
                taken = min(needed, max(at_hand[lot], 0.0))
                if float_compare(taken, 0, precision_digits=4) > 0:
                    usage[lot] = taken
                    at_hand[lot] -= taken
                    needed -= taken
            if float_compare(needed, 0.005, precision_digits=4) > 0:
                raise UserError(self._short_of_sheets_message(product, needed, part_name, at_hand))
        return usage

    def _short_of_sheets_message(self, product, missing, part_name, at_hand):
        stock = ", ".join(f"{lot.name} ({sheets:.2f})" for lot, sheets in at_hand.items() if lot.product_id == product and sheets > 0.005)
        return self.env._(
            "%(part)s needs %(missing).2f more sheets of %(product)s than are left of the lots you named. Left at your place: %(stock)s.",
            part=part_name, missing=missing, product=product.display_name, stock=stock or self.env._("none"),
        )

    def _receive_new(self, lots):
        """Give the open receipt these blocks."""
        moves = self._open_receipts()
        self._check_receipt_is_open(moves)
        moves[0]._receive_lots(lots)
        return moves[0]

    def _receive_back(self, lots):
        """The same for blocks that were returned: each comes in by the move that waits for it."""
        moves = self._open_redeliveries()
        moves._action_assign()
        self._check_receipt_is_open(lots <= moves.move_line_ids.lot_id)
        moves = moves.filtered(lambda move: move.move_line_ids.lot_id & lots)
        moves.move_line_ids.filtered(lambda line: line.lot_id in lots).picked = True
        return moves

    def _check_receipt_is_open(self, is_open):
        if not is_open:
            raise UserError(self.env._(
                "%(order)s has no open receipt in Odoo. Look at its purchase order %(purchase)s: the receipt may have been cancelled or validated by hand.",
                order=self.name, purchase=self.purchase_id.name or "",
            ))
