from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import NetworkCase


@tagged("post_install", "-at_install")
class TestMembersWeekGrid(NetworkCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.own = cls.alder.facility_id.capability_ids[:1]
        cls.foreign = cls.birch.facility_id.capability_ids[:1]
        cls.capabilities = cls.env["wcm.capability"].with_user(cls.alder_user)

    def change(self, hours, capability=None, week=None, seen=None):
        return {"capability_id": (capability or self.own).id, "week": str(week or self.monday), "hours": hours, "seen": seen}

    def test_a_member_sees_its_own_rows_only(self):
        grid = self.capabilities.week_grid()
        self.assertEqual({row["id"] for row in grid["rows"]}, set(self.alder.facility_id.capability_ids.ids))
        self.assertEqual(self.capabilities.week_grid(self.birch.facility_id.id)["rows"], [])

    def test_a_member_offers_hours_of_its_own_week(self):
        self.assertEqual(self.capabilities.write_weeks([self.change(5)]), {"warnings": []})
        self.assertEqual(self.own._hours_by_week(self.monday, 1)[self.own.id], [5])
        self.assertEqual(self.own.with_user(self.alder_user).workshop_weeks[1]["offered"], 5)

    def test_another_members_row_is_refused_whoever_it_comes_with(self):
        for changes in ([self.change(5, self.foreign)], [self.change(5), self.change(5, self.foreign)]):
            with self.assertRaises(AccessError):
                self.capabilities.write_weeks(changes)
        self.assertFalse(self.env["wcm.capability.week"].search([("capability_id", "in", (self.own + self.foreign).ids)]))

    def test_the_table_of_weeks_is_closed_to_members(self):
        self.capabilities.write_weeks([self.change(5)])
        weeks = self.env["wcm.capability.week"].with_user(self.alder_user)
        for call in (lambda: weeks.search([]), lambda: weeks.create({"capability_id": self.own.id, "week_start": self.monday, "hours": 1})):
            with self.assertRaises(AccessError):
                call()
        with self.assertRaises(AccessError):
            self.env["wcm.capacity"].with_user(self.alder_user).search([])

    def test_the_plan_counts_on_what_the_member_typed(self):
        free = self.own._hours_by_week(self.monday, 2, "hours_free")[self.own.id]
        self.capabilities.write_weeks([self.change(0)])
        self.assertEqual(self.own._hours_by_week(self.monday, 2, "hours_free")[self.own.id], [0, free[1]])

    def test_work_that_takes_the_hours_is_named_with_whom_to_talk_to(self):
        self.coordinator.email = "ann@example.org"
        order = self.make_order(self.alder, self.block_line, 8, state="accepted")
        order.write({"date_start": self.monday, "date_due": self.monday + timedelta(days=4)})
        cutting = self.alder.facility_id.capability_ids.filtered(lambda own: own.process_id == self.routing)
        [warning] = self.capabilities.write_weeks([self.change(0, cutting)])["warnings"]
        self.assertIn(order.name, warning)
        self.assertIn("ann@example.org", warning)
        self.assertEqual(self.capabilities.write_weeks([self.change(0, cutting)], confirmed=True), {"warnings": []})

    def test_another_members_work_is_not_named(self):
        other = self.make_order(self.birch, self.block_line, 8, state="accepted")
        other.write({"date_start": self.monday, "date_due": self.monday + timedelta(days=4)})
        self.assertEqual(self.capabilities.write_weeks([self.change(0)]), {"warnings": []})

    def test_the_regions_coordinator_edits_a_members_weeks(self):
        self.env["wcm.capability"].with_user(self.coordinator).write_weeks([self.change(5)])
        with self.assertRaises(AccessError):
            self.env["wcm.capability"].with_user(self.other_coordinator).write_weeks([self.change(6, seen=5)])

    def test_the_coordinators_figures_are_not_for_members(self):
        for call in ("dashboard", "dashboard_free_hours"):
            with self.assertRaises(AccessError):
                getattr(self.env["wcm.facility"].with_user(self.alder_user), call)()
