import hashlib
import json

from odoo import api, models
from odoo.tools import json_default

ON_THE_BENCH = ("released", "in_production", "ready")
ORDER_FIELDS = (
    "name", "state", "on_hold", "hold_reason", "is_paused", "pause_reason", "membership_id", "component_code", "component_name", "build_name",
    "site_name", "quantity", "quantity_dispatched", "date_start", "date_due", "design_revision", "instructions", "workshop_sheets", "sheets_to_buy", "is_first_piece",
)
PART_FIELDS = ("name", "code", "work_order_id", "state", "is_held", "hold_reason", "shipment_id", "is_loaded")
SHIPMENT_FIELDS = ("name", "site_name", "membership_id")


class WcmMembership(models.Model):
    """What the shop-floor app takes along for a shift without network."""

    _inherit = "wcm.membership"

    @api.model
    def _bench_snapshot(self, known=None):
        """The caller's members, their people, jobs, parts and shipments; `hash` alone when that is what the app knows."""
        content = json.loads(json.dumps(self._workshop_memberships()._bench_content(), default=json_default))
        digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
        return {"hash": digest} if known == digest else {"hash": digest, **content}

    def _bench_content(self):
        """Hook. Read with the caller's rights: rules choose the records, the facade the fields."""
        orders = self._bench_orders()
        parts = self.env["wcm.part"].search([("work_order_id", "in", orders.ids), ("state", "in", ("to_make", "made", "packed"))]) if orders else self.env["wcm.part"]
        shipments = self._bench_shipments()
        machines = orders.sudo()._machines_to_choose() if orders else {}
        return {
            "user": {"id": self.env.uid, "name": self.env.user.name},
            "members": [membership._workshop_header() for membership in self],
            "people": [person._bench_values() for person in self.env["wcm.member.person"]._of_members(self)],
            "orders": [values | {"machines": machines[order]} for order, values in zip(orders, orders._bench_values() if orders else [], strict=True)],
            "parts": parts.read(PART_FIELDS, load=None) if parts else [],
            "shipments": shipments.read(SHIPMENT_FIELDS, load=None) if shipments else [],
        }

    def _bench_orders(self):
        """Whoever only receives at a site has no rights on orders to search with."""
        domain = [("membership_id", "in", self.ids), ("state", "in", ON_THE_BENCH)]
        return self.env["wcm.work.order"].search(domain) if self else self.env["wcm.work.order"]

    def _bench_shipments(self):
        if not self:
            return self.env["wcm.shipment"]
        return self.env["wcm.shipment"].search([("membership_id", "in", self.ids), ("state", "=", "draft")])
