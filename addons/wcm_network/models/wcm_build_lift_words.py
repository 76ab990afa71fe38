from odoo import api, fields, models
from odoo.tools import format_date


class WcmBuild(models.Model):
    """Where a missing block is and what to do about it, in words."""

    _inherit = "wcm.build"

    @api.model
    def _where_words(self, block, member, shipment):
        state = block["state"]
        label = dict(self.env["wcm.build.block"]._fields["state"]._description_selection(self.env))[state]
        if state == "dispatched":
            return self.env._("On its way from %(member)s in %(shipment)s", member=member, shipment=shipment.name)
        if state == "packed":
            return self.env._("Packed at %(member)s in %(shipment)s", member=member, shipment=shipment.name)
        if state == "scrapped":
            return label
        if block["is_returned"]:
            return self.env._("Came back to %(member)s to be repaired", member=member)
        return self.env._("%(state)s, at %(member)s", state=label, member=member) if member else label

    @api.model
    def _todo_words(self, block, order, shipment):
        if block["is_held"]:
            return self.env._("Held: look at why, and let the quality lead or the coordinator decide.")
        state = block["state"]
        if state in ("offered", "agreed", "to_make"):
            return self._todo_order(state, order)
        if state == "dispatched":
            return self._todo_on_its_way(shipment)
        if block["is_returned"] and state in ("made", "checked"):
            return self.env._("Ask the member when it is repaired and sent again.")
        return {
            "wanted": self.env._("In no order: plan it, or offer it to a member."),
            "made": self.env._("Made: ask for the check and for packing."),
            "checked": self.env._("Ready: ask the member to pack and send it."),
            "packed": self.env._("Packed: ask when it leaves."),
            "scrapped": self.env._("Scrapped: say who makes it again."),
        }[state]

    @api.model
    def _todo_order(self, state, order):
        if state == "agreed":
            return self.env._("Agreed: release the order.")
        if state == "offered":
            day = order.offer_expires_on
            return self.env._("Waits for an answer until %s: call the member.", format_date(self.env, day)) if day else self.env._("Waits for an answer: call the member.")
        if order.date_due < fields.Date.context_today(self):
            return self.env._("Should have been ready by %s: call the member.", format_date(self.env, order.date_due))
        return self.env._("Being made, ready by %s.", format_date(self.env, order.date_due))

    @api.model
    def _todo_on_its_way(self, shipment):
        left = shipment.date_dispatched
        since = self.env._("Left on %s.", format_date(self.env, fields.Datetime.context_timestamp(self, left).date())) if left else ""
        carrier = self.env._("Carrier: %s.", shipment.carrier_note) if shipment.carrier_note else ""
        return " ".join(filter(None, (since, carrier, self.env._("Scan it in when it is here."))))

    @api.model
    def _todo_record(self, block, build, order, shipment):
        """[model, id] of what is opened to do it: the held or scrapped block, the shipment, the order, else the home."""
        if block["part_id"] and block["is_held"]:
            return ["wcm.part", block["part_id"]]
        if shipment and block["state"] in ("packed", "dispatched"):
            return [shipment._name, shipment.id]
        return [order._name, order.id] if order else [build._name, build.id]
