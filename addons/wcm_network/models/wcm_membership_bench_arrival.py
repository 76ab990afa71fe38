from odoo import models

ARRIVAL_FIELDS = ("name", "code", "shipment_id", "component_code", "component_name", "build_name", "state", "is_scanned", "is_held")


class WcmMembership(models.Model):
    """What is on its way to the caller's sites goes along too."""

    _inherit = "wcm.membership"

    def _bench_content(self):
        """Read past the access rights, these fields alone: who receives at a site has rights on nothing else."""
        sites = self.env["wcm.site"]._to_receive_at().sudo()
        deliveries = sites._bench_deliveries()
        return {
            **super()._bench_content(),
            "sites": [{"id": site.id, "name": site.name} for site in sites],
            "deliveries": [shipment._bench_delivery() for shipment in deliveries],
            "arrivals": deliveries.part_ids.read(ARRIVAL_FIELDS, load=None),
        }
