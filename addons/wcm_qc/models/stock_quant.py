from odoo import api, models
from odoo.fields import Domain


class StockQuant(models.Model):
    _inherit = "stock.quant"

    def _get_gather_domain(self, product_id, location_id, lot_id=None, package_id=None, owner_id=None, strict=False):
        """Nobody is offered a held lot. Strict searches name a quant that is there, and have to find it."""
        domain = super()._get_gather_domain(product_id, location_id, lot_id, package_id, owner_id, strict)
        held = self._held_lots(product_id) if not strict else None
        return domain & (Domain("lot_id", "=", False) | Domain("lot_id", "not in", held.ids)) if held else domain

    def _get_reserve_quantity(self, product_id, location_id, quantity, uom_id=None, lot_id=None, package_id=None, owner_id=None, strict=False):
        """A chained move asks strictly for the lot that the move before it brought; held, it waits."""
        if lot_id and (lot_id._recall_obstacle() or lot_id.sudo().wcm_part_ids.filtered("is_held")):
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
        lots._check_may_move_to(self.env["stock.location"].browse(vals.get("location_id")))

    def _held_lots(self, product):
        held = self.env["wcm.part"].sudo().search([("product_id", "=", product.id), ("is_held", "=", True)])
        return held.lot_id | self.env["stock.lot"].sudo().browse(self.env["wcm.recall"]._held_sheets())
