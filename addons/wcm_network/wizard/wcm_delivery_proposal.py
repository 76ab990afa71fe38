from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..solver import SolverError, routed


class WcmDeliveryProposal(models.TransientModel):
    """Which shipments go in which days, with which vehicles? The answer is few runs, and what none can carry."""

    _name = "wcm.delivery.proposal"
    _description = "Plan delivery runs"

    date = fields.Date("First day", required=True, default=lambda self: fields.Date.context_today(self) + timedelta(days=1))
    days = fields.Integer(required=True, default=1)
    shipment_ids = fields.Many2many("wcm.shipment", string="Shipments", default=lambda self: self._ready_shipments())
    vehicle_ids = fields.Many2many("wcm.vehicle", string="Vehicles", default=lambda self: self.env["wcm.vehicle"].search([("active", "=", True)]))
    run_ids = fields.Many2many("wcm.delivery.run", string="Runs", readonly=True)
    refused = fields.Text("Not carried", readonly=True)

    _days_range = models.Constraint("CHECK(days BETWEEN 1 AND 14)", "Plan one to fourteen days at once.")

    @api.model
    def _ready_shipments(self):
        chosen = self.env["wcm.shipment"].browse(self.env.context.get("active_ids", []) if self.env.context.get("active_model") == "wcm.shipment" else [])
        found = chosen or self.env["wcm.shipment"].search([("state", "=", "draft"), ("run_id", "=", False), ("part_ids", "!=", False)])
        return found.filtered(lambda shipment: shipment.state == "draft" and not shipment.run_id and shipment.part_ids)

    def action_propose(self):
        """Earlier proposals for the same shipments make way."""
        self.ensure_one()
        self._check_caller()
        question = self.sudo().shipment_ids._delivery_question(self.sudo().vehicle_ids, self.days)
        try:
            answer = routed(question)
        except SolverError as error:
            raise UserError(self.env._("No runs were found. %s", error)) from error
        self._make_way()
        runs = self.env["wcm.delivery.run"].sudo()
        for row in answer["runs"]:
            runs |= self._run(row)
        self.write({"run_ids": [(6, 0, runs.ids)], "refused": self._refused_in_words(answer["refused"])})
        return self._again() if answer["refused"] else self.action_open_runs()

    def action_open_runs(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_network.action_delivery_run")
        return {**action, "domain": [("id", "in", self.run_ids.ids)], "context": {}}

    def _check_caller(self):
        """Shipments and vehicles that the caller coordinates, chosen and still ready."""
        if not self.env.user.has_group("wcm_network.group_coordinator"):
            raise AccessError(self.env._("Only a coordinator of the network can do this."))
        self.shipment_ids.check_access("write")
        self.vehicle_ids.check_access("read")
        if not self.shipment_ids or not self.vehicle_ids:
            raise UserError(self.env._("Choose the shipments and the vehicles first."))
        for shipment in self.shipment_ids - self.shipment_ids.filtered(lambda each: each.state == "draft" and not each.run_id and each.part_ids):
            raise UserError(self.env._("%(shipment)s is not ready, or on a run already. Take it out.", shipment=shipment.name))

    def _make_way(self):
        stops = self.env["wcm.delivery.stop"].sudo().search([("shipment_ids", "in", self.shipment_ids.ids), ("run_id.state", "=", "proposed")])
        stops.run_id.action_cancel()

    def _run(self, row):
        run = self.env["wcm.delivery.run"].sudo().create({"vehicle_id": int(row["vehicle"]), "date": self.date + timedelta(days=row["day"])})
        run._set_stops([self._stop(stop) for stop in row["stops"]])
        return run

    def _stop(self, stop):
        kind, _dash, record_id = stop["place"].partition("-")
        return {"member": int(record_id) if kind == "member" else False, "site": int(record_id) if kind == "site" else False, "shipments": [int(each) for each in stop["pickup"] or stop["deliver"]]}

    def _refused_in_words(self, refused):
        return "\n".join(self._why(self.env["wcm.shipment"].browse(int(shipment)), why) for shipment, why in refused.items()) or False

    def _why(self, shipment, why):
        words = {
            "no vehicle": self.env._("there is no vehicle"),
            "weight": self.env._("%s kg are more than any vehicle takes; split the shipment", round(shipment.weight_kg)),
            "floor": self.env._("%s m² are more than any vehicle has; split the shipment", round(shipment.floor_m2, 1)),
            "hours": self.env._("no vehicle can load, drive and unload it within the hours of vehicle, member and site"),
            "day": self.env._("it is ready after these days"),
            "room": self.env._("no vehicle has room or time left in these days; take more days or vehicles"),
        }
        return f"{shipment.name} ({shipment.membership_id.name} – {shipment.site_name}): {words[why]}."

    def _again(self):
        return {"type": "ir.actions.act_window", "res_model": self._name, "res_id": self.id, "view_mode": "form", "target": "new", "name": self.env._("Plan runs")}
