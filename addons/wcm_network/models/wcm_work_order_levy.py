from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from odoo import fields, models
from odoo.exceptions import UserError

from ..clauses import accrual, words


@dataclass
class Accepted:
    """What is accepted now of what an order delivered in one year.

    :ivar last_day: of a delivery in that year
    """

    quantity: float = 0.0
    price: float = 0.0
    last_day: date = date.min


class WcmWorkOrder(models.Model):
    """The levy of an order: on what of it was received and is accepted now."""

    _inherit = "wcm.work.order"

    levy_entry_ids = fields.One2many("wcm.levy.entry", "work_order_id", "Levy entries", readonly=True, groups="wcm_network.group_coordinator")

    def _accepted_by_year(self):
        """{(order, calendar year of its deliveries): Accepted}"""
        found = defaultdict(Accepted)
        for month, rows in self._statement_rows().items():
            for order, row in rows.items():
                if row["received"] or row["accepted"]:
                    found[order, month.year].quantity += row["accepted"]
                    found[order, month.year].price += row["worth"]
        for (order, year), accepted in found.items():
            days = [fields.Datetime.context_timestamp(move, move.date).date() for move in order.purchase_line_id._get_po_line_moves() if move.state == "done"]
            accepted.last_day = max(day for day in days if day.year == year)
        return found

    def _levy_entry(self, accepted, counted, turnover):
        """What has to be counted now, after what was; see clauses/accrual.py."""
        tariff = self._levy_tariff()
        if tariff.kind == "percent":
            tariff = replace(tariff, decimals=self.currency_id.decimal_places)
        price = Decimal(str(self.currency_id.round(accepted.price)))
        share = Decimal(str(self._region_share()))
        return accrual.entry(tariff, share, Decimal(str(round(accepted.quantity, 6))), price, counted, turnover)

    def _levy_rule(self):
        tariff = self._levy_tariff()
        return self.env._("none") if tariff.waived else words.levy(tariff, self.currency_id.symbol)

    def _is_levy_in_another_currency(self):
        """A percentage is of any currency; amounts and tiers are of the one that the terms name."""
        tariff = self._levy_tariff()
        return tariff.kind != "percent" and not tariff.waived and tariff.currency not in ("", self.currency_id.name)

    def _check_levy_currency(self):
        for order in self.filtered(lambda order: order._is_levy_in_another_currency()):
            raise UserError(self.env._(
                "%(order)s is priced in %(currency)s, and the terms count the levy in %(levy)s: %(words)s. "
                "Price the order in %(levy)s, or have an annex to the terms that takes a percentage.",
                order=order.name, currency=order.currency_id.name, levy=order._levy_tariff().currency, words=order._levy_rule(),
            ))

    def action_offer(self):
        self._check_coordinator()
        self.sudo()._check_levy_currency()
        return super().action_offer()

    def _accept(self, terms):
        self._check_levy_currency()
        return super()._accept(terms)
