from odoo import models


class WcmDeliveryStop(models.Model):
    """A stop on the driver's list."""

    _inherit = "wcm.delivery.stop"

    def _way_point(self):
        place = self.membership_id.facility_id or self.site_id
        name = self.membership_id.display_name or self.site_id.name
        return {"place": [place.latitude, place.longitude], "name": f"{self.sequence}. {name}", "kind": "load" if self.membership_id else "unload"}

    def _driver_values(self):
        place = self.membership_id.facility_id or self.site_id
        partner = self.membership_id.partner_id or self.site_id.partner_id
        contact = partner.child_ids.filtered(lambda child: child.type == "contact")[:1] or partner
        return {
            "key": "load" if self.membership_id else "unload", "number": self.sequence, "time": self._clock(self.arrive), "leave": self._clock(self.leave), "hours": self.hours, "what": self.what,
            "name": self.membership_id.display_name or self.site_id.name, "address": partner.contact_address_inline,
            "contact": contact.name, "phone": contact.phone, "geo": f"geo:{place.latitude},{place.longitude}?q={place.latitude},{place.longitude}",
            "blocks": [f"{part.name} {part.component_code or part.component_name}" for part in self._blocks_in_order()],
        }

    def _blocks_in_order(self):
        """Off in the order of lifting. On board the other way round, and first of all what is unloaded at the last place."""
        if self.site_id:
            return self.shipment_ids.part_ids._in_lifting_order()
        stops = self.run_id.stop_ids.filtered("site_id")
        last_first = {shipment: stop.sequence for stop in stops for shipment in stop.shipment_ids}
        shipments = self.shipment_ids.sorted(lambda shipment: -last_first.get(shipment, 0))
        blocks = self.env["wcm.part"]
        for _sequence, together in shipments.grouped(lambda shipment: last_first.get(shipment, 0)).items():
            blocks += together.part_ids._in_loading_order()
        return blocks
