from decimal import Decimal

from odoo import api, fields, models
from odoo.fields import NO_ACCESS

from ..pricing.told import Piece, may_tell
from ..pricing.value import Compared, value_of
from ..writers.report import Section


class WcmBuildReport(models.Model):
    """What it cost, in sums that tell nobody's price: see `pricing/told.py`."""

    _inherit = "wcm.build.report"

    told = fields.Json("Orders in its sums", readonly=True, groups=NO_ACCESS, help="{sum: {order id: [amount, maker id, region id]}}: what the next version is compared with.")

    @api.model
    def _section_cost(self, build, published, told):
        section = Section(self.env._("Cost"))
        orders = self._orders(build)
        if len(orders.currency_id) > 1:
            section.words.append(self.env._("Orders are in several currencies, so there is no sum of them."))
        else:
            self._add_price(section, orders, published, told)
            self._add_levy(section, orders, published, told)
            self._add_value(section, orders, published, told)
        section.words.append(self.env._(
            "Money is told as a sum of at least three organisations, and never so that the price of one could be worked out from this report, an earlier one, or what a coordinator knows anyway. Without VAT; sheets that the network supplied are not in it."
        ))
        return section

    @api.model
    def _pieces(self, amounts):
        """{order id: Piece} of {order: amount}"""
        return {order.id: Piece(order.partner_id.commercial_partner_id.id, order.region_id.id, Decimal(str(amount))) for order, amount in amounts.items()}

    @api.model
    def _tell(self, told, kind, pieces, published, beside=()):
        """Whether this sum may stand in the report; what is told is noted down.

        :param beside: sums of this report that it must not be compared with
        """
        before = [*beside, *(found for report in published if (found := report._told_sum(kind)))]
        if not may_tell(pieces, before, self._insiders(), self._least_makers()):
            return False
        told[kind] = {order: [str(piece.amount), piece.maker, piece.region] for order, piece in pieces.items()}
        return True

    def _told_sum(self, kind):
        """JSON has no whole numbers as keys."""
        found = (self.sudo().told or {}).get(kind) or {}
        return {int(order): Piece(maker, region, Decimal(amount)) for order, (amount, maker, region) in found.items()}

    @api.model
    def _least_makers(self):
        return self.env["wcm.price.reference"]._least_members()

    @api.model
    def _insiders(self):
        """The regions of each coordinator, who sees the prices there; managers see all prices anyway."""
        people = self.env.ref("wcm_network.group_coordinator").sudo().all_user_ids - self.env.ref("wcm_network.group_manager").sudo().all_user_ids
        regions = self.env["wcm.region"].sudo().search([("coordinator_ids", "in", people.ids)])
        return {frozenset(regions.filtered(lambda region, one=person: one in region.coordinator_ids).ids) for person in people}

    def _is_still_apart(self):
        """Beside reports that were published since, its sums tell no more than before."""
        others = self.search([("build_id", "=", self.build_id.id), ("published_on", "!=", False), ("id", "!=", self.id)])
        insiders, least = self._insiders(), self._least_makers()
        return all(
            may_tell(self._told_sum(kind), [found for report in others if (found := report._told_sum(kind))], insiders, least) for kind in self.told or {}
        )

    @api.model
    def _left_out(self, section, name):
        section.missing.append(self.env._("%s: left out, as it would tell what fewer than three organisations are paid.", name))
        return self.env._("left out: of too few organisations")

    @api.model
    def _add_price(self, section, orders, published, told):
        name = self.env._("Agreed price of all orders")
        pieces = self._pieces({order: order.price_total for order in orders})
        shown = self._tell(told, "price", pieces, published)
        value = sum(orders.mapped("price_total")) if shown else None
        section.figures.append(self._figure("agreed_price", name, value, kind="money", currency=orders.currency_id, note=self.env._("From the orders"), unknown="" if shown else self._left_out(section, name)))

    @api.model
    def _add_levy(self, section, orders, published, told):
        """On what was accepted so far: beside the price it would tell whose blocks are not."""
        name = self.env._("Levy to the network on what was accepted")
        rows = self.env["wcm.levy.entry"]._read_group([("work_order_id", "in", orders.ids)], ["work_order_id"], ["amount:sum", "levy:sum"])
        if not rows:
            section.missing.append(self.env._("%s: nothing is accepted yet, or the levy of it was not counted yet.", name))
            return
        pieces = self._pieces({order: amount for order, amount, _levy in rows})
        shown = self._tell(told, "levy", pieces, published, self._beside(told))
        value = sum(levy for _order, _amount, levy in rows) if shown else None
        section.figures.append(self._figure("levy", name, value, kind="money", currency=orders.currency_id, note=self.env._("Counted"), unknown="" if shown else self._left_out(section, name)))

    @api.model
    def _beside(self, told):
        return [{order: Piece(maker, region, Decimal(amount)) for order, (amount, maker, region) in told["price"].items()}] if "price" in told else []

    @api.model
    def _add_value(self, section, orders, published, told):
        """The share only, in whole percent; by references and quotations that hold without any reader's own knowledge."""
        references, quotes = orders._references(), self.env["wcm.price.quote"].sudo()._of(orders.product_id)
        compared = {
            "value_network": (self.env._("Against the network's reference prices"), {order: order._against_network(references, set()) for order in orders}),
            "value_quote": (self.env._("Against quoted alternatives"), {order: order._against_quote(quotes) for order in orders}),
        }
        for kind, (name, found) in compared.items():
            good = {order: said for order, said in found.items() if isinstance(said, Compared)}
            if not good:
                section.missing.append(self.env._("%s: none of its components has one.", name))
                continue
            self._add_value_row(section, kind, name, good, published, told)

    @api.model
    def _add_value_row(self, section, kind, name, good, published, told):
        pieces = self._pieces({order: order.price_total for order in good})
        shown = self._tell(told, kind, pieces, published, self._beside(told))
        share = value_of(good.values()).share if shown else None
        value = float(round(share, 2)) if share is not None else None
        figure = self._figure(kind, name, value, kind="percent", note=self.env._("Of %s blocks that can be compared", sum(said.quantity for said in good.values())), unknown="" if shown else self._left_out(section, name))
        if value is not None:
            figure["words"] = self.env._("%s %% less", f"{100 * value:.0f}") if value >= 0 else self.env._("%s %% more", f"{-100 * value:.0f}")
        section.figures.append(figure)
