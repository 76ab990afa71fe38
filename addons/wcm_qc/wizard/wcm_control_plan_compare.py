from odoo import api, fields, models


class WcmControlPlanCompare(models.TransientModel):
    _name = "wcm.control.plan.compare"
    _description = "Comparison of control plans"

    first_id = fields.Many2one("wcm.control.plan", "This")
    second_id = fields.Many2one("wcm.control.plan", "With this")
    body = fields.Html(compute="_compute_body", sanitize=False)

    @api.depends("first_id", "second_id")
    @api.depends_context("lang")
    def _compute_body(self):
        """What goes, what comes, and what changes, in words; empty until two plans are chosen."""
        for compare in self:
            compare.body = compare.first_id and compare.second_id and self.env["ir.qweb"]._render("wcm_qc.control_plan_compare_body", {
                "first": compare.first_id, "second": compare.second_id, "differences": compare.first_id._differences(compare.second_id),
                "labels": {"added": self.env._("Added"), "removed": self.env._("Removed"), "changed": self.env._("Changed")},
            })

    @api.depends("first_id", "second_id")
    def _compute_display_name(self):
        for compare in self:
            compare.display_name = self.env._("Compare control plans")
