from odoo import Command, models
from odoo.exceptions import UserError

from ..routing import Step, problems, question_from, timed

MOVES_KEPT = 20


class WcmDeliveryRun(models.Model):
    """Stops moved by hand: every time follows at once from the same rules as the proposal, and what does not work is said."""

    _inherit = "wcm.delivery.run"

    def action_undo(self):
        """Take the last move back."""
        self._check_coordinates()
        self.ensure_one()
        run = self.sudo()
        run._check_run_state("proposed")
        if not run.undo:
            raise UserError(self.env._("Nothing was moved by hand."))
        *before, last = run.undo
        run._set_stops(last)
        run.undo = before
        return True

    def _rearrange(self, change):
        """:param change: function of the stops as a list that gives the new list"""
        self._check_coordinates()
        run = self.sudo()
        run._check_run_state("proposed")
        before = run._stops()
        stops = change(run._stops())
        if not stops:
            raise UserError(self.env._("Nothing would be left on %(run)s. Cancel it instead.", run=run.name))
        run._set_stops(stops)
        run.undo = [*(run.undo or []), before][-MOVES_KEPT:]

    def _stops(self):
        return [{"member": stop.membership_id.id, "site": stop.site_id.id, "shipments": stop.shipment_ids.ids} for stop in self.stop_ids]

    def _set_stops(self, stops):
        """Write them with their times; two in a row at one place are one."""
        shipments = self.env["wcm.shipment"].browse({each for stop in stops for each in stop["shipments"]})
        question = question_from(shipments._delivery_question(self.vehicle_id, 1))
        steps = [Step(str(each), bool(stop["member"])) for stop in stops for each in stop["shipments"]]
        run = timed(question, str(self.vehicle_id.id), 0, steps)
        self.write({
            "stop_ids": [Command.clear(), *(Command.create(self._stop_values(number, stop)) for number, stop in enumerate(run.stops, 1))],
            "time_start": run.start / 60, "time_end": run.end / 60, "distance_km": run.km, "cost": run.cost,
            "problem": "\n".join(dict.fromkeys(self._in_words(*each) for each in problems(question, run))) or False,
        })

    def _stop_values(self, number, stop):
        kind, _dash, record_id = stop.place.partition("-")
        return {
            "sequence": number, "membership_id": int(record_id) if kind == "member" else False, "site_id": int(record_id) if kind == "site" else False,
            "shipment_ids": [Command.set([int(step.load) for step in stop.steps])], "arrive": stop.begin / 60, "leave": stop.leave / 60, "km": stop.km,
        }

    def _in_words(self, kind, place, load):
        at, shipment = self._place_name(place), self.env["wcm.shipment"].browse(int(load or 0)).name
        words = {
            "window": self.env._("%(at)s: the work ends after it has closed.", at=at),
            "hours": self.env._("The vehicle is back too late, or would have to leave too early."),
            "weight": self.env._("%(at)s: more weight is on board than the vehicle takes.", at=at),
            "floor": self.env._("%(at)s: more floor is taken than the vehicle has.", at=at),
            "order": self.env._("%(shipment)s is unloaded before it is loaded.", shipment=shipment),
            "twice": self.env._("%(shipment)s is loaded twice.", shipment=shipment),
            "left": self.env._("%(shipment)s is loaded and never unloaded.", shipment=shipment),
            "day": self.env._("%(shipment)s is not ready on that day.", shipment=shipment),
        }
        return words[kind]

    def _place_name(self, place):
        kind, _dash, record_id = place.partition("-")
        model = {"member": "wcm.membership", "site": "wcm.site", "vehicle": "wcm.vehicle"}[kind]
        return self.env[model].browse(int(record_id)).display_name
