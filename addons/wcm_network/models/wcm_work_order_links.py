from odoo import models


class WcmWorkOrder(models.Model):
    """The way from an order to the native documents that carry it out."""

    _inherit = "wcm.work.order"

    def action_open_parts(self):
        return self._open_records("wcm.part", self.env._("Parts"), [("work_order_id", "in", self.ids)])

    def action_open_purchase(self):
        return self._open_records("purchase.order", self.env._("Purchase orders"), [("id", "in", self.purchase_id.ids)])

    def action_open_productions(self):
        return self._open_records("mrp.production", self.env._("Manufacturing orders"), [("wcm_work_order_id", "in", self.ids)])

    def action_open_receipts(self):
        return self._open_records("stock.picking", self.env._("Receipts"), [("id", "in", self.purchase_line_id.move_ids.picking_id.ids)])

    def action_open_material(self):
        return self._open_records("stock.picking", self.env._("Material from the hub"), [("id", "in", self._resupply_pickings().ids)])

    def _resupply_pickings(self):
        """Transfers of sheet material to the member for these orders."""
        members = self.membership_id.subcontract_location_id
        sent = self.env["stock.move"].search([("wcm_work_order_id", "in", self.ids), ("location_dest_id", "in", members.ids), ("production_id", "=", False), ("origin_returned_move_id", "=", False)])
        return (self.production_ids.move_raw_ids.move_orig_ids | sent).picking_id

    def _open_records(self, model, name, domain):
        """The one record, or a list of them."""
        self._check_coordinator()
        records = self.env[model].search(domain)
        single = {"view_mode": "form", "res_id": records.id} if len(records) == 1 else {}
        return {"type": "ir.actions.act_window", "name": name, "res_model": model, "domain": domain, "view_mode": "list,form", **single}
