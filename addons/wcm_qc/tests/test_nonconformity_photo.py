import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .common import QualityCase, picture


class TestNonconformityPhoto(QualityCase):
    """Whoever reports something shows it."""

    def setUp(self):
        super().setUp()
        self.block_made = self.make_part("KNO-1")

    def test_a_member_reports_with_a_photo_that_the_quality_lead_sees(self):
        file = {"name": "corner.jpg", "data": picture().decode()}
        nonconformity = self.block_made.with_user(self.maker).action_report("Corner off", photo=file)
        self.assertTrue(nonconformity.with_user(self.lead).photo)
        self.assertTrue(nonconformity.with_user(self.maker).photo)
        with self.assertRaises(AccessError):
            nonconformity.with_user(self.rival).read(["photo"])

    def test_a_coordinator_adds_the_photo_of_a_customers_complaint(self):
        with Form(self.env["wcm.nonconformity"].with_user(self.coordinator)) as form:
            form.title = "Draughty joint"
            form.part_ids.add(self.block_made)
            form.is_complaint = True
            form.customer_name = "Ann Smith"
            form.customer_channel = "email"
            form.photo = picture().decode()
        self.assertTrue(form.record.photo)

    def test_what_is_no_photo_is_refused_in_words(self):
        report = self.block_made.with_user(self.maker).action_report
        for photo in ({"name": "a.pdf", "data": base64.b64encode(b"%PDF-1.4").decode()}, "not base64!", {"data": 7}, 7):
            with self.subTest(photo=photo), self.assertRaises(UserError), self.env.cr.savepoint():
                report("Corner off", photo=photo)
        self.assertFalse(self.block_made.nonconformity_ids)

    def test_a_report_needs_no_photo(self):
        self.assertFalse(self.block_made.with_user(self.maker).action_report("Corner off").sudo().photo)
