from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import MakingCase


@tagged("post_install", "-at_install")
class TestOpenBookPrice(MakingCase):
    """What a block costs by the member's own rates: one arithmetic for the plan, the offer and what is agreed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cutting, cls.assembling = cls.alder.facility_id.capability_ids.sorted(lambda capability: capability.process_id != cls.routing)
        cls.cutting_step, cls.assembly_step = cls.block_bom.requirement_ids
        cls.today = fields.Date.today()

    def set_rates(self, capability=None, user=None, **values):
        rates = {"machine_hour": 30, "hands_on_hour": 18, "overhead_percent": 10, **values}
        return (capability or self.cutting).with_user(user or self.alder_user).action_set_rates(**rates)

    def order(self, quantity=8, state="draft", **values):
        return self.make_order(self.alder, self.block_line, quantity, state=state, **values)

    def test_without_rates_the_price_of_a_clock_hour_is_all_there_is(self):
        order = self.order()
        book = order._price_book()
        # 40 minutes at 40 an hour, 45 at 24, and 15 minutes of set-up at 40 shared by 8
        self.assertEqual([part["amount"] for part in book["parts"]], ["26.67", "18.00", "1.25"])
        self.assertEqual((book["price"], book["offered"]), ("45.92", "50.0"))

    def test_rates_are_built_up_line_by_line(self):
        self.cutting_step.hands_on = 0.25
        self.set_rates()
        book = self.order()._price_book()
        self.assertEqual(
            [(part["kind"], part["name"] and part["name"] == self.routing.name, part["amount"]) for part in book["parts"]],
            [("machine", True, "20.00"), ("hands_on", True, "3.00"), ("machine", False, "18.00"), ("setup", "", "1.50"), ("overhead", "", "2.45")],
        )
        self.assertEqual(book["price"], "44.95")

    def test_a_plan_and_its_offer_come_to_one_price(self):
        self.cutting_step.hands_on = 0.5
        self.set_rates()
        self.set_rates(self.assembling, machine_hour=0, hands_on_hour=21, overhead_percent=12.5)
        plan = self.make_plan(target_gap=0)
        plan._solve_now()
        plan.with_user(self.manager).action_offer()
        orders = plan.line_ids.work_order_id
        self.assertIn(self.alder, orders.membership_id)
        for order in orders:
            self.assertAlmostEqual(order.price_unit, order._open_book_price(), delta=0.011, msg=order.membership_id.name)

    def test_sheets_that_the_member_buys_are_in_the_price_and_those_of_the_hub_beside_it(self):
        self.sheet.standard_price = 30
        bought, sent = self.order(material_by="member")._price_book(), self.order(material_by="hub")._price_book()
        self.assertEqual(bought["parts"][-1] | {"amount": "30.00"}, bought["parts"][-1])
        self.assertEqual((bought["parts"][-1]["kind"], float(bought["price"]) - float(sent["price"])), ("material", 30))
        self.assertEqual({row["kind"]: float(row["amount"]) for row in sent["beside"]}.get("sheets"), 30)

    def test_newer_rates_hold_from_their_day_and_never_change_what_is_agreed(self):
        self.set_rates()
        order = self.order()
        order.action_offer()
        order.with_user(self.alder_user).action_accept()
        agreed = order.with_user(self.alder_user).price_book
        self.set_rates(machine_hour=300)
        order.invalidate_recordset()
        self.assertEqual(order.with_user(self.alder_user).price_book, agreed)
        self.assertTrue(agreed["agreed_on"])
        later = self.today + timedelta(days=30)
        self.set_rates(machine_hour=400, date_from=str(later))
        self.assertEqual(self.cutting._rates_on(self.today)[self.cutting].machine, 300)
        self.assertEqual(self.cutting._rates_on(later)[self.cutting].machine, 400)

    def test_a_first_piece_that_is_split_off_keeps_how_its_price_was_built_up(self):
        self.env["ir.config_parameter"].set_param("wcm_network.first_pieces", "True")
        self.set_rates()
        order = self.order()
        order.action_offer()
        order.with_user(self.alder_user).action_accept()
        order.with_user(self.manager).action_release()
        first = order.first_order_id
        self.assertTrue(first)
        self.assertEqual(first.agreed_price_book, order.agreed_price_book)

    def test_a_counter_offer_is_kept_at_its_quantity_and_price(self):
        order = self.order()
        order.action_offer()
        order.with_user(self.alder_user).action_counter(quantity=4, price_unit=61, reason="Fewer at a time")
        order.action_accept_counter()
        book = order.price_book
        self.assertEqual((book["quantity"], book["offered"]), (4, "61.0"))
        self.assertEqual([part["amount"] for part in book["parts"]][-1], "2.50", "The set-up is shared by four")

    def test_said_twice_for_a_day_the_later_word_counts_and_what_has_begun_is_not_dropped(self):
        self.set_rates()
        self.set_rates(machine_hour=31)
        self.assertEqual(self.cutting.rate_ids.mapped("machine_hour"), [31])
        with self.assertRaisesRegex(UserError, "are kept"):
            self.cutting.rate_ids.with_user(self.alder_user).action_drop()
        self.set_rates(date_from=str(self.today + timedelta(days=5)))
        self.cutting.rate_ids.filtered(lambda rate: rate.date_from > self.today).with_user(self.alder_user).action_drop()
        self.assertEqual(self.cutting.rate_ids.mapped("machine_hour"), [31])

    def test_rates_that_make_no_sense_are_refused_in_words(self):
        yesterday = str(self.today - timedelta(days=1))
        for values, words in (
            ({"machine_hour": -1}, "Machine"), ({"machine_hour": "nan"}, "Machine"), ({"hands_on_hour": "much"}, "Hands-on"),
            ({"overhead_percent": 501}, "Overhead"), ({"date_from": yesterday}, "no day"), ({"date_from": "soon"}, "no day"),
            ({"machine_hour": 0, "hands_on_hour": 0}, "an hour costs"),
        ):  # fmt: skip
            with self.subTest(**values), self.assertRaisesRegex(UserError, words):
                self.set_rates(**values)
        self.assertFalse(self.cutting.rate_ids)

    def test_what_is_missing_is_named_and_there_is_no_price_then(self):
        self.cutting.cost_per_hour = 0
        order = self.order()
        self.assertEqual((order._price_book()["price"], order._open_book_price()), (False, 0))
        with self.assertRaisesRegex(UserError, "has set no rate for"):
            order.with_user(self.manager).action_take_open_book_price()

    def test_a_coordinator_takes_the_open_book_price_of_a_draft_only(self):
        self.set_rates()
        order = self.order()
        order.with_user(self.coordinator).action_take_open_book_price()
        self.assertEqual(order.price_unit, order._open_book_price())
        order.action_offer()
        with self.assertRaisesRegex(UserError, "Offered"):
            order.with_user(self.coordinator).action_take_open_book_price()

    # --- who sees it ---

    def test_a_member_sees_its_own_and_nobody_elses(self):
        self.set_rates()
        order = self.order(state="offered")
        self.assertTrue(order.with_user(self.alder_user).price_book["parts"])
        rate = self.cutting.rate_ids
        self.assertFalse(rate.with_user(self.birch_user).search([]))
        for call in (
            lambda: rate.with_user(self.birch_user).read(["machine_hour"]),
            lambda: order.with_user(self.birch_user).read(["price_book"]),
            lambda: self.cutting.with_user(self.birch_user).read(["rate_machine_hour"]),
            lambda: self.cutting.with_user(self.birch_user).action_set_rates(machine_hour=1),
            lambda: rate.with_user(self.birch_user).action_drop(),
            lambda: rate.with_user(self.alder_user).write({"machine_hour": 1}),
            lambda: rate.with_user(self.alder_user).unlink(),
            lambda: self.env["wcm.capability.rate"].with_user(self.alder_user).create({"capability_id": self.cutting.id, "date_from": self.today, "machine_hour": 1}),
            lambda: order.with_user(self.alder_user).read(["agreed_price_book"]),
            lambda: order.with_user(self.manager).read(["agreed_price_book"]),
            lambda: order.with_user(self.manager).write({"agreed_price_book": {}}),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_a_maker_sees_no_price_and_no_rates(self):
        maker = self.alder._create_portal_user("maker_p@example.com", "Maker", password="maker-password")
        self.alder.person_ids.filtered(lambda person: person.user_id == maker).sudo().role = "maker"
        order = self.order(state="accepted")
        for call in (
            lambda: order.with_user(maker).read(["price_book"]),
            lambda: self.cutting.with_user(maker).read(["rate_machine_hour"]),
            lambda: self.env["wcm.capability.rate"].with_user(maker).search([]),
            lambda: self.cutting.with_user(maker).action_set_rates(machine_hour=1),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_the_coordinator_of_the_home_sees_the_price_but_not_the_rates_of_a_member_elsewhere(self):
        order = self.make_order(self.birch, self.block_line, 2)
        self.assertFalse(order.with_user(self.coordinator).price_book)
        self.assertTrue(order.with_user(self.other_coordinator).price_book["parts"])
        self.assertTrue(order.with_user(self.manager).price_book["parts"])
        with self.assertRaisesRegex(UserError, "not yours to read"):
            order.with_user(self.coordinator).action_take_open_book_price()


@tagged("post_install", "-at_install")
class TestWorkForNothing(MakingCase):
    """Nothing is offered at a price of 0 by oversight."""

    def test_a_price_of_0_is_refused_until_somebody_says_why(self):
        order = self.make_order(self.alder, self.block_line, 2, price_unit=0)
        with self.assertRaisesRegex(UserError, "No price is said for"):
            order.with_user(self.coordinator).action_offer()
        self.assertEqual(order.state, "draft")
        order.with_user(self.coordinator).price_free_reason = "   "
        with self.assertRaises(UserError):
            order.with_user(self.coordinator).action_offer()
        order.with_user(self.coordinator).price_free_reason = "Made again after a fault of its own"
        order.with_user(self.coordinator).action_offer()
        self.assertEqual(order.state, "offered")
        self.assertIn("fault of its own", order._price_words())
        self.assertEqual(order.with_user(self.alder_user).price_free_reason, "Made again after a fault of its own")
        with self.assertRaisesRegex(UserError, "terms are fixed"):
            order.with_user(self.coordinator).price_free_reason = "Something else"

    def test_of_several_none_goes_out_when_one_has_no_price(self):
        priced = self.make_order(self.alder, self.block_line, 2)
        with self.assertRaisesRegex(UserError, "W-T-1"):
            (priced | self.make_order(self.alder, self.block_line, 2, price_unit=0)).with_user(self.coordinator).action_offer()
        self.assertEqual(priced.state, "draft")

    def test_a_price_that_pays_for_the_members_sheets_alone_is_refused_too(self):
        self.sheet.standard_price = 30
        order = self.make_order(self.alder, self.block_line, 2, material_by="member", price_unit=30)
        self.assertEqual((order.price_material, order.is_making_unpaid), (30, True))
        with self.assertRaisesRegex(UserError, "Alder Works.*W-T-1.*no more than the sheets"):
            order.with_user(self.coordinator).action_offer()
        order.with_user(self.coordinator).price_unit = 30.01
        order.with_user(self.coordinator).action_offer()
        self.assertEqual((order.state, order.is_making_unpaid), ("offered", False))

    def test_a_plan_with_a_member_without_rates_names_member_and_component_and_keeps_nothing(self):
        (self.alder | self.birch).facility_id.capability_ids.cost_per_hour = 0
        (self.alder | self.birch).material_by = "member"
        self.sheet.standard_price = 30
        plan = self.make_plan(self.make_build("Unpriced", {self.block: 4}))
        plan._solve_now()
        before = self.env["wcm.work.order"].search_count([])
        with self.assertRaises(UserError) as refused, self.env.cr.savepoint():
            plan.with_user(self.coordinator).action_offer()
        self.assertRegex(refused.exception.args[0], r"(Alder|Birch) [^,]*, \[W-T-1\].* for Unpriced: the price pays no more than the sheets")
        self.assertNotIn("WO/", refused.exception.args[0], "Orders that are gone again are not named")
        self.assertEqual((self.env["wcm.work.order"].search_count([]), plan.state), (before, "solved"))

    def test_sheets_alone_are_offered_when_somebody_says_why(self):
        self.sheet.standard_price = 30
        order = self.make_order(self.alder, self.block_line, 2, material_by="member", price_unit=30, price_free_reason="Its own fault (agreed)")
        order.with_user(self.coordinator).action_offer()
        self.assertIn("Its own fault", order._price_words())

    def test_a_first_piece_keeps_the_words(self):
        order = self.make_order(self.alder, self.block_line, 3, state="accepted", price_unit=0, price_free_reason="Given to the neighbourhood")
        first = order.sudo()._split_first()
        self.assertNotEqual(first, order)
        self.assertEqual((first.quantity, first.price_free_reason), (1, "Given to the neighbourhood"))
