from odoo import api, fields, models


class WcmControlPlan(models.Model):
    """Who is invited to its witness points, and how long before one goes on without them.

    Who is invited changes while a plan is in force, as people do; what notice they get is part of the plan.
    """

    _inherit = "wcm.control.plan"

    witness_ids = fields.Many2many(
        "res.partner", "wcm_control_plan_witness_rel", "plan_id", "partner_id", "Invited as witnesses",
        help="For example an insurer's inspector. Those of the home and the quality leads are invited as well, by e-mail.",
    )
    witness_hours = fields.Integer("Notice to witnesses (hours)", default=24, required=True, help="A block goes on without the witness once this has run out.")
    has_witness_point = fields.Boolean("Witness point", compute="_compute_has_witness_point", store=True)

    _witness_hours_range = models.Constraint("CHECK (witness_hours BETWEEN 1 AND 720)", "Give witnesses notice of 1 to 720 hours.")

    @api.depends("checkpoint_ids.point_type")
    def _compute_has_witness_point(self):
        for plan in self:
            plan.has_witness_point = "witness" in plan.checkpoint_ids.mapped("point_type")

    def write(self, vals):
        if "witness_ids" in vals:
            self._check_quality_lead()
        return super().write(vals)

    @api.model
    def _frozen_fields(self):
        return super()._frozen_fields() | {"witness_hours"}

    def _bench_values(self):
        return {**super()._bench_values(), "witness": any(plan.has_witness_point for plan in self) and {"state": "waits", "words": self.env._("A witness is invited to this check once it has reached the network.")}}

    def _witnesses(self, order):
        """Of the plan and the home, and the quality leads."""
        return self.witness_ids | order.build_id.witness_ids | self.env.ref("wcm_qc.group_quality_lead").sudo().user_ids.partner_id
