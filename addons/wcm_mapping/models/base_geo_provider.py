from odoo import api, models


class BaseGeoProvider(models.Model):
    _inherit = "base.geo_provider"

    @api.model
    def _start_offline(self):
        """Where nobody has chosen a provider, contacts are placed by their postcode and no network is asked."""
        parameters = self.env["ir.config_parameter"].sudo()
        if not parameters.get_param("base_geolocalize.geo_provider"):
            offline = self.env.ref("wcm_mapping.geo_provider_uk_postcode")
            parameters.set_param("base_geolocalize.geo_provider", str(offline.id))
