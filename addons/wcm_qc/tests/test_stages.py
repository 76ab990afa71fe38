"""Every stage opens its check as a block comes to it, and its hold point stops what comes after."""

import uuid

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.wcm_network.tests.common import MakingCase

from .common import QualityCase


class StageCase(MakingCase):
    """Two blocks of Alder Works, from the start of their order to the wall; each test approves the plans that it is about."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.maker = cls.alder_user
        cls.colleague = cls.alder._create_portal_user("colleague@example.com", "Colleague")
        cls.lead = cls.make_user("lead_t", "wcm_qc.group_quality_lead")
        cls.second_lead = cls.make_user("second_lead_t", "wcm_qc.group_quality_lead")
        cls.order = cls.make_order(cls.alder, cls.block_line, 2, state="accepted")
        cls.order.with_user(cls.coordinator).action_release()
        cls.supply(cls.order)
        cls.first, cls.second = cls.order.part_ids.sorted("name")

    @classmethod
    def plan(cls, stage, *checkpoints, **values):
        points = checkpoints or ({"name": f"Right at {stage}", "kind": "pass_fail", "point_type": "hold"},)
        return QualityCase.make_control_plan.__func__(cls, *points, stage=stage, name=stage, **values)

    def start(self):
        self.order.with_user(self.maker).action_start()

    def make(self, parts=None, by=None):
        (parts or self.order.part_ids).with_user(by or self.maker).action_mark_made("SH-A")

    def open_check(self, part, stage):
        return part.inspection_ids.filtered(lambda check: check.state == "open" and check.stage == stage)

    def close(self, part, stage, user=None, verdict="pass"):
        check = self.open_check(part, stage).with_user(user or self.lead)
        check.line_ids.passed_by_hand = verdict
        check.action_close()
        return check.sudo()

    def to_site(self):
        self.start()
        self.make()
        self.order.part_ids.with_user(self.maker).action_pack()
        shipment = self.order.part_ids.shipment_id
        shipment.with_user(self.maker).action_dispatch()
        return shipment

    def assert_refused(self, words, call, *args):
        with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
            call(*args)
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestStages(StageCase):
    def test_in_process_a_block_is_not_made_before_its_hold_point_has_passed(self):
        self.plan("in_process")
        self.assert_refused("in process check has a hold point.*opens when the work is started", self.make)
        self.start()
        self.assert_refused(f"{self.first.name} cannot be recorded as made.*not passed.*quality lead", self.make)
        self.assertEqual(set(self.order.part_ids.mapped("state")), {"to_make"})
        self.close(self.first, "in_process", self.colleague)
        self.make(self.first)
        self.assert_refused(self.second.name, self.make, self.second)
        self.assertEqual((self.first.state, self.second.state), ("made", "to_make"))

    def test_in_process_nothing_is_held_that_could_go_anywhere(self):
        self.plan("in_process")
        self.start()
        self.assertEqual((self.first.is_held, self.first.quality_state), (False, "to_check"))

    def test_who_passed_the_hold_point_in_process_is_not_who_makes_the_block(self):
        self.plan("in_process")
        self.start()
        self.close(self.first, "in_process", self.maker)
        self.assert_refused("another person makes it", self.make, self.first)
        self.make(self.first, by=self.colleague)
        self.assertEqual(self.first.state, "made")

    def test_what_failed_in_process_is_not_made_until_it_is_reworked_and_checked_again(self):
        self.plan("in_process")
        self.start()
        self.close(self.first, "in_process", self.colleague, "fail")
        self.assertTrue(self.first.is_held)
        self.assert_refused("quality lead", self.make, self.first)
        nonconformity = self.first.nonconformity_ids
        nonconformity.with_user(self.lead).action_decide("rework", "Glue again")
        nonconformity.with_user(self.maker).action_rework_done("Glued")
        self.assert_refused(self.first.name, self.make, self.first)
        self.close(self.first, "in_process", self.colleague)
        self.make(self.first)
        self.assertEqual((self.first.state, self.first.is_held), ("made", False))

    def test_a_block_that_is_added_to_an_order_in_work_is_checked_in_process_too(self):
        self.plan("in_process")
        self.start()
        lot = self.env["stock.lot"].create({"name": "LATE-1", "product_id": self.block.id})
        late = self.env["wcm.part"].create({"lot_id": lot.id, "work_order_id": self.order.id})
        self.assertTrue(self.open_check(late, "in_process"))

    def test_a_check_in_process_does_not_stand_in_for_the_final_one(self):
        self.plan("in_process")
        self.start()
        for part in self.order.part_ids:
            self.close(part, "in_process", self.colleague)
        self.make()
        self.assertEqual(self.first.quality_state, "passed", "Nothing else is asked for.")
        self.plan("final")
        self.assert_refused("final check has a hold point and has not been done", self.first.with_user(self.maker).action_pack)
        self.first.with_user(self.maker).action_check()
        self.close(self.first, "final", self.colleague)
        self.first.with_user(self.maker).action_pack()

    def test_dispatch_a_packed_block_is_neither_loaded_nor_sent_before_its_hold_point_has_passed(self):
        self.plan("dispatch")
        self.start()
        self.make()
        self.first.with_user(self.maker).action_pack()
        shipment = self.first.shipment_id
        self.assertTrue(self.first.is_held)
        self.assert_refused(f"{self.first.name} cannot be loaded.*Dispatch check", shipment.with_user(self.maker).action_scan_load, self.first.code)
        self.assert_refused(f"{self.second.name} cannot be loaded.*opens when the block is packed", shipment.with_user(self.maker).action_scan_load, self.second.code)
        self.assert_refused(f"{self.first.name} cannot be dispatched", shipment.with_user(self.maker).action_dispatch)
        self.assert_refused("another person passes", self.close, self.first, "dispatch", self.maker)
        self.close(self.first, "dispatch", self.colleague)
        shipment.with_user(self.maker).action_scan_load(self.first.code)
        shipment.with_user(self.maker).action_dispatch()
        self.assertEqual(self.first.state, "dispatched")

    def test_who_packed_a_block_does_not_pass_its_dispatch(self):
        self.plan("dispatch")
        self.start()
        self.make()
        self.first.with_user(self.colleague).action_pack()
        self.assert_refused("another person passes", self.close, self.first, "dispatch", self.colleague)

    def test_a_block_that_is_taken_out_of_its_shipment_is_checked_when_it_is_packed_again(self):
        self.plan("dispatch")
        self.start()
        self.make()
        self.first.with_user(self.maker).action_pack()
        waiting = self.open_check(self.first, "dispatch")
        self.first.with_user(self.maker).action_unpack()
        self.assertEqual((waiting.state, self.first.is_held), ("replaced", False))
        self.assertIn("went back", waiting.replace_reason)
        self.first.with_user(self.maker).action_pack()
        self.assertEqual((len(self.open_check(self.first, "dispatch")), self.first.is_held), (1, True))

    def test_site_receipt_a_block_is_held_on_the_site_until_its_check_has_passed(self):
        self.plan("site_receipt")
        shipment = self.to_site()
        shipment.with_user(self.coordinator).action_receive_all()
        self.assertEqual((self.first.state, self.first.is_held), ("received", True))
        self.assert_refused(f"{self.first.name} cannot be installed.*Site receipt check", self.first.with_user(self.coordinator).action_install)
        self.assertEqual(self.env["wcm.build"].browse(self.first.build_id.id)._waits_for_checks(), self.first.build_id)
        self.close(self.first, "site_receipt", self.coordinator)
        self.first.with_user(self.coordinator).action_install("Bay 3")
        self.assertEqual(self.first.state, "installed")

    def test_a_receipt_that_never_happened_takes_its_check_back(self):
        self.plan("site_receipt")
        shipment = self.to_site()
        shipment.with_user(self.coordinator).action_receive_all()
        event = self.first.event_ids.filtered(lambda event: event.biz_step == "receiving")
        event.with_user(self.coordinator).sudo()._correct("Another block", did_not_occur=True)
        self.assertEqual((self.first.state, self.first.is_held, self.open_check(self.first, "site_receipt").ids), ("dispatched", False, []))

    def test_installation_a_home_is_not_complete_before_its_blocks_are_checked_in_the_wall(self):
        self.plan("installation")
        build = self.first.build_id
        build.line_ids.filtered(lambda line: line != self.block_line).unlink()
        self.block_line.quantity = 2
        self.to_site().with_user(self.coordinator).action_receive_all()
        self.assertNotEqual(build.state, "complete")
        self.order.part_ids.with_user(self.coordinator).action_install("North wall")
        self.assertEqual((self.first.is_held, build.state), (True, "in_progress"))
        self.assert_refused("another person passes", self.close, self.first, "installation", self.coordinator)
        for part in self.order.part_ids:
            self.close(part, "installation")
        self.assertEqual((self.first.is_held, build.state), (False, "complete"))

    def test_evidence_says_which_stage_is_missing(self):
        self.to_site().with_user(self.coordinator).action_receive_all()
        self.plan("final", {"name": "Flat", "kind": "pass_fail"})
        self.plan("site_receipt")
        why = self.order.part_ids._together().mapped(lambda part: part._why_not_inspected(part._stages_planned()))
        self.assertEqual(why, ["its check was never opened"] * 2)
        self.plan("installation")
        self.first.with_user(self.coordinator).action_install()
        self.assertEqual(self.first._why_not_inspected(self.first._stages_planned()), "not closed yet: installation")
        self.close(self.first, "installation")
        self.assertEqual(self.first._why_not_inspected(self.first._stages_planned()), "not checked: final, site receipt")

    def test_a_sample_is_drawn_where_its_stage_is(self):
        self.plan("site_receipt", sampling="iso", sampling_aql="6.5")
        self.to_site().with_user(self.coordinator).action_receive_all()
        sample = self.order.sample_ids
        self.assertEqual((sample.stage, len(self.order.part_ids.inspection_ids)), ("site_receipt", sample.sample_size))
        with self.assertRaisesRegex(UserError, "Samples are drawn for"):
            self.plan("installation", sampling="share")

    def test_many_blocks_open_their_checks_in_as_many_queries_for_each_plan_as_for_none(self):
        """Plans are looked up once: the checks that are opened cost, the looking does not."""
        order = self.make_released(self.alder, self.block_line, 7)
        self.supply(order)
        order.with_user(self.maker).action_start()

        def queries(parts):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            parts.with_user(self.maker).action_mark_made("SH-A")
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        few, many = order.part_ids[0], order.part_ids[1:]
        one = queries(few)
        self.assertLess((queries(many) - one) / 5, 6)


@tagged("post_install", "-at_install")
class TestWalkAroundStages(StageCase):
    """Every hold point is in stock itself: nobody moves the block by a way that does not ask for it."""

    def ways(self, part, source):
        """Calls that would bring a block somewhere else, in Odoo's own documents."""
        customers = self.env.ref("stock.stock_location_customers")
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.hub.lot_stock_id.id})
        keys = dict.fromkeys(("skip_sanity_check", "skip_backorder", "cancel_backorder", "force", "is_scrap", "inventory_mode", "bypass_reservation_update"), True)

        def move(destination, **context):
            line = {"product_id": self.block.id, "quantity": 1, "location_id": source.id, "location_dest_id": destination.id, "picked": True, "lot_id": part.lot_id.id}
            return self.env["stock.move"].create({
                "product_id": self.block.id, "product_uom_qty": 1, "location_id": source.id, "location_dest_id": destination.id, "picked": True,
                "move_line_ids": [Command.create(line)],
            }).with_context(**context)

        def transfer(user):
            picking = self.env["stock.picking"].create({"picking_type_id": self.hub.int_type_id.id, "location_id": source.id, "location_dest_id": shelf.id})
            move(shelf).write({"picking_id": picking.id})
            picking.move_ids.move_line_ids.picking_id = picking
            picking.with_user(user).button_validate()

        def scrap():
            self.env["stock.scrap"].create({"product_id": self.block.id, "lot_id": part.lot_id.id, "scrap_qty": 1, "location_id": source.id}).do_scrap()

        def another_lot():
            plain = self.env["stock.lot"].create({"name": f"PLAIN-{part.name}", "product_id": self.block.id})
            self.env["stock.quant"]._update_available_quantity(self.block, source, 1, lot_id=plain)
            done = move(shelf)
            done.move_line_ids.lot_id = plain
            done._action_done()
            done.move_line_ids.write({"lot_id": part.lot_id.id})

        def adjust():
            quant = self.env["stock.quant"].with_context(inventory_mode=True).create({
                "product_id": self.block.id, "location_id": shelf.id, "lot_id": part.lot_id.id, "inventory_quantity": 1,
            })
            quant.action_apply_inventory()

        def direct():
            self.env["stock.quant"].with_user(self.coordinator).create({
                "product_id": self.block.id, "lot_id": part.lot_id.id, "quantity": 1, "location_id": customers.id,
            })

        return {
            "a move": move(shelf)._action_done, "a delivery": move(customers)._action_done, "every context key": move(customers, **keys).sudo()._action_done,
            "a backorder": lambda: move(shelf, **keys)._action_done(cancel_backorder=True), "a transfer": lambda: transfer(self.coordinator),
            "a transfer by the system": lambda: transfer(self.env.ref("base.user_root")), "a scrap": scrap, "a lot given afterwards": another_lot,
            "an adjustment": adjust, "a quant": direct,
        }

    def assert_no_way(self, part, source, words="quality lead"):
        for name, call in self.ways(part, source).items():
            with self.subTest(way=name):
                self.assert_refused(words, call)
        self.assertFalse(self.env["stock.quant"].search([("lot_id", "=", part.lot_id.id), ("location_id.usage", "=", "customer")]))

    def assert_receipt_stops(self):
        """Odoo's own receipt, and the subcontract manufacturing order behind it."""
        picking = self.order.purchase_id.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))
        picking.move_ids.move_line_ids.unlink()
        picking.move_ids.move_line_ids = [Command.create({"product_id": self.block.id, "lot_id": self.first.lot_id.id, "quantity": 1, "picking_id": picking.id})]
        picking.move_ids.picked = True
        self.assert_refused("quality lead", picking.with_context(skip_sanity_check=True, skip_backorder=True).sudo().button_validate)
        self.assertNotIn("done", self.order.production_ids.mapped("state"))

    def place(self):
        return self.alder.subcontract_location_id

    def test_in_process(self):
        self.plan("in_process")
        self.assert_no_way(self.first, self.place())
        self.start()
        self.assert_no_way(self.first, self.place())
        self.assert_receipt_stops()
        for values in ({"state": "made"}, {"state": "packed"}):
            for user in (self.maker, self.coordinator, self.lead):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    self.first.with_user(user).write(values)

    def test_dispatch_before_it_is_packed_and_after(self):
        self.plan("dispatch")
        self.start()
        self.make()
        self.assert_no_way(self.first, self.place())
        self.assert_receipt_stops()
        self.first.with_user(self.maker).action_pack()
        self.assert_no_way(self.first, self.place())
        self.assert_receipt_stops()

    def test_site_receipt_and_installation(self):
        self.plan("site_receipt")
        self.plan("installation")
        self.to_site().with_user(self.coordinator).action_receive_all()
        place = self.first.lot_id.quant_ids.filtered(lambda quant: quant.quantity > 0).location_id
        self.assert_no_way(self.first, place)
        receipt = self.order.purchase_id.picking_ids.filtered(lambda picking: picking.state == "done")
        wizard = self.env["stock.return.picking"].with_context(active_id=receipt.id, active_model="stock.picking").create({})
        wizard.product_return_moves.quantity = 1
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        back.move_ids.move_line_ids = [Command.clear(), Command.create({"product_id": self.block.id, "lot_id": self.first.lot_id.id, "quantity": 1, "picking_id": back.id})]
        back.move_ids.picked = True
        self.assert_refused(self.first.name, back.button_validate)
        production = self.order.production_ids.filtered(lambda one: self.first.lot_id in one.lot_producing_ids)
        self.assert_refused("quality lead", self.env["mrp.unbuild"].create({
            "product_id": self.block.id, "mo_id": production.id, "bom_id": production.bom_id.id, "product_qty": 1, "lot_id": self.first.lot_id.id,
            "location_id": place.id, "location_dest_id": place.id,
        }).action_unbuild)
        self.close(self.first, "site_receipt")
        self.first.with_user(self.coordinator).action_install()
        self.assert_no_way(self.first, place)

    def test_a_block_of_a_passed_stage_moves(self):
        self.plan("site_receipt")
        self.to_site().with_user(self.coordinator).action_receive_all()
        self.close(self.first, "site_receipt")
        place = self.first.lot_id.quant_ids.filtered(lambda quant: quant.quantity > 0).location_id
        self.ways(self.first, place)["a move"]()


@tagged("post_install", "-at_install")
class TestStagesAtTheBench(StageCase):
    """The same from the shop-floor app, also from what it kept without network."""

    def told(self, name, **args):
        return {"key": str(uuid.uuid4()), "name": name, "age": 0, "person": None, "args": args}

    def tell(self, user, *told):
        answers = self.env["wcm.bench.action"].with_user(user)._run_all(list(told))
        return [(answer["state"], answer["message"]) for answer in answers]

    def answers(self, stage, verdict="pass"):
        return [{"name": f"Right at {stage}", "passed_by_hand": verdict}]

    def checked(self, part, stage):
        return self.told("check", parts=part.ids, stage=stage, answers=self.answers(stage))

    def test_checks_of_every_stage_at_the_member_are_taken_along_and_told(self):
        self.plan("in_process")
        self.plan("dispatch")
        taken = self.env["wcm.membership"].with_user(self.maker)._bench_snapshot()
        self.assertEqual({stage: plan["hold"] for stage, plan in taken["stage_checks"][str(self.order.id)].items()}, {"in_process": True, "dispatch": True})
        self.assertEqual(self.tell(self.maker, self.told("start", order=self.order.id)), [("done", "")])
        self.assertEqual(self.tell(self.colleague, self.checked(self.first, "in_process")), [("done", "")])
        [(state, message)] = self.tell(self.maker, self.told("made", parts=self.second.ids, sheets="SH-A"))
        self.assertEqual(state, "refused")
        self.assertIn("not passed", message)
        self.assertEqual(self.tell(self.maker, self.told("made", parts=self.first.ids, sheets="SH-A"), self.told("pack", parts=self.first.ids)), [("done", "")] * 2)
        [(state, message)] = self.tell(self.maker, self.told("load", parts=self.first.ids))
        self.assertIn("Dispatch check", message)
        self.assertEqual(self.tell(self.colleague, self.checked(self.first, "dispatch")), [("done", "")])
        self.assertEqual(self.tell(self.maker, self.told("load", parts=self.first.ids)), [("done", "")])

    def test_what_is_due_is_said_by_its_stage(self):
        self.plan("in_process")
        self.start()
        part = next(part for part in self.env["wcm.membership"].with_user(self.maker)._bench_snapshot()["parts"] if part["id"] == self.first.id)
        self.assertEqual((part["check"]["state"], part["check"]["stage"], part["check"]["stages"]), ("open", "in_process", ["in_process"]))
