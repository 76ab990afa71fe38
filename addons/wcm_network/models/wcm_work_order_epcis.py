from odoo import models


class WcmWorkOrder(models.Model):
    """The history of its parts."""

    _inherit = "wcm.work.order"

    def action_download_epcis(self):
        self.ensure_one()
        self._check_member_or_coordinator()
        return {"type": "ir.actions.act_url", "url": f"/network/work-order/{self.id}/epcis.jsonld", "target": "self"}
