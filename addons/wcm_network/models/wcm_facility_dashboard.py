from odoo import api, models

from .wcm_build_block import NOT_HERE


class WcmFacility(models.Model):
    """The morning page: what the next lifts miss."""

    _inherit = "wcm.facility"

    @api.model
    def _dashboard_waiting(self):
        missing = [("state", "in", NOT_HERE), ("date_required", "<=", "today +7d"), ("build_id.state", "not in", ("complete", "cancelled"))]
        title = self.env._("Blocks missing for the lifts of the next 7 days")
        return [("missing", title, "wcm.build.block", missing, ["wcm_network.action_build_block"]), *super()._dashboard_waiting()]
