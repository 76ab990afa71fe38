from odoo.exceptions import AccessError
from odoo.tests import Form, HttpCase, tagged

from .common import MappingCase

ADDRESSES = (
    "/spaces", "/spaces/embed", "/spaces/points.json", "/open-data/spaces.okw.json", "/open-data/spaces.okw.json?dialect=ome",
    "/open-data/spaces.geojson", "/open-data/spaces.csv",
)  # fmt: skip


@tagged("post_install", "-at_install")
class TestPublicationHistory(MappingCase, HttpCase):
    def told(self, facility):
        return [(c.what, c.from_label, c.to_label, c.user_id, c.agreement) for c in facility.publication_change_ids.sorted("id")]

    def publish(self, **values):
        self.workshop.with_user(self.coordinator)._change_publication({"visibility": "public", **values}, "Jane said so")

    def test_each_change_says_who_from_to_and_on_whose_word(self):
        self.publish(publish_contact=True)
        self.workshop.with_user(self.manager).published_precision = "exact"
        self.assertEqual(self.told(self.workshop), [
            ("Visibility", "Private", "Public", self.coordinator, "Jane said so"),
            ("Publish the Contact", "No", "Yes", self.coordinator, "Jane said so"),
            ("Publish the Place", "Postcode sector", "Exact", self.manager, False),
        ])

    def test_what_stays_as_it_was_is_no_change(self):
        self.publish()
        self.publish(published_precision="postcode_sector")
        self.workshop.name = "Renamed"
        self.assertEqual(len(self.workshop.publication_change_ids), 1)

    def test_a_space_that_comes_from_open_data_says_where_it_was_public(self):
        space = self.facility(
            "Known", self.bristol, source="okw", source_host="example.org", external_id="1", licence="ODbL 1.0", visibility="public"
        )
        self.assertEqual({c.agreement for c in space.publication_change_ids}, {"Public already at example.org, under ODbL 1.0."})

    def test_a_space_that_the_public_suggested_was_public_nowhere_before(self):
        for source in ("suggestion", "okw"):
            space = self.facility(f"From {source}", self.bristol, source=source, visibility="public")
            self.assertEqual({change.agreement for change in space.publication_change_ids}, {False})

    def test_the_question_starts_from_what_is_published_and_keeps_the_file(self):
        self.publish(publish_kit=True)
        wizard = Form(self.env["wcm.publication.wizard"].with_user(self.coordinator).with_context(default_facility_id=self.workshop.id))
        self.assertTrue(wizard.publish_kit)
        wizard.publish_kit = False
        wizard.agreement = "Her letter"
        wizard.agreement_file = "TGV0dGVy"
        wizard.save().action_apply()
        last = self.workshop.publication_change_ids.sorted("id")[-1]
        self.assertEqual((last.what, last.to_label, last.agreement, last.agreement_file), ("Publish the Kit", "No", "Her letter", b"TGV0dGVy"))

    def test_nobody_writes_the_history_and_other_regions_do_not_read_it(self):
        self.publish()
        history = self.workshop.publication_change_ids
        for work in (lambda h: h.write({"agreement": "Forged"}), lambda h: h.unlink(), lambda h: h.copy()):
            with self.assertRaises(AccessError):
                work(history.with_user(self.manager))
        self.dorset.coordinator_ids = stranger = self.user("stranger", "wcm_mapping.group_mapping_user")
        self.assertFalse(history.with_user(stranger).search([("facility_id", "=", self.workshop.id)]))
        with self.assertRaises(AccessError):
            self.workshop.with_user(stranger).action_change_publication()
        with self.assertRaises(AccessError):
            self.workshop.with_user(stranger)._change_publication({"visibility": "private"}, "Nobody")

    def test_what_is_withdrawn_is_gone_at_once(self):
        self.publish()
        before = {address: self.url_open(address) for address in ADDRESSES}
        page = self.url_open(self.workshop._public_path())
        self.assertEqual(page.status_code, 200)
        self.workshop.visibility = "network"
        for address, answer in before.items():
            with self.subTest(address=address):
                self.assertIn("no-cache", answer.headers["Cache-Control"])
                self.assertIn("Bristol Workshop", answer.text)
                again = self.url_open(address, headers={"If-None-Match": answer.headers.get("ETag", "")})
                self.assertEqual(again.status_code, 200)
                self.assertNotIn("Bristol Workshop", again.text)
        gone = self.url_open(self.workshop._public_path())
        self.assertEqual(gone.status_code, 410)
        self.assertIn("no longer on the map", gone.text)
        self.assertNotIn("Bristol Workshop", gone.text)
        self.assertEqual(self.url_open(f"/open-data/spaces.csv?space={self.workshop.id}").status_code, 410)

    def test_a_contact_that_is_withdrawn_changes_the_file_that_others_keep(self):
        self.workshop.email = "joan@works.example"
        self.publish(publish_contact=True)
        answer = self.url_open("/open-data/spaces.csv")
        self.assertIn("joan@works.example", answer.text)
        self.publish(publish_contact=False)
        again = self.url_open("/open-data/spaces.csv", headers={"If-None-Match": answer.headers["ETag"]})
        self.assertEqual((again.status_code, "joan@" in again.text), (200, False))
