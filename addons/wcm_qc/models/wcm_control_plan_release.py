from odoo import models


class WcmControlPlan(models.Model):
    """Who lets a block go on at a hold point."""

    _inherit = "wcm.control.plan"

    def _release_words(self):
        return {
            "person": self.env._("an inspector other than its maker does it, or a quality lead"),
            "network": self.env._("a coordinator or a quality lead does it"),
            "lead": self.env._("a quality lead does it"),
        }[self.checkpoint_ids._strictest_release()]
