from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import format_amount, format_date

from .wcm_facade_callers import DECIDING

SUMS = ("received", "accepted", "delivered", "worth", "billed", "paid")


class WcmMembership(models.Model):
    """What the network owes a member. Purchase orders, receipts and bills of Odoo say it; nothing is kept here.

    Blocks that are on site and not on hold count as accepted, at the price of the purchase order. Amounts are
    without VAT, but those of the bills themselves.
    """

    _inherit = "wcm.membership"

    @api.model
    @api.readonly
    def workshop_statements(self):
        """A statement for each of the caller's members and currencies: {member, totals, months, bills}, amounts as words."""
        members = self._workshop_memberships().filtered(lambda member: member._role_of(self.env.user) in DECIDING)
        if not members:
            raise AccessError(self.env._("Only an owner or a supervisor of a member sees what it is owed."))
        return [statement for member in members for statement in member.sudo()._statements()]

    def _statements(self):
        orders = self.env["wcm.work.order"].search([("membership_id", "=", self.id), ("purchase_line_id", "!=", False)])
        lines = orders.purchase_line_id
        currencies = lines.currency_id or self.env.company.currency_id
        return [self._statement(orders.filtered(lambda order, at=at: order.purchase_line_id.currency_id == at), at) for at in currencies]

    def _statement(self, orders, currency):
        rows = orders._statement_rows()
        months = [self._statement_month(month, rows[month], currency) for month in sorted(rows, reverse=True)]
        sums = self._statement_sums([row for month in rows.values() for row in month.values()])
        bills = orders.purchase_line_id.invoice_lines.move_id.filtered(lambda bill: bill.state == "posted")
        open_amount = {"open": sums["worth"] - sums["paid"], "to_bill": sums["worth"] - sums["billed"]}
        return {
            "member": self.name,
            "totals": self._statement_words(sums | open_amount, currency),
            "months": months,
            "bills": [bill._statement_values() for bill in bills.sorted(lambda bill: (bill.invoice_date or bill.date, bill.id), reverse=True)],
        }

    def _statement_sums(self, rows):
        return {name: sum(row[name] for row in rows) for name in SUMS}

    def _statement_month(self, month, rows, currency):
        return {
            "month": format_date(self.env, month, date_format="MMMM y"),
            "key": str(month),
            "sums": self._statement_words(self._statement_sums(rows.values()), currency),
            "orders": [
                {"id": order.id, "name": order.name, "component": order.component_code or order.component_name, **self._statement_words(row, currency)}
                for order, row in rows.items()
            ],
        }

    def _statement_words(self, values, currency):
        """Quantities as numbers, amounts in words."""
        counts = ("received", "accepted")
        return {name: f"{value:g}" if name in counts else format_amount(self.env, value, currency) for name, value in values.items()}
