from base64 import b64encode
from datetime import timedelta
from hashlib import sha256

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import NetworkCase


@tagged("post_install", "-at_install")
class TestTermsVersions(NetworkCase):
    """The text in force (`self.terms`, notice 0) is followed by one with 30 days of notice that both members accepted."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.second_manager = cls.make_user("manager_2", "wcm_network.group_manager")
        cls.today = fields.Date.today()
        cls.held = cls.make_version("held", notice_days=30, levy_percent=3)
        cls.held.action_approve()
        for member in (cls.alder, cls.birch):
            member.with_user(member.user_ids).action_accept_terms()

    @classmethod
    def make_version(cls, version, days="{payment_days}", **values):
        clause = {"heading": "Fair payment", "key": "pay", "text": f"You are paid within {days}.", "summary": "Paid in time."}
        return cls.make_terms(version, body=False, clause_ids=[Command.create(clause)], **values)

    def days_pass(self, days):
        """Everything that is dated happened so many days earlier."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE wcm_terms SET effective_date = effective_date - %s", [days])
        self.env.invalidate_all()
        self.env["wcm.terms"]._cron_put_in_force()

    def accept(self, member):
        member.with_user(member.user_ids).action_accept_terms()

    def send_copies(self):
        with self.enter_registry_test_mode():
            self.env.ref("wcm_network.cron_terms_copies").method_direct_trigger()

    def agreed(self, member=None, **values):
        order = self.make_order(member or self.alder, self.block_line, 2, state="offered", **values)
        order.with_user(order.membership_id.user_ids).action_accept()
        return order

    # Four eyes

    def test_who_wrote_a_part_does_not_approve(self):
        draft = self.make_version("next").with_user(self.manager)
        draft.clause_ids.text = "Other words."
        with self.assertRaisesRegex(UserError, "another manager"):
            draft.action_approve()
        draft.with_user(self.second_manager).action_approve()
        self.assertEqual((draft.state, draft.approved_by_id), ("in_force", self.second_manager))

    def test_nobody_makes_itself_no_author(self):
        draft = self.make_version("next").with_user(self.manager)
        draft.clause_ids.text = "Other words."
        for values in ({"author_ids": [Command.clear()]}, {"state": "approved"}, {"text_format": 1}, {"approved_by_id": self.manager.id}):
            with self.subTest(values), self.assertRaises(AccessError):
                draft.write(values)

    def test_asking_for_approval_tells_the_managers_who_wrote_nothing(self):
        draft = self.make_version("next").with_user(self.manager)
        draft.clause_ids.text = "Other words."
        draft.action_ask_approval()
        message = self.env["mail.message"].sudo().search([("subject", "=", f"Terms to approve: {draft.display_name}")])
        self.assertIn(self.second_manager.partner_id, message.notified_partner_ids)
        self.assertNotIn(self.manager.partner_id, message.notified_partner_ids)

    def test_terms_that_say_nothing_or_hold_since_yesterday_are_not_approved(self):
        with self.assertRaisesRegex(UserError, "say nothing yet"):
            self.make_terms("empty", body=False).action_approve()
        with self.assertRaisesRegex(UserError, "Choose today or a day to come"):
            self.make_version("late", effective_date=self.today - timedelta(days=1)).action_approve()

    def test_figures_do_not_change_without_members_being_asked(self):
        with self.assertRaisesRegex(UserError, "tick “Ask members again”"):
            self.make_version("quiet", notice_days=30, levy_percent=4, is_material_change=False).action_approve()
        quiet = self.held.copy({"version": "quieter", "is_material_change": False})
        quiet.clause_ids.text = "You get your money within {payment_days}."
        quiet.action_approve()
        self.assertEqual(self.alder.held_terms_id, quiet)
        self.assertTrue(self.alder.has_current_terms)

    # The day, and the notice

    def test_the_day_puts_a_text_in_force_and_the_notice_runs_from_it(self):
        newer = self.make_version("next", effective_date=self.today + timedelta(days=10))
        newer.with_user(self.manager).action_approve()
        self.assertEqual((newer.state, self.alder.held_terms_id, self.alder.asked_terms_id), ("approved", self.held, newer))
        self.assertEqual(self.alder.terms_deadline, self.today + timedelta(days=40))
        self.days_pass(9)
        self.assertEqual(newer.state, "approved")
        self.days_pass(1)
        self.assertEqual((newer.state, self.held.state), ("in_force", "superseded"))
        self.assertEqual((self.alder.has_current_terms, self.alder.held_terms_id), (True, self.held))
        self.days_pass(29)
        self.assertTrue(self.alder.has_current_terms)
        self.assertIn(self.alder, self.env["wcm.membership"].search([("has_current_terms", "=", True)]))
        self.days_pass(1)
        self.assertFalse(self.alder.has_current_terms)
        self.assertIn(self.alder, self.env["wcm.membership"].search([("has_current_terms", "=", False)]))
        with self.assertRaisesRegex(UserError, "has not accepted the terms"):
            self.agreed()
        self.accept(self.alder)
        self.assertEqual(self.agreed().agreed_terms_id, newer)

    def test_a_text_accepted_before_its_day_holds_from_its_day(self):
        newer = self.make_version("next", levy_percent=5, effective_date=self.today + timedelta(days=10))
        newer.action_approve()
        self.accept(self.alder)
        self.assertEqual((self.alder.held_terms_id, self.alder.asked_terms_id.id), (self.held, False))
        self.days_pass(10)
        self.assertEqual((self.alder.held_terms_id, self.birch.held_terms_id), (newer, self.held))

    def test_a_withdrawn_text_never_holds_and_members_are_told(self):
        newer = self.make_version("next", effective_date=self.today + timedelta(days=10))
        newer.action_approve()
        with self.assertRaises(AccessError):
            newer.with_user(self.coordinator).action_withdraw()
        newer.with_user(self.manager).action_withdraw()
        self.days_pass(20)
        self.assertEqual((newer.state, self.held.state, self.alder.asked_terms_id.id), ("withdrawn", "in_force", False))
        self.assertTrue(self.mails("The new terms are withdrawn", self.alder_user))

    def test_owners_are_told_what_changes_for_them(self):
        newer = self.make_version("next", payment_days=14, effective_date=self.today + timedelta(days=10))
        newer.action_approve()
        message = self.mails(f"New terms: {newer.display_name}", self.alder_user)
        self.assertEqual(len(message), 1)
        self.assertIn("[− 30]", message.body)
        self.assertIn("[+ 14]", message.body)

    def mails(self, subject, user):
        return self.env["mail.message"].sudo().search([("subject", "=", subject), ("notified_partner_ids", "in", user.partner_id.ids)])

    # Open orders

    def test_agreed_orders_keep_the_figures_that_they_were_agreed_at(self):
        before = self.agreed()
        newer = self.make_version("next", levy_percent=9, payment_days=7, region_share_percent=50)
        newer.action_approve()
        in_notice = self.agreed()
        self.accept(self.alder)
        after = self.agreed()
        self.assertEqual((before | in_notice).agreed_terms_id, self.held)
        self.assertEqual([(order.payment_days, str(order._levy_on(100, 2)[0])) for order in (before, in_notice, after)], [(30, "3.00"), (30, "3.00"), (7, "9.00")])
        (before | after).with_user(self.manager).action_release()
        self.assertNotEqual(before.purchase_id, after.purchase_id)
        self.assertEqual([order.purchase_id.payment_term_id.line_ids.nb_days for order in (before, after)], [30, 7])

    def test_an_open_offer_is_agreed_under_what_holds_when_the_member_says_yes(self):
        order = self.make_order(self.alder, self.block_line, 2, state="offered")
        self.assertEqual(order.payment_days, 30)
        self.make_version("next", payment_days=7).action_approve()
        self.accept(self.alder)
        self.assertEqual(order.payment_days, 7)
        order.with_user(self.alder_user).action_accept()
        self.assertEqual(order.agreed_payment_days, 7)

    def test_the_mail_with_an_offer_says_levy_and_days_to_payment(self):
        facts = dict(self.make_order(self.alder, self.block_line, 2, state="offered")._mail_facts())
        self.assertEqual((facts["Levy by the terms"], facts["Payment"]), ("3% of the price of what was received and accepted", "within 30 days of the bill"))

    def test_agreed_figures_are_written_by_nobody(self):
        order = self.agreed()
        for values in ({"agreed_payment_days": 90}, {"agreed_levy": {}}, {"agreed_terms_id": self.terms.id}, {"agreed_region_share_percent": 100}):
            with self.subTest(values), self.assertRaises(AccessError):
                order.with_user(self.manager).write(values)

    def test_the_first_piece_keeps_the_figures_of_its_order(self):
        order = self.agreed()
        first = order._split_first()
        self.assertEqual((first.agreed_terms_id, first.payment_days, first.agreed_levy), (order.agreed_terms_id, 30, order.agreed_levy))

    # Acceptance

    def test_an_acceptance_keeps_the_text_that_can_be_proved_and_made_again(self):
        newer = self.make_version("next", payment_days=14)
        newer.action_approve()
        self.alder.with_user(self.alder_user).action_accept_terms(name=" Ann  Alder ", role="director", text_hash=newer._hash_of(self.alder))
        acceptance = self.alder.acceptance_ids.filtered(lambda one: one.terms_id == newer)
        self.assertEqual((acceptance.accepted_by_name, acceptance.accepted_by_role, acceptance.user_id), ("Ann Alder", "director", self.alder_user))
        self.assertTrue(acceptance._is_true())
        self.assertEqual(acceptance.text, newer._text_of(self.alder))
        self.assertIn("within 14 days.", acceptance.text)
        self.env.cr.execute("UPDATE wcm_terms_acceptance SET text = replace(text, '14 days', '90 days') WHERE id = %s", [acceptance.id])
        acceptance.invalidate_recordset()
        self.assertFalse(acceptance._is_true())

    def test_a_text_that_was_not_the_one_on_the_screen_is_not_accepted(self):
        self.make_version("next", payment_days=14).action_approve()
        with self.assertRaisesRegex(UserError, "read them again"):
            self.alder.with_user(self.alder_user).action_accept_terms(text_hash=self.held.text_hash)

    def test_texts_from_before_the_clauses_stay_true(self):
        old = self.make_terms("old", body="<h2>1. Payment</h2><p>Be fair.</p>", levy_percent=3, payment_days=30)
        old.sudo().text_format = 1
        self.assertEqual(old.text_hash, sha256(b"test old\n1. Payment Be fair.\nlevy 3.0000 %, payment 30 days").hexdigest())
        old.action_approve()
        self.accept(self.alder)
        acceptance = self.alder.acceptance_ids.filtered(lambda one: one.terms_id == old)
        self.assertEqual((acceptance.text_hash, acceptance._is_true()), (old.text_hash, True))
        newer = self.make_version("after")
        self.assertIn("Fair payment", newer._comparison(old))
        self.assertIn("Be fair.", newer._comparison(old))

    def test_a_copy_goes_to_the_owner_as_a_file(self):
        newer = self.make_version("next")
        newer.action_approve()
        self.accept(self.alder)
        self.send_copies()
        message = self.mails(f"Your copy of the terms: {newer.display_name}", self.alder_user)
        self.assertEqual(len(message.attachment_ids), 1)
        self.assertIn(b"You are paid within", message.attachment_ids.raw)  # in tests Odoo makes HTML of its PDFs

    def test_a_copy_is_sent_once(self):
        self.send_copies()
        before = self.mails(f"Your copy of the terms: {self.held.display_name}", self.alder_user)
        self.assertEqual(len(before), 1)
        self.send_copies()
        self.assertEqual(self.mails(f"Your copy of the terms: {self.held.display_name}", self.alder_user), before)

    def test_a_copy_that_cannot_be_sent_keeps_no_other_from_it_and_is_told_once(self):
        self.send_copies()
        newer = self.make_version("next")
        newer.action_approve()
        for member in (self.alder, self.birch):
            self.accept(member)
        send, alder = type(self.env["wcm.terms.acceptance"])._send_copy, self.alder

        def refuse(acceptance):
            if acceptance.membership_id == alder:
                raise ValueError("The printer is on fire")
            return send(acceptance)

        self.patch(type(self.env["wcm.terms.acceptance"]), "_send_copy", refuse)
        for _run in range(2):
            with mute_logger("odoo.addons.wcm_network.models.wcm_terms_acceptance"):
                self.send_copies()
        self.assertTrue(self.mails(f"Your copy of the terms: {newer.display_name}", self.birch_user))
        self.assertEqual(newer.acceptance_ids.filtered("copy_waits").membership_id, self.alder)
        told = self.alder.activity_ids
        self.assertEqual((told.summary, told.user_id), ("Copy of the terms not sent", self.coordinator))
        self.assertIn("The printer is on fire", told.note)
        self.patch(type(self.env["wcm.terms.acceptance"]), "_send_copy", send)
        self.send_copies()
        self.assertFalse(newer.acceptance_ids.filtered("copy_waits"))

    def test_paper_is_recorded_with_its_scan_by_a_coordinator_of_the_region(self):
        newer = self.make_version("next")
        newer.action_approve()
        values = {"membership_id": self.alder.id, "signed_by": "Ann Alder", "role": "director", "scan": b64encode(b"%PDF-1.4 signed"), "scan_name": "signed.pdf"}
        with self.assertRaises(AccessError):
            self.env["wcm.membership.paper"].with_user(self.other_coordinator).create(values).action_confirm()
        self.env["wcm.membership.paper"].with_user(self.coordinator).create(values).action_confirm()
        acceptance = self.alder.acceptance_ids.filtered(lambda one: one.terms_id == newer)
        self.assertEqual((acceptance.on_behalf, acceptance.accepted_by_role, acceptance.scan), (True, "director", b64encode(b"%PDF-1.4 signed")))

    def test_reading_beside_the_text_in_force(self):
        newer = self.make_version("next", payment_days=14).with_user(self.coordinator)
        reading = self.env["wcm.terms.reading"].with_user(self.coordinator).browse(newer.action_read()["res_id"])
        self.assertEqual(reading.against_id, self.held)
        self.assertIn("[+ 14]", reading.changes)
        reading.membership_id = self.alder
        self.assertEqual((reading.region_id, reading.text_hash), (self.bristol, newer._hash_of(self.alder)))

    def test_the_copy_is_a_pdf_where_there_is_a_printer(self):
        name, content = self.alder.acceptance_ids[:1].with_context(force_report_rendering=True)._file()
        self.assertTrue(name.endswith(".pdf"))
        self.assertTrue(content.startswith(b"%PDF-"))
