from odoo import api, fields, models


class WcmBuild(models.Model):
    """When a home was complete: what figures of a period go by."""

    _inherit = "wcm.build"

    completed_on = fields.Date(compute="_compute_completed_on", store=True, copy=False, index="btree_not_null", help="The day on which the last of its blocks came to the site.")

    @api.depends("state")
    def _compute_completed_on(self):
        finished = self.filtered(lambda build: build.state == "complete" and not build.completed_on)
        days = finished._finished_days() if finished else {}
        for build in self:
            if build.state != "complete":
                build.completed_on = False
            elif not build.completed_on:
                build.completed_on = days.get(build.id, fields.Date.context_today(self))
