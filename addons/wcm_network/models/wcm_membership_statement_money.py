from collections import defaultdict

from odoo import fields, models
from odoo.tools import format_amount


class WcmMembership(models.Model):
    """Beside what is owed: the levy, what is taken off, what is paid late, and what is disputed."""

    _inherit = "wcm.membership"

    def _statement(self, orders, currency):
        statement = super()._statement(orders, currency)
        bills = orders.purchase_line_id.invoice_lines.move_id
        levies, deducted = self._statement_levies(currency), bills._deducted_by_month()
        months = {month["key"]: month for month in statement["months"]}
        for day in levies.keys() | deducted.keys():
            months.setdefault(str(day), self._statement_month(day, {}, currency))
        disputes = self._statement_disputes()
        for key, month in months.items():
            day = fields.Date.to_date(key)
            month["levy"] = format_amount(self.env, levies[day], currency) if day in levies else ""
            month["deducted"] = format_amount(self.env, deducted[day], currency) if day in deducted else ""
            month["disputes"] = disputes[day, False]
            for row in month["orders"]:
                row["disputes"] = disputes[day, row["id"]]
        late = bills.filtered(lambda bill: bill.move_type == "in_invoice" and bill._days_late())
        money = {"levy": sum(levies.values()), "deducted": sum(deducted.values()), "late": sum(bill._amount_late() for bill in late)}
        statement["totals"] |= self._statement_words(money, currency)
        return {
            **statement, "member_id": self.id, "currency": currency.name, "months": [months[key] for key in sorted(months, reverse=True)],
            "is_late": bool(late), "held": self._statement_held(orders, currency), "paid_lately": self._statement_paid_lately(), "proposed": [bill._proposed_values() for bill in bills.filtered_domain(self._bills_proposed()).sorted("id")],
        }

    def _statement_held(self, orders, currency):
        """Of each order: what was billed and waits for a decision."""
        waiting = {order: quantities.held for order, quantities in orders._quantities_to_settle().items() if quantities.held}
        return [
            {
                "id": order.id, "name": order.name, "component": order.component_code or order.component_name, "quantity": f"{quantity:g}",
                "worth": format_amount(self.env, quantity * order._price_agreed(), currency), "why": order._held_words(),
            }
            for order, quantity in waiting.items()
        ]

    def _statement_paid_lately(self):
        """How the network paid this member in the last twelve months, and all members together where they are too many to tell one from it."""
        bills, in_time, late, _one = self.env["wcm.bill"]._paid_lately(self)
        if not bills:
            return ""
        words = self.env._("In the last 12 months %(bills)s of your bills were paid, %(in_time)s of them in time; on average %(days)s days late.", bills=bills, in_time=in_time, days=f"{late:.1f}")
        _bills, _in_time, of_all, members = self.env["wcm.bill"]._paid_lately()
        if members < self.env["wcm.price.reference"]._least_members():
            return words
        return f"{words} " + self.env._("All members together: %s days late on average.", f"{of_all:.1f}")

    def _statement_levies(self, currency):
        """{first of the month: levy}"""
        mine = [("membership_id", "=", self.id), ("currency_id", "=", currency.id)]
        groups = self.env["wcm.levy.entry"].sudo()._read_group(mine, ["date:month"], ["levy:sum"])
        return dict(groups)

    def _statement_disputes(self):
        """{(month, order's id): those that are not settled}"""
        found = defaultdict(list)
        for dispute in self.env["wcm.statement.dispute"].sudo().search([("membership_id", "=", self.id), ("state", "!=", "settled")]):
            found[dispute.month, dispute.work_order_id.id].append(dispute._statement_values())
        return found
