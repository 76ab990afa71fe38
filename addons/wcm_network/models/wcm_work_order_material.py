from odoo import models

from .mrp_bom_sheets import TOLERANCE


class WcmWorkOrder(models.Model):
    """Material at the member: there and on its way is what is still to be made needs."""

    _inherit = "wcm.work.order"

    def _send_missing_material(self):
        """Ask the hub for what open manufacturing orders lack, for example because sheets were spoiled."""
        procurements = [
            self.env["stock.rule"].Procurement(
                move.product_id, quantity, move.product_uom, move.location_id, move.reference, move.origin, move.company_id,
                {**move._prepare_procurement_values(), "wcm_work_order_id": order.id},
            )
            for order in self
            for move, quantity in order._material_missing()
            if order._is_supplied(move.product_id)
        ]
        if procurements:
            self.env["stock.rule"].run(procurements)

    def _material_missing(self):
        """[(move of an open manufacturing order, how much nobody has sent for it)]: never more than the member lacks in all."""
        missing, short = [], self._material_short()
        for move in self.production_ids.move_raw_ids.filtered(lambda move: move.state not in ("done", "cancel") and not move.restrict_partner_id):
            own = move.product_uom_qty - move.quantity - sum(move.move_orig_ids.filtered(lambda one: one.state not in ("done", "cancel")).mapped("product_uom_qty"))
            quantity = min(own, short.get((move.location_id, move.product_id), 0.0))
            if quantity > TOLERANCE:
                short[move.location_id, move.product_id] -= quantity
                missing.append((move, move.product_uom.round(quantity)))
        return missing

    def _material_short(self):
        """{(location of a member, product): needed by all its open manufacturing orders, less what is there and on its way}

        Of the network's sheets only: what a member buys is its own.
        """
        raw = self.production_ids.move_raw_ids.filtered(lambda move: move.product_id.tracking == "lot" and not move.restrict_partner_id)
        places, products = raw.location_id.ids, raw.product_id.ids
        is_open = [("product_id", "in", products), ("state", "not in", ("draft", "done", "cancel")), ("restrict_partner_id", "=", False)]
        needed = [("raw_material_production_id", "!=", False), ("location_id", "in", places), *is_open]
        coming = [("location_dest_id", "in", places), ("location_id", "not in", places), *is_open]
        there = [("location_id", "in", places), ("product_id", "in", products), ("owner_id", "=", False), ("lot_id", "not in", list(self.env["wcm.recall"]._held_sheets()))]
        short = dict(self._summed("stock.move", needed, "location_id", "product_qty"))
        supply = self._summed("stock.quant", there, "location_id", "quantity") + self._summed("stock.move", coming, "location_dest_id", "product_qty")
        for key, quantity in supply:
            short[key] = short.get(key, 0.0) - quantity
        return short

    def _summed(self, model, domain, place, measure):
        """[((location, product), sum)]"""
        groups = self.env[model].sudo()._read_group(domain, [place, "product_id"], [f"{measure}:sum"])
        return [((location, product), quantity) for location, product, quantity in groups]
