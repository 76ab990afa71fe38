from odoo.tests import tagged

from ..writers import FIELD_NAMES
from .common import MappingCase

SECRETS = ("Secret Operator", "43.21", "Jane", "kept-from-import")


@tagged("post_install", "-at_install")
class TestPublication(MappingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.listed = cls.facility(
            "Listed Workshop", cls.bristol, visibility="public", street="1 High Street", city="Bristol", county="Avon", zip="BS4 1DB",
            country_id=cls.env.ref("base.uk").id, email="jane@example.org", phone="+44 117 1", website="https://example.org",
            operator_id=cls.env["res.partner"].create({"name": "Secret Operator"}).id, source_extra={"contact": "kept-from-import"},
        )
        cls.capability(cls.listed, cls.routing, cost_per_hour=43.21, share_offered=0.4321)

    def published(self, **values):
        self.listed.write(values)
        (record,) = self.listed._public_values()
        return record

    def test_only_listed_spaces_leave_the_house(self):
        for visibility in ("network", "private"):
            with self.subTest(visibility=visibility):
                self.listed.visibility = visibility
                self.assertEqual(self.listed._public_values(), [])
        self.listed.write({"visibility": "public", "active": False})
        self.assertEqual(self.listed._public_values(), [])

    def test_nothing_leaves_that_is_not_in_the_list_of_words(self):
        record = self.published(published_precision="exact", publish_contact=False)
        self.assertEqual(set(record), {*FIELD_NAMES, "sources"})
        for secret in SECRETS:
            self.assertNotIn(secret.lower(), repr(record).lower())

    def test_a_contact_is_published_only_when_the_space_agreed(self):
        self.assertFalse(any(self.published()[name] for name in ("website", "email", "phone")))
        agreed = self.published(publish_contact=True)
        self.assertEqual((agreed["email"], agreed["phone"]), ("jane@example.org", "+44 117 1"))

    def test_an_exact_place_is_its_address_and_point(self):
        record = self.published(published_precision="exact")
        self.assertEqual((record["street"], record["postcode"]), ("1 High Street", "BS4 1DB"))
        self.assertEqual((record["latitude"], record["longitude"], record["location_precision"]), (51.45, -2.59, "exact"))

    def test_a_sector_tells_the_town_and_the_middle_of_the_sector(self):
        record = self.published(published_precision="postcode_sector")
        self.assertEqual((record["street"], record["postcode"], record["city"]), (None, "BS4 1", "Bristol"))
        self.assertNotEqual((record["latitude"], record["longitude"]), (51.45, -2.59))
        self.assertEqual(record["location_precision"], "postcode_sector")

    def test_without_a_known_sector_the_point_is_rounded_to_a_kilometre(self):
        record = self.published(published_precision="postcode_sector", zip=False, latitude=51.456789, longitude=-2.591234)
        self.assertEqual((record["latitude"], record["longitude"]), (51.46, -2.59))

    def test_a_hidden_place_is_a_county(self):
        record = self.published(published_precision="hidden")
        self.assertEqual([record[name] for name in ("street", "city", "postcode", "latitude", "longitude")], [None] * 5)
        self.assertEqual((record["county"], record["country"]), ("Avon", "GB"))

    def test_a_search_does_not_tell_a_hidden_town(self):
        self.listed.published_precision = "hidden"
        found = self.env["wcm.facility"].search(self.listed._published_domain(text="Bristol"))
        self.assertNotIn("Hidden", found.mapped("published_precision"))
        self.assertNotIn(self.listed, found)

    def test_a_point_that_cannot_be_right_is_not_published(self):
        record = self.published(published_precision="exact", latitude=-2.59, longitude=51.45)
        self.assertEqual((record["latitude"], record["location_precision"]), (None, None))

    def test_it_is_written_down_who_published_what_and_when(self):
        self.workshop.with_user(self.coordinator).visibility = "public"
        self.assertEqual(self.workshop.published_by_id, self.coordinator)
        self.assertTrue(self.workshop.published_on)
        self.workshop.visibility = "network"
        self.assertFalse(self.workshop.published_on or self.workshop.published_by_id)

    def test_nobody_can_write_that_somebody_else_published_it(self):
        forged = {"published_by_id": self.manager.id, "published_on": "2020-01-01 00:00:00"}
        self.workshop.with_user(self.coordinator).write({**forged, "visibility": "public"})
        self.assertEqual(self.workshop.published_by_id, self.coordinator)
        self.workshop.with_user(self.coordinator).write(forged)
        self.assertEqual(self.workshop.published_by_id, self.coordinator)
        self.assertEqual(self.facility("Another", self.bristol, **forged).published_by_id, self.env["res.users"])

    def test_what_is_typed_in_is_published_by_sector_until_the_space_agrees_to_more(self):
        self.assertEqual(self.workshop.published_precision, "postcode_sector")
        known = self.facility("From open data", self.bristol, source="okw", external_id="1", source_host="example.org")
        self.assertEqual(known.published_precision, "exact")

    def test_a_record_keeps_the_licence_that_it_came_with(self):
        self.assertEqual(self.published()["licence"], "CC BY 4.0")
        record = self.published(licence="ODbL 1.0", attribution="A map")
        self.assertEqual((record["licence"], record["attribution"]), ("ODbL 1.0", "A map"))
