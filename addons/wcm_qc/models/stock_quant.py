from odoo import api, models
from odoo.fields import Domain


class StockQuant(models.Model):
    _inherit = "stock.quant"

    def _get_gather_domain(self, product_id, location_id, lot_id=None, package_id=None, owner_id=None, strict=False):
        """Nobody is offered a held lot. Strict searches name a quant that is there, and have to find it."""
        domain = super()._get_gather_domain(product_id, location_id, lot_id, package_id, owner_id, strict)
        held = self._held_lots(product_id) | self._unchecked_lots(product_id, location_id) if not strict else None
        return domain & (Domain("lot_id", "=", False) | Domain("lot_id", "not in", held.ids)) if held else domain

    def _get_reserve_quantity(self, product_id, location_id, quantity, uom_id=None, lot_id=None, package_id=None, owner_id=None, strict=False):
        """A chained move asks strictly for the lot that the move before it brought; held, it waits."""
        if lot_id and (lot_id._obstacle_at(location_id) or lot_id.sudo().wcm_part_ids.filtered("is_held")):
            return []
        return super()._get_reserve_quantity(
            product_id, location_id, quantity, uom_id=uom_id, lot_id=lot_id, package_id=package_id, owner_id=owner_id, strict=strict
        )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_direct_change(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Stock users may write quants over RPC, past every move."""
        self._check_direct_change(vals)
        return super().write(vals)

    def _check_direct_change(self, vals):
        if self.env.su or {"quantity", "location_id", "lot_id", "product_id"}.isdisjoint(vals):
            return
        lots = self.lot_id | self.env["stock.lot"].browse(vals.get("lot_id"))
        destination = self.env["stock.location"].browse(vals.get("location_id"))
        lots._check_may_move_to(destination)
        for place in self.location_id | (destination if "quantity" in vals else destination.browse()):
            lots._check_may_leave(place, destination)

    def _unchecked_lots(self, product, location):
        """Lots of material that wait for their incoming check where they stand."""
        lots = self.env["stock.lot"].sudo()
        if product.tracking != "lot" or not self.env["wcm.control.plan"]._has_incoming():
            return lots
        groups = self.sudo()._read_group(
            [("product_id", "=", product.id), ("location_id", "child_of", location.id), ("lot_id", "!=", False), ("quantity", ">", 0)], ["lot_id", "location_id"],
        )
        return lots.union(*(lot for lot, place in groups if lot._incoming_obstacle(place)))

    def _held_lots(self, product):
        held = self.env["wcm.part"].sudo().search([("product_id", "=", product.id), ("is_held", "=", True)])
        return held.lot_id | self.env["stock.lot"].sudo().browse(self.env["wcm.recall"]._held_sheets())
