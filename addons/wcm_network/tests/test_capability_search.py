from odoo.tests import tagged

from .common import NetworkCase


@tagged("post_install", "-at_install")
class TestCapabilitySearch(NetworkCase):
    def ask(self, user):
        question = self.env["wcm.capability.search"].with_user(user).create({"process_id": self.routing.id})
        question.site_id = self.site
        return question

    def test_a_question_may_start_from_a_housing_site(self):
        self.site.write({"latitude": 51.4, "longitude": -2.6})
        question = self.ask(self.coordinator)
        self.assertEqual((question.latitude, question.longitude), (51.4, -2.6))
        question.action_find()
        self.assertIn(self.alder.facility_id, question.match_ids.facility_id)

    def test_a_site_that_is_not_shown_does_not_tell_its_place(self):
        self.site.write({"latitude": 51.4, "longitude": -2.6})
        question = self.ask(self.other_coordinator)
        self.assertEqual((question.latitude, question.longitude), (0, 0))
