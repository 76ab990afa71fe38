from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import MakingCase


@tagged("post_install", "-at_install")
class TestFirstPieces(MakingCase):
    """Alder has never made a wall block."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("wcm_network.first_pieces", "True")
        cls.order = cls.make_order(cls.alder, cls.block_line, 6, state="accepted")

    def release(self, orders):
        orders.with_user(self.coordinator).action_release()

    def first_of(self, order):
        return order.first_order_id

    def make(self, order):
        self.supply(order)
        order.part_ids.with_user(self.alder_user).action_mark_made("SH-A")

    def test_one_block_is_released_and_the_rest_waits(self):
        self.release(self.order)
        first = self.first_of(self.order)
        self.assertEqual((first.state, first.quantity, len(first.part_ids), first.purchase_line_id.product_qty), ("released", 1, 1, 1))
        self.assertEqual((self.order.state, self.order.quantity, self.order.waits_for_first), ("accepted", 5, True))
        self.assertEqual((first.price_unit, first.date_due, first.membership_id), (50, self.order.date_due, self.alder))
        self.assertEqual(self.block_line.quantity_placed, 6, "Nothing is lost and nothing given twice.")

    def test_the_rest_is_refused_until_the_first_is_accepted(self):
        self.release(self.order)
        first = self.first_of(self.order)
        with self.assertRaisesRegex(UserError, f"Alder Works is new to this component, and its first piece .{first.name}. is not accepted"):
            self.release(self.order)
        with self.assertRaisesRegex(UserError, "is not made yet"):
            first.with_user(self.coordinator).action_accept_first()
        self.make(first)
        first.with_user(self.coordinator).action_accept_first()
        self.assertEqual((first.first_accepted_by_id, self.order.waits_for_first), (self.coordinator, False))
        self.release(self.order)
        self.assertEqual((self.order.state, len(self.order.part_ids)), ("released", 5))

    def test_who_made_it_before_gets_all_at_once(self):
        self.release(self.order)
        first = self.first_of(self.order)
        self.make(first)
        first.with_user(self.coordinator).action_accept_first()
        later = self.make_order(self.alder, self.make_build("Later", {self.block: 4}).line_ids, 4, state="accepted")
        self.release(later)
        self.assertEqual((later.state, later.quantity), ("released", 4))

    def test_each_component_has_a_first_piece_of_its_own(self):
        beams = self.make_order(self.alder, self.beam_line, 4, state="accepted")
        self.release(self.order | beams)
        self.assertNotEqual(self.first_of(self.order), self.first_of(beams))
        self.assertEqual((self.order.quantity, beams.quantity), (5, 3))

    def test_two_orders_of_one_component_have_one_first_piece(self):
        other = self.make_order(self.alder, self.make_build("Other", {self.block: 3}).line_ids, 3, state="accepted")
        self.release(self.order | other)
        self.assertEqual(self.first_of(self.order), self.first_of(other))
        self.assertEqual(sorted((self.order | other).mapped("quantity")), [3, 5])

    def test_an_order_of_one_block_is_its_own_first_piece(self):
        one = self.make_order(self.alder, self.make_build("One", {self.block: 1}).line_ids, 1, state="accepted")
        self.release(one)
        self.assertEqual((one.state, one.is_first_piece, one.quantity), ("released", True, 1))

    def test_a_first_piece_that_is_called_off_is_asked_for_again(self):
        self.release(self.order)
        gone = self.first_of(self.order)
        gone.with_user(self.coordinator).action_cancel("Site is flooded")
        self.release(self.order)
        self.assertNotEqual(self.first_of(self.order), gone)
        self.assertEqual(self.order.quantity, 4)

    def test_the_plan_lists_the_first_piece_with_its_orders(self):
        plan = self.make_plan()
        plan.line_ids.create({
            "plan_id": plan.id, "build_line_id": self.block_line.id, "membership_id": self.alder.id, "week_start": self.monday,
            "quantity": 6, "work_order_id": self.order.id,
        })
        self.release(self.order)
        listed = self.env["wcm.work.order"].search(plan.action_open_work_orders()["domain"])
        self.assertEqual(listed, self.order | self.first_of(self.order))

    def test_members_are_told_what_waits_and_accept_nothing_themselves(self):
        self.release(self.order)
        first = self.first_of(self.order)
        seen = self.order.with_user(self.alder_user)
        self.assertEqual((seen.waits_for_first, seen.first_order_id), (True, first))
        self.make(first)
        for user in (self.alder_user, self.birch_user):
            with self.assertRaises(AccessError):
                first.with_user(user).action_accept_first()
        with self.assertRaises(AccessError):
            first.with_user(self.coordinator).write({"first_accepted_on": "2026-01-01"})
        waiting = self.env["wcm.work.order"].with_user(self.coordinator).search([("waits_for_first", "=", True)])
        self.assertEqual(waiting, self.order)

    def test_where_first_pieces_are_not_asked_for_all_is_released(self):
        self.env["ir.config_parameter"].set_param("wcm_network.first_pieces", "False")
        self.release(self.order)
        self.assertEqual((self.order.state, self.order.quantity), ("released", 6))

    def test_a_coordinator_who_does_not_see_the_first_piece_sees_that_it_is_waited_for(self):
        far = self.make_build("Far home", {self.block: 4})
        far.site_id = self.site.copy({"name": "Far", "code": "FAR", "region_id": self.cumbria.id})
        order = self.make_order(self.alder, far.line_ids, 4, state="accepted", date_due=self.order.date_due)
        (self.order | order).with_user(self.manager).action_release()
        self.env.invalidate_all()
        self.assertTrue(self.first_of(order).build_id == self.build != far)
        seen = order.with_user(self.other_coordinator)
        self.assertTrue(seen.waits_for_first)
        self.assertEqual(seen.search([("waits_for_first", "=", True)]), order)
