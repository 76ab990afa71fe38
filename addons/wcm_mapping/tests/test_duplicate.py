from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import AuditCase


class DuplicateCase(AuditCase):
    """A typed-in space and the same one from a list, a hundred metres away."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.here = cls.facility("Fab Lab", cls.bristol, phone="1", city="Bristol")
        cls.listed = cls.facility(
            "The Fab Lab Ltd",
            cls.bristol,
            latitude=51.451,
            source="okw",
            source_host="example.org",
            external_id="a-1",
            licence="CC BY 4.0",
            attribution="Example",
            phone="2",
            email="lab@example.org",
            visibility="public",
        )
        cls.pairs = cls.env["wcm.facility.duplicate"].with_user(cls.coordinator)

    def found(self):
        """Pairs that were found, as sets of names."""
        self.pairs.action_look()
        return [set((pair.facility_id | pair.other_id).mapped("name")) for pair in self.pairs.search([])]

    def pair(self, kept=None, other=None):
        return self.pairs._of((kept or self.here).with_user(self.coordinator), other or self.listed)

    def merged(self, **choices):
        pair = self.pair()
        pair.choices = choices
        pair.action_merge()
        return pair

    def row(self, pair, key):
        return next(row for row in pair.comparison["rows"] if row["key"] == key)


@tagged("post_install", "-at_install")
class TestFindingDuplicates(DuplicateCase):
    def test_the_same_name_nearby_is_found(self):
        self.assertEqual(self.found(), [{"Fab Lab", "The Fab Lab Ltd"}])
        pair = self.pairs.search([])
        self.assertEqual(pair.reason, "Same name, 111 m apart")
        self.assertEqual(pair.facility_id, self.here, "what people typed in stays")

    def test_looking_loses_nothing_that_is_not_written_yet(self):
        self.bristol.name = "Bristol and around"
        self.pairs.action_look()
        self.env.flush_all()
        self.assertEqual(self.bristol.name, "Bristol and around")

    def test_the_same_name_farther_away_is_another_space(self):
        self.listed.latitude = 51.46
        self.assertFalse(self.found())

    def test_without_a_place_the_postcode_decides(self):
        self.listed.write({"latitude": 0, "longitude": 0, "location_precision": "unknown", "zip": "BS1 1AA"})
        self.here.zip = "BS1 1AA"
        self.assertTrue(self.found())
        self.here.zip = "BS2 0AA"
        self.assertFalse(self.found(), "what no longer holds is no longer listed")

    def test_the_same_address_is_found_under_another_name(self):
        self.listed.write({"name": "Makers", "street": "5 Mill Rd", "zip": "BS1 1AA"})
        self.here.write({"street": "5, Mill Road", "zip": "bs11aa"})
        self.assertTrue(self.found())
        self.assertEqual(self.pairs.search([]).reason, "Same address, 111 m apart")

    def test_the_same_website_and_the_same_telling_id_are_found(self):
        self.listed.write({"name": "Makers", "website": "https://lab.example.org/"})
        self.here.website = "www.lab.example.org"
        self.assertTrue(self.found())
        self.here.write({"website": False, "source_host": "other.org", "external_id": "a-1"})
        self.assertFalse(self.found(), "a short id may be anybody's")
        (self.here | self.listed).external_id = "1b4e28ba-2fa1-11d2-883f-0016d3cca427"
        self.assertTrue(self.found())

    def test_many_of_one_name_give_as_many_pairs_not_their_square(self):
        for _n in range(18):
            self.facility("Fab Lab", self.bristol)
        self.assertLess(len(self.found()), 20)

    def test_what_is_no_duplicate_is_not_asked_again(self):
        self.found()
        self.pairs.search([]).action_dismiss()
        self.pairs.action_look()
        self.assertEqual(self.pairs.search([]).mapped("state"), ["dismissed"])
        self.pairs.search([]).action_reopen()
        self.assertEqual(self.pairs.search([]).state, "open")

    def test_an_archived_space_is_nobodys_duplicate(self):
        self.listed.active = False
        self.assertFalse(self.found())

    def test_a_space_says_how_many_look_like_it(self):
        self.found()
        space = self.here.with_user(self.coordinator)
        self.assertEqual(space.duplicate_count, 1)
        action = space.action_open_duplicates()
        self.assertEqual(self.pairs.search(action["domain"]).other_id, self.listed)

    def test_any_two_can_be_compared_by_hand(self):
        action = (self.here | self.workshop).with_user(self.coordinator).action_compare()
        self.assertEqual(self.pairs.browse(action["res_id"]).reason, "Chosen by hand")
        with self.assertRaisesRegex(UserError, "Select two"):
            self.here.with_user(self.coordinator).action_compare()


@tagged("post_install", "-at_install")
class TestComparison(DuplicateCase):
    def test_what_is_only_on_one_side_is_proposed(self):
        row = self.row(self.pair(), "email")
        self.assertEqual((row["choice"], row["why"], row["theirs"]), ("theirs", "only here", "lab@example.org"))

    def test_what_people_wrote_goes_before_what_a_list_says(self):
        self.listed.source_values = {"phone": "2"}
        row = self.row(self.pair(), "phone")
        self.assertEqual((row["choice"], row["why"]), ("ours", "written by hand"))

    def test_the_fuller_address_wins_as_a_whole(self):
        self.here.write({"source": "csv", "source_values": {"city": "Bristol"}})
        self.listed.write(
            {"street": "5 Mill Road", "city": "Bath", "source_values": {"street": "5 Mill Road", "city": "Bath"}}
        )
        row = self.row(self.pair(), "address")
        self.assertEqual((row["choice"], row["why"]), ("theirs", "says more"))

    def test_the_later_visit_wins(self):
        self.here.write({"verified_on": "2026-01-01", "verified_by_id": self.coordinator.id})
        self.listed.write({"verified_on": "2026-02-01", "verified_by_id": self.manager.id})
        self.assertEqual(self.row(self.pair(), "verified")["choice"], "theirs")

    def test_what_publishes_less_is_proposed(self):
        row = self.row(self.pair(), "publication")
        self.assertEqual((row["choice"], row["why"]), ("ours", "publishes less"))

    def test_two_agreements_to_publish_are_not_decided_by_the_computer(self):
        self.here.write({"visibility": "public", "published_precision": "hidden"})
        pair = self.pair()
        self.assertFalse(self.row(pair, "publication")["choice"])
        with self.assertRaisesRegex(UserError, "What is published"):
            pair.action_merge()
        pair.choices = {"publication": "ours"}
        pair.action_merge()
        self.assertEqual((pair.state, self.here.published_precision), ("merged", "hidden"))

    def test_capability_of_one_process_is_one_question(self):
        self.capability(self.here, self.routing, cost_per_hour=40)
        self.capability(self.listed, self.routing, evidence_level="audited", cost_per_hour=50)
        row = self.row(self.pair(), f"capability_{self.routing.id}")
        self.assertEqual((row["choice"], row["why"]), ("theirs", "better evidence"))
        self.assertIn("Audited", row["theirs"])

    def test_only_a_side_can_be_chosen(self):
        for nonsense in ({"phone": "everything"}, ["phone"], "phone"):
            with self.assertRaises(ValidationError):
                self.pair().choices = nonsense


@tagged("post_install", "-at_install")
class TestWhoMayMerge(DuplicateCase):
    def setUp(self):
        super().setUp()
        self.across = self.env["wcm.facility.duplicate"]._of(self.workshop, self.far_workshop)

    def test_it_takes_both_regions(self):
        across = self.across.with_user(self.coordinator)
        self.assertFalse(self.pairs.search([("id", "=", across.id)]))
        for call in (
            across.action_merge,
            across.action_undo,
            across.action_dismiss,
            across.action_swap,
            across.action_reopen,
        ):
            with self.assertRaises(AccessError):
                call()
        with self.assertRaises(AccessError):
            (self.workshop | self.far_workshop).with_user(self.coordinator).action_compare()
        self.across.with_user(self.manager).action_merge()
        self.assertFalse(self.far_workshop.active)

    def test_an_outsider_may_nothing(self):
        pair = self.across.with_user(self.outsider)
        for call in (pair.action_merge, pair.action_undo, pair.action_dismiss, pair.action_look, pair.action_swap):
            with self.assertRaises(AccessError):
                call()

    def test_what_a_merge_did_is_not_typed(self):
        """Undo writes what is recorded with all rights: who could write the record could write anything."""
        pair = self.pair()
        for values in (
            {"changes": []},
            {"moves": []},
            {"state": "merged"},
            {"other_id": self.workshop.id},
            {"snapshot": {}},
        ):
            with self.assertRaises(AccessError):
                pair.write(values)
        with self.assertRaises(AccessError):
            self.pairs.create({"facility_id": self.here.id, "other_id": self.workshop.id})
        with self.assertRaises(AccessError):
            self.listed.with_user(self.coordinator).merged_into_id = self.here

    def test_who_lost_a_region_cannot_undo(self):
        pair = self.merged()
        self.bristol.coordinator_ids = False
        with self.assertRaises(AccessError):
            pair.action_undo()

    def test_a_begun_audit_moves_by_a_merge_only(self):
        audit = self.completed(self.best, facility=self.listed)
        with self.assertRaises(UserError):
            audit.with_user(self.coordinator).with_context(merging_facilities=True).facility_id = self.here
