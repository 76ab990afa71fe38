from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import NetworkCase


@tagged("post_install", "-at_install")
class TestWorkOrderMessages(NetworkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.make_order(cls.alder, cls.block_line, 3, state="accepted")
        cls.maker = cls.alder._create_portal_user("max@example.com", "Max")

    def texts(self, user):
        return [(one["author"], one["own"], one["text"]) for one in self.order.with_user(user).workshop_messages()]

    def last(self):
        return self.order.message_ids.sorted("id")[-1]

    def write_back(self, text="Yes, <b>Friday</b>"):
        return self.order.with_user(self.coordinator).message_post(body=text, message_type="comment", subtype_xmlid="mail.mt_comment")

    def test_a_maker_asks_and_the_coordinator_is_told(self):
        self.order.with_user(self.maker).action_send_message("Which edge is up?\n<script>alert(1)</script>")
        self.assertEqual(self.last().author_id, self.maker.partner_id)
        self.assertEqual(self.last().notified_partner_ids, self.coordinator.partner_id)
        self.assertNotIn("<script>", self.last().body)
        self.assertEqual(self.texts(self.alder_user), [("Max", True, "Which edge is up?\n<script>alert(1)</script>")])

    def test_the_answer_reaches_the_office_and_who_asked(self):
        self.order.with_user(self.maker).action_send_message("Friday?")
        self.write_back()
        self.assertEqual(self.last().notified_partner_ids, (self.alder_user | self.maker).partner_id)
        self.assertEqual(len(self.texts(self.maker)), 2)
        self.assertFalse(self.texts(self.maker)[1][1])

    def test_a_note_of_the_network_stays_inside(self):
        self.order.with_user(self.coordinator).message_post(body="They are dear", message_type="comment", subtype_xmlid="mail.mt_note")
        self.assertEqual(self.texts(self.alder_user), [])
        self.assertFalse(self.last().notified_partner_ids)

    def test_today_shows_what_the_network_wrote_last(self):
        def card():
            return next(card for card in self.env["wcm.membership"].with_user(self.maker).workshop_summary()["cards"] if card["key"] == "messages")

        self.assertEqual(card()["count"], 0)
        self.write_back()
        self.assertEqual([line["id"] for line in card()["lines"]], self.order.ids)
        self.order.with_user(self.maker).action_send_message("Thank you")
        self.assertEqual(card()["count"], 0)

    def test_others_neither_read_nor_write(self):
        self.write_back()
        for user in (self.birch_user, self.make_user("portal_t", "base.group_portal"), self.make_user("employee_t", "base.group_user")):
            order = self.order.with_user(user)
            for call in (order.workshop_messages, lambda order=order: order.action_send_message("Hello")):
                with self.subTest(user.login), self.assertRaises(AccessError):
                    call()
        offer = self.make_order(self.alder, self.beam_line, 1, state="offered")
        with self.assertRaises(AccessError):
            offer.with_user(self.maker).action_send_message("What does it pay?")

    def test_a_member_names_no_other_sender_and_no_receiver(self):
        with self.assertRaisesRegex(AccessError, "Messages"), self.env.cr.savepoint():
            self.order.with_user(self.alder_user).message_post(body="From your coordinator", author_id=self.coordinator.partner_id.id, partner_ids=self.birch_user.partner_id.ids)
        self.assertFalse(self.order.message_ids.filtered(lambda message: "From your" in message.body))

    def test_a_reply_by_mail_reaches_the_other_side_too(self):
        comment = self.env.ref("mail.mt_comment").id
        self.order.with_user(self.alder_user).sudo().message_post(body="By mail", message_type="email", subtype_id=comment, author_id=self.alder_user.partner_id.id)
        self.assertEqual(self.last().notified_partner_ids, self.coordinator.partner_id)
        self.assertEqual(self.texts(self.maker), [(self.alder_user.name, True, "By mail")])

    def test_an_empty_or_endless_message_is_refused_in_words(self):
        for text in (None, "  ", 7, "x" * 5001):
            with self.subTest(str(text)[:5]), self.assertRaises(UserError):
                self.order.with_user(self.alder_user).action_send_message(text)

    def test_the_mail_leads_to_the_members_own_page(self):
        groups = self.order._notify_get_recipients_groups(self.env["mail.message"], "Work order", msg_vals={"model": self.order._name, "res_id": self.order.id})
        portal = next(values for name, _belongs, values in groups if name == "portal")
        self.assertTrue(portal["button_access"]["url"].endswith(f"/workshop/my-orders/{self.order.id}"))
