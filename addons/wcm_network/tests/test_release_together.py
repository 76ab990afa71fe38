from odoo import Command
from odoo.tests import tagged

from .common import MakingCase
from .native_records import NativeRecords


@tagged("post_install", "-at_install")
class TestReleaseTogether(MakingCase):
    """Released together, orders leave the records that Odoo's own buttons leave when each purchase order is confirmed alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.on_order = cls.sheet.route_ids
        cls.glue = cls.make_product("T-GLUE", "Glue", tracking="none", route_ids=[Command.set(cls.on_order.ids)])
        cls.screw = cls.make_product("T-SCREW", "Screws", tracking="none")
        cls.block_bom.bom_line_ids = [
            Command.create({"product_id": cls.glue.id, "product_qty": 0.35}),
            Command.create({"product_id": cls.screw.id, "product_qty": 12}),
        ]
        cls.env["stock.quant"]._update_available_quantity(cls.glue, cls.hub.lot_stock_id, 4)

    def accepted(self):
        """Orders of two members for two homes, more than the hub has sheets for."""
        homes = [self.make_build(f"Home {number}", {self.block: 30, self.beam: 30}) for number in (1, 2)]
        return self.env["wcm.work.order"].concat(*(
            self.make_order(member, line, quantity, "accepted", price_unit=price)
            for home in homes
            for line in home.line_ids
            for member, quantity, price in ((self.alder, 13, 50), (self.birch, 7, 47.5))
        ))

    def release_plainly(self, orders):
        for group in orders._groups_of_purchase():
            group._name_subcontractors()
            purchase = self.env["purchase.order"].create(group._prepare_purchase())
            group._take_up(purchase)
            purchase.button_confirm()
        orders._name_resupply()

    maxDiff = None

    def assert_same(self, orders):
        orders = orders.sudo()
        plain, together = (NativeRecords.after(self.env, step) for step in (lambda: self.release_plainly(orders), orders._make_purchases))
        self.assertEqual(plain.differences(together), [])
        self.assertEqual(plain.fingerprints(), together.fingerprints())
        return together

    def values(self, records, model, field):
        return [row[field] for (name, number), row in records.rows.items() if name == model and number > records.before[model]]

    def test_every_field_of_every_record_is_the_same(self):
        records = self.assert_same(self.accepted())
        self.assertIn("partially_available", self.values(records, "stock.move", "state"), "The hub's sheets do not suffice for all.")
        self.assertEqual(len(self.values(records, "purchase.order", "name")), 4)

    def test_the_same_where_the_hub_orders_more_sheets_by_a_rule(self):
        vendor = self.env["res.partner"].create({"name": "Sheet vendor"})
        self.sheet.seller_ids = [Command.create({"partner_id": vendor.id, "price": 30})]
        self.sheet.route_ids |= self.env.ref("purchase_stock.route_warehouse0_buy")
        self.env["stock.warehouse.orderpoint"].create({
            "product_id": self.sheet.id, "location_id": self.hub.lot_stock_id.id, "product_min_qty": 20, "product_max_qty": 60, "trigger": "auto",
        })
        records = self.assert_same(self.accepted())
        self.assertIn(vendor.ids, [[number for _model, number in partners] for partners in self.values(records, "purchase.order", "partner_id")])

    def test_the_same_without_resupply(self):
        (self.sheet | self.glue).route_ids = False
        self.hub.route_ids -= self.on_order
        records = self.assert_same(self.accepted())
        self.assertNotIn(self.hub.lot_stock_id.id, [locations[0][1] for locations in self.values(records, "stock.picking", "location_id")])

    def test_the_same_where_material_is_bought_to_order(self):
        vendor = self.env["res.partner"].create({"name": "Sheet vendor"})
        self.sheet.seller_ids = [Command.create({"partner_id": vendor.id, "price": 30})]
        mto = self.env.ref("stock.route_warehouse0_mto")
        mto.active = True
        self.sheet.route_ids = mto | self.env.ref("purchase_stock.route_warehouse0_buy") | self.on_order
        self.assert_same(self.accepted())

    def test_the_same_where_material_is_made_to_order_of_what_a_rule_refills(self):
        vendor = self.env["res.partner"].create({"name": "Resin vendor"})
        resin = self.make_product("T-RESIN", "Resin", tracking="none", seller_ids=[Command.create({"partner_id": vendor.id, "price": 3})])
        resin.route_ids = self.env.ref("purchase_stock.route_warehouse0_buy")
        mto = self.env.ref("stock.route_warehouse0_mto")
        mto.active = True
        self.glue.route_ids = mto | self.env.ref("mrp.route_warehouse0_manufacture") | self.on_order
        self.env["mrp.bom"].create({"product_tmpl_id": self.glue.product_tmpl_id.id, "type": "normal", "bom_line_ids": [Command.create({"product_id": resin.id, "product_qty": 2})]})
        self.env["stock.warehouse.orderpoint"].create({
            "product_id": resin.id, "location_id": self.hub.lot_stock_id.id, "product_min_qty": 20, "product_max_qty": 60, "trigger": "auto",
        })
        self.assert_same(self.accepted())

    def test_the_same_where_the_hub_picks_first(self):
        self.hub.delivery_steps = "pick_ship"
        self.assert_same(self.accepted())

    def test_a_caller_cannot_pass_what_only_a_release_may_carry(self):
        sent = {"wcm_together": {"to_receive": [], "to_produce": [], "to_reserve": []}, "wcm_is_reserved": True}
        order = self.accepted()[0].with_context(**sent)
        order.with_user(self.manager).action_release()
        purchase = order.purchase_id
        self.assertEqual((purchase.state, len(order.production_ids), len(order._resupply_pickings())), ("purchase", 1, 1))
        again = purchase.with_context(**sent).copy()
        again.button_confirm()
        self.assertEqual((again.state, len(again.picking_ids)), ("purchase", 1))

    def test_queries_of_a_release_on_one_purchase_order(self):
        build = self.make_build("Many", {self.block: 60})
        orders = self.env["wcm.work.order"].concat(*(self.make_order(self.alder, build.line_ids, 3, "accepted") for _number in range(20)))
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(20 * 30):
            orders.action_release()

    def test_queries_of_a_release_on_as_many_purchase_orders(self):
        builds = [self.make_build(f"Home {number}", {self.block: 3}) for number in range(20)]
        orders = self.env["wcm.work.order"].concat(*(self.make_order(self.alder, build.line_ids, 3, "accepted") for build in builds))
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(20 * 40):
            orders.action_release()
