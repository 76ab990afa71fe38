from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import NetworkCase


@tagged("post_install", "-at_install")
class TestFeedback(NetworkCase):
    def tell(self, user=None, text="The drawing lacks a hole.", mood="problem", **told):
        self.env["wcm.feedback"].with_user(user or self.alder_user).workshop_tell(text, mood, **told)
        return self.env["wcm.feedback"].search([], limit=1)

    def mails(self, subject):
        return self.env["mail.message"].search([("subject", "=", subject)])

    def test_it_comes_with_page_and_record(self):
        order = self.make_order(self.alder, self.block_line, 2, state="accepted")
        feedback = self.tell(page=f"/workshop/my-orders/{order.id}", about={"model": "wcm.work.order", "id": order.id})
        self.assertEqual(
            (feedback.about, feedback.page, feedback.membership_id, feedback.region_id, feedback.user_id, feedback.state),
            (order, f"/workshop/my-orders/{order.id}", self.alder, self.bristol, self.alder_user, "new"),
        )
        self.assertEqual(feedback.with_user(self.coordinator).about_name, order.display_name)

    def test_what_the_person_does_not_see_is_left_out_and_the_words_are_kept(self):
        order = self.make_order(self.birch, self.block_line, 2, state="accepted")
        wrong = ({"model": "wcm.work.order", "id": order.id}, {"model": "res.users", "id": 2}, {"model": "wcm.part", "id": "1"}, {"model": "wcm.part", "id": 10**30}, "nonsense", [1], {"model": [], "id": 1})
        for about in wrong:
            with self.subTest(about):
                self.assertFalse(self.tell(about=about).about)

    def test_nothing_and_too_much_are_refused_in_words(self):
        for text, words in (("  ", "Write something"), (None, "Write something"), ({"a": 1}, "Write something"), ("x" * 5001, "5,000 letters")):
            with self.subTest(text), self.assertRaisesRegex(UserError, words):
                self.tell(text=text)

    def test_sent_again_it_is_kept_once(self):
        first = self.tell(key="a1")
        self.assertEqual(self.tell(key="a1"), first)
        self.assertNotEqual(self.tell(key="a2"), first)
        self.assertEqual(len(self.env["wcm.feedback"].search([("membership_id", "=", self.alder.id)])), 2)

    def test_nobody_tells_more_a_day_than_the_limit(self):
        self.env["ir.config_parameter"].set_param("wcm_network.feedback_per_person_and_day", "2")
        self.tell()
        self.tell()
        with self.assertRaisesRegex(UserError, "told 2 things today"):
            self.tell()
        self.tell(self.birch_user)

    def test_its_author_and_the_coordinators_of_the_region_read_it(self):
        feedback = self.tell()
        colleague = self.alder._create_portal_user("colleague@example.com", "Colleague")
        for user, found in ((self.alder_user, True), (self.coordinator, True), (self.manager, True), (colleague, False), (self.birch_user, False), (self.other_coordinator, False)):
            with self.subTest(user.login):
                self.assertEqual(bool(self.env["wcm.feedback"].with_user(user).search([("id", "=", feedback.id)])), found)
        for login, group in (("funder_f", "wcm_network.group_funder"), ("portal_f", "base.group_portal"), ("public_f", "base.group_public")):
            user = self.make_user(login, group)
            with self.subTest(login), self.assertRaises(AccessError):
                self.env["wcm.feedback"].with_user(user).search([])
            with self.assertRaises(AccessError):
                self.tell(user)

    def test_nobody_writes_or_deletes_it(self):
        feedback = self.tell()
        for user in (self.alder_user, self.coordinator, self.manager):
            for call in (lambda mine: mine.write({"answer": "x"}), lambda mine: mine.unlink(), lambda mine: mine.create({"text": "x", "mood": "idea"})):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    call(feedback.with_user(user))

    def test_who_has_it_and_the_answer_told_back(self):
        feedback = self.tell()
        self.assertIn(self.coordinator.partner_id, self.mails("Alder Works tells a problem").notified_partner_ids)
        feedback.with_user(self.coordinator).action_take()
        self.assertEqual((feedback.state, feedback.handler_id), ("in_hand", self.coordinator))
        with self.assertRaisesRegex(UserError, "Write the answer"):
            feedback.with_user(self.coordinator).action_answer(" ")
        feedback.with_user(self.coordinator).action_answer("You are right.", "Version 4 has it.")
        mine = feedback.with_user(self.alder_user)
        self.assertEqual((mine.state, mine.answer, mine.done), ("answered", "You are right.", "Version 4 has it."))
        mail = self.mails("Answer to what you told us")
        self.assertEqual(mail.notified_partner_ids, self.alder_user.partner_id)
        self.assertIn(f"/workshop/my-feedback/{feedback.id}", mail.body)

    def test_today_shows_the_answer_until_it_is_read(self):
        feedback = self.tell()
        feedback.with_user(self.coordinator).action_answer("You are right.")
        self.assertEqual(self.card()["count"], 1)
        with self.assertRaises(AccessError):
            feedback.with_user(self.coordinator).action_mark_read()
        feedback.with_user(self.alder_user).action_mark_read()
        self.assertEqual(self.card()["count"], 0)

    def card(self):
        return next(card for card in self.env["wcm.membership"].with_user(self.alder_user).workshop_summary()["cards"] if card["key"] == "feedback")

    def test_only_coordinators_of_the_region_answer(self):
        feedback = self.tell()
        for user in (self.alder_user, self.birch_user, self.other_coordinator):
            with self.subTest(user.login), self.assertRaises(AccessError):
                feedback.with_user(user).action_answer("x")

    def test_a_lesson_is_made_of_it_once_and_names_nobody(self):
        feedback = self.tell(text="The <drawing> lacks a hole.")
        opened = feedback.with_user(self.coordinator).action_make_lesson()
        lesson = self.env["wcm.lesson"].browse(opened["res_id"])
        self.assertEqual((lesson.state, lesson.author_id, lesson.region_id), ("draft", self.coordinator, self.bristol))
        self.assertIn("The &lt;drawing&gt; lacks", lesson.text)
        self.assertEqual(feedback.with_user(self.coordinator).action_make_lesson()["res_id"], lesson.id)
