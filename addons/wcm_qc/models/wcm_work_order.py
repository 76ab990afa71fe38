from odoo import fields, models


class WcmWorkOrder(models.Model):
    _inherit = "wcm.work.order"

    sample_ids = fields.One2many("wcm.sample", "work_order_id", "Samples", readonly=True)
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

    def write(self, vals):
        """Checks in process open as the work begins."""
        begun = self.filtered(lambda order: order.state != "in_production") if vals.get("state") == "in_production" else self.browse()
        result = super().write(vals)
        begun.sudo().part_ids.filtered(lambda part: part.state == "to_make")._open_stage("in_process")
        return result

    def action_view_inspections(self):
        return self.part_ids._quality_action("wcm_qc.action_inspection", [("work_order_id", "in", self.ids)])

    def action_view_nonconformities(self):
        return self.part_ids._quality_action("wcm_qc.action_nonconformity", [("work_order_id", "in", self.ids)])

    def _bench_plan(self):
        """{points, hold}: what will be checked on a block of this order once it is made."""
        return self._plan_for("final")._bench_values()

    def _bench_stage_plans(self):
        """{stage: {points, hold}} of the checks before and after that."""
        plans = {stage: self._plan_for(stage) for stage in ("in_process", "dispatch")}
        return {stage: plan._bench_values() for stage, plan in plans.items() if plan}

    def _plan_for(self, stage):
        """By the revision that was agreed."""
        return self.env["wcm.control.plan"]._find_for(self.product_id, stage, self.design_revision)
