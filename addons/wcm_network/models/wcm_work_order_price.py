from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..pricing.buildup import ZERO, price_parts


class WcmWorkOrder(models.Model):
    """The open-book price: what one block costs by the member's own rates, line by line.

    For the member itself and whoever may read its rates. A coordinator who only has the home sees the price, not
    what it is made of.
    """

    _inherit = "wcm.work.order"

    _guarded = frozenset({"agreed_price_book"})
    _office_readable = frozenset({"price_book"})

    agreed_price_book = fields.Json("Build-up of the price as agreed", readonly=True, copy=False, groups=fields.NO_ACCESS)
    price_book = fields.Json(
        "Open-book price", compute="_compute_price_book",
        help="{parts: [{kind, name, amount, hours, rate}], price, offered, levy, beside, whole, missing, agreed_on}: amounts of one block, as text.",
    )

    @api.depends("agreed_price_book", "price_unit", "quantity", "bom_id", "membership_id", "material_by", "state")
    @api.depends_context("uid")
    def _compute_price_book(self):
        readable = self._with_readable_rates()
        for order in self:
            order.price_book = order.sudo()._price_book_shown() if order in readable else False

    def _with_readable_rates(self):
        """Those whose member's rates the reader may read: its own, or those of the own regions."""
        rates = self.env["wcm.capability"]
        if not (rates.has_access("read") and self._has_field_access(self._fields["price_unit"], "read")):
            return self.browse()
        facilities = self.sudo().facility_id.capability_ids.sudo(False)._filtered_access("read").sudo().facility_id
        return self.filtered(lambda order: order.sudo().facility_id in facilities)

    def _price_book_shown(self):
        kept = self.agreed_price_book
        if kept:
            return {**kept, "agreed_on": self.accepted_on and format_date(self.env, self.accepted_on), "currency_id": self.currency_id.id}
        return self._price_book() if self.bom_id and self.membership_id and self.quantity > 0 else False

    def _price_book(self):
        """As JSON keeps it. What is missing is named, and then there is no price."""
        missing = self._price_missing()
        parts = [] if missing else self._price_parts()
        price = sum((part.amount for part in parts), ZERO)
        beside = self._price_beside()
        paid = Decimal(str(self.price_unit))
        return {
            "parts": [part.as_data() for part in parts],
            "price": False if missing else str(price),
            "offered": str(paid),
            "levy": str(self._levy_each()),
            "levy_words": self.levy_words,
            "beside": beside,
            "whole": str(paid + sum((Decimal(row["amount"]) for row in beside), ZERO)),
            "missing": missing,
            "quantity": self.quantity,
            "currency_id": self.currency_id.id,
        }

    def _price_parts(self):
        return price_parts(
            self._price_steps(), self.quantity, self._setups(), Decimal(str(self.price_material)), self.currency_id.decimal_places,
        )

    def _price_steps(self):
        rates = self._rates_of_price()
        found = {capability.process_id: capability for capability in rates}
        return [requirement._step(found[requirement.process_id], rates[found[requirement.process_id]]) for requirement in self.bom_id.requirement_ids]

    def _rates_of_price(self):
        """{capability: Rate} of the processes that are asked for, in force today."""
        asked = self.bom_id.requirement_ids.process_id
        capabilities = self.facility_id.capability_ids.filtered(lambda capability: capability.process_id in asked)
        return capabilities._rates_on(fields.Date.context_today(self), self.currency_id)

    def _price_missing(self):
        """What has to be said before there is an open-book price, in words."""
        if not self.bom_id.requirement_ids:
            return [self.env._("Nobody has said how many minutes this component takes.")]
        rates = {capability.process_id: rate for capability, rate in self._rates_of_price().items()}
        return [words for process in self.bom_id.requirement_ids.process_id if (words := self._rate_missing(process, rates.get(process)))]

    def _rate_missing(self, process, rate):
        member = self.membership_id.name
        if not rate:
            return self.env._("%(member)s does not list %(process)s.", member=member, process=process.name)
        if not (rate.machine or rate.hands_on):
            return self.env._("%(member)s has set no rate for %(process)s.", member=member, process=process.name)
        return ""

    def _setups(self):
        """How many set-ups these blocks pay: as they were planned, else one."""
        planned = sum(self.plan_line_ids.mapped("setups"))
        return Decimal(str(planned)) if planned else Decimal(1)

    def _levy_each(self):
        """Of the price of one block; with tiers a mean, as the tier goes by the year."""
        levy = Decimal(str(self.levy_expected)) / self.quantity
        return round(levy, self.currency_id.decimal_places)

    def _price_beside(self):
        """What the network pays beside the member's price for one block: sheets that it sends, and transport."""
        rows = (("sheets", self._hub_sheets_each(), False), ("transport", self._transport_each(), True))
        return [{"kind": kind, "amount": str(amount), "estimated": estimated} for kind, amount, estimated in rows if amount]

    def _hub_sheets_each(self):
        if self.material_by != "hub" or not self.bom_id:
            return ZERO
        cost = sum(product.standard_price * count for product, count in self.bom_id._sheets_for(self.quantity).items())
        return Decimal(str(self.currency_id.round(cost / self.quantity)))

    def _transport_each(self):
        """As it was planned, without the price of carbon, which nobody pays; else by road and what a plan takes for a km."""
        lines = self.plan_line_ids
        if lines:
            planned = sum(lines.mapped("cost_transport")) - sum(lines.mapped("cost_carbon"))
            return Decimal(str(self.currency_id.round(planned / sum(lines.mapped("quantity")))))
        site = self.site_id
        km = self.facility_id._distance_km(site.latitude, site.longitude) if site.latitude or site.longitude else 0
        per_km = self.env["wcm.plan"].default_get(["transport_cost_per_km"]).get("transport_cost_per_km", 0)
        return Decimal(str(self.currency_id.round(km * per_km)))

    def action_take_open_book_price(self):
        """The open-book price becomes the price of a draft."""
        self._check_coordinator()
        orders = self.sudo()
        orders._check_state("draft")
        if orders - self._with_readable_rates().sudo():
            raise UserError(self.env._("The rates of this member are not yours to read, so you cannot take the price from them. Ask the coordinator of its region."))
        for order in orders:
            missing = order._price_missing()
            if missing:
                raise UserError(self.env._("There is no open-book price yet:\n%s", "\n".join(f"• {words}" for words in missing)))
            order.price_unit = order._open_book_price()
        return True

    def _open_book_price(self):
        """Of one block; 0 where something is missing."""
        if self._price_missing():
            return 0.0
        return float(sum((part.amount for part in self._price_parts()), ZERO))

    def _accept(self, terms):
        super()._accept(terms)
        self.agreed_price_book = self._price_book()

    def _agreed_figures(self):
        return {**super()._agreed_figures(), "agreed_price_book": self.agreed_price_book}
