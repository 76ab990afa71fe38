from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class WcmDeliveryRun(models.Model):
    """One vehicle's day: shipments fetched from several members and brought to sites."""

    _name = "wcm.delivery.run"
    _description = "Delivery run"
    _inherit = ["mail.thread", "wcm.guarded", "wcm.signed.link"]
    _order = "date desc, id desc"

    _guarded = frozenset({
        "name", "state", "vehicle_id", "date", "stop_ids", "time_start", "time_end", "distance_km", "cost", "problem", "undo",
    })

    name = fields.Char(required=True, readonly=True, default="New", copy=False)
    state = fields.Selection(
        [("proposed", "Proposed"), ("accepted", "Accepted"), ("cancelled", "Cancelled")],
        default="proposed", required=True, readonly=True, index=True, copy=False, tracking=True, group_expand="_states_in_use",
    )
    vehicle_id = fields.Many2one("wcm.vehicle", required=True, readonly=True, index=True)
    region_id = fields.Many2one(related="vehicle_id.region_id", store=True)
    date = fields.Date(required=True, readonly=True, index=True)
    stop_ids = fields.One2many("wcm.delivery.stop", "run_id", "Stops", readonly=True)
    stop_count = fields.Integer("Stops in it", compute="_compute_loads", compute_sudo=True)
    shipment_ids = fields.Many2many("wcm.shipment", compute="_compute_loads", compute_sudo=True, string="Shipments")
    weight_kg = fields.Float("Carried (kg)", compute="_compute_loads", compute_sudo=True)
    time_start = fields.Float("Out at", readonly=True)
    time_end = fields.Float("Back at", readonly=True)
    distance_km = fields.Float("Distance by road, estimated (km)", readonly=True, help="From its start, by the stops, and back.")
    cost = fields.Float("Cost, estimated (GBP)", readonly=True)
    kgco2e = fields.Float("Transport carbon, estimated (kgCO2e)", compute="_compute_kgco2e", help="Kilometres times the vehicle's factor; shared over the shipments by kg times km on board.")
    problem = fields.Text("What does not work", readonly=True)
    undo = fields.Json(readonly=True, help="Stops as they were before each move by hand.")
    driver_name = fields.Char("Driver")
    driver_phone = fields.Char("Driver's telephone")

    @api.depends("stop_ids.shipment_ids.part_ids.product_id.weight")
    def _compute_loads(self):
        self.stop_ids.shipment_ids.mapped("weight_kg")  # of all runs together
        for run in self:
            run.stop_count = len(run.stop_ids)
            run.shipment_ids = run.stop_ids.shipment_ids
            run.weight_kg = sum(run.shipment_ids.mapped("weight_kg"))

    @api.depends("distance_km", "vehicle_id.kgco2e_per_km")
    def _compute_kgco2e(self):
        for run in self:
            run.kgco2e = run.distance_km * run.vehicle_id.kgco2e_per_km

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("Runs are proposed from shipments that are ready: Make > Shipments > Plan runs."))
        for vals in vals_list:
            vals["name"] = self.env["ir.sequence"].next_by_code("wcm.delivery.run")
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A run is cancelled, never deleted, so that its history stays."))

    def action_accept(self):
        """Members and drivers go by it from now on."""
        self._check_coordinates()
        for run in self.sudo():
            run._check_run_state("proposed")
            if run.problem:
                raise UserError(self.env._("%(run)s does not work yet:\n%(problem)s", run=run.name, problem=run.problem))
            run._check_still_ready()
            run.write({"state": "accepted", "undo": False})
            run.shipment_ids._follow(run)
        return True

    def action_reopen(self):
        """Back to a proposal, so that stops can be moved; nothing may have left."""
        self._check_coordinates()
        for run in self.sudo():
            run._check_run_state("accepted")
            if set(run.shipment_ids.mapped("state")) != {"draft"}:
                raise UserError(self.env._("Shipments of %(run)s have left already, so it stays as it is.", run=run.name))
            run.shipment_ids._follow(self.browse())
            run.state = "proposed"
        return True

    def action_cancel(self):
        self._check_coordinates()
        for run in self.sudo().filtered(lambda run: run.state != "cancelled"):
            waiting = run.shipment_ids.filtered(lambda shipment: shipment.run_id == run and shipment.state == "draft")
            waiting._follow(self.browse())
            run.state = "cancelled"
        return True

    def action_open_shipments(self):
        self.ensure_one()
        self._check_coordinates()
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_network.action_shipment")
        return {**action, "domain": [("id", "in", self.shipment_ids.ids)], "context": {}}

    def _check_coordinates(self):
        if not (self.env.su or self.env.user.has_group("wcm_network.group_coordinator")):
            raise AccessError(self.env._("Only a coordinator of the network can do this."))
        self.check_access("write")

    def _check_run_state(self, state):
        for run in self.filtered(lambda run: run.state != state):
            label = dict(self._fields["state"]._description_selection(self.env))[run.state]
            raise UserError(self.env._("%(run)s is “%(state)s”, so this cannot be done any more.", run=run.name, state=label))

    def _check_still_ready(self):
        """Whoever accepts a run with the same shipment at the same moment waits, and is refused here."""
        self.shipment_ids.lock_for_update()
        self.shipment_ids.invalidate_recordset(["run_id", "state"])
        for shipment in self.shipment_ids.filtered(lambda shipment: shipment.run_id or shipment.state != "draft"):
            where = shipment.run_id.name or self.env._("it has left")
            raise UserError(self.env._("%(shipment)s is on another run or gone (%(where)s). Cancel this run and plan again.", shipment=shipment.name, where=where))
