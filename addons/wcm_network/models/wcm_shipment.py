from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# UK Government GHG Conversion Factors for Company Reporting 2025 (DESNZ), freighting goods, HGV (all diesel), all rigids,
# average laden, per km; what leaves the exhaust (CO2, CH4, N2O), without making the fuel.
KGCO2E_PER_VEHICLE_KM = 0.83751


class WcmShipment(models.Model):
    """Packed parts of one member on their way to one site."""

    _name = "wcm.shipment"
    _description = "Shipment"
    _inherit = ["mail.thread", "wcm.guarded", "wcm.facade"]
    _order = "id desc"

    _guarded = frozenset({
        "name", "state", "membership_id", "site_id", "part_ids", "picking_ids", "date_dispatched", "date_received", "distance_km", "kgco2e",
    })
    _member_readable = frozenset({
        "name", "state", "membership_id", "site_name", "part_ids", "part_count", "loaded_count", "received_count",
        "date_dispatched", "date_received", "distance_km", "kgco2e", "carrier_note", "weight_kg",
    })
    _member_writable = frozenset({"carrier_note"})

    name = fields.Char(required=True, readonly=True, default="New", copy=False)
    membership_id = fields.Many2one("wcm.membership", "Member", required=True, readonly=True, index=True)
    site_id = fields.Many2one("wcm.site", required=True, readonly=True, index=True)
    site_name = fields.Char(related="site_id.name", string="Site name")
    region_id = fields.Many2one(related="membership_id.region_id", store=True)
    state = fields.Selection(
        [("draft", "Loading"), ("dispatched", "On its way"), ("received", "Received"), ("cancelled", "Cancelled")],
        default="draft", required=True, readonly=True, index=True, copy=False, tracking=True, group_expand="_states_in_use",
    )
    part_ids = fields.One2many("wcm.part", "shipment_id", "Parts", readonly=True)
    part_count = fields.Integer("Parts in it", compute="_compute_counts")
    loaded_count = fields.Integer("Loaded", compute="_compute_counts")
    received_count = fields.Integer("Received", compute="_compute_counts")
    weight_kg = fields.Float("Weight (kg)", compute="_compute_weight", compute_sudo=True, help="Of the blocks, by the weight on the product.")
    picking_ids = fields.Many2many("stock.picking", readonly=True, copy=False, string="Receipts")
    date_dispatched = fields.Datetime("Dispatched on", readonly=True, copy=False)
    date_received = fields.Datetime("Received on", readonly=True, copy=False)
    distance_km = fields.Float("Distance by road, estimated (km)", readonly=True)
    kgco2e = fields.Float("Transport carbon, estimated (kgCO2e)", readonly=True)
    carrier_note = fields.Char("Carrier", help="Who drives, which vehicle, when.")

    @api.depends("part_ids.state", "part_ids.is_loaded")
    def _compute_counts(self):
        for shipment in self:
            shipment.part_count = len(shipment.part_ids)
            shipment.loaded_count = len(shipment.part_ids.filtered("is_loaded"))
            shipment.received_count = len(shipment.part_ids.filtered(lambda part: part.state in ("received", "installed")))

    @api.depends("part_ids.product_id.weight")
    def _compute_weight(self):
        for shipment in self:
            shipment.weight_kg = sum(part.product_id.weight for part in shipment.part_ids)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(self.env._("A shipment starts when made parts are packed."))
        for vals in vals_list:
            vals["name"] = self.env["ir.sequence"].next_by_code("wcm.shipment")
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A shipment is cancelled, never deleted, so that its history stays."))

    def action_scan_load(self, code):
        """Scan a block on to the vehicle; a made one is packed on the way.

        :return: {"part", "loaded", "total"} for the screen
        """
        self._check_member_or_coordinator()
        self.ensure_one()
        shipment, part = self.sudo(), self.env["wcm.part"]._find_by_code(code).sudo()
        shipment._check_state("draft")
        part._check_may_move("load")
        shipment._check_belongs(part)
        if part.state == "made":
            part.work_order_id._check_not_on_hold()
            part.write({"state": "packed", "shipment_id": shipment.id})
            part._log("packing", data={"shipment": shipment.name})
        shipment._check_in_it(part)
        if not part.is_loaded:
            part._check_may_move("load")
            part.is_loaded = True
            part._log("loading", data={"shipment": shipment.name})
        return {"part": part.name, "loaded": shipment.loaded_count, "total": shipment.part_count}

    def action_dispatch(self):
        """The vehicle leaves. When blocks were scanned on to it, all of them have to be."""
        self._check_member_or_coordinator()
        for shipment in self.sudo():
            shipment._check_state("draft")
            shipment._check_loaded()
            shipment.part_ids._set_dispatched(shipment)
            shipment.write({"state": "dispatched", "date_dispatched": self.env["wcm.part.event"]._doing().time, **shipment._transport_values()})
        return True

    def action_receive_scan(self, code):
        """Scan a block at the site; the receipt is booked by `action_receive`.

        :return: {"part", "scanned", "total"} for the screen
        """
        self._check_coordinator()
        self.ensure_one()
        shipment, part = self.sudo(), self.env["wcm.part"]._find_by_code(code).sudo()
        shipment._check_state("dispatched")
        shipment._check_arrives(part)
        part._turned_up()
        part._check_may_move("receive")
        part.is_scanned = True
        return {"part": part.name, "scanned": len(shipment.part_ids.filtered("is_scanned")), "total": shipment.part_count}

    def action_receive(self):
        """Book what was scanned; what was not is still on its way."""
        self._check_coordinator()
        for shipment in self.sudo():
            shipment._check_state("dispatched")
            scanned = shipment._still_to_come().filtered("is_scanned")
            if not scanned:
                raise UserError(self.env._("Nothing of %(shipment)s is scanned yet. Scan the blocks, or receive the whole shipment.", shipment=shipment.name))
            shipment._receive(scanned)
        return True

    def action_receive_all(self):
        """Everything has arrived, without scanning each block."""
        self._check_coordinator()
        for shipment in self.sudo():
            shipment._check_state("dispatched")
            shipment._receive(shipment._still_to_come())
        return True

    def action_cancel(self):
        """Unload: the blocks are made and not packed again."""
        self._check_member_or_coordinator()
        for shipment in self.sudo():
            shipment._check_state("draft")
            shipment.part_ids.action_unpack()
            shipment.state = "cancelled"
        return True

    def action_open_receipts(self):
        self.ensure_one()
        self._check_coordinator()
        action = {"type": "ir.actions.act_window", "name": self.env._("Receipts"), "res_model": "stock.picking", "view_mode": "list,form"}
        single = {"view_mode": "form", "res_id": self.picking_ids.id} if len(self.picking_ids) == 1 else {}
        return {**action, "domain": [("id", "in", self.picking_ids.ids)], **single}

    def _find_or_open(self, member, site):
        shipment = self.search([("membership_id", "=", member.id), ("site_id", "=", site.id), ("state", "=", "draft")], limit=1)
        return shipment or self.create({"membership_id": member.id, "site_id": site.id})

    def _receive(self, parts):
        pickings = parts._set_received(self)
        self.write({"picking_ids": [fields.Command.link(picking.id) for picking in pickings]})
        self._close_when_all_came()

    def _close_when_all_came(self):
        """What was on its way has arrived or is given up."""
        for shipment in self.filtered(lambda shipment: shipment.state == "dispatched" and not shipment._still_to_come()):
            shipment.write({"state": "received", "date_received": self.env["wcm.part.event"]._doing().time})

    def _still_to_come(self):
        return self.env["wcm.part"].search([("shipment_id", "in", self.ids), ("state", "=", "dispatched")])

    def _transport_values(self):
        """One vehicle, one way; km by road estimated, carbon by a parameter."""
        kilometres = self.membership_id.facility_id._distance_km(self.site_id.latitude, self.site_id.longitude)
        return {"distance_km": kilometres, "kgco2e": kilometres * self._kgco2e_per_km()}

    def _kgco2e_per_km(self):
        """kgCO2e for a vehicle kilometre: the factor of today, or a system parameter where none is stated."""
        factor = self.env["wcm.carbon.factor"]._vehicle_factor(fields.Date.context_today(self))
        if factor is not None:
            return factor
        return float(self.env["ir.config_parameter"].sudo().get_param("wcm_network.kgco2e_per_vehicle_km", KGCO2E_PER_VEHICLE_KM))

    def _check_state(self, state):
        for shipment in self.filtered(lambda shipment: shipment.state != state):
            label = dict(self._fields["state"]._description_selection(self.env))[shipment.state]
            raise UserError(self.env._("%(shipment)s is “%(state)s”, so this cannot be done any more.", shipment=shipment.name, state=label))

    def _check_belongs(self, part):
        if part.membership_id != self.membership_id:
            raise UserError(self.env._("%(part)s was made by another member. It does not belong on this shipment.", part=part.name))
        if part.build_id.site_id != self.site_id:
            raise UserError(self.env._("%(part)s goes to %(site)s, not on this shipment.", part=part.name, site=part.build_id.site_id.name))

    def _check_in_it(self, part):
        """A part that is made but not packed has just been put in."""
        if part.shipment_id == self and part.state == "packed":
            return
        if part.state == "to_make":
            raise UserError(self.env._("%(part)s is not made yet. Record it as made first.", part=part.name))
        raise UserError(self.env._("%(part)s is “%(state)s” already; it is not on this shipment.", part=part.name, state=part._state_label()))

    def _check_loaded(self):
        if not self.part_ids:
            raise UserError(self.env._("%(shipment)s is empty. Pack made blocks first.", shipment=self.name))
        missing = self.part_ids.filtered(lambda part: not part.is_loaded)
        if missing and missing != self.part_ids:
            raise UserError(self.env._(
                "Not scanned on to the vehicle: %(parts)s. Scan them, or take them out of the shipment.", parts=", ".join(missing.mapped("name"))
            ))

    def _check_arrives(self, part):
        if part.state in ("received", "installed"):
            raise UserError(self.env._("%(part)s has been received already.", part=part.name))
        if part.state != "dispatched":
            raise UserError(self.env._("%(part)s is “%(state)s”: its maker has not dispatched it. Ask them to, then scan it again.", part=part.name, state=part._state_label()))
        if part.shipment_id != self:
            raise UserError(self.env._("%(part)s came with %(shipment)s. Open that shipment to receive it.", part=part.name, shipment=part.shipment_id.name))
        if part.is_scanned:
            raise UserError(self.env._("%(part)s is scanned already.", part=part.name))
