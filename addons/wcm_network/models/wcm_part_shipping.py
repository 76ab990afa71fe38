from odoo import models
from odoo.exceptions import UserError

from ..together import Together


class WcmPart(models.Model):
    """From the member's bench to the site."""

    _inherit = "wcm.part"

    def action_pack(self):
        """Put made blocks into the shipment that is being loaded for their site; one is opened when there is none."""
        self._check_member_or_coordinator()
        parts = self.sudo().filtered(lambda part: part.state != "packed")
        parts._check_part_state("made", self.env._("made and not packed yet"))
        parts.work_order_id._check_not_on_hold()
        parts._check_may_move("pack")
        for shipment, packed in parts._shipments_to_load():
            packed.write({"state": "packed", "shipment_id": shipment.id})
            packed._log("packing", data={"shipment": shipment.name})
        parts.work_order_id._sync_state_with_parts()
        return True

    def action_unpack(self):
        """Take blocks out of a shipment that has not left."""
        self._check_member_or_coordinator()
        parts = self.sudo()
        parts._check_part_state("packed", self.env._("packed and still here"))
        parts._log(
            "packing", note=self.env._("Taken out of the shipment again"), data=lambda part: {"taken_out_of": part.shipment_id.name}, is_public=False,
        )
        parts.write({"state": "made", "shipment_id": False, "is_loaded": False})
        return True

    def _shipments_to_load(self):
        """(shipment, parts) for each member and site."""
        for member, of_member in self.grouped("membership_id").items():
            for site, parts in of_member.grouped(lambda part: part.build_id.site_id).items():
                yield self.env["wcm.shipment"]._find_or_open(member, site), parts

    def _check_part_state(self, state, wanted):
        for part in self.filtered(lambda part: part.state != state):
            raise UserError(self.env._(
                "%(part)s is “%(state)s”; only blocks that are %(wanted)s can be taken.",
                part=part.name, state=part._state_label(), wanted=wanted,
            ))

    def _state_label(self):
        return dict(self._fields["state"]._description_selection(self.env))[self.state]

    def _set_dispatched(self, shipment):
        self._check_may_move("dispatch")
        self.write({"state": "dispatched", "is_loaded": True})
        self._log("shipping", data={"shipment": shipment.name, "to": shipment.site_id.name})
        self.work_order_id._sync_state_with_parts()

    def _set_received(self, shipment):
        """Odoo's receipt first: what it refuses has not arrived."""
        self._turned_up()
        self.with_context(**{Together.KEY: Together()})._check_may_move("receive")
        pickings = self._receive_in_stock()
        self.write({"state": "received", "is_returned": False})
        self._log("receiving", data={"shipment": shipment.name, "receipts": pickings.mapped("name")})
        self.work_order_id._sync_state_with_parts()
        return pickings
