from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import format_amount

from ..pricing.value import Compared, value_of
from .wcm_build_line import PLACED_STATES


class WcmWorkOrder(models.Model):
    """Value for money: the price of an order against the network's reference and a quoted alternative."""

    _inherit = "wcm.work.order"

    _office_readable = frozenset({"price_reference_words"})

    price_reference_words = fields.Char("The network's reference for this component", compute="_compute_price_reference_words")
    price_value = fields.Json(
        "Value for money", compute="_compute_price_value", groups="wcm_network.group_coordinator",
        help="{currency_id, rows: [{kind, name, blocks, paid, reference, saved, share}], missing: [words]}",
    )

    @api.depends("product_id", "currency_id")
    @api.depends_context("uid")
    def _compute_price_reference_words(self):
        """Only what a reader may be told: see wcm.price.reference."""
        known, references = self._known_members(), self.sudo()._references()
        for order in self:
            reference = references.get((order.sudo().product_id, order.sudo().currency_id))
            told = reference and reference._is_told_to(known)
            order.price_reference_words = told and self.env._(
                "%(amount)s for the work on one block, without sheets: the middle of what at least %(count)s members agreed to in %(months)s months, rounded",
                amount=format_amount(self.env, reference.amount, reference.currency_id), count=reference._least_members(), months=reference.months,
            )

    @api.model
    def _known_members(self):
        """Ids of the members whose prices the reader sees anyway: its own, or those of the orders that it sees."""
        if not self.env.user._is_internal():
            return set(self.env["wcm.membership"].sudo().search([("user_ids", "in", self.env.uid)]).ids)
        return {member.id for [member] in self.env["wcm.work.order"]._read_group([], ["membership_id"])}

    def _references(self):
        """{(product, currency): the network's reference}"""
        return {(row.product_id, row.currency_id): row for row in self.env["wcm.price.reference"]._latest(self.product_id)}

    @api.depends("price_unit", "quantity", "product_id", "material_by")
    @api.depends_context("uid")
    def _compute_price_value(self):
        for order in self:
            order.price_value = order._value_for_money()

    def _value_for_money(self):
        """Of these orders together, as the reader may see them."""
        return self._value_table(self._compared())

    def _compared(self):
        """{kind: {order: Compared, or words why it cannot be}}; each kind apart, as each includes something else."""
        known, orders = self._known_members(), self.sudo().filtered(lambda order: order.quantity > 0)
        references, quotes = orders._references(), self.env["wcm.price.quote"]._of(orders.product_id)
        return {
            "network": {order: order._against_network(references, known) for order in orders},
            "quote": {order: order._against_quote(quotes) for order in orders},
        }

    def _value_table(self, compared):
        """Rows and what is not in them, of those of these orders that were compared; one currency."""
        currency, rows, missing = self.sudo().currency_id[:1], [], []
        names = {"network": self.env._("The network's reference (work, without sheets)"), "quote": self.env._("Quoted alternatives")}
        for kind, name in names.items():
            found = {order: said for order, said in compared[kind].items() if order in self}
            found = {order: said if order.currency_id == currency else self.env._("in another currency") for order, said in found.items()}
            good = [said for said in found.values() if isinstance(said, Compared)]
            rows += [{"kind": kind, "name": name, **self._value_row(good)}] if good else []
            missing += [f"{name}: {words}" for words in self._not_comparable(found)]
        return {"currency_id": currency.id, "rows": rows, "missing": missing}

    @api.model
    def _value_row(self, compared):
        value = value_of(compared)
        share = value.share
        return {
            "blocks": sum(row.quantity for row in compared), "paid": float(value.paid), "reference": float(value.reference),
            "saved": float(value.saved), "share": float(share) if share is not None else False,
        }

    def _not_comparable(self, found):
        """Sentences: what has nothing to compare it with, and why."""
        why = {}
        for order, said in found.items():
            if not isinstance(said, Compared):
                why.setdefault(said, set()).add(order.product_id.default_code or order.product_id.name)
        return [f"{words}: {', '.join(sorted(codes))}" for words, codes in why.items()]

    def _against_network(self, references, known):
        """Compared, or words why it cannot be."""
        if not self.price_unit:
            return self.env._("made for nothing, so there is no price")
        reference = references.get((self.product_id, self.currency_id))
        if not reference:
            return self.env._("too few members made it, or none of them lately")
        if not reference._is_told_to(known):
            return self.env._("too few members whose prices you do not know")
        return Compared(self.quantity, Decimal(str(self.price_unit)) - Decimal(str(self.price_material)), Decimal(str(reference.amount)))

    def _against_quote(self, quotes):
        """As it held when the price was agreed, or today."""
        if not self.price_unit:
            return self.env._("made for nothing, so there is no price")
        day = fields.Date.to_date(self.accepted_on) or fields.Date.context_today(self)
        quote = quotes.filtered(lambda one: one.product_id == self.product_id and one.date_quoted <= day <= one.valid_until)[-1:]
        if not quote:
            return self.env._("no quotation that held then")
        if quote.currency_id != self.currency_id:
            return self.env._("the quotation is in another currency")
        return Compared(self.quantity, self._paid_like(quote), Decimal(str(quote.price)))

    def _paid_like(self, quote):
        """One block, with what the quotation includes: sheets whoever brings them, transport as estimated."""
        paid = Decimal(str(self.price_unit)) - Decimal(str(self.price_material))
        if quote.includes_sheets:
            paid += Decimal(str(self.price_material)) + self._hub_sheets_each()
        return paid + (self._transport_each() if quote.includes_delivery else 0)

    def _agreed_only(self):
        return self.filtered(lambda order: order.state in PLACED_STATES)
