from odoo import models
from odoo.exceptions import UserError

SCRAPPABLE = ("made", "packed", "dispatched", "received")


class WcmPart(models.Model):
    """Spoiled, lost or scrapped: the block and the sheets that were cut for it leave Odoo's stock at once."""

    _inherit = "wcm.part"

    def action_scrap(self, reason=None):
        """A coordinator says that these blocks are of no use, or never arrived. Before they arrived they are still owed."""
        self._check_coordinator()
        parts = self.sudo()
        reason = parts.work_order_id._required_text(reason, self.env._("Say what happened to the blocks: their history keeps it."))
        for part in parts.filtered(lambda part: part.state not in SCRAPPABLE):
            raise UserError(self.env._(
                "%(part)s is “%(state)s”. Only blocks that are made, packed, on their way or received can be scrapped.",
                part=part.name, state=part._state_label(),
            ))
        parts._scrap(reason)
        return True

    def _scrap(self, reason):
        """Out of stock where there is stock, and told to whoever has to place the quantity again."""
        shipments = self.shipment_id
        self._scrap_sheets(reason)
        self._scrap_blocks()
        self.filtered(lambda part: part.state == "packed").write({"shipment_id": False, "is_loaded": False})
        self.filtered("is_returned")._owe_another()
        self.write({"state": "scrapped", "is_returned": False})
        self._log("destroying", note=reason, data={}, is_public=False)
        for order, parts in self.grouped("work_order_id").items():
            order.message_post(body=self.env._("%(part)s was scrapped: %(reason)s", part=", ".join(parts.mapped("name")), reason=reason))
        self.work_order_id._sync_state_with_parts()
        shipments._close_when_all_came()

    def _scrap_blocks(self):
        quants = self.lot_id.quant_ids.filtered(lambda quant: quant.location_id.usage == "internal" and quant.quantity > 0)
        quants._unreserve_blocks()
        names = {part.lot_id: part.name for part in self}
        self.env["stock.scrap"].create([
            {
                "product_id": quant.product_id.id, "lot_id": quant.lot_id.id, "scrap_qty": quant.quantity, "location_id": quant.location_id.id,
                "origin": names[quant.lot_id], "package_id": quant.package_id.id, "owner_id": quant.owner_id.id, "company_id": quant.company_id.id,
            }
            for quant in quants
        ]).do_scrap()

    def _scrap_sheets(self, reason=False):
        """What was cut for blocks that never arrive; of those that arrived, Odoo's manufacturing order has taken it."""
        used = [(part, lot, sheets) for part in self._with_sheets_in_stock() for lot, sheets in part._sheet_use()]
        waiting = self._unreserve_sheets(self.env["stock.lot"].union(*(lot for _part, lot, _sheets in used)))
        scraps = self.env["stock.scrap"].create([part._sheet_scrap_values(lot, sheets) for part, lot, sheets in used])
        scraps.do_scrap()
        for scrap in scraps:
            scrap.message_post(body=reason or "")
        own = waiting.filtered(lambda move: move.raw_material_production_id.wcm_work_order_id in self.work_order_id)
        (waiting - own)._action_assign()
        own._action_assign()

    def _with_sheets_in_stock(self):
        """Sheets leave stock when the block arrives, or here."""
        return self.filtered(lambda part: part.sheet_usage and not part.is_returned and part.state not in ("received", "installed"))

    def _sheet_scrap_values(self, lot, sheets):
        location = self.work_order_id._subcontract_location()
        return {
            "product_id": lot.product_id.id, "lot_id": lot.id, "scrap_qty": sheets, "location_id": location.id,
            "origin": self.name, "owner_id": self.work_order_id._sheet_owner().id, "company_id": location.company_id.id or self.lot_id.company_id.id,
        }

    def _unreserve_sheets(self, lots):
        """Odoo takes scrapped stock from whatever reserved it and forgets where that was to come from; so nothing has it reserved.

        :return: the moves to reserve again
        """
        waiting = self.env["stock.move.line"].search([
            ("lot_id", "in", lots.ids), ("location_id", "child_of", self.membership_id.subcontract_location_id.ids),
            ("state", "not in", ("done", "cancel")), ("move_id.raw_material_production_id", "!=", False),
        ]).move_id
        waiting._do_unreserve()
        return waiting
