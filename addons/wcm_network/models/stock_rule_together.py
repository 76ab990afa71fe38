from odoo import models

from ..together import Together


class StockRule(models.Model):
    """Rules of documents that are made together: each is looked up once."""

    _inherit = "stock.rule"

    def _get_rule(self, product_id, location_id, values):
        together = Together.of(self.env)
        if not together:
            return super()._get_rule(product_id, location_id, values)
        named = (values.get(name) or self.browse() for name in ("warehouse_id", "route_ids", "packaging_uom_id", "company_id"))
        key = (product_id.id, location_id.id, "warehouse_id" in values, *(record._ids for record in named), self.env.su, self.env.uid)
        if key not in together.rules:
            together.rules[key] = super()._get_rule(product_id, location_id, values).id
        return self.browse(together.rules[key] or ())

    def _search_rule(self, route_ids, packaging_uom_id, product_id, warehouse_id, domain):
        together = Together.of(self.env)
        if not together:
            return super()._search_rule(route_ids, packaging_uom_id, product_id, warehouse_id, domain)
        records = (route_ids or (), packaging_uom_id or (), product_id, warehouse_id or ())
        key = (*(getattr(record, "_ids", ()) for record in records), repr(domain), self.env.su, self.env.uid)
        if key not in together.rules:
            together.rules[key] = super()._search_rule(route_ids, packaging_uom_id, product_id, warehouse_id, domain).id
        return self.browse(together.rules[key] or ())

    def _notify_responsible(self, procurement):
        """Of several purchase orders, only the one that the material is for."""
        if not Together.of(self.env):
            return super()._notify_responsible(procurement)
        orders = procurement.values["move_dest_ids"].raw_material_production_id.wcm_work_order_id.purchase_id
        return super(StockRule, self.with_context(po_to_notify=orders))._notify_responsible(procurement)
