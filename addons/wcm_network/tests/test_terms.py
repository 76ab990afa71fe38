from base64 import b64encode

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import NetworkCase


@tagged("post_install", "-at_install")
class TestTerms(NetworkCase):
    def test_the_hash_is_of_the_words_and_the_figures_not_of_the_markup(self):
        plain = self.make_terms("2", body="<p>Be fair.</p>", levy_percent=3)
        first = plain.text_hash
        plain.body = "<h2>Be   fair.</h2>"
        self.assertEqual(plain.text_hash, first)
        plain.levy_percent = 4
        self.assertNotEqual(plain.text_hash, first)
        self.assertRegex(first, "^[0-9a-f]{64}$")

    def test_putting_terms_in_force_supersedes_the_ones_before(self):
        newer = self.make_terms("2")
        newer.with_user(self.manager).action_approve()
        self.assertEqual((newer.state, self.terms.state), ("in_force", "superseded"))
        self.assertTrue(newer.effective_date)

    def test_terms_in_force_cannot_be_changed_or_deleted(self):
        terms = self.terms.with_user(self.manager)
        for values in ({"body": "<p>Other</p>"}, {"levy_percent": 9}, {"payment_days": 90}, {"version": "x"}):
            with self.assertRaises(UserError):
                terms.write(values)
        with self.assertRaises(UserError):
            terms.unlink()

    def test_a_manager_types_a_new_version(self):
        form = Form(self.env["wcm.terms"].with_user(self.manager))
        form.name, form.version, form.body = "Network terms", "9", "<p>New</p>"
        self.assertEqual(form.save().state, "draft")

    def test_the_next_version_starts_as_a_copy(self):
        copy = self.terms.with_user(self.manager).copy()
        self.assertEqual((copy.version, copy.state, copy.effective_date), ("test 1, next", "draft", False))

    def test_the_state_moves_by_the_button_only(self):
        with self.assertRaises(AccessError):
            self.make_terms("2").with_user(self.manager).state = "in_force"
        drafts = self.env["wcm.terms"].with_user(self.manager).with_context(default_state="in_force")
        draft = drafts.create({"name": "T", "version": "sneaky", "body": "<p>x</p>"})
        self.assertEqual(draft.state, "draft")

    def test_only_the_manager_puts_terms_in_force(self):
        newer = self.make_terms("2")
        for user in (self.coordinator, self.alder_user):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                newer.with_user(user).action_approve()

    def test_a_material_change_asks_again(self):
        self.assertTrue(self.alder.has_current_terms)
        self.make_terms("2", is_material_change=True).action_approve()
        self.assertFalse(self.alder.has_current_terms)
        self.assertNotIn(self.alder, self.members_with_terms())

    def test_a_change_that_is_not_material_does_not_ask_again(self):
        self.make_terms("2", is_material_change=False).action_approve()
        self.assertTrue(self.alder.has_current_terms)
        self.assertIn(self.alder, self.members_with_terms())

    def test_a_small_change_does_not_excuse_a_material_one_before_it(self):
        self.make_terms("2", is_material_change=True).action_approve()
        self.make_terms("3", is_material_change=False).action_approve()
        self.assertFalse(self.alder.has_current_terms)

    def test_a_member_accepts_for_itself_and_the_record_keeps_the_hash(self):
        newer = self.make_terms("2")
        newer.action_approve()
        self.alder.with_user(self.alder_user).action_accept_terms()
        self.alder.with_user(self.alder_user).action_accept_terms()
        acceptance = self.alder.acceptance_ids.filtered(lambda row: row.terms_id == newer)
        self.assertEqual(len(acceptance), 1)
        self.assertEqual(acceptance.text_hash, newer.text_hash)
        self.assertEqual((acceptance.user_id, acceptance.on_behalf), (self.alder_user, False))

    def test_a_member_cannot_accept_for_another(self):
        self.make_terms("2").action_approve()
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self.alder.with_user(self.birch_user).action_accept_terms()

    def test_a_member_cannot_pretend_that_it_was_paper(self):
        self.make_terms("2").action_approve()
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self.alder.with_user(self.alder_user).action_accept_terms(on_behalf=True)

    def test_a_coordinator_accepts_on_paper_only(self):
        first = self.alder.acceptance_ids
        self.make_terms("2").action_approve()
        with self.assertRaises(AccessError):
            self.alder.with_user(self.coordinator).action_accept_terms()
        self.env["wcm.membership.paper"].with_user(self.coordinator).create(
            {"membership_id": self.alder.id, "signed_by": "Ann Alder", "scan": b64encode(b"%PDF-1.4 signed"), "scan_name": "signed.pdf"}
        ).action_confirm()
        acceptance = self.alder.acceptance_ids - first
        self.assertEqual((acceptance.accepted_by_name, acceptance.on_behalf), ("Ann Alder", True))
        self.assertEqual(acceptance.user_id, self.coordinator)

    def test_an_acceptance_is_never_changed_or_deleted(self):
        acceptance = self.alder.acceptance_ids.sudo()
        with self.assertRaises(UserError):
            acceptance.write({"text_hash": "0"})
        with self.assertRaises(UserError):
            acceptance.unlink()

    def members_with_terms(self):
        return self.env["wcm.membership"].search([("has_current_terms", "=", True)])
