from odoo import api, fields, models

from odoo.addons.wcm_mapping.postcode import postcode_point


class WcmVehicle(models.Model):
    """A van or lorry that can be sent on a run: how much it takes, from where, at what cost."""

    _name = "wcm.vehicle"
    _description = "Vehicle"
    _order = "name"

    name = fields.Char(required=True, help="e.g. 7.5 t with tail lift")
    region_id = fields.Many2one(
        "wcm.region", required=True, index=True,
        default=lambda self: self.env["wcm.region"].search([("coordinator_ids", "in", self.env.uid)], limit=1),
    )
    partner_id = fields.Many2one("res.partner", "Haulier", help="Whose it is; runs start and end at this address unless a place is typed.")
    latitude = fields.Float(digits=(10, 7), compute="_compute_position", store=True, readonly=False, precompute=True, help="Degrees north of the place that it starts from, WGS84.")
    longitude = fields.Float(digits=(10, 7), compute="_compute_position", store=True, readonly=False, precompute=True, help="Degrees east of the place that it starts from, WGS84.")
    weight_kg = fields.Float("Takes (kg)", required=True, default=1000)
    floor_m2 = fields.Float("Floor (m²)", required=True, default=8, help="Of the load bed. A pallet takes 1.2 m².")
    hour_from = fields.Float("Out from", required=True, default=7)
    hour_to = fields.Float("Back by", required=True, default=18)
    cost_per_km = fields.Float("Cost a km (GBP)", default=1.1)
    cost_per_run = fields.Float("Cost a run (GBP)", default=180, help="What a day costs before it drives: driver and hire. Why runs are few.")
    kgco2e_per_km = fields.Float(
        "kgCO2e a km", required=True, default=lambda self: self.env["wcm.shipment"]._kgco2e_per_km(),
        help="The vehicle's own, if you know it. Else, of the UK Government GHG Conversion Factors 2025 (DESNZ), freighting goods, diesel, at the "
        "exhaust: van up to 3.5 t 0.256; rigid lorry, average load, of 3.5 to 7.5 t 0.495, of 7.5 to 17 t 0.605, over 17 t 0.992, all of them 0.838 "
        "(Funders, Carbon Factors).",
    )
    active = fields.Boolean(default=True)

    _figures_positive = models.Constraint("CHECK(weight_kg > 0 AND floor_m2 > 0)", "A vehicle takes some weight and has some floor.")
    _costs_positive = models.Constraint("CHECK(cost_per_km >= 0 AND cost_per_run >= 0 AND kgco2e_per_km >= 0)", "Costs and carbon are 0 or more.")
    _hours_range = models.Constraint("CHECK(hour_from >= 0 AND hour_from < hour_to AND hour_to <= 24)", "A vehicle is back after it went out, on the same day.")

    @api.depends("partner_id")
    def _compute_position(self):
        for vehicle in self:
            partner = vehicle.partner_id
            point = (partner.partner_latitude, partner.partner_longitude)
            if not any(point):
                point = postcode_point(partner.zip) or (vehicle.latitude, vehicle.longitude)
            vehicle.latitude, vehicle.longitude = point
