from odoo import models

from .mrp_bom_sheets import TOLERANCE


class WcmWorkOrder(models.Model):
    """Sheets: what was cut is what left stock, and what is sent is what is still needed."""

    _inherit = "wcm.work.order"

    def _check_sheets(self, facts):
        kept = self._scrap_with_sheets(facts).mapped("name")
        yield "sheets_of_scrap", kept, self.env._("Scrapped, and the sheets that were cut are still in stock: %(parts)s.", parts=", ".join(kept))
        wrong = self._parts_of_other_sheets(facts).mapped("name")
        yield "used", wrong, self.env._("Their manufacturing orders took other sheets than their maker recorded: %(parts)s.", parts=", ".join(wrong))
        for move, quantity in facts.missing.get(self, ()):
            yield "material_missing", True, self.env._("%(sheets).4g × %(product)s are missing for what is still to be made, and nobody is sending them.", sheets=quantity, product=move.product_id.display_name)
        for move, quantity in self._supplies_over(facts.sending[self]):
            yield "material_over", True, self.env._("%(picking)s is to bring %(sheets).4g × %(product)s more than is still needed.", picking=move.picking_id.name, sheets=quantity, product=move.product_id.display_name)
        for lot, quantity in facts.negative.get(self._subcontract_location(), ()):
            yield "negative", lot.product_id in self._open_productions().move_raw_ids.product_id, self.env._("Odoo's stock of %(lot)s at the member is %(sheets).4g.", lot=lot.name, sheets=quantity)

    def _scrap_with_sheets(self, facts):
        """Scrapped before they arrived; of those that arrived, the manufacturing order has taken the sheets."""
        return self.part_ids.filtered(
            lambda part: part.state == "scrapped" and part.sheet_usage and part.id not in facts.journeys and part.name not in facts.scrapped
        )

    def _parts_of_other_sheets(self, facts):
        done = {production.lot_producing_ids[:1]: production for production in self.production_ids if production.state == "done"}
        recorded = facts.arrived(self.part_ids).filtered(lambda part: part.sheet_usage and part.lot_id in done)
        return recorded.filtered(lambda part: part._used_otherwise(done[part.lot_id].move_raw_ids))

    def _supplies_over(self, sending):
        """[(open transfer of sheets, how much of it is not needed any more)], the last ones first."""
        over, needed = [], {}
        for move in self._open_productions().move_raw_ids:
            needed[move.product_id] = needed.get(move.product_id, 0.0) + move.product_uom_qty - move.quantity
        for move in sending.sorted("id"):
            too_many = move.product_uom_qty - max(0.0, needed.get(move.product_id, 0.0))
            needed[move.product_id] = needed.get(move.product_id, 0.0) - move.product_uom_qty
            if too_many > TOLERANCE:
                over.append((move, move.product_uom.round(too_many)))
        return over
