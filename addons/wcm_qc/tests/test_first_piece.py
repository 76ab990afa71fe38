from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import QualityCase


@tagged("post_install", "-at_install")
class TestFirstPiece(QualityCase):
    """The wall block has a control plan for its first article."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_control_plan({"name": "Fits the gauge", "kind": "pass_fail"}, stage="first_article")
        cls.first = cls.make_order(cls.alder, cls.block_line, 1, state="in_production", is_first_piece=True)
        cls.tracked = cls.make_part("FIRST-1", cls.first)
        cls.check = cls.tracked.inspection_ids

    def close(self, user, verdict="pass"):
        self.check.with_user(user).line_ids.passed_by_hand = verdict
        self.check.with_user(user).action_close()

    def test_making_it_opens_its_check(self):
        self.assertEqual(self.check.stage, "first_article")
        self.assertFalse(self.make_part("SECOND-1").inspection_ids, "Later blocks are no first articles.")

    def test_the_coordinator_accepts_nothing_before_the_check(self):
        with self.assertRaisesRegex(UserError, "first article check of .* has not passed yet"):
            self.first.with_user(self.coordinator).action_accept_first()

    def test_a_check_that_the_network_passed_accepts_it(self):
        self.close(self.lead)
        self.assertEqual(self.first.first_accepted_by_id, self.lead)

    def test_a_check_that_its_own_people_passed_waits_for_the_coordinator(self):
        self.close(self.colleague)
        self.assertFalse(self.first.first_accepted_on)
        self.first.with_user(self.coordinator).action_accept_first()
        self.assertEqual(self.first.first_accepted_by_id, self.coordinator)

    def test_a_check_that_failed_accepts_nothing(self):
        self.close(self.lead, "fail")
        self.assertFalse(self.first.first_accepted_on)

    def test_a_check_that_is_corrected_to_failed_takes_the_acceptance_back(self):
        self.close(self.lead)
        self.check.with_user(self.lead).action_correct("The wrong gauge")
        self.check = self.check.search([("replaces_id", "=", self.check.id)])
        self.close(self.lead, "fail")
        self.assertFalse(self.first.first_accepted_on or self.first.first_accepted_by_id)
        self.assertIn("not accepted any more", "".join(self.first.message_ids.mapped("body")))
        with self.assertRaisesRegex(UserError, "has not passed yet"):
            self.first.with_user(self.coordinator).action_accept_first()

    def test_an_offer_says_which_checks_are_required(self):
        self.make_control_plan()
        self.env["ir.config_parameter"].set_param("wcm_network.first_pieces", "True")
        final = "Final: Thickness (hold point), Photo of the face, Edges clean"
        self.assertEqual(self.order.checks_required, f"First article: Fits the gauge\n{final}")
        self.first.first_accepted_on = "2026-01-01"
        self.order.invalidate_recordset()
        self.assertEqual(self.order.with_user(self.maker).checks_required, final)

    def test_a_quality_lead_opens_an_order_with_all_that_its_form_shows(self):
        self.env["wcm.work.order.change"].create({"work_order_id": self.first.id, "reason": "Moved"})
        with Form(self.first.with_user(self.lead)) as form:
            self.assertEqual(form.id, self.first.id)
