from contextlib import contextmanager
from unittest.mock import patch

from psycopg2.errors import SerializationFailure

from odoo import Command
from odoo.exceptions import AccessError, LockError
from odoo.tests import tagged
from odoo.tools import config

from ..models.wcm_release import BATCH
from ..models.wcm_work_order_release_many import WAITED_FOR
from .common import MakingCase


@tagged("post_install", "-at_install")
class TestReleaseMany(MakingCase):
    def setUp(self):
        super().setUp()
        before = config["max_cron_threads"]
        self.addCleanup(config.__setitem__, "max_cron_threads", before)
        config["max_cron_threads"] = 1  # tests run without a scheduler; here there is one, which comes when the test calls it

    def go_on(self):
        """What the scheduler does when it comes."""
        with self.enter_registry_test_mode():
            self.env.ref("wcm_network.cron_release").method_direct_trigger()

    def accepted(self, count):
        """Orders of one block, two a purchase order."""
        builds = [self.make_build(f"Home {number}", {self.block: 2}) for number in range(count // 2)]
        return self.env["wcm.work.order"].concat(*(
            self.make_order(self.alder, build.line_ids, 1, "accepted") for build in builds for _number in range(2)
        ))

    def press_release(self, orders, user=None):
        action = orders.with_user(user or self.manager).action_release()
        return self.env["wcm.release"].browse(action["res_id"])

    def test_a_few_are_released_at_once(self):
        orders = self.accepted(WAITED_FOR)
        self.assertIs(orders.with_user(self.manager).action_release(), True)
        self.assertEqual(set(orders.mapped("state")), {"released"})
        self.assertFalse(orders.release_id)

    def test_many_go_on_in_the_background(self):
        orders = self.accepted(WAITED_FOR + 2)
        release = self.press_release(orders)
        self.assertEqual(self.press_release(orders), release, "Pressed twice.")
        self.assertEqual((set(orders.mapped("state")), release.progress_total, release.progress_done), ({"accepted"}, 22, 0))
        self.go_on()
        self.assertEqual((release.state, release.released_count, release.problem_count, release.message), ("done", 22, 0, False))
        self.assertEqual((set(orders.mapped("state")), len(orders.purchase_id)), ({"released"}, 11))
        self.go_on()
        self.assertEqual(len(self.env["purchase.order.line"].search([("wcm_work_order_id", "in", orders.ids)])), 22, "None is made twice.")

    def test_an_order_that_cannot_be_released_says_why_and_costs_no_other(self):
        orders = self.accepted(WAITED_FOR + 2)
        held, gone, *rest = orders
        held.sudo().write({"on_hold": True, "hold_reason": "Drawing is wrong"})
        release = self.press_release(orders)
        gone.with_user(self.manager).action_cancel("Not needed")
        self.go_on()
        self.assertEqual((release.state, release.released_count, release.problem_count), ("done", 20, 1))
        self.assertIn("is on hold: Drawing is wrong", held.release_problem)
        self.assertEqual({order.state for order in rest}, {"released"})
        held.with_user(self.manager).action_unhold()
        release.with_user(self.manager).action_go_on()
        self.go_on()
        self.assertEqual((held.state, held.release_problem, release.state, release.message), ("released", False, "done", False))

    def test_a_purchase_order_that_odoo_refuses_costs_no_other(self):
        orders = self.accepted(WAITED_FOR + 2)
        self.birch.partner_id.property_stock_supplier = False
        refused = self.make_order(self.birch, orders[0].build_line_id, 1, "accepted")
        release = self.press_release(orders | refused)
        self.go_on()
        self.assertEqual((release.released_count, release.problem_count, refused.state), (22, 1, "accepted"))
        self.assertIn("Vendor Location", refused.release_problem)

    def test_a_batch_that_meets_another_change_is_begun_again_and_holds_up_no_other(self):
        orders = self.accepted(2 * (WAITED_FOR + 2))
        ours, others = orders[: WAITED_FOR + 2], orders[WAITED_FOR + 2 :]
        release, other = self.press_release(ours), self.press_release(others)
        with self.failing("_release_at_once", SerializationFailure, ours):
            self.go_on()
        self.assertEqual((release.state, release.progress_done, other.state), ("running", 0, "done"))
        self.go_on()
        self.assertEqual((release.state, release.released_count, release.problem_count), ("done", 22, 0))

    def test_an_order_that_somebody_holds_is_tried_again_without_being_asked(self):
        orders = self.accepted(WAITED_FOR + 2)
        release = self.press_release(orders)
        with self.failing("lock_for_update", LockError("Locked"), orders[:1]):
            self.go_on()
        self.assertEqual((release.state, release.problem_count), ("running", 0))
        self.go_on()
        self.assertEqual((release.state, release.released_count, release.problem_count), ("done", 22, 0))

    @contextmanager
    def failing(self, name, error, some):
        """Meanwhile this fails where it is done to some of these orders."""
        before = getattr(type(some), name)

        def fail(orders, *args, **kwargs):
            if orders & some:
                raise error
            return before(orders, *args, **kwargs)

        with patch.object(type(some), name, fail):
            yield

    def test_the_company_is_the_one_in_which_it_was_begun(self):
        orders = self.accepted(WAITED_FOR + 2)
        here, elsewhere = self.env.company, self.env["res.company"].create({"name": "Elsewhere"})
        self.manager.write({"company_ids": [Command.link(elsewhere.id)], "company_id": elsewhere.id})
        release = self.press_release(orders.with_context(allowed_company_ids=here.ids))
        self.go_on()
        self.assertEqual((release.problem_ids.mapped("release_problem"), orders.purchase_id.company_id), ([], here))

    def test_who_stops_it_keeps_what_is_released_and_goes_on_later(self):
        orders = self.accepted(BATCH + 2)
        release = self.press_release(orders)
        release._release_batch(release.with_user(self.manager)._next_batch())  # the server was killed after one batch
        self.assertEqual((release.released_count, release.progress_done), (BATCH, BATCH))
        release.with_user(self.manager).action_stop()
        self.go_on()
        self.assertEqual((release.state, release.released_count), ("stopped", BATCH))
        release.with_user(self.manager).action_go_on()
        self.go_on()
        self.assertEqual((release.state, release.released_count, len(orders.purchase_id)), ("done", BATCH + 2, BATCH // 2 + 1))

    def test_only_who_started_it_and_managers_see_it_and_no_member_touches_it(self):
        orders = self.accepted(WAITED_FOR + 2)
        release = self.press_release(orders, self.coordinator)
        self.assertEqual(release.with_user(self.manager).progress_total, 22)
        for user in (self.other_coordinator, self.alder_user):
            for press in ("action_stop", "action_go_on"):
                with self.assertRaises(AccessError):
                    getattr(release.with_user(user), press)()
        with self.assertRaises(AccessError):
            release.with_user(self.coordinator).write({"state": "done"})
