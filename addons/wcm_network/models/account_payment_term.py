from odoo import Command, api, models


class AccountPaymentTerm(models.Model):
    """The days to payment of the network's terms, as Odoo counts them on bills."""

    _inherit = "account.payment.term"

    @api.model
    def _of_days(self, days):
        """A payment term of so many days after the date of the bill; made where there is none."""
        lines = self.env["account.payment.term.line"].search([("nb_days", "=", days), ("delay_type", "=", "days_after"), ("value", "=", "percent"), ("value_amount", "=", 100)])
        known = lines.payment_id.filtered(lambda term: len(term.line_ids) == 1 and not term.company_id and not term.early_discount)[:1]
        return known or self.create({
            "name": self.env._("%s days", days), "company_id": False,
            "line_ids": [Command.create({"value": "percent", "value_amount": 100, "delay_type": "days_after", "nb_days": days})],
        })
