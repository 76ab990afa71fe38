from collections import defaultdict
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import NO_ACCESS

from ..pricing.reference import LEAST_MEMBERS, may_see, reference_price
from .wcm_build_line import PLACED_STATES


class WcmPriceReference(models.Model):
    """What members were paid for the work on one block of a component, told once a month.

    It stands still for a month: who could ask before and after an order was agreed would learn its price. Whose prices
    it is made of is kept, so that nobody is told a figure that is theirs but for one or two others.
    """

    _name = "wcm.price.reference"
    _description = "Reference price"
    _order = "month desc, product_id"
    _rec_name = "product_id"

    product_id = fields.Many2one("product.product", "Component", required=True, readonly=True, index=True, ondelete="cascade")
    month = fields.Date(required=True, readonly=True, index=True, help="The first of the month that it is told for; from the months before.")
    amount = fields.Monetary("Reference price", required=True, readonly=True, aggregator=None, help="For the work on one block, without sheets: the median over members of each one's median, in two figures.")
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    months = fields.Integer("From months", readonly=True, aggregator=None)
    member_ids = fields.Json("Whose prices", readonly=True, groups=NO_ACCESS)

    _once_a_month = models.UniqueIndex("(product_id, currency_id, month)", "This reference is told already.")

    @api.model
    def _least_members(self):
        """At least three, whatever is set."""
        said = self.env["ir.config_parameter"].sudo().get_param("wcm_network.reference_members", "")
        return max(LEAST_MEMBERS, int(said) if said.isdecimal() else LEAST_MEMBERS)

    @api.model
    def _window(self):
        """How many months of agreed orders count."""
        said = self.env["ir.config_parameter"].sudo().get_param("wcm_network.reference_months", "")
        return max(1, int(said) if said.isdecimal() else 12)

    @api.model
    def _cron_publish(self):
        """The references of this month, of what was agreed before it; what is told stays."""
        month = fields.Date.context_today(self).replace(day=1)
        told = {(row.product_id, row.currency_id) for row in self.search([("month", "=", month)])}
        found = self._agreed_prices(month)
        self.create([values for key, prices in found.items() if key not in told and (values := self._values(*key, prices, month))])

    def _agreed_prices(self, month):
        """{(product, currency): {member: [price of the work on one block]}}"""
        since = month - relativedelta(months=self._window())
        domain = [("state", "in", PLACED_STATES), ("accepted_on", ">=", since), ("accepted_on", "<", month), ("price_unit", ">", 0)]
        found = defaultdict(lambda: defaultdict(list))
        for order in self.env["wcm.work.order"].sudo().search(domain):
            work = Decimal(str(order.price_unit)) - Decimal(str(order.price_material))
            if work > 0:
                found[order.product_id, order.currency_id][order.membership_id.id].append(work)
        return found

    def _values(self, product, currency, prices, month):
        amount = reference_price(prices, self._least_members())
        return amount is not None and {
            "product_id": product.id, "currency_id": currency.id, "month": month, "amount": float(amount), "months": self._window(), "member_ids": sorted(prices),
        }

    @api.model
    def _latest(self, products):
        """The newest of each component and currency, of this month or the last, oldest first."""
        since = fields.Date.context_today(self).replace(day=1) - relativedelta(months=1)
        return self.sudo().search([("product_id", "in", products.ids), ("month", ">=", since)], order="month")

    def _is_told_to(self, known):
        """:param known: ids of members whose prices the reader sees anyway"""
        return may_see(set(self.member_ids or ()), set(known), self._least_members())
