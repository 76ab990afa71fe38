from odoo import models

from ..together import Together


class StockMove(models.Model):
    """Moves of documents that are made together."""

    _inherit = "stock.move"

    def _action_confirm(self, merge=True, merge_into=False, create_proc=True):
        together = Together.of(self.env)
        if not together:
            return super()._action_confirm(merge=merge, merge_into=merge_into, create_proc=create_proc)
        self._subcontract_together()
        self._assign_new_pickings()
        with together.gathering("to_produce") as details:
            moves = super()._action_confirm(merge=merge, merge_into=merge_into, create_proc=create_proc)
        self.env["stock.picking"]._produce_together(details)
        return moves

    def _subcontract_together(self):
        """Receipts from a vendor who makes the product come from its own location; Odoo then finds them done."""
        groups = {}
        for move in self.filtered(lambda move: move._is_to_subcontract()):
            company = move.company_id
            location = move.picking_id.partner_id.with_company(company).property_stock_subcontractor or company.subcontracting_location_id
            groups[location] = groups.get(location, self.browse()) | move
        for location, moves in groups.items():
            moves.write({"is_subcontract": True, "location_id": location.id})
            moves._action_assign()

    def _is_to_subcontract(self):
        from_vendor = self.location_id.usage == "supplier" and self.location_dest_id.usage != "supplier"
        return from_vendor and not self.move_orig_ids.production_id and self._get_subcontract_bom()

    def _awaits_first_production(self):
        return not self.move_orig_ids.production_id and self.product_uom.compare(self.product_qty or self.quantity, 0) > 0

    def _assign_new_pickings(self):
        """Transfers for moves that no transfer is there for yet; all others are left to Odoo."""
        moves = self.filtered(lambda move: move.state == "draft" and move.reference_ids and move._should_be_assigned())
        moves = moves.filtered(lambda move: move.product_uom.compare(move.product_uom_qty, 0) >= 0)
        pickings = self.env["stock.picking"]
        if not moves or pickings.search_count([("move_ids.reference_ids", "in", moves.reference_ids.ids), ("picking_type_id", "in", moves.picking_type_id.ids)], limit=1):
            return
        groups = list(moves.grouped(lambda move: move._key_assign_picking()).values())
        for types in moves.picking_type_id:
            types.sequence_id._draw_together(sum(group.picking_type_id == types for group in groups))
        pickings = pickings.create([group._get_new_picking_values() for group in groups])
        for group, picking in zip(groups, pickings, strict=True):
            group.write({"picking_id": picking.id})
            group._assign_picking_post_process(new=True)

    def _action_assign(self, force_qty=False):
        together = Together.of(self.env)
        if not together or together.to_reserve is not None:
            return super()._action_assign(force_qty=force_qty)
        together.quants.clear()
        with together.gathering("to_reserve") as values:
            result = super()._action_assign(force_qty=force_qty)
        if values:
            lines = self.env["stock.move.line"].with_context(wcm_is_reserved=together).create(values)
            self.picking_id._check_entire_pack()
            lines._apply_putaway_strategy()
        return result

    def _update_reserved_quantity(self, need, location_id, lot_id=None, package_id=None, owner_id=None, strict=True):
        """The quants are reserved at once, so that the next move finds what is left; the lines are made together."""
        together = Together.of(self.env)
        if not together or together.to_reserve is None:
            return super()._update_reserved_quantity(need, location_id, lot_id, package_id, owner_id, strict)
        values, taken = self._update_reserved_quantity_vals(need, location_id, lot_id, package_id, owner_id, strict)
        for line in values:
            self._reserve_on_quant(line)
        together.to_reserve.extend(values)
        return taken

    def _reserve_on_quant(self, line):
        location = self.env["stock.location"].browse(line["location_id"])
        lot, package, owner = (self.env[model].browse(line.get(name) or ()) for model, name in (
            ("stock.lot", "lot_id"), ("stock.package", "package_id"), ("res.partner", "owner_id"),
        ))
        quantity = self.product_uom.browse(line["product_uom_id"])._compute_quantity(line["quantity"], self.product_id.uom_id, rounding_method="HALF-UP")
        self.env["stock.quant"]._update_reserved_quantity(self.product_id, location, quantity, lot_id=lot, package_id=package, owner_id=owner)

    def _update_orderpoints(self):
        return super(StockMove, self._watched())._update_orderpoints()

    def _trigger_scheduler(self):
        return super(StockMove, self._watched())._trigger_scheduler()

    def _watched(self):
        """Those of products that some rule of replenishment watches."""
        together = Together.of(self.env)
        return self.filtered(lambda move: move.product_id.id in together.has_orderpoint) if together else self
