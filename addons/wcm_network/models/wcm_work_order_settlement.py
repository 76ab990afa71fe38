from collections import defaultdict
from typing import NamedTuple

from odoo import Command, models


class ToSettle(NamedTuple):
    """Blocks of one order.

    :ivar bill: accepted and on no bill
    :ivar credit: billed, and back with the member or agreed not to be owed
    :ivar held: billed, and on hold now
    """

    bill: float
    credit: float
    held: float


class WcmWorkOrder(models.Model):
    """Bills of what was received and accepted, through Odoo's purchase order lines, and never twice."""

    _inherit = "wcm.work.order"

    def _quantities_accepted(self):
        """{order: blocks that are on site and not on hold}"""
        return self._quantities_stated("accepted")

    def _quantities_stated(self, name):
        found = dict.fromkeys(self, 0.0)
        for rows in self._statement_rows().values():
            for order, row in rows.items():
                found[order] += row[name]
        return found

    def _quantities_to_settle(self):
        """{order: ToSettle}; drafts of Odoo's count as billed.

        What went back is credited, and so is what the member agreed to bear. What is on hold after it was billed waits:
        it is owed when it is released, and credited when it goes back.
        """
        found, rows = {}, self._statement_rows()
        for order in self:
            sums = {name: sum(of_month[order][name] for of_month in rows.values() if order in of_month) for name in ("accepted", "credited")}
            line = order.purchase_line_id
            credit = max(0.0, line.qty_invoiced - (line.qty_received - sums["credited"]))
            held = max(0.0, line.qty_invoiced - credit - sums["accepted"])
            found[order] = ToSettle(max(0.0, sums["accepted"] - line.qty_invoiced), credit, held)
        return found

    def _held_words(self):
        """Why blocks of this order wait, each reason once."""
        waiting = self.part_ids.filtered(lambda part: part._waits_for_decision())
        return "; ".join(f"{reason} ({len(parts)})" for reason, parts in waiting.grouped(lambda part: part._waits_words()).items())

    def _price_agreed(self):
        """Of one block, by the purchase order."""
        line = self.purchase_line_id
        return line.price_subtotal / line.product_qty if line.product_qty else line.price_unit

    def _propose_bills(self):
        """One draft for each member, company, currency and days to payment; credit notes apart."""
        groups = defaultdict(list)
        for order, quantities in self._quantities_to_settle().items():
            for kind, quantity in (("in_invoice", quantities.bill), ("in_refund", quantities.credit)):
                if quantity:
                    groups[(kind, order.membership_id, order.purchase_id.company_id, order.purchase_id.currency_id, order.purchase_id.payment_term_id)].append((order, quantity))
        moves = self.env["account.move"]
        for (kind, member, company, _currency, _term), quantities in groups.items():
            company._check_journal("purchase")
            moves |= self._make_bill(kind, member, quantities)
        return moves

    def _make_bill(self, kind, member, quantities):
        purchases = self.browse([order.id for order, _quantity in quantities]).purchase_id
        lines = [{**order.purchase_line_id._prepare_account_move_line(), "quantity": quantity} for order, quantity in quantities]
        if kind == "in_invoice":
            price = sum(purchases.currency_id.round(quantity * order._price_agreed()) for order, quantity in quantities)
            lines += member._deduction_lines(price, purchases.currency_id)
        values = purchases[:1].with_context(default_move_type=kind)._prepare_invoice() | {
            "wcm_membership_id": member.id, "invoice_origin": ", ".join(purchases.mapped("name")),
            "invoice_line_ids": [Command.create({**line, "sequence": number}) for number, line in enumerate(lines, 1)],
        }
        bill = self.env["account.move"].with_company(values["company_id"]).create(values)
        member._tell_of_bill(bill)
        return bill

    def _late_bills(self):
        """{member: posted bills that are open past their day}"""
        found = {}
        for member, orders in self.grouped("membership_id").items():
            bills = orders.purchase_line_id.invoice_lines.move_id
            late = bills.filtered(lambda bill: bill.move_type == "in_invoice" and bill._days_late())
            if late:
                found[member] = late
        return found
