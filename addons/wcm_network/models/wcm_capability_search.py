from odoo import api, fields, models


class WcmCapabilitySearch(models.Model):
    _inherit = "wcm.capability.search"

    site_id = fields.Many2one("wcm.site", "Near the Site", groups="wcm_network.group_coordinator")

    @api.depends("site_id")
    def _compute_position(self):
        return super()._compute_position()

    def _place(self):
        """A housing site that the asker may see, when one is named."""
        site = self.sudo().site_id.sudo(False)._filtered_access("read")
        return (site.latitude, site.longitude) if site else super()._place()
