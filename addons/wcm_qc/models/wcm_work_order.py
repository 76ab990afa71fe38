from odoo import fields, models


class WcmWorkOrder(models.Model):
    _inherit = "wcm.work.order"

    inspection_count = fields.Integer("Inspections", compute="_compute_quality_counts")
    nonconformity_count = fields.Integer("Open nonconformities", compute="_compute_quality_counts")

    def _compute_quality_counts(self):
        inspections = dict(self.env["wcm.inspection"]._read_group([("work_order_id", "in", self.ids)], ["work_order_id"], ["__count"]))
        nonconformities = dict(self.env["wcm.nonconformity"]._read_group(
            [("work_order_id", "in", self.ids), ("is_active", "=", True)], ["work_order_id"], ["__count"]
        ))
        for order in self:
            order.inspection_count = inspections.get(order, 0)
            order.nonconformity_count = nonconformities.get(order, 0)

    def action_view_inspections(self):
        return self.part_ids._quality_action("wcm_qc.action_inspection", [("work_order_id", "in", self.ids)])

    def action_view_nonconformities(self):
        return self.part_ids._quality_action("wcm_qc.action_nonconformity", [("work_order_id", "in", self.ids)])

    def _bench_plan(self):
        """{points, hold}: what will be checked on a block of this order once it is made."""
        plan = self.env["wcm.control.plan"]._find_for(self.product_id, "final")
        lines = self.env["wcm.inspection.line"]
        points = [lines.new(checkpoint._frozen_values())._bench_values() for checkpoint in plan.checkpoint_ids]
        return {"points": points, "hold": plan.has_hold_point}
