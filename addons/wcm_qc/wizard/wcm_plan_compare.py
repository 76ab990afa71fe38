from odoo import api, models


class WcmPlanCompare(models.TransientModel):
    _inherit = "wcm.plan.compare"

    @api.model
    def _rules(self, plan):
        yield from super()._rules(plan)
        if plan.min_rating != "off":
            yield self.env._("quality rating: %s", plan._rule_text("min_rating").lower())
