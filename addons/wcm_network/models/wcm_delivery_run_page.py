from odoo import fields, models
from odoo.tools import format_date


class WcmDeliveryRun(models.Model):
    """What the driver reads on a phone, by a signed link: drivers change from day to day and need no login."""

    _inherit = "wcm.delivery.run"

    driver_url = fields.Char("Link", compute="_compute_driver_url", help="Opens the driver's list without a login; it ends a week after it was copied.")

    way = fields.Json("Map", compute="_compute_way", compute_sudo=True, help="[{place: [latitude, longitude], name, kind}] from the start by the stops.")

    def _compute_way(self):
        for run in self:
            start = {"place": [run.vehicle_id.latitude, run.vehicle_id.longitude], "name": run.vehicle_id.name, "kind": "start"}
            run.way = [start, *(stop._way_point() for stop in run.stop_ids)]

    def _compute_driver_url(self):
        base = self.browse().get_base_url()
        for run in self:
            run.driver_url = f"{base}/delivery/{run._link_token('driver')}"

    def action_open_driver_page(self):
        self.ensure_one()
        self._check_coordinates()
        return {"type": "ir.actions.act_url", "url": self.driver_url, "target": "new"}

    def _driver_values(self):
        """No price, and nobody's name but whom to ask at each place."""
        return {
            "key": self.name,
            "title": self.env._("%(run)s on %(day)s", run=self.name, day=format_date(self.env, self.date, date_format="EEEE d MMMM")),
            "summary": self.env._(
                "%(vehicle)s: out at %(start)s, back at about %(end)s, %(km)s km.", vehicle=self.vehicle_id.name, km=round(self.distance_km),
                start=self.stop_ids._clock(self.time_start), end=self.stop_ids._clock(self.time_end),
            ),
            "stops": [stop._driver_values() for stop in self.stop_ids],
        }
