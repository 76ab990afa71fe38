from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class WcmShipment(models.Model):
    """A shipment on a vehicle that fetches others too."""

    _inherit = "wcm.shipment"

    _guarded = frozenset({"run_id"})
    _member_readable = frozenset({"delivery_note_url"})

    run_id = fields.Many2one("wcm.delivery.run", "Delivery run", readonly=True, copy=False, index=True)
    floor_m2 = fields.Float("Floor (m²)", compute="_compute_floor", compute_sudo=True, help="By the volume of the blocks, stacked as high as the system parameter wcm_network.stack_height_m says.")

    delivery_note_url = fields.Char("Delivery note", compute="_compute_delivery_note_url")

    def _compute_delivery_note_url(self):
        for shipment in self:
            shipment.delivery_note_url = f"/network/shipment/{shipment.id}/delivery-note.pdf"

    def _compute_floor(self):
        height = self._delivery_parameter("stack_height_m", 2.0)
        for shipment in self:
            shipment.floor_m2 = sum(part.product_id.volume for part in shipment.part_ids) / height

    def _delivery_parameter(self, name, default):
        return float(self.env["ir.config_parameter"].sudo().get_param(f"wcm_network.{name}", default))

    def _delivery_question(self, vehicles, days):
        """What `routing` is asked; ids are those of the records.

        :raise UserError: a place is not on the map
        """
        places = {**self._place_rows(), **{f"vehicle-{vehicle.id}": self._place_row(vehicle.name, vehicle, 0, 24) for vehicle in vehicles}}
        per_stop, per_block = self._delivery_parameter("loading_minutes", 10), self._delivery_parameter("loading_minutes_per_block", 2)
        return {
            "format": 1, "days": days, "places": [{"id": key, **row} for key, row in places.items()],
            "road_factor": float(self.env["ir.config_parameter"].sudo().get_param("wcm_mapping.road_factor", 1.3)),
            "km_per_hour": self._delivery_parameter("km_per_hour", 50),
            "vehicles": [
                {
                    "id": str(vehicle.id), "start": f"vehicle-{vehicle.id}", "weight_kg": vehicle.weight_kg, "floor_m2": vehicle.floor_m2,
                    "cost_per_km": vehicle.cost_per_km, "run_cost": vehicle.cost_per_run, "opens": round(vehicle.hour_from * 60), "closes": round(vehicle.hour_to * 60),
                }
                for vehicle in vehicles
            ],
            "loads": [
                {
                    "id": str(shipment.id), "source": f"member-{shipment.membership_id.id}", "target": f"site-{shipment.site_id.id}",
                    "weight_kg": shipment.weight_kg, "floor_m2": shipment.floor_m2,
                    **dict.fromkeys(("load_minutes", "unload_minutes"), round(per_stop + per_block * shipment.part_count)),
                }
                for shipment in self
            ],
        }

    def _place_rows(self):
        members = {f"member-{member.id}": self._place_row(member.display_name, member.facility_id, member.loads_from, member.loads_to) for member in self.membership_id}
        sites = {f"site-{site.id}": self._place_row(site.name, site, site.receives_from, site.receives_to) for site in self.site_id}
        return {**members, **sites}

    def _place_row(self, name, record, opens, closes):
        if not (record.latitude or record.longitude):
            raise UserError(self.env._("%(place)s has no place on the map, so no run can be planned by it. Give it a postcode, or latitude and longitude.", place=name))
        return {"latitude": record.latitude, "longitude": record.longitude, "opens": round(opens * 60), "closes": round(closes * 60)}

    def _follow(self, run):
        """The member reads on its shipment when the vehicle comes; of no run, that it is open again."""
        self.run_id = run
        for shipment in self:
            stop = run.stop_ids.filtered(lambda stop, shipment=shipment: stop.membership_id and shipment in stop.shipment_ids)
            shipment.carrier_note = bool(stop) and self.env._(
                "%(vehicle)s on %(day)s, to load at %(time)s", vehicle=run.vehicle_id.name, day=format_date(self.env, run.date, date_format="EEE d MMM"),
                time=stop._clock(stop.arrive),
            )

    def _transport_values(self):
        """On a run: its own share of the run's kilometres and carbon, by kg times km on board."""
        if not self.run_id:
            return super()._transport_values()
        share = self.run_id._shares()[self]
        return {"distance_km": self.run_id.distance_km * share, "kgco2e": self.run_id.kgco2e * share}
