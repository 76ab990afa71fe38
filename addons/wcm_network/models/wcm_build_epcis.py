from odoo import models


class WcmBuild(models.Model):
    """The history of every part of a home."""

    _inherit = "wcm.build"

    def action_download_epcis(self):
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/network/build/{self.id}/epcis.jsonld", "target": "self"}
