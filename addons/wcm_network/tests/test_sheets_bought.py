import base64
import uuid

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .test_sheets_both_ways import PDF, BoughtCase


@tagged("post_install", "-at_install")
class TestSheetsRecorded(BoughtCase):
    def test_sheets_that_are_not_cut_are_taken_off_again(self):
        purchase = self.record(6)
        self.make(self.parts[:2], "PLY-7")
        with self.assertRaisesRegex(UserError, "4 sheets of PLY-7 are not cut"):
            purchase.with_user(self.alder_user).action_take_off(5, "Typed wrong")
        purchase.with_user(self.alder_user).action_take_off(2, "Typed wrong")
        self.assertEqual((self.own(), purchase.quantity_back, self.order.sheets_to_buy[0]["bought"]), ({"PLY-7": 4}, 2, 4))
        self.make(self.parts[2], "PLY-7")
        purchase.with_user(self.alder_user).action_take_off(reason="Sent back")
        self.assertEqual(self.own(), {"PLY-7": 3}, "What is cut stays until the blocks are received.")
        self.deliver(self.parts[:3])
        self.assertEqual(self.own(), {})
        with self.assertRaisesRegex(UserError, "no more can be taken off"):
            purchase.with_user(self.alder_user).action_take_off(reason="Again")

    def test_the_certificate_is_asked_for_once_a_lot_where_the_component_asks_for_it(self):
        self.block_bom.needs_sheet_certificate = True
        with self.assertRaisesRegex(UserError, "asks for the supplier's certificate"):
            self.record(3)
        purchase = self.record(3, certificate=PDF, supplier="Timber & Co")
        self.assertEqual((purchase.certificate_name, purchase.supplier), ("EN 636.pdf", "Timber & Co"))
        self.record(2)
        with self.assertRaisesRegex(UserError, "asks for the supplier's certificate"):
            self.record(2, "PLY-8")

    def test_what_a_browser_would_run_is_no_certificate(self):
        page = base64.b64encode(b"<html><script>alert(1)</script></html>").decode()
        for paper in ({"name": "x.html", "data": page}, {"name": "x", "data": "!"}, "x", {"name": "x"}, {"name": "x", "data": 5}):
            with self.subTest(paper=paper), self.assertRaisesRegex(UserError, "PDF or a photo"):
                self.record(1, certificate=paper)

    def test_what_makes_no_sense_is_refused_in_words(self):
        for quantity in (0, -1, "many", None, 1e9, float("nan")):
            with self.subTest(quantity=quantity), self.assertRaisesRegex(UserError, "how many sheets"):
                self.record(quantity)
        with self.assertRaisesRegex(UserError, "batch number"):
            self.record(1, " ")
        with self.assertRaisesRegex(UserError, "which of these sheets"):
            self.record(1, product=self.block.id)
        self.assertEqual(self.own(), {})

    def test_only_the_member_and_its_coordinators_record_and_read(self):
        purchase = self.record(6, certificate=PDF)
        funder = self.make_user("funder_t", "wcm_network.group_funder")
        for user in (self.birch_user, self.other_coordinator, funder):
            with self.subTest(user=user.login):
                for call in (lambda order: order.action_record_sheets(quantity=1, lot_name="X"), lambda order: order.sheet_purchase_ids.mapped("lot_name")):
                    self.assertRaises(AccessError, call, self.order.with_user(user))
                self.assertRaises(AccessError, purchase.with_user(user).action_take_off, 1, "Mine")
                self.assertRaises(AccessError, purchase.with_user(user).read, ["certificate"])
        self.record(1, user=self.coordinator)
        self.assertEqual(purchase.with_user(self.alder_user).read(["quantity", "certificate_name"])[0]["quantity"], 6)
        self.assertRaises(AccessError, purchase.with_user(self.alder_user).read, ["picking_id"])
        self.assertRaises(AccessError, purchase.with_user(self.alder_user).write, {"quantity": 60})
        self.assertRaises(AccessError, self.env["wcm.sheet.purchase"].with_user(self.alder_user).create, {"work_order_id": self.order.id})

    def test_a_suspended_member_and_an_order_of_the_hub_record_nothing(self):
        self.beam_bom.material_by = "hub"
        beams = self.make_released(self.alder, self.beam_line, 1)
        with self.assertRaisesRegex(UserError, "The hub sends the sheets"):
            self.record(1, order=beams)
        self.alder.sudo().state = "suspended"
        self.assertRaises(AccessError, self.record, 1)
        with self.assertRaisesRegex(UserError, "not an active member"):
            self.record(1, user=self.coordinator)


@tagged("post_install", "-at_install")
class TestSheetsAtTheBench(BoughtCase):
    def tell(self, *told, user=None):
        told = [{"key": str(uuid.uuid4()), "name": name, "age": 60, "person": None, "args": args} for name, args in told]
        return self.env["wcm.bench.action"].with_user(user or self.alder_user)._run_all(told)

    def test_sheets_are_recorded_and_cut_in_one_shift_without_network(self):
        self.block_bom.needs_sheet_certificate = True
        photo = base64.b64encode(b"\xff\xd8\xff\xe0 photo").decode()
        sheets = {"order": self.order.id, "product": self.sheet.id, "quantity": 5, "lot": "PLY-7", "supplier": "Timber & Co", "photo": photo}
        start, made = {"order": self.order.id}, {"parts": self.parts.ids, "sheets": "PLY-7"}
        answers = self.tell(("start", start), ("sheets", sheets), ("made", made))
        self.assertEqual([answer["state"] for answer in answers], ["done"] * 3)
        self.assertEqual((set(self.parts.mapped("state")), self.order.sheet_purchase_ids.certificate_name), ({"made"}, "certificate.jpg"))
        taken = self.env["wcm.membership"].with_user(self.alder_user)._bench_snapshot()
        wanted = {"product": self.sheet.id, "name": "Test ply sheet", "needed": 5.0, "bought": 5.0, "certificate": True}
        self.assertEqual(taken["orders"][0]["sheets_to_buy"], [wanted])

    def test_of_another_members_order_nothing_is_recorded(self):
        [answer] = self.tell(("sheets", {"order": self.order.id, "quantity": 5, "lot": "X"}), user=self.birch_user)
        self.assertEqual((answer["state"], len(self.order.sheet_purchase_ids)), ("refused", 0))
        self.assertRegex(answer["message"], "not yours")
        for nonsense in ({"order": "x"}, {"order": self.order.id, "lot": 5, "quantity": 1}, {"order": self.order.id, "lot": "X", "quantity": [], "photo": {}}):
            with self.subTest(nonsense=nonsense):
                self.assertEqual(self.tell(("sheets", nonsense))[0]["state"], "refused")


@tagged("post_install", "-at_install")
class TestSheetsOffered(BoughtCase):
    def test_the_offer_says_who_buys_and_what_the_price_includes(self):
        offer = self.make_order(self.alder, self.beam_line, 2)
        offer._add_material_price()
        self.assertEqual((offer.price_material, offer.price_unit, offer.price_total), (60, 110, 220))
        offer.with_user(self.coordinator).action_offer()
        seen = offer.with_user(self.alder_user)
        self.assertEqual((seen.material_by, seen.price_material), ("member", 60))
        self.assertEqual(seen.material_supplied, "4 × Test ply sheet, not sent: the member buys it")
        self.assertRegex(offer._price_words(), "110.00.* each, of which .*60.00.* for the sheets that you buy, .*220.00")
        with self.assertRaisesRegex(UserError, "its terms are fixed"):
            offer.with_user(self.coordinator).material_by = "hub"

    def test_a_plan_prices_the_sheets_for_whoever_buys_them(self):
        self.birch.material_by = "hub"
        plan = self.make_plan(self.make_build("Second home", {self.beam: 4}))
        plan._solve_now()
        plan.with_user(self.coordinator).action_offer()
        for order in plan.line_ids.work_order_id:
            making = sum(order.plan_line_ids.mapped("cost_making")) + sum(order.plan_line_ids.mapped("cost_setup"))
            self.assertAlmostEqual(order.price_unit, making / order.quantity + (60 if order.material_by == "member" else 0), 2)

    def test_of_a_draft_the_price_follows_the_choice(self):
        order = self.make_order(self.alder, self.beam_line, 2, price_unit=110)
        with Form(order) as form:
            for choice, price in (("hub", 50), ("member", 110), ("hub", 50)):
                form.material_by = choice
                self.assertEqual(form.price_unit, price)

    def test_component_goes_before_member_and_what_the_hub_cannot_send_is_bought(self):
        self.assertEqual(self.make_order(self.birch, self.beam_line, 1).material_by, "hub")
        self.beam_bom.material_by = "member"
        self.assertEqual(self.make_order(self.birch, self.beam_line, 1).material_by, "member")
        self.beam_bom.material_by = "hub"
        self.assertEqual(self.make_order(self.alder, self.beam_line, 1).material_by, "hub")
        self.beam_bom.material_by = False
        self.hub.route_ids = False
        self.sheet.route_ids = False
        self.assertEqual(self.make_order(self.birch, self.beam_line, 1).material_by, "member")

    def test_the_member_may_buy_as_soon_as_it_has_accepted(self):
        order = self.make_order(self.alder, self.beam_line, 1, "offered", offer_expires_on=fields.Date.today())
        with self.assertRaisesRegex(UserError, "“Offered”"):
            self.record(2, order=order)
        order.with_user(self.alder_user).action_accept()
        self.record(7, order=order)  # five are reserved for the order that waited first
        order.with_user(self.manager).action_release()
        self.assertEqual((order.production_ids.move_raw_ids.state, len(order._resupply_pickings())), ("assigned", 0))
