from odoo import models


class WcmMembership(models.Model):
    """What has to be checked goes along for a shift without network."""

    _inherit = "wcm.membership"

    def _bench_content(self):
        content = super()._bench_content()
        parts = self.env["wcm.part"].browse(part["id"] for part in content["parts"])
        checks = {part.id: part.sudo()._bench_check(self.env.user) for part in parts}
        return {
            **content,
            "parts": [{**part, "check": checks[part["id"]]} for part in content["parts"]],
            "checks": {str(order.id): order.sudo()._bench_plan() for order in parts.work_order_id},
        }
