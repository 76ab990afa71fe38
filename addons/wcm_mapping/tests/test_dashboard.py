from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.fields import Date
from odoo.tests import tagged

from .common import AuditCase


@tagged("post_install", "-at_install")
class TestDashboard(AuditCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        hours = cls.calendar()
        for space in (cls.workshop, cls.far_workshop):
            cls.capability(space, cls.routing, calendar_id=hours.id, evidence_level="audited")
            space.write({"verified_on": Date.today() - timedelta(days=900), "organisation_type": "sme"})
            cls.certificate(20, facility=space)
        cls.facility("Nowhere", cls.bristol, latitude=0, longitude=0)

    def board(self, user=None):
        return self.env["wcm.facility"].with_user(user or self.coordinator).dashboard()

    def card(self, key, user=None):
        return next(card for card in self.board(user)["cards"] if card["key"] == key)

    def figure(self, title, user=None):
        return next(figure["rows"] for figure in self.board(user)["figures"] if title in figure["title"])

    def assert_opens_what_it_counts(self, row, user):
        action = row["action"]
        found = self.env[action["res_model"]].with_user(user).search_count(action["domain"])
        self.assertEqual(found, row["count"], row)

    def test_every_number_opens_what_it_counts(self):
        for user in (self.coordinator, self.manager):
            board = self.board(user)
            rows = board["cards"] + [row for figure in board["figures"] for row in figure["rows"]]
            for row in rows:
                with self.subTest(user=user.login, row=row.get("title") or row["name"]):
                    self.assert_opens_what_it_counts(row, user)

    def test_what_waits_in_other_regions_does_not_count(self):
        self.assertEqual(self.card("certificate")["count"], 1)
        self.assertGreaterEqual(self.card("certificate", self.manager)["count"], 2)
        self.far_workshop.visibility = "public"
        self.assertEqual({row["name"] for row in self.figure("by region")}, {self.bristol.name})

    def test_places_to_fix_and_listings_to_confirm_are_counted(self):
        self.assertEqual(self.card("to_fix")["count"], 1)
        self.assertEqual(self.card("confirm")["count"], self.env["wcm.facility"].search_count([("region_id", "=", self.bristol.id)]))

    def test_imports_to_look_at_and_possible_duplicates_are_counted(self):
        before = {key: self.card(key)["count"] for key in ("import", "duplicate")}
        imports = self.env["wcm.facility.import"].with_user(self.coordinator)
        imports._import_bytes(b"name,postcode\nOak Works,BS1 6AA\n", "csv", "example.org", "CC BY 4.0", "Example", apply=False)
        for _twin in range(2):
            self.facility("Twin Works", self.bristol)
        self.env["wcm.facility.duplicate"].with_user(self.coordinator).action_look()
        self.assertEqual({key: self.card(key)["count"] - count for key, count in before.items()}, {"import": 1, "duplicate": 1})

    def test_an_audit_that_falls_due_is_counted(self):
        before = self.card("audit")["count"]
        audit = self.completed(self.best)
        self.assertEqual(self.card("audit")["count"], before)
        self.env.cr.execute("UPDATE wcm_audit SET next_due_on = CURRENT_DATE + 10 WHERE id = %s", [audit.id])
        audit.invalidate_recordset()
        self.assertEqual(self.card("audit")["count"], before + 1)

    def test_evidence_is_counted_by_level(self):
        self.assertEqual({row["name"]: row["count"] for row in self.figure("evidence")}["Audited"], 1)

    def test_bands_of_freshness_add_up_to_all_spaces(self):
        rows = self.figure("last looked")
        self.assertEqual([row["name"] for row in rows], ["Within 6 months", "Within 12 months", "Within 24 months", "Longer ago", "Never"])
        self.assertEqual(sum(row["count"] for row in rows), sum(row["count"] for row in self.figure("by region")))

    def test_free_hours_by_process_are_those_of_the_next_eight_weeks(self):
        [row] = self.env["wcm.facility"].with_user(self.coordinator).dashboard_free_hours()["rows"]
        self.assertEqual((row["name"], row["offered"]), (self.routing.display_name, 8 * 35))
        weeks = self.env["wcm.capacity"].with_user(self.coordinator).search(row["action"]["domain"])
        self.assertEqual(sum(weeks.mapped("hours_free")), row["free"])

    def test_others_have_no_dashboard(self):
        for call in ("dashboard", "dashboard_free_hours"):
            with self.assertRaises(AccessError):
                getattr(self.env["wcm.facility"].with_user(self.outsider), call)()
