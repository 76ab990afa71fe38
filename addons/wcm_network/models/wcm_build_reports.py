from odoo import fields, models


class WcmBuild(models.Model):
    """Reports of a home, and the screen before one is made."""

    _inherit = "wcm.build"

    report_ids = fields.One2many("wcm.build.report", "build_id", "Reports", readonly=True, groups="wcm_network.group_coordinator")
    report_count = fields.Integer("Number of reports", compute="_compute_report_count", groups="wcm_network.group_coordinator")

    def _compute_report_count(self):
        reports = self.env["wcm.build.report"]
        counts = dict(reports._read_group([("build_id", "in", self.ids)], ["build_id"], ["__count"])) if reports.has_access("read") else {}
        for build in self:
            build.report_count = counts.get(build, 0)

    def action_open_reports(self):
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window", "name": self.env._("Reports"), "res_model": "wcm.build.report", "view_mode": "list,form",
            "domain": [("build_id", "=", self.id)], "context": {"create": False},
        }

    def action_make_report(self):
        """What the report would say, and what is missing for it."""
        self.ensure_one()
        self.env["wcm.build.report"]._check_reader(self)
        return self.env["wcm.build.report.make"]._open(self)
