from odoo import models
from odoo.tools import html_sanitize


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        info = super().session_info()
        if info.get("is_internal_user"):
            info["wcm_map"] = self._wcm_map_background()
        return info

    def _wcm_map_background(self):
        """Where map tiles come from; without an address the map draws coastlines alone.

        The attribution may hold links, as most providers ask for, so it is cleaned here and the
        browser takes it as it is.
        """
        parameters = self.env["ir.config_parameter"].sudo()
        attribution = parameters.get_param("wcm_mapping.tile_attribution") or ""
        return {
            "tile_url": parameters.get_param("wcm_mapping.tile_url") or "",
            "tile_attribution": html_sanitize(attribution, sanitize_attributes=True),
        }
