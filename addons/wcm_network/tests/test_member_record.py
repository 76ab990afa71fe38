from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.wcm_network import member_record
from odoo.addons.wcm_network.member_record import Entry, Figure

from .common import MakingCase


@tagged("post_install", "-at_install")
class TestMemberRecord(MakingCase):
    """What is counted of a member's work, read by itself and its coordinators, and contested."""

    def figure(self, key, user=None, member=None):
        record = self.env["wcm.membership"].with_user(user or self.alder_user).member_record(member and member.id)
        return next(one for one in record[0]["figures"] if one["key"] == key)

    def rows(self, key, user=None, **how):
        return self.env["wcm.membership"].with_user(user or self.alder_user).member_record_rows(self.alder.id, key, **how)["rows"]

    def answered(self, order, hours, how="action_accept"):
        """An offer that is answered after so many hours."""
        order.with_user(self.coordinator).action_offer()
        row = self.env["wcm.offer.answer"].search([("work_order_id", "=", order.id), ("answered_at", "=", False)])
        row.asked_at = fields.Datetime.now() - timedelta(hours=hours)
        getattr(order.with_user(self.alder_user), how)(**({"reason": "No time"} if how == "action_decline" else {}))
        return row

    def delivered(self, days_late):
        """An order of which all has arrived, made so many days after it was to be ready."""
        order = self.make_made(self.alder, self.block_line, 1)
        order.sudo().write({"state": "received", "date_due": fields.Date.today() - timedelta(days=days_late)})
        return order

    def contest(self, key, record, reason="The site was shut"):
        self.alder.with_user(self.alder_user).action_contest(key, record.id, reason)
        return self.env["wcm.record.contest"].search([("membership_id", "=", self.alder.id)], limit=1, order="id desc")

    def test_on_time_is_a_share_with_its_formula_period_count_and_records(self):
        on_time, late = self.delivered(0), self.delivered(3)
        figure = self.figure("on_time")
        self.assertEqual((figure["value"], figure["count"], figure["rows"]), ("50 %", "1 of 2", 2))
        self.assertIn("divided by", figure["formula"])
        self.assertEqual([(row["name"], row["says"]) for row in self.rows("on_time")], [(late.name, "Late"), (on_time.name, "On time")])

    def test_answers_are_a_median_of_clock_hours(self):
        for hours in (2, 4, 100):
            self.answered(self.make_order(self.alder, self.block_line, 1), hours)
        figure = self.figure("response")
        self.assertEqual((figure["value"], figure["count"]), ("4.0 hours", "of 3 answers"))
        self.assertEqual([row["says"] for row in self.rows("response")], ["4.2 days", "4.0 hours", "2.0 hours"])

    def test_an_offer_that_ran_out_counts_and_one_that_was_taken_back_does_not(self):
        late, back = (self.make_order(self.alder, self.block_line, 1).with_user(self.coordinator) for _ in range(2))
        (late + back).action_offer()
        back.action_withdraw()
        late.sudo().offer_expires_on = fields.Date.today() - timedelta(days=1)
        self.env["wcm.work.order"]._cron_expire_offers()
        answers = {row.work_order_id: row.answer for row in self.env["wcm.offer.answer"].search([("work_order_id", "in", (late + back).ids)])}
        self.assertEqual(answers, {late: "expired", back: "withdrawn"})
        self.assertEqual([row["name"] for row in self.rows("response")], [late.name])

    def test_an_order_that_goes_to_another_afterwards_keeps_the_first_answer(self):
        order = self.make_order(self.alder, self.block_line, 1)
        row = self.answered(order, 5, how="action_decline")
        order.with_user(self.coordinator).action_withdraw()
        order.sudo().membership_id = self.birch
        order.with_user(self.manager).action_offer()
        self.assertEqual((row.membership_id, row.answer, round(row.hours)), (self.alder, "declined", 5))
        shown = self.rows("response")[0]
        self.assertFalse(shown["record"], "the order is another member's now")

    def test_other_terms_are_an_answer_and_a_refused_counter_asks_again(self):
        order = self.make_order(self.alder, self.block_line, 2).with_user(self.coordinator)
        order.action_offer()
        order.with_user(self.alder_user).action_counter(quantity=1, reason="One is enough")
        order.action_refuse_counter()
        order.with_user(self.alder_user).action_accept()
        answers = self.env["wcm.offer.answer"].search([("work_order_id", "=", order.id)], order="id").mapped("answer")
        self.assertEqual(answers, ["countered", "accepted"])

    def test_what_is_upheld_is_left_out_with_its_reason_and_can_be_counted_again(self):
        self.delivered(0)
        late = self.delivered(3)
        contest = self.contest("on_time", late, "The hub sent the sheets late")
        self.assertEqual(self.figure("on_time")["count"], "1 of 2", "it counts until somebody answers")
        contest.with_user(self.coordinator).action_uphold("True: the lorry broke down.")
        figure = self.figure("on_time")
        self.assertEqual((figure["value"], figure["count"], figure["left_out"], figure["rows"]), ("100 %", "1 of 1", 1, 2))
        said = next(row for row in self.rows("on_time") if row["name"] == late.name)["contests"][0]
        self.assertEqual((said["state"], said["reason"], said["answer"]), ("upheld", "The hub sent the sheets late", "True: the lorry broke down."))
        self.assertNotIn(late, self.alder._delivered_orders() - self.alder._left_out("on_time"))
        contest.with_user(self.coordinator).action_refuse("The lorry broke down a week later.")
        self.assertEqual(self.figure("on_time")["count"], "1 of 2")
        self.assertIn("True: the lorry broke down.\n\nThe lorry", contest.answer)

    def test_the_answer_is_told_and_the_history_stays(self):
        contest = self.contest("on_time", self.delivered(3))
        self.assertIn(self.coordinator.partner_id, self._told("Contested figure").notified_partner_ids)
        contest.with_user(self.coordinator).action_refuse("The drawings were there in time.")
        self.assertIn(self.alder_user.partner_id, self._told("Your record").notified_partner_ids)
        with self.assertRaises(UserError):
            contest.unlink()
        with self.assertRaises(UserError):
            contest.with_user(self.coordinator).action_refuse("Again")
        self.assertEqual(self.contest("on_time", contest.work_order_id, "The drawings were wrong").state, "open", "it may be said once more")

    def _told(self, subject):
        return self.env["mail.message"].search([("subject", "like", subject)], limit=1, order="id desc")

    def test_it_is_contested_once_with_words_and_by_its_own_office(self):
        late = self.delivered(3)
        with self.assertRaisesRegex(UserError, "why it should not count"):
            self.contest("on_time", late, "  ")
        self.contest("on_time", late)
        with self.assertRaisesRegex(UserError, "contested already"):
            self.contest("on_time", late)
        maker = self.alder._create_portal_user("maker@example.com", "A Maker", password="maker-password")
        for user in (maker, self.birch_user, self.other_coordinator):
            with self.assertRaises(AccessError):
                self.alder.with_user(user).action_contest("on_time", late.id, "Mine")

    def test_another_members_record_is_not_contested_nor_an_unknown_figure(self):
        others = self.make_order(self.birch, self.block_line, 1, state="received", date_due=fields.Date.today())
        member = self.alder.with_user(self.alder_user)
        for figure, record in (("on_time", others.id), ("charm", others.id), (None, None), ("on_time", "1"), ([], {})):
            with self.assertRaises(UserError):
                member.action_contest(figure, record, "Mine")

    def test_only_the_member_and_its_coordinators_read_it(self):
        self.delivered(3)
        contest = self.contest("on_time", self.delivered(3))
        members = self.env["wcm.membership"]
        self.assertEqual(self.figure("on_time", self.coordinator, self.alder)["count"], "0 of 2")
        for user in (self.birch_user, self.other_coordinator):
            for call in (lambda m: m.member_record(self.alder.id), lambda m: m.member_record_rows(self.alder.id, "on_time")):
                with self.assertRaises(AccessError):
                    call(members.with_user(user))
            self.assertFalse(self.env["wcm.record.contest"].with_user(user).search([]))
            self.assertFalse(self.env["wcm.offer.answer"].with_user(user).search([("membership_id", "=", self.alder.id)]))
            with self.assertRaises(AccessError):
                contest.with_user(user).action_uphold("Mine")
        self.assertEqual([one["name"] for one in members.with_user(self.birch_user).member_record()], ["Birch Joinery"])
        with self.assertRaises(AccessError):
            contest.with_user(self.alder_user).action_uphold("We agree with ourselves")
        with self.assertRaises(AccessError):
            contest.with_user(self.coordinator).write({"state": "upheld"})

    def test_a_coordinator_opens_the_page_of_one_member(self):
        action = self.alder.with_user(self.coordinator).action_open_record()
        self.assertEqual((action["tag"], action["context"]), ("wcm_member_record", {"active_id": self.alder.id}))
        with self.assertRaises(AccessError):
            self.alder.with_user(self.other_coordinator).action_open_record()

    def test_rows_come_in_pages_the_worst_first(self):
        for hours in range(1, 24):
            self.answered(self.make_order(self.alder, self.block_line, 1, price_unit=hours), hours, how="action_decline")
        page = self.env["wcm.membership"].with_user(self.alder_user).member_record_rows(self.alder.id, "response")
        self.assertEqual((len(page["rows"]), page["more"], page["rows"][0]["says"]), (20, True, "23.0 hours"))
        self.assertEqual([row["says"] for row in self.rows("response", offset=20)], ["3.0 hours", "2.0 hours", "1.0 hours"])

    def test_the_arithmetic_says_nothing_of_nothing(self):
        self.assertIsNone(member_record.share([]))
        self.assertIsNone(member_record.middle([]))
        day = fields.Date.today()
        self.assertEqual(member_record.middle([Entry(1, day, 2), Entry(2, day, 4)]), 3)
        with self.assertRaises(ValueError):
            Figure("x", "X", "x", "x", "points")
        self.assertEqual(self.figure("on_time")["value"], "Nothing to count yet")
