from dataclasses import dataclass

from odoo import models


@dataclass(frozen=True)
class Facts:
    """What stock and history say of the orders that are compared, asked once for all.

    :ivar journeys: {part id: "receiving" or "returning"}, whichever was last
    :ivar blocks: {lot: {internal location: blocks}}
    :ivar scrapped: serial numbers of blocks whose sheets were taken out of stock apart
    :ivar missing: {order: [(move of a manufacturing order, sheets that nobody has sent for it)]}
    :ivar sending: {order: moves that are to bring it sheets}
    :ivar negative: {location: [(lot, sheets below zero)]}
    """

    journeys: dict
    blocks: dict
    scrapped: set
    missing: dict
    sending: dict
    negative: dict

    def arrived(self, parts):
        return parts.filtered(lambda part: self.journeys.get(part.id) == "receiving")

    def astray(self, part, site, member):
        """What stock contradicts: not_there, elsewhere, scrapped or nothing."""
        places = self.blocks.get(part.lot_id, {})
        if part.state == "scrapped":
            return "scrapped" if places else None
        should = {"received": site}.get(part.state, member if part.is_returned else site.browse())
        if should and places.get(should) != 1:
            return "not_there"
        return "elsewhere" if part.state != "installed" and set(places) - {should} else None


class WcmWorkOrder(models.Model):
    """Facts for the comparison in wcm_work_order_check.py."""

    _inherit = "wcm.work.order"

    def _facts(self):
        return Facts(
            journeys=self.part_ids._last_journeys(), blocks=self._blocks_in_stock(), scrapped=self._scrapped_apart(),
            missing=self._by_order(self._material_missing()), sending=self._sending(), negative=self._negative_sheets(),
        )

    def _blocks_in_stock(self):
        groups = self.env["stock.quant"]._read_group(
            [("lot_id", "in", self.part_ids.lot_id.ids), ("location_id.usage", "in", ("internal", "transit"))], ["lot_id", "location_id"], ["quantity:sum"],
        )
        blocks = {}
        for lot, location, quantity in groups:
            if quantity:
                blocks.setdefault(lot, {})[location] = quantity
        return blocks

    def _scrapped_apart(self):
        parts = self.part_ids.filtered(lambda part: part.state == "scrapped" and part.sheet_usage)
        products = parts.sheet_lot_ids.product_id
        scraps = self.env["stock.scrap"].search([("origin", "in", parts.mapped("name")), ("product_id", "in", products.ids), ("state", "=", "done")])
        return set(scraps.mapped("origin"))

    def _by_order(self, missing):
        by_order = {}
        for move, quantity in missing:
            order = move.raw_material_production_id.wcm_work_order_id
            if order._is_supplied(move.product_id):
                by_order.setdefault(order, []).append((move, quantity))
        return by_order

    def _sending(self):
        stamped = self.env["stock.move"].search([
            ("wcm_work_order_id", "in", self.ids), ("state", "not in", ("done", "cancel")), ("purchase_line_id", "=", False),
            ("location_dest_id", "in", self.membership_id.subcontract_location_id.ids), ("production_id", "=", False),
        ])
        sending = dict(stamped.grouped("wcm_work_order_id"))
        for order in self:
            origins = order.production_ids.move_raw_ids.move_orig_ids.filtered(lambda move: move.state not in ("done", "cancel"))
            sending[order] = sending.get(order, stamped.browse()) | origins
        return sending

    def _negative_sheets(self):
        groups = self.env["stock.quant"]._read_group(
            [("location_id", "in", self.membership_id.subcontract_location_id.ids), ("lot_id", "!=", False)],
            ["location_id", "lot_id", "owner_id"], ["quantity:sum"], having=[("quantity:sum", "<", 0)],
        )
        negative = {}
        for location, lot, _owner, quantity in groups:
            negative.setdefault(location, []).append((lot, quantity))
        return negative
