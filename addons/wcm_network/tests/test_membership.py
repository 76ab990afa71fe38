from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import BRISTOL, NetworkCase


@tagged("post_install", "-at_install")
class TestMembership(NetworkCase):
    def apply(self, **facility_values):
        facility = self.make_facility("Cedar Shop", self.bristol, "charity", BRISTOL)
        facility.write(facility_values)
        action = facility.with_user(self.coordinator).action_apply_to_network()
        return self.env["wcm.membership"].browse(action["res_id"]).with_user(self.coordinator)

    def test_applying_twice_opens_the_same_membership(self):
        member = self.apply()
        again = member.facility_id.with_user(self.coordinator).action_apply_to_network()
        self.assertEqual((member.state, again["res_id"]), ("applied", member.id))

    def test_an_application_can_be_typed_in(self):
        form = Form(self.env["wcm.membership"].with_user(self.coordinator))
        form.facility_id = self.make_facility("Elm Shed", self.bristol, "charity", BRISTOL)
        self.assertEqual(form.save().state, "applied")

    def test_admission_names_everything_that_is_missing(self):
        member = self.apply(operator_id=False, latitude=0, longitude=0)
        member.facility_id.capability_ids.sudo().unlink()
        with self.assertRaises(UserError) as caught:
            member.action_admit()
        for words in ("operator", "place on the map", "capability", "acceptance of the terms"):
            self.assertIn(words, str(caught.exception))
        self.assertEqual(member.state, "applied")

    def test_admission_makes_the_operator_a_subcontractor_with_its_own_location(self):
        member = self.apply()
        member.action_accept_terms(on_behalf=True, signed_by="Cy")
        member.action_review()
        member.action_admit()
        shared = self.company.subcontracting_location_id
        own = member.partner_id.property_stock_subcontractor
        self.assertEqual((member.state, own.location_id), ("probation", shared))
        self.assertEqual(own, member.subcontract_location_id)
        self.assertNotEqual(own, self.alder.subcontract_location_id)
        self.assertTrue(own.is_subcontract())
        self.assertTrue(member.admitted_on)

    def test_codes_are_made_up_and_never_used_twice(self):
        self.assertEqual((self.alder.code, self.birch.code), ("ALD", "BIR"))
        other = self.make_member("Alderman Timber", self.bristol, "sme", BRISTOL)
        self.assertEqual(other.code, "ALD2")

    def test_suspension_needs_a_reason_and_resumes_where_it_was(self):
        member = self.alder.with_user(self.coordinator)
        with self.assertRaises(UserError):
            member.action_suspend("  ")
        self.decide(member, "suspend", "Insurance ran out")
        self.assertEqual((member.state, member.decision_reason), ("suspended", "Insurance ran out"))
        member.action_resume()
        self.assertEqual(member.state, "active")

    def test_a_step_that_is_not_next_is_refused_in_words(self):
        with self.assertRaisesRegex(UserError, "“Active” and cannot become “Under review”"):
            self.alder.action_review()

    def test_an_ended_member_may_apply_again(self):
        self.decide(self.alder.with_user(self.coordinator), "end", "Moved away")
        again = self.env["wcm.membership"].create({"facility_id": self.alder.facility_id.id})
        self.assertEqual(again.state, "applied")

    def test_a_space_has_one_live_membership(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env["wcm.membership"].create({"facility_id": self.alder.facility_id.id})

    def test_the_state_moves_by_actions_only(self):
        member = self.apply()
        for values in ({"state": "active"}, {"admitted_on": "2030-01-01"}):
            with self.assertRaises(AccessError):
                member.write(values)
        facility = self.make_facility("Dogwood", self.bristol, "sme", BRISTOL)
        members = self.env["wcm.membership"].with_user(self.coordinator)
        with self.assertRaises(AccessError):
            members.create({"facility_id": facility.id, "state": "active"})
        sneaky = members.with_context(default_state="active").create({"facility_id": facility.id})
        self.assertEqual(sneaky.state, "applied")

    def test_a_member_cannot_move_its_own_membership(self):
        member = self.alder.with_user(self.alder_user)
        for step in (member.action_admit, member.action_resume, lambda: member.action_end("bye")):
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                step()

    def test_a_member_sees_itself_and_not_another(self):
        seen = self.env["wcm.membership"].with_user(self.alder_user).search([])
        self.assertEqual(seen, self.alder)
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self.birch.with_user(self.alder_user).read(["name"])
        with self.assertRaises(AccessError):
            self.alder.with_user(self.alder_user).read(["user_ids"])

    def test_a_coordinator_sees_the_members_of_its_own_regions(self):
        seen = self.env["wcm.membership"].with_user(self.coordinator).search([])
        self.assertIn(self.alder, seen)
        self.assertNotIn(self.birch, seen)
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            self.birch.with_user(self.coordinator).action_suspend("Not mine")

    def test_a_person_gets_the_member_group_only_and_belongs_to_the_operator(self):
        user = self.alder_user
        self.assertTrue(user.share)
        self.assertTrue(user.has_group("wcm_network.group_member_factory"))
        self.assertEqual(user.partner_id.parent_id, self.alder.partner_id)

    def test_a_login_of_another_organisation_is_not_linked(self):
        with self.assertRaisesRegex(UserError, "belongs to somebody else"):
            self.alder._create_portal_user(self.birch_user.login, "Somebody")
        with self.assertRaises(ValidationError):
            self.alder.with_user(self.coordinator).write({"user_ids": [(4, self.birch_user.id)]})

    def test_an_invited_person_gets_an_email_to_choose_a_password(self):
        invite = self.env["wcm.membership.invite"].with_user(self.coordinator)
        invite.create({"membership_id": self.alder.id, "name": "New Person", "email": "New@Example.com"}).action_invite()
        user = self.alder.user_ids - self.alder_user
        self.assertEqual((user.login, user.name), ("new@example.com", "New Person"))

    def decide(self, member, decision, reason):
        wizard = self.env["wcm.membership.decision"].with_user(self.coordinator)
        wizard.create({"membership_id": member.id, "decision": decision, "reason": reason}).action_confirm()
