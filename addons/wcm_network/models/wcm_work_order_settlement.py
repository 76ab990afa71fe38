from collections import defaultdict

from odoo import Command, models


class WcmWorkOrder(models.Model):
    """Bills of what was received and accepted, through Odoo's purchase order lines, and never twice."""

    _inherit = "wcm.work.order"

    def _quantities_accepted(self):
        """{order: blocks that are on site and not on hold}"""
        found = dict.fromkeys(self, 0.0)
        for rows in self._statement_rows().values():
            for order, row in rows.items():
                found[order] += row["accepted"]
        return found

    def _quantities_to_settle(self):
        """{order: (to bill, to credit)}; drafts of Odoo's count as billed.

        What is on hold after it was billed is neither: it is billed no more once it goes back.
        """
        found = {}
        for order, accepted in self._quantities_accepted().items():
            line = order.purchase_line_id
            found[order] = max(0.0, accepted - line.qty_invoiced), max(0.0, line.qty_invoiced - line.qty_received)
        return found

    def _price_agreed(self):
        """Of one block, by the purchase order."""
        line = self.purchase_line_id
        return line.price_subtotal / line.product_qty if line.product_qty else line.price_unit

    def _propose_bills(self):
        """One draft for each member, company, currency and days to payment; credit notes apart."""
        groups = defaultdict(list)
        for order, quantities in self._quantities_to_settle().items():
            for kind, quantity in zip(("in_invoice", "in_refund"), quantities, strict=True):
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
