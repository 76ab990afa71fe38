from odoo import models
from odoo.exceptions import UserError

# The step that says where a part is: the state it goes back to when the step never happened.
BACK_TO = {"packing": "made", "loading": "packed", "shipping": "made", "receiving": "dispatched", "installing": "received"}
LASTING = ("commissioning", "assembling", "replacing", "returning", "destroying")


class WcmPart(models.Model):
    """A step that never happened: the part is what it was before, and what was booked with the step is taken back.

    Only the last step that says where the part is can be undone so: those before it say nothing of today.
    """

    _inherit = "wcm.part"

    def _rests_on(self, event):
        """Whether the part is where it is by this step."""
        telling = self.event_ids.sorted("id")._standing().filtered(lambda one: one.biz_step in BACK_TO or one.biz_step in LASTING)
        return telling[-1:] == event

    def _why_lasting(self, event):
        """What to do instead, where a step cannot be undone by saying that it never happened; nothing where it can."""
        if (event.data or {}).get("taken_out_of"):
            return self.env._("Pack the block again instead.")
        return {
            "commissioning": self.env._("The label exists. Change the quantity of the work order instead: that voids labels."),
            "assembling": self.env._("The sheets that it took are booked. Scrap the block instead; the work order then asks who makes it again."),
            "replacing": self.env._("Install the block again, or the one that took its place is replaced in turn."),
            "returning": self.env._("The block is booked at its maker. Pack and dispatch it again instead."),
            "destroying": self.env._("The block has left the stock. Have another one made, on the work order."),
        }.get(event.biz_step)

    def _undo_consequence(self, event, did_not_occur):
        """What follows for the part, in words, before anybody says so."""
        state = self._state_label()
        if not did_not_occur or event.biz_step not in (*BACK_TO, *LASTING):
            return self.env._("The block stays “%s”: only what is told of this step changes.", state)
        if not self._rests_on(event):
            return self.env._("The block stays “%s”: a later step says where it is. Correct that one first if it is wrong too.", state)
        names = dict(self._fields["state"]._description_selection(self.env))
        return self._why_lasting(event) or self.env._(
            "The block goes back to “%(state)s”, and what was booked with this step is taken back.", state=names[BACK_TO[event.biz_step]],
        )

    def _check_can_undo(self, event):
        if self._rests_on(event) and (instead := self._why_lasting(event)):
            raise UserError(self.env._(
                "%(part)s is “%(state)s” by this step, which cannot be taken back here. %(instead)s",
                part=self.name, state=self._state_label(), instead=instead,
            ))

    def _undo(self, biz_step):
        """:param biz_step: of `BACK_TO`; its correction is recorded already"""
        getattr(self, f"_undo_{biz_step}")()
        self.work_order_id._sync_state_with_parts()

    def _undo_packing(self):
        self.write({"state": "made", "shipment_id": False, "is_loaded": False})

    def _undo_loading(self):
        self.is_loaded = False

    def _undo_shipping(self):
        """It stayed behind: the vehicle left without it."""
        shipment = self.shipment_id
        self._turned_up()
        self.write({"state": "made", "shipment_id": False, "is_loaded": False, "is_scanned": False})
        shipment._close_when_all_came()
        shipment.filtered(lambda one: not one.part_ids).state = "cancelled"

    def _undo_receiving(self):
        """It is still on its way: Odoo's receipt is returned, and expected again."""
        order, pickings = self.work_order_id, self._return_in_stock()
        self._then_repair(order, pickings, None)
        self.write({"state": "dispatched", "is_returned": True, "is_scanned": False})
        self.shipment_id.write({"state": "dispatched", "date_received": False})
        order._reopen()

    def _undo_installing(self):
        self.write({"state": "received", "install_position": False})
