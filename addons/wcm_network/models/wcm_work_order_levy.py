from collections import defaultdict
from dataclasses import dataclass
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


@dataclass(frozen=True)
class LevyRate:
    """At which rate an order is levied whose terms name amounts in another currency.

    :ivar rate: one unit of the order's currency in that of the terms
    """

    currency_id: int
    rate: Decimal
    day: date


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

    def _levy_entry(self, accepted, counted, turnover, rate=None):
        """What has to be counted now, after what was; see clauses/accrual.py.

        :param turnover: in the currency of the terms
        :param rate: the LevyRate of the order, where it needs one
        """
        price = Decimal(str(self.currency_id.round(accepted.price)))
        quantity, share = Decimal(str(round(accepted.quantity, 6))), Decimal(str(self._region_share()))
        return accrual.entry(self._levy_tariff(), share, quantity, price, counted, turnover, self._levy_exchange(rate))

    def _levy_exchange(self, rate):
        return accrual.Exchange(rate.rate if rate else Decimal(1), self.currency_id.decimal_places)

    def _levy_on(self, amount, parts, turnover_before=0):
        """(levy, network's share, region's share) of an accepted delivery, or of a credit where both are negative; decimals.

        :param turnover_before: price of what the member delivered in the calendar year before, and had accepted; in the currency of the terms
        """
        share, exchange = Decimal(str(self._region_share())), self._levy_exchange(self._levy_rate())
        levied = accrual.entry(self._levy_tariff(), share, Decimal(parts), Decimal(str(amount)), accrual.Counted(), Decimal(str(turnover_before)), exchange)
        return levied.levy, levied.network_share, levied.region_share

    def _levy_rule(self):
        tariff = self._levy_tariff()
        return self.env._("none") if tariff.waived else words.levy(tariff, self._levy_currency().symbol)

    def _levy_currency(self):
        """Of the amounts that the terms name: the order's, where they say nothing else."""
        named = self._levy_tariff().currency
        if named in ("", self.currency_id.name):
            return self.currency_id
        return self.env["res.currency"].with_context(active_test=False).search([("name", "=", named)], limit=1)

    def _is_levy_in_another_currency(self):
        """A percentage is of any currency; amounts and tiers are of the one that the terms name."""
        tariff = self._levy_tariff()
        return tariff.kind != "percent" and not tariff.waived and tariff.currency not in ("", self.currency_id.name)

    def _levy_rate(self, day=None):
        """Odoo's rate of a day, or of today; None where none is needed."""
        if not self._is_levy_in_another_currency():
            return None
        currency, day = self._levy_currency(), day or fields.Date.context_today(self)
        rate = self.env["res.currency"]._get_conversion_rate(self.currency_id, currency, self._levy_company(), day)
        return LevyRate(currency.id, Decimal(str(round(rate, 10))), day)

    def _levy_company(self):
        return self.purchase_id.company_id or self.env.company

    def _without_levy_rate(self):
        """Orders that need a rate which Odoo does not have; it would take 1 without a word."""
        foreign = self.filtered(lambda order: order._is_levy_in_another_currency())
        if not foreign:
            return foreign
        known = self.env["res.currency.rate"].sudo()._read_group([], ["company_id", "currency_id"])
        return foreign.filtered(lambda order: not order._has_levy_rate(known))

    def _has_levy_rate(self, known):
        company = self._levy_company()
        own = {currency for owner, currency in known if owner in (owner.browse(), company.root_id)} | {company.currency_id}
        return self._levy_currency() in own and self.currency_id in own and bool(self._levy_rate().rate)

    def _check_levy_currency(self):
        """Refused before anybody agrees to it, rather than counted wrongly or not at all."""
        for order in self._without_levy_rate():
            raise UserError(self.env._(
                "%(order)s is priced in %(currency)s, and the terms count the levy in %(levy)s: %(words)s. Odoo has no rate between them. "
                "Add one under Currencies, or price the order in %(levy)s.",
                order=order.name, currency=order.currency_id.name, levy=order._levy_tariff().currency, words=order._levy_rule(),
            ))

    def _uncounted_words(self):
        """Which of these orders the levy cannot be counted of, and what helps; empty where there is none."""
        pairs = self._without_levy_rate().grouped(lambda order: (order.currency_id.name, order._levy_tariff().currency))
        return "\n".join(
            self.env._("Not counted, as Odoo has no rate between %(own)s and %(levy)s: %(orders)s. Add one under Currencies and count again.", own=own, levy=levy, orders=", ".join(orders.mapped("name")))
            for (own, levy), orders in pairs.items()
        )

    def action_offer(self):
        self._check_coordinator()
        self.sudo()._check_levy_currency()
        return super().action_offer()

    def _accept(self, terms):
        self._check_levy_currency()
        return super()._accept(terms)
