from odoo import api, fields, models


class WcmDeliveryStop(models.Model):
    """A place on a run: blocks go on board at a member, and off at a site."""

    _name = "wcm.delivery.stop"
    _description = "Stop of a delivery run"
    _inherit = ["wcm.guarded"]
    _order = "run_id, sequence, id"

    _guarded = frozenset({"run_id", "sequence", "membership_id", "site_id", "shipment_ids", "arrive", "leave", "km"})

    run_id = fields.Many2one("wcm.delivery.run", required=True, readonly=True, index=True, ondelete="cascade")
    region_id = fields.Many2one(related="run_id.region_id", store=True)
    sequence = fields.Integer("Stop", readonly=True)
    membership_id = fields.Many2one("wcm.membership", "Load at", readonly=True)
    site_id = fields.Many2one("wcm.site", "Unload at", readonly=True)
    shipment_ids = fields.Many2many("wcm.shipment", string="Shipments", readonly=True)
    arrive = fields.Float(readonly=True)
    leave = fields.Float(readonly=True)
    km = fields.Float("Km to here", readonly=True)
    what = fields.Char("What to do", compute="_compute_what", compute_sudo=True)
    hours = fields.Char("Open", compute="_compute_what", compute_sudo=True)

    @api.depends("membership_id", "site_id", "shipment_ids")
    def _compute_what(self):
        for stop in self:
            names = ", ".join(stop.shipment_ids.mapped("name"))
            stop.what = self.env._("Load %s", names) if stop.membership_id else self.env._("Unload %s", names)
            stop.hours = "–".join(stop._clock(hour) for hour in stop._open_hours())

    def action_up(self):
        return self._move(-1)

    def action_down(self):
        return self._move(1)

    def action_take_out(self):
        """Its shipments are not on this run any more."""
        self.ensure_one()
        self.run_id._rearrange(lambda stops: self._without(stops))
        return True

    def _move(self, by):
        self.ensure_one()
        at = self.run_id.stop_ids.ids.index(self.id)

        def swapped(stops):
            stops.insert(max(0, at + by), stops.pop(at))
            return stops

        self.run_id._rearrange(swapped)
        return True

    def _without(self, stops):
        gone = set(self.sudo().shipment_ids.ids)
        left = [{**stop, "shipments": [each for each in stop["shipments"] if each not in gone]} for stop in stops]
        return [stop for stop in left if stop["shipments"]]

    def _open_hours(self):
        if self.membership_id:
            return self.membership_id.loads_from, self.membership_id.loads_to
        return self.site_id.receives_from, self.site_id.receives_to

    def _clock(self, hours):
        minutes = round(hours * 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
