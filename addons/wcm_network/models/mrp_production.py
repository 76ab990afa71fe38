from odoo import fields, models


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    wcm_work_order_id = fields.Many2one("wcm.work.order", "Distributed work order", index="btree_not_null", copy=True)

    def _get_moves_raw_values(self):
        """One move for each material of a distributed work order.

        Odoo makes one for each line of the parts list: some twenty moves of the same
        sheet for a block, and as many again to bring the sheets to the member.
        """
        return [self._summed(group) for group in self._grouped_materials(super()._get_moves_raw_values())]

    def _grouped_materials(self, values_list):
        """Lists of values that go into one move; of other manufacturing orders, each on its own."""
        groups = {}
        for position, values in enumerate(values_list):
            production = self.browse(values["raw_material_production_id"])
            own = production.wcm_work_order_id and (production.id, values["product_id"], values["product_uom"], values["operation_id"])
            groups.setdefault(own or position, []).append(values)
        return groups.values()

    def _summed(self, group):
        """Sheets that the member buys are its own, and taken from its own only."""
        order = self.browse(group[0]["raw_material_production_id"]).wcm_work_order_id
        is_sheet = order and self.env["product.product"].browse(group[0]["product_id"]).tracking == "lot"
        owner = {"restrict_partner_id": order._sheet_owner().id} if is_sheet and order._sheet_owner() else {}
        return {**group[0], "product_uom_qty": sum(values["product_uom_qty"] for values in group), **owner}
