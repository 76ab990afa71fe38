import contextlib
import re

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from .common import MappingCase

PERSON = {"name": "Ana Diaz", "email": "ana@workshop.example", "reason": "I run the workshop"}


@tagged("post_install", "-at_install")
class TestClaim(MappingCase, HttpCase):
    """From "this is our space", on the public page to a login that keeps one listing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.workshop.visibility = "public"
        cls.claims = cls.env["wcm.facility.claim"]

    def send(self, facility=None, **values):
        return self.url_open(f"/spaces/{(facility or self.workshop).id}/claim", data={**PERSON, **values})

    def claim(self, **values):
        return self.claims._start(self.workshop, {**PERSON, **values}, "192.0.2.1")

    def waiting(self, **values):
        claim = self.claim(**values)
        claim._confirm()
        return claim.with_user(self.coordinator)

    def path(self, claim):
        return f"/spaces/claims/{claim._link_token('confirm')}"

    def test_a_public_page_leads_to_the_claim(self):
        self.assertIn(f"/spaces/{self.workshop.id}/claim", self.url_open(self.workshop._public_path()).text)
        self.assertIn("This is our space", self.url_open(f"/spaces/{self.workshop.id}/claim").text)

    def test_a_claim_waits_for_its_address_and_gives_nothing(self):
        self.assertIn("Look in your mailbox", self.send().text)
        claim = self.claims.search([])
        self.assertEqual((claim.state, claim.email), ("unconfirmed", PERSON["email"]))
        mail = self.env["mail.mail"].search([("email_to", "=", claim.email)])
        token = re.search(r"/spaces/claims/([\w-]+)", mail.body_html)[1]
        self.assertEqual(self.claims._of_token("confirm", token), claim)
        self.assertFalse(self.workshop.activity_ids)
        self.assertFalse(self.env["res.users"].search([("login", "=", claim.email)]))

    def test_the_mail_to_an_address_that_nobody_confirmed_holds_no_word_of_the_form(self):
        self.send(name="Buy at evil.example", reason="Win a prize")
        mail = self.env["mail.mail"].search([("email_to", "=", PERSON["email"])])
        self.assertIn("Hello,", mail.body_html)
        for word in ("evil.example", "prize"):
            self.assertNotIn(word, f"{mail.subject} {mail.body_html}")

    def test_what_is_longer_than_the_page_allows_is_cut_off_field_by_field(self):
        self.send(name="n" * 300, reason="r" * 3000)
        claim = self.claims.search([])
        self.assertEqual((len(claim.name), len(claim.reason)), (100, 2000))
        self.assertIn("a complete e-mail address", self.send(email="a" * 300 + "@example.com").text)

    def test_opening_the_link_confirms_nothing_and_its_button_does_once(self):
        claim = self.claim()
        self.assertIn("Yes, that is me", self.url_open(self.path(claim)).text)
        self.assertEqual(claim.state, "unconfirmed")
        self.assertIn("Your address is confirmed", self.url_open(self.path(claim), data={"x": "1"}).text)
        self.assertEqual((claim.state, self.workshop.activity_ids.user_id), ("waiting", self.coordinator))
        claim.write({"state": "refused"})
        self.url_open(self.path(claim), data={"x": "1"})
        self.assertEqual(claim.state, "refused", "a link used again changes nothing")

    def test_a_link_that_was_changed_or_made_up_opens_nothing(self):
        claim = self.claim()
        good = claim._link_token("confirm")
        question = self.env["wcm.facility.confirmation"].create({"facility_id": self.workshop.id, "email": "a@example.com"})
        for token in (good[:-2] + "AA", good[5:], "x", "%00", "%C3%A9", claim._link_token("answer"), question._link_token("answer"), "A" * 4000):
            with self.subTest(token=token[:20]):
                self.assertEqual(self.url_open(f"/spaces/claims/{token}").status_code, 404)
                self.assertEqual(self.url_open(f"/spaces/claims/{token}", data={"x": "1"}).status_code, 404)
        self.assertEqual(claim.state, "unconfirmed")

    def test_a_link_ends_after_two_days(self):
        with freeze_time(fields.Datetime.now() - relativedelta(hours=49)):
            claim = self.claim()
            path = self.path(claim)
        self.assertEqual(self.url_open(path, data={"x": "1"}).status_code, 404)
        self.assertEqual(claim.state, "unconfirmed")

    def test_spaces_that_are_not_public_answer_like_missing_ones(self):
        claim = self.claim()
        path = self.path(claim)
        self.workshop.visibility = "network"
        missing = self.url_open("/spaces/99999999/claim")
        for facility in (self.workshop, self.far_workshop):
            page = self.url_open(f"/spaces/{facility.id}/claim")
            self.assertEqual((page.status_code, page.text), (404, missing.text))
            self.assertEqual(self.send(facility).status_code, 404)
        self.assertEqual(self.url_open(path, data={"x": "1"}).status_code, 404)
        self.assertEqual(self.claims.search([]), claim)

    def test_what_is_missing_is_said_and_typed_words_are_kept(self):
        page = self.send(email="nonsense", name="<script>Bea</script>")
        self.assertIn("a complete e-mail address", page.text)
        self.assertIn("&lt;script&gt;Bea", page.text)
        self.assertNotIn("<script>Bea", page.text)
        self.assertFalse(self.claims.search([]))

    def test_a_machine_that_fills_in_everything_is_forgotten(self):
        self.assertIn("Look in your mailbox", self.send(fax="12345").text)
        self.assertFalse(self.claims.search([]))

    def test_a_form_that_is_far_too_long_is_not_read(self):
        self.assertEqual(self.send(reason="x" * 100_000).status_code, 413)
        self.assertFalse(self.claims.search([]))

    def test_one_address_and_one_machine_claim_only_so_often_a_day(self):
        for number in range(4):
            page = self.send(name=f"Ana {number}")
        self.assertIn("enough for today", page.text)
        self.assertEqual(self.claims.search_count([]), 3)
        for number in range(3):
            page = self.send(email=f"other{number}@example.com")
        self.assertIn("enough for today", page.text)
        self.assertEqual(self.claims.search_count([]), 5, "what was refused counts too")
        self.assertNotIn("127.0.0.1", str(self.env["wcm.suggestion.count"].search([]).mapped("key")))

    def test_no_stranger_locks_a_space_for_whoever_keeps_it(self):
        for number in range(12):
            self.claims._start(self.workshop, {**PERSON, "email": f"x{number}@example.com"}, f"198.51.100.{number}")
        self.assertIn("Look in your mailbox", self.send().text)

    def test_what_one_network_sends_beyond_its_limit_takes_nothing_off_anothers(self):
        for number in range(9):
            with contextlib.suppress(UserError):
                self.claims._start(self.workshop, {**PERSON, "email": "x@example.com" if number < 6 else PERSON["email"]}, "198.51.100.1")
        self.assertEqual(self.claim().email, PERSON["email"])

    def test_approved_the_person_keeps_this_listing_and_nothing_else(self):
        claim = self.waiting()
        claim.action_approve()
        user = claim.user_id
        self.assertEqual(self.workshop.operator_user_ids, user)
        self.assertEqual(user.all_group_ids & self.env.ref("base.group_user"), self.env["res.groups"])
        self.assertTrue(user.has_group("wcm_mapping.group_operator") and user.share)
        self.assertFalse(user.partner_id.parent_id)
        self.assertEqual(self.env["wcm.facility"].with_user(user)._operator_spaces(), self.workshop)
        self.assertEqual((claim.state, claim.decided_by_id), ("approved", self.coordinator))
        self.assertEqual(self.env["mail.mail"].search_count([("email_to", "=", claim.email), ("subject", "ilike", "your claim")]), 1)
        self.assertFalse(self.workshop.activity_ids)

    def test_the_invitation_waits_for_the_mail_server(self):
        claim = self.waiting()
        claim.action_approve()
        mail = self.env["mail.mail"].search([("model", "=", "res.users"), ("res_id", "=", claim.user_id.id)])
        self.assertEqual(mail.state, "outgoing")
        self.assertEqual(mail.recipient_ids, claim.user_id.partner_id)
        self.assertIn("signup", mail.body_html)

    def test_the_group_itself_opens_no_model(self):
        group = self.env.ref("wcm_mapping.group_operator")
        self.assertFalse(self.env["ir.model.access"].search([("group_id", "=", group.id)]))
        self.assertFalse(self.env["ir.rule"].search([("groups", "in", group.ids)]))
        self.assertEqual(group.implied_ids, self.env.ref("base.group_portal"))

    def test_refused_needs_a_reason_that_is_mailed_and_leaves_no_access(self):
        claim = self.waiting()
        with self.assertRaises(UserError):
            claim.action_refuse()
        claim.answer = "We know the owner, and it is not you"
        claim.action_refuse()
        self.assertEqual(claim.state, "refused")
        self.assertIn("not you", self.env["mail.mail"].search([("subject", "ilike", "your claim")]).body_html)
        self.assertFalse(self.env["res.users"].search([("login", "=", claim.email)]))
        self.assertFalse(self.workshop.operator_user_ids)
        with self.assertRaises(UserError):
            claim.action_approve()

    def test_an_unconfirmed_claim_cannot_be_approved(self):
        claim = self.claim().with_user(self.coordinator)
        with self.assertRaises(UserError):
            claim.action_approve()
        self.assertFalse(self.workshop.operator_user_ids)

    def test_withdrawn_access_is_gone(self):
        claim = self.waiting()
        claim.action_approve()
        claim.action_withdraw()
        user = claim.user_id
        self.assertFalse(self.workshop.operator_user_ids)
        self.assertFalse(user.has_group("wcm_mapping.group_operator"))
        self.assertTrue(user.has_group("base.group_portal"))
        self.assertFalse(self.env["wcm.facility"].with_user(user)._operator_spaces())

    def test_a_deleted_claim_leaves_no_access(self):
        claim = self.waiting()
        claim.action_approve()
        user = claim.user_id
        with self.assertRaises(AccessError):
            claim.unlink()
        self.assertEqual(self.workshop.operator_user_ids, user)
        claim.with_user(self.manager).unlink()
        self.assertFalse(self.workshop.operator_user_ids)
        self.assertFalse(user.has_group("wcm_mapping.group_operator"))

    def test_a_login_that_is_there_is_used_unless_it_is_a_colleagues(self):
        portal = self.user("portal@workshop.example", "base.group_portal")
        claim = self.waiting(email="portal@workshop.example")
        claim.action_approve()
        self.assertEqual(claim.user_id, portal)
        self.user("colleague@workshop.example", "base.group_user")
        claim = self.waiting(email="colleague@workshop.example")
        with self.assertRaises(UserError):
            claim.action_approve()

    def test_as_long_as_another_claim_waits_somebody_is_asked_to_decide_it(self):
        ana, bea = self.waiting(), self.waiting(name="Bea", email="bea@workshop.example", reason="I own it")
        ana.action_approve()
        self.assertEqual(self.workshop.activity_ids.user_id, self.coordinator)
        self.assertIn("Bea", self.workshop.activity_ids.summary)
        self.assertIn("I own it", self.workshop.activity_ids.note)
        bea.answer = "Ana keeps it"
        bea.action_refuse()
        self.assertFalse(self.workshop.activity_ids)

    def test_only_coordinators_of_the_region_decide(self):
        claim = self.waiting()
        other = self.user("dorset_coordinator", "wcm_mapping.group_mapping_user")
        portal = self.user("portal_person", "base.group_portal")
        for user in (other, portal, self.outsider):
            for action in ("action_approve", "action_refuse", "action_withdraw"):
                with self.subTest(user=user.login, action=action), self.assertRaises(AccessError):
                    getattr(claim.with_user(user), action)()
        self.assertEqual(claim.state, "waiting")

    def test_a_coordinator_writes_the_reason_and_nothing_else(self):
        claim = self.waiting()
        for name, value in (("state", "approved"), ("user_id", self.outsider.id), ("email", "x@example.com"), ("facility_id", self.far_workshop.id)):
            with self.subTest(name), self.assertRaises(AccessError):
                claim.write({name: value})
        with self.assertRaises(AccessError):
            self.workshop.with_user(self.coordinator).operator_user_ids = self.outsider

    def test_what_nobody_confirmed_is_removed_after_a_week(self):
        claim, kept = self.claim(), self.waiting(email="b@example.com")
        self.env.cr.execute("UPDATE wcm_facility_claim SET create_date = create_date - interval '8 days'")
        self.claims._gc_unconfirmed()
        self.assertFalse(claim.exists())
        self.assertTrue(kept.exists())
