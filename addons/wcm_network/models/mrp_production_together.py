from odoo import models

from ..together import Together


class MrpProduction(models.Model):
    """Manufacturing orders that are made together: their numbers and their moves are written at once."""

    _inherit = "mrp.production"

    def action_assign(self):
        """Sheets that their maker recorded are booked as they are; reserving others first would be undone at once."""
        together = Together.of(self.env)
        if together and together.recorded:
            self = self.filtered(lambda one: one.lot_producing_ids[:1].id not in together.recorded)
        return super().action_assign()

    def _number_together(self, vals_list):
        """Names and groups, which `create` would make for each."""
        todo = [vals for vals in vals_list if not vals.get("name") and vals.get("picking_type_id")]
        for picking_type in self.env["stock.picking.type"].browse({vals["picking_type_id"] for vals in todo}):
            own = [vals for vals in todo if vals["picking_type_id"] == picking_type.id]
            picking_type.sequence_id._draw_together(len(own))
            for vals in own:
                vals["name"] = picking_type.sequence_id.next_by_id()
        groups = self.env["mrp.production.group"].create([{"name": vals["name"]} for vals in todo])
        for vals, group in zip(todo, groups, strict=True):
            vals.setdefault("production_group_id", group.id)

    def _compute_move_raw_ids(self):
        fresh = self._without_moves("move_raw_ids")
        super(MrpProduction, self - fresh)._compute_move_raw_ids()
        self.env["stock.move"].create(fresh._get_moves_raw_values())

    def _compute_move_finished_ids(self):
        fresh = self._without_moves("move_finished_ids")
        super(MrpProduction, self - fresh)._compute_move_finished_ids()
        self.env["stock.move"].create([values for production in fresh for values in production._get_moves_finished_values()])

    def _without_moves(self, name):
        """New ones whose moves can be made in one go."""
        if not Together.of(self.env) or self.env.context.get("skip_compute_move_raw_ids") or self.env.context.get("ignore_mo_ids"):
            return self.browse()
        return self.filtered(lambda one: one.id and one.state == "draft" and one.bom_id and one.product_id and one.product_qty > 0 and not one[name])
