"""Makers for the tests of material that comes in."""

from odoo import Command

from odoo.addons.wcm_network.tests.common import MakingCase


class IncomingCase(MakingCase):
    """Sheets are checked as they come in, with a hold point; `lead` and `second_lead` are quality leads, `colleague` works at Birch.

    `SH-A` and `SH-B` were at the hub before anybody said so.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lead = cls.make_user("lead_t", "wcm_qc.group_quality_lead")
        cls.second_lead = cls.make_user("second_lead_t", "wcm_qc.group_quality_lead")
        cls.colleague = cls.birch._create_portal_user("colleague@example.com", "Colleague", password="colleague-password")
        cls.suppliers = cls.env.ref("stock.stock_location_suppliers")
        cls.store = cls.hub.lot_stock_id
        cls.plan = cls.make_incoming_plan()

    @classmethod
    def make_incoming_plan(cls, point_type="hold", approve=True, **values):
        plan = cls.env["wcm.control.plan"].create({
            "name": "Sheets", "stage": "incoming", "product_ids": cls.sheet.ids,
            "checkpoint_ids": [
                Command.create({"name": "Thickness", "kind": "measurement", "nominal": 18, "tolerance_minus": 0.5, "tolerance_plus": 0.5, "point_type": point_type, "sequence": 1}),
                Command.create({"name": "Dry and flat", "kind": "pass_fail", "sequence": 2}),
            ],
            **values,
        })
        if approve:
            plan.with_user(cls.lead).action_approve()
        return plan

    @classmethod
    def receive(cls, name, quantity=10, by=None, place=None):
        """Odoo's receipt from a supplier."""
        picking_type = cls.hub.in_type_id
        ways = {"location_id": cls.suppliers.id, "location_dest_id": (place or cls.store).id}
        picking = cls.env["stock.picking"].with_user(by or cls.coordinator).create({
            "picking_type_id": picking_type.id, **ways,
            "move_ids": [Command.create({"product_id": cls.sheet.id, "product_uom_qty": quantity, **ways})],
        })
        picking.action_confirm()
        picking.move_ids.move_line_ids.unlink()
        line = {"product_id": cls.sheet.id, "lot_name": name, "quantity": quantity, "picked": True, "picking_id": picking.id, **ways}
        picking.move_ids.move_line_ids = [Command.create(line)]
        picking.with_context(skip_backorder=True).button_validate()
        assert picking.state == "done", picking.state
        return picking.sudo().move_line_ids.lot_id

    @classmethod
    def buy(cls, name="OWN-1", quantity=4, blocks=2, by=None):
        """Birch buys its sheets and records them."""
        cls.birch.material_by = "member"
        order = cls.make_released(cls.birch, cls.make_build("Own", {cls.block: blocks}).line_ids, blocks)
        order.with_user(by or cls.birch_user).action_record_sheets(quantity=quantity, lot_name=name)
        return order, order.sheet_purchase_ids.lot_id

    def check_lot(self, lot, user, thickness="18.1", dry="pass"):
        check = lot.incoming_check_ids.filtered(lambda one: one.state == "open")
        lines = check.with_user(user).line_ids
        lines.filtered(lambda line: line.kind == "measurement").reading = thickness
        lines.filtered(lambda line: line.kind == "pass_fail").passed_by_hand = dry
        check.with_user(user).action_close()
        return check

    def fail_lot(self, lot, user):
        return self.check_lot(lot, user, thickness="21").nonconformity_ids

    def in_stock(self, lot, place=None):
        return sum(self.env["stock.quant"].search([("lot_id", "=", lot.id), ("location_id", "child_of", (place or self.store).id)]).mapped("quantity"))
