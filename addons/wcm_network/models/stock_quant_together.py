from odoo import models

from ..together import Together


class StockQuant(models.Model):
    """Stock of what is reserved together: found once, as nothing is moved meanwhile."""

    _inherit = "stock.quant"

    def _gather(self, product_id, location_id, lot_id=None, package_id=None, owner_id=None, strict=False, qty=0):
        """Kept while lines are gathered: reserving changes what is free of these, not which and in which order they are."""
        together = Together.of(self.env)
        if not together or together.to_reserve is None or self._get_removal_strategy(product_id, location_id) == "least_packages":
            return super()._gather(product_id, location_id, lot_id=lot_id, package_id=package_id, owner_id=owner_id, strict=strict, qty=qty)
        key = (product_id.id, location_id.id, *(record and record.id for record in (lot_id, package_id, owner_id)), strict, self.env.context.get("wcm_unowned"), self.env.su, self.env.uid)
        if key not in together.quants:
            found = super()._gather(product_id, location_id, lot_id=lot_id, package_id=package_id, owner_id=owner_id, strict=strict, qty=qty)
            together.quants[key] = found._ids
        return self.browse(together.quants[key])

    def _update_reserved_quantity(self, product_id, location_id, quantity, lot_id=None, package_id=None, owner_id=None, strict=True):
        if isinstance(self.env.context.get("wcm_is_reserved"), Together):
            return None
        return super()._update_reserved_quantity(product_id, location_id, quantity, lot_id=lot_id, package_id=package_id, owner_id=owner_id, strict=strict)
