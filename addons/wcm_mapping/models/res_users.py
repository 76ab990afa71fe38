from odoo import models
from odoo.fields import Command


class ResUsers(models.Model):
    _inherit = "res.users"

    def _close_operator_access(self):
        """Whoever keeps no listing any more is an operator no more."""
        kept = self.env["wcm.facility"].sudo().with_context(active_test=False).search([("operator_user_ids", "in", self.ids)])
        for user in self - kept.operator_user_ids:
            user.sudo().group_ids = [Command.unlink(self.env.ref("wcm_mapping.group_operator").id)]
            if not user.group_ids:
                user.sudo().group_ids = [Command.link(self.env.ref("base.group_portal").id)]
