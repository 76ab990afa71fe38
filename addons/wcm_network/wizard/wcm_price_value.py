from collections import defaultdict
from decimal import Decimal

from odoo import api, fields, models

from ..models.wcm_build_line import PLACED_STATES
from ..pricing.reference import Group, disclose, rounded
from ..pricing.value import Compared, value_of


class WcmPriceValue(models.TransientModel):
    """Value for money of the whole programme.

    Orders that the reader sees are exact. Of others there are sums by region, of k members or more, of what was agreed
    before this month, in two figures; nothing can be filtered, so nothing can be subtracted.
    """

    _name = "wcm.price.value"
    _description = "Value for money"

    value = fields.Json("Value for money", compute="_compute_value")
    components = fields.Json("By component", compute="_compute_value")
    others = fields.Json("Other regions", compute="_compute_value")

    def _compute_display_name(self):
        self.display_name = self.env._("Value for money")

    @api.depends_context("uid")
    def _compute_value(self):
        own = self.env["wcm.work.order"].search([("state", "in", PLACED_STATES)])
        compared = own._compared()
        for page in self:
            page.value = own and own._value_table(compared)
            page.components = own and self._by_component(own, compared)
            page.others = self._others(own)

    @api.model
    def _open(self):
        return {
            "type": "ir.actions.act_window", "name": self.env._("Value for money"), "res_model": self._name, "res_id": self.create({}).id,
            "views": [(False, "form")], "target": "current",
        }

    def _by_component(self, orders, compared):
        """The reader's own orders, a row for each component and kind of reference; the dearest beside it first."""
        tables = {product: found._value_table(compared)["rows"] for product, found in orders.grouped("product_id").items()}
        rows = [{**row, "name": f"{product.sudo().display_name}: {row['name']}"} for product, found in tables.items() for row in found]
        return {"currency_id": orders.currency_id[:1].id, "rows": sorted(rows, key=lambda row: row["saved"]), "missing": []}

    def _others(self, own):
        """Sums of regions whose orders the reader does not see; against the network's reference alone."""
        groups = self._groups_of_others(own)
        least = self.env["wcm.price.reference"]._least_members()
        told = disclose(groups, least)
        rows = [self._row_of_others(name, group) for name, group in sorted(told.shown.items())]
        rows += [self._row_of_others(self.env._("Other regions together"), told.rest)] if told.rest else []
        missing = [] if told.complete else [self.env._("Of some regions nothing is told: fewer than %s members.", least)]
        return {"currency_id": own.currency_id[:1].id or self.env.company.currency_id.id, "rows": rows, "missing": missing} if groups else False

    def _groups_of_others(self, own):
        month, known = fields.Date.context_today(self).replace(day=1), own._known_members()
        domain = [("state", "in", PLACED_STATES), ("accepted_on", "<", month), ("id", "not in", own.ids)]
        orders = self.env["wcm.work.order"].sudo().search(domain)
        references, found = orders._references(), defaultdict(list)
        for order in orders:
            compared = order._against_network(references, known)
            if isinstance(compared, Compared):
                found[order.region_id.name].append(({order.membership_id.id} - known, compared))
        return {name: self._group(rows) for name, rows in found.items()}

    @api.model
    def _group(self, rows):
        """Members whose prices the reader knows anyway hide nobody, so they are not counted."""
        value = value_of(compared for _members, compared in rows)
        return Group(frozenset().union(*(members for members, _compared in rows)), value.paid, value.reference)

    @api.model
    def _row_of_others(self, name, group):
        paid, reference = rounded(group.paid), rounded(group.reference)
        share = (reference - paid) / reference if reference else Decimal(0)
        return {"kind": "network", "name": name, "paid": float(paid), "reference": float(reference), "saved": float(reference - paid), "share": float(share), "blocks": False}
