from odoo import models
from odoo.exceptions import AccessError, UserError


class WcmRecall(models.Model):
    _inherit = "wcm.recall"

    def _who_releases(self):
        return self.env._("A quality lead of the network releases the recall")

    def _check_may_release(self):
        """What was held for its quality is let go by a quality lead who made none of it."""
        super()._check_may_release()
        if not self.env.user.has_group("wcm_qc.group_quality_lead"):
            raise AccessError(self.env._("Only a quality lead lets recalled parts go on."))
        if self.env["wcm.part"].sudo().search_count([("recall_ids", "in", self.ids), ("made_by_id", "=", self.env.uid)], limit=1):
            raise UserError(self.env._("You made some of these parts, so another quality lead releases them."))
