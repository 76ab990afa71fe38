from odoo import models
from odoo.tools import format_amount

SETTLED = ("paid", "in_payment", "reversed", "invoicing_legacy")


class WcmMembership(models.Model):
    """What is owed either way when a member leaves. Disputes are answered first; money may be open: it stays owed, and whoever ends the membership is told."""

    _inherit = "wcm.membership"

    def _leaving_money(self):
        disputes = self.env["wcm.statement.dispute"].sudo().search([("membership_id", "=", self.id), ("state", "=", "open")])
        contests = self.env["wcm.record.contest"].sudo().search([("membership_id", "=", self.id), ("state", "=", "open")])
        bills = self._open_bills()
        return [
            self._leaving_row("disputes", self.env._("disputes of statements to answer"), disputes, self.env._("The coordinator answers each under Money, Disputes.")),
            self._leaving_row("to_bill", self.env._("accepted and not billed yet, or levy on no invoice"), self.browse(), self.env._("The coordinator proposes the bills and invoices under Money, To Settle."),
                              blocks=False, names=self._unbilled_words()),
            self._leaving_row("bills", self.env._("bills and invoices that are not settled"), bills, self.env._("They stay due as agreed, and are paid after the end too."), blocks=False, names=self._bill_words(bills)),
            self._leaving_row("contests", self.env._("contested figures to answer"), contests, self.env._("The coordinator answers each under Members, Contested figures."), blocks=False),
        ]

    def _open_bills(self):
        """Bills of its orders and invoices of its levy, drafts too, that nobody has paid or reversed."""
        of_orders = self._settled_orders().purchase_line_id.invoice_lines.move_id
        of_levy = self.env["account.move"].sudo().search([("wcm_membership_id", "=", self.id)])
        return (of_orders | of_levy).filtered(lambda move: move.state == "draft" or (move.state == "posted" and move.payment_state not in SETTLED))

    def _bill_words(self, bills):
        return ", ".join(f"{bill.display_name} {format_amount(self.env, bill.amount_residual if bill.state == 'posted' else bill.amount_total, bill.currency_id)}" for bill in bills)

    def _unbilled_words(self):
        currency = self.env.company.currency_id
        sums = ((self.money_to_bill, self.env._("to bill")), (self.money_to_credit, self.env._("to credit")), (self.money_levy, self.env._("levy")))
        return ", ".join(f"{format_amount(self.env, amount, currency)} {words}" for amount, words in sums if not currency.is_zero(amount))
