from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import format_date, html2plaintext

from .common import NetworkCase


@tagged("post_install", "-at_install")
class TestWorkOrderOffer(NetworkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.make_order(cls.alder, cls.block_line, 8)

    def offer(self, order=None):
        (order or self.order).with_user(self.coordinator).action_offer()

    def as_alder(self, order=None):
        return (order or self.order).with_user(self.alder_user)

    def mail(self, member=None):
        return self.env["mail.message"].search([("model", "=", "wcm.membership"), ("res_id", "=", (member or self.alder).id)], limit=1)

    def test_an_offer_reaches_the_people_of_the_member_by_mail(self):
        self.offer()
        self.assertEqual(self.mail().partner_ids, self.alder_user.partner_id)
        self.assertIn(f"/workshop/my-orders/{self.order.id}", self.mail().body)

    def test_the_mail_says_what_is_asked_for(self):
        self.env["product.document"].create({"name": "block.dxf", "raw": b"x", "res_model": "product.product", "res_id": self.block.id})
        self.order.instructions = "Mind the grain"
        self.offer(self.order | self.make_order(self.alder, self.beam_line, 4))
        text = html2plaintext(self.mail().body)
        for words in (
            "8 × W-T-1", "Test home, Test Meadow", "50.00 each", "400.00 in all", format_date(self.env, self.order.date_due),
            "v1 block.dxf", "8 × Test ply sheet, sent by the network", "Mind the grain", "4 × R-T-1", "/workshop/my-orders",
        ):
            with self.subTest(words):
                self.assertIn(words, text)

    def test_sheets_that_the_network_does_not_send_are_bought_by_the_member(self):
        self.site.picking_type_id.warehouse_id.subcontracting_to_resupply = False
        self.assertEqual(self.order.with_user(self.alder_user).material_supplied, "8 × Test ply sheet, not sent: the member buys it")

    def test_a_mail_is_in_the_language_of_its_reader_and_read_by_nobody_else(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.alder_user.lang = "fr_FR"
        self.offer()
        self.assertIn(format_date(self.order.with_context(lang="fr_FR").env, self.order.date_due), html2plaintext(self.mail().body))
        for user in (self.birch_user, self.make_user("employee_t", "base.group_user")):
            with self.assertRaises(AccessError):
                self.mail().with_user(user).read(["body"])

    def test_one_mail_lists_all_orders_of_a_member(self):
        orders = self.order | self.make_order(self.alder, self.beam_line, 4)
        before = self.env["mail.message"].search_count([("model", "=", "wcm.membership")])
        self.offer(orders)
        self.assertEqual(self.env["mail.message"].search_count([("model", "=", "wcm.membership")]), before + 1)

    def test_a_member_sees_offers_but_no_drafts(self):
        self.assertFalse(self.env["wcm.work.order"].with_user(self.alder_user).search([]))
        self.offer()
        self.assertEqual(self.env["wcm.work.order"].with_user(self.alder_user).search([]), self.order)

    def test_an_accepted_offer_takes_the_quantity(self):
        self.offer()
        self.as_alder().action_accept()
        self.assertEqual(self.order.state, "accepted")
        self.assertEqual(self.order.accepted_by_id, self.alder_user)
        self.assertEqual(self.block_line.quantity_open, 0)

    def test_accepting_again_after_a_lost_answer_changes_nothing(self):
        self.offer()
        self.as_alder().action_accept()
        first = self.order.accepted_on
        self.as_alder().action_accept()
        self.assertEqual((self.order.state, self.order.accepted_on), ("accepted", first))

    def test_the_last_open_quantity_is_given_once(self):
        rival = self.make_order(self.birch, self.block_line, 8)
        self.offer()
        rival.with_user(self.manager).action_offer()
        self.as_alder().action_accept()
        with self.assertRaisesRegex(UserError, "taken by another member in the meantime; nothing was booked on you"):
            rival.with_user(self.birch_user).action_accept()
        self.assertEqual(rival.state, "offered")

    def test_two_offers_that_fit_are_both_accepted(self):
        five, three = (self.make_order(self.alder, self.block_line, quantity) for quantity in (5, 3))
        self.offer(five | three)
        self.as_alder(five | three).action_accept()
        self.assertEqual(self.block_line.quantity_open, 0)

    def test_a_declined_quantity_is_open_again(self):
        self.offer()
        self.assertEqual(self.block_line.quantity_to_plan, 0)
        self.as_alder().action_decline(reason="Router down")
        self.assertEqual((self.order.state, self.order.decline_reason), ("declined", "Router down"))
        self.assertEqual(self.block_line.quantity_to_plan, 8)

    def test_declining_needs_a_reason(self):
        self.offer()
        for values in ({"reason": " "}, {"kind": "other"}, {}):
            with self.subTest(values), self.assertRaisesRegex(UserError, "Say why you decline"):
                self.as_alder().action_decline(**values)
        with self.assertRaisesRegex(UserError, "no reason of the list"):
            self.as_alder().action_decline(kind="weather", reason="Rain")
        with self.assertRaisesRegex(UserError, "no reason of the list"):
            self.as_alder().action_decline(kind=["price"])

    def test_a_reason_of_the_list_needs_no_words(self):
        self.offer()
        self.as_alder().action_decline(kind="price")
        self.assertEqual(self.order.decline_reason, "The price is too low")

    def test_declining_again_after_a_lost_answer_counts_once(self):
        self.offer()
        for _click in range(2):
            self.as_alder().action_decline(kind="hours", reason="Until May")
        self.assertEqual((self.order.decline_reason, self.alder.decline_count), ("No free hours then: Until May", 1))

    def test_reasons_are_counted_for_the_coordinator_and_the_member_itself(self):
        beams = self.make_order(self.alder, self.beam_line, 4)
        self.offer(self.order | beams)
        self.as_alder(self.order | beams).action_decline(kind="hours")
        self.order.with_user(self.coordinator).action_withdraw()
        self.offer()
        self.as_alder().action_decline(kind="date")
        words = "2 × No free hours then, 1 × The date cannot be kept"
        for user in (self.coordinator, self.alder_user):
            self.assertEqual(self.alder.with_user(user).decline_words, words)
        Decline = self.env["wcm.offer.decline"]
        self.assertEqual(Decline.with_user(self.alder_user).search_count([]), 3)
        for user in (self.birch_user, self.other_coordinator):
            self.assertFalse(Decline.with_user(user).search([]))
            with self.assertRaises(AccessError):
                self.alder.with_user(user).read(["decline_words"])
        for user in (self.alder_user, self.manager):
            with self.assertRaises(AccessError):
                Decline.with_user(user).search([]).unlink()

    def test_the_coordinator_records_a_members_no_with_its_reason(self):
        self.offer()
        wizard = self.env["wcm.work.order.reason"].with_user(self.coordinator).with_context(active_ids=self.order.ids, default_step="decline")
        with Form(wizard) as form:
            form.kind = "kit"
        form.record.action_confirm()
        self.assertEqual(self.order.decline_reason, "Not with our machines or skills")

    def test_a_counter_offer_that_is_agreed_sets_the_terms(self):
        self.offer()
        due = self.order.date_due + timedelta(days=7)
        self.as_alder().action_counter(quantity=5, date_due=str(due), price_unit=55, reason="Holiday week")
        self.assertEqual(self.order.state, "countered")
        self.assertEqual((self.order.quantity, self.order.price_unit), (8, 50), "The offer stands until it is agreed.")
        self.order.with_user(self.coordinator).action_accept_counter()
        self.assertEqual((self.order.state, self.order.quantity, self.order.date_due, self.order.price_unit), ("accepted", 5, due, 55))
        self.assertEqual(self.block_line.quantity_open, 3)

    def test_a_counter_offer_stands_beside_the_plan_with_its_differences(self):
        plan = self.make_plan()
        plan.line_ids.create({
            "plan_id": plan.id, "build_line_id": self.block_line.id, "membership_id": self.alder.id, "week_start": self.monday,
            "quantity": 8, "work_order_id": self.order.id,
        })
        self.offer()
        self.assertFalse(plan.counter_count)
        late = self.block_line.date_required
        self.as_alder().action_counter(quantity=5, date_due=str(late), price_unit=54, reason="Holiday week")
        self.assertEqual((plan.with_user(self.coordinator).counter_ids, plan.line_ids.work_order_state), (self.order, "countered"))
        self.assertFalse(plan.with_user(self.other_coordinator).counter_ids, "Of orders that it may not see, none.")
        order = self.order.with_user(self.coordinator)
        self.assertEqual(
            (order.counter_quantity_less, order.counter_days, order.counter_cost, order.counter_is_late), (3, (late - order.date_due).days, 20, True)
        )
        order.action_accept_counter()
        self.assertEqual((plan.counter_count, order.counter_cost), (0, 0))

    def test_a_refused_counter_offer_leaves_the_offer_as_it_was(self):
        self.offer()
        self.as_alder().action_counter(quantity=5, reason="Busy")
        self.order.with_user(self.coordinator).action_refuse_counter()
        self.assertEqual((self.order.state, self.order.counter_quantity, self.order.counter_reason), ("offered", 0, False))
        self.as_alder().action_accept()
        self.assertEqual(self.order.quantity, 8)

    def test_a_counter_offer_with_nonsense_is_refused_in_words(self):
        self.offer()
        for values, words in (
            ({"quantity": 0}, "no number of blocks"),
            ({"quantity": "many"}, "no number of blocks"),
            ({"quantity": 1.5}, "no number of blocks"),
            ({"date_due": "soon"}, "no day to come"),
            ({"date_due": "2001-01-01"}, "no day to come"),
            ({"price_unit": -1}, "no price"),
            ({"price_unit": "nan"}, "no price"),
            ({}, "This is what was offered"),
        ):
            with self.subTest(values), self.assertRaisesRegex(UserError, words):
                self.as_alder().action_counter(**values, reason="Because")
        self.assertEqual(self.order.state, "offered")

    def test_a_member_may_not_agree_to_its_own_counter_offer(self):
        self.offer()
        self.as_alder().action_counter(price_unit=900, reason="Gold plated")
        for step in ("action_accept_counter", "action_refuse_counter", "action_withdraw", "action_release", "action_offer"):
            with self.subTest(step), self.assertRaises(AccessError):
                getattr(self.as_alder(), step)()

    def test_another_member_can_do_nothing_with_an_order(self):
        self.offer()
        foreign = self.order.with_user(self.birch_user)
        for step, arguments in (
            ("action_accept", {}), ("action_decline", {"reason": "x"}), ("action_counter", {"quantity": 1, "reason": "x"}),
            ("action_start", {}), ("action_hold", {"reason": "x"}), ("action_cancel", {"reason": "x"}), ("action_print_labels", {}),
        ):
            with self.subTest(step), self.assertRaises(AccessError):
                getattr(foreign, step)(**arguments)
        self.assertEqual(self.order.state, "offered")

    def test_state_and_agreed_terms_cannot_be_written_by_anybody(self):
        for user in (self.coordinator, self.manager):
            for values in ({"state": "accepted"}, {"purchase_line_id": False}, {"counter_price_unit": 1}, {"name": "X"}, {"on_hold": True}):
                with self.subTest(values), self.assertRaises(AccessError):
                    self.order.with_user(user).write(values)
        self.offer()
        with self.assertRaisesRegex(UserError, "its terms are fixed"):
            self.order.with_user(self.coordinator).price_unit = 1
        with self.assertRaises(AccessError):
            self.as_alder().write({"price_unit": 1000})

    def test_an_order_cannot_be_created_half_way_through_its_life(self):
        values = {"membership_id": self.alder.id, "build_line_id": self.beam_line.id, "quantity": 1, "date_due": self.monday}
        Order = self.env["wcm.work.order"].with_user(self.coordinator)
        with self.assertRaises(AccessError):
            Order.create({**values, "state": "accepted"})
        self.assertEqual(Order.with_context(default_state="accepted").create(values).state, "draft")

    def test_an_offer_runs_out_the_day_after_its_last_day(self):
        today = fields.Date.context_today(self.order)
        self.order.offer_expires_on = today
        self.offer()
        self.env["wcm.work.order"]._cron_expire_offers()
        self.assertEqual(self.order.state, "offered")
        self.order.offer_expires_on = today - timedelta(days=1)
        with self.assertRaisesRegex(UserError, "ran out on"):
            self.as_alder().action_accept()
        self.env["wcm.work.order"]._cron_expire_offers()
        self.assertEqual(self.order.state, "expired")
        self.assertEqual(self.block_line.quantity_to_plan, 8)

    def test_new_terms_are_accepted_before_new_work(self):
        self.offer()
        self.make_terms("2").action_approve()
        with self.assertRaisesRegex(UserError, "has not accepted the terms"):
            self.as_alder().action_accept()
        self.alder.with_user(self.alder_user).action_accept_terms()
        self.as_alder().action_accept()
        self.assertEqual(self.order.state, "accepted")

    def test_a_suspended_member_gets_no_work(self):
        self.alder.action_suspend("No insurance")
        with self.assertRaisesRegex(UserError, "not an active member"):
            self.offer()

    def test_a_withdrawn_offer_is_a_draft_again(self):
        self.offer()
        self.order.with_user(self.coordinator).action_withdraw()
        self.assertEqual(self.order.state, "draft")
        self.order.with_user(self.coordinator).quantity = 6
        self.offer()
        self.assertEqual(self.order.quantity, 6)

    def test_only_a_draft_is_deleted(self):
        self.offer()
        with self.assertRaisesRegex(UserError, "Only a draft can be deleted"):
            self.order.with_user(self.manager).unlink()
