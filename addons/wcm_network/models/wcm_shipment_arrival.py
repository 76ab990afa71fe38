from odoo import fields, models
from odoo.exceptions import UserError


class WcmShipment(models.Model):
    """Unloading, as the person on the site tells it."""

    _inherit = "wcm.shipment"

    issue_count = fields.Integer(compute="_compute_issue_count", compute_sudo=True, help="What was not right when it was unloaded.")

    def _compute_issue_count(self):
        counts = dict(self.env["wcm.receipt.issue"]._read_group([("shipment_id", "in", self.ids)], ["shipment_id"], ["__count"]))
        for shipment in self:
            shipment.issue_count = counts.get(shipment, 0)

    def action_open_issues(self):
        self.ensure_one()
        self._check_coordinator()
        action = self.env["ir.actions.act_window"]._for_xml_id("wcm_network.action_receipt_issue")
        return {**action, "domain": [("shipment_id", "=", self.id)], "context": {}}

    def _note_arrival(self, parts):
        """Scanned; booked when everything is unloaded. What a second phone scans as well does no harm."""
        new = parts.filtered(lambda part: not part.is_scanned and part.state not in ("received", "installed"))
        for part in new:
            self._check_arrives(part)
        new._turned_up()
        new._check_may_move("receive")
        new.is_scanned = True

    def _receive_damaged(self, part, note, photo):
        """It is here, and booked as such, before quality stops it."""
        part._check_on_site()
        if part.state == "dispatched":
            self._note_arrival(part)
            self._receive(part)
        part._report_at_site("damaged", self.site_id, note=note, photo=photo)

    def _unloaded(self, short):
        """Book what was scanned; what the person missed is short, and stays on its way until it turns up or is given up."""
        if self.state == "received":
            return
        self._check_state("dispatched")
        scanned = self._still_to_come().filtered("is_scanned")
        missing = self._still_to_come() & short - scanned
        if not scanned and not missing:
            raise UserError(self.env._("Nothing of %(shipment)s is scanned yet. Scan the blocks first.", shipment=self.name))
        if scanned:
            self._receive(scanned)
        missing._report_at_site("short", self.site_id)

    def _bench_delivery(self):
        return {
            "id": self.id, "name": self.name, "site": self.site_id.id, "site_name": self.site_name, "member": self.membership_id.name,
            "carrier": self.carrier_note or "", "left": self.date_dispatched,
        }
