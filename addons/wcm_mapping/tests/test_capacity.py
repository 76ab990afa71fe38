from datetime import datetime, timedelta

import pytz

from odoo.tests import tagged
from odoo.tools import SQL

from .common import MappingCase


@tagged("post_install", "-at_install")
class TestCapacity(MappingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hours = cls.calendar()
        cls.router = cls.capability(cls.workshop, cls.routing, calendar_id=cls.hours.id)
        cls.next_monday = cls.monday(1)

    def offered(self, weeks=1):
        return self.router._hours_by_week(self.next_monday, weeks)[self.router.id]

    def close(self, day, start, end, **values):
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "Closed",
                "calendar_id": self.hours.id,
                "date_from": self.moment(day, start),
                "date_to": self.moment(day, end),
                **values,
            }
        )

    def repair(self, equipment, day, start, end, **values):
        return self.env["maintenance.request"].create(
            {
                "name": "Repair",
                "equipment_id": equipment.id,
                "schedule_date": self.moment(day, start),
                "schedule_end": self.moment(day, end),
                **values,
            }
        )

    def test_a_week_offers_its_hours_without_lunch(self):
        self.assertEqual(self.offered(3), [35.0, 35.0, 35.0])

    def test_machines_and_share_multiply(self):
        self.router.write({"machine_count": 2, "share_offered": 0.25})
        self.assertEqual(self.offered(), [17.5])

    def test_a_closure_takes_its_working_hours_only(self):
        self.close(self.next_monday, 6, 14)
        self.assertEqual(self.offered(2), [31.0, 35.0])

    def test_closures_that_overlap_count_once(self):
        self.close(self.next_monday, 9, 12)
        self.close(self.next_monday, 10, 13)
        self.assertEqual(self.offered(), [31.0])

    def test_a_holiday_of_the_company_closes_every_calendar(self):
        self.close(self.next_monday, 0, 23, calendar_id=False)
        self.assertEqual(self.offered(), [28.0])

    def test_the_leave_of_one_resource_closes_nothing(self):
        resource = self.env["resource.resource"].create({"name": "Person", "calendar_id": self.hours.id})
        self.close(self.next_monday, 0, 23, resource_id=resource.id)
        self.assertEqual(self.offered(), [35.0])

    def test_maintenance_takes_one_machine(self):
        self.router.machine_count = 2
        machine = self.equipment(self.workshop, self.routing)
        self.repair(machine, self.next_monday, 9, 17)
        self.assertEqual(self.offered(), [63.0])

    def test_maintenance_that_is_done_takes_nothing(self):
        machine = self.equipment(self.workshop, self.routing)
        request = self.repair(machine, self.next_monday, 9, 17)
        self.assertEqual(self.offered(), [28.0])
        request.stage_id = self.env["maintenance.stage"].search([("done", "=", True)], limit=1)
        self.assertEqual(self.offered(), [35.0])

    def test_maintenance_of_another_process_takes_nothing(self):
        machine = self.equipment(self.workshop, self.assembly)
        self.repair(machine, self.next_monday, 9, 17)
        self.assertEqual(self.offered(), [35.0])

    def test_maintenance_never_takes_more_than_there_is(self):
        machine = self.equipment(self.workshop, self.routing)
        for _again in range(2):
            self.repair(machine, self.next_monday, 0, 23)
            self.repair(machine, self.next_monday + timedelta(days=1), 0, 23)
            self.repair(machine, self.next_monday + timedelta(days=2), 0, 23)
        self.assertEqual(self.offered(), [0.0])

    def test_a_closed_space_offers_nothing(self):
        self.workshop.status = "temporary_closure"
        self.assertEqual(self.offered(), [0.0])

    def test_many_capabilities_take_one_query(self):
        routers = self.router
        for number in range(5):
            space = self.facility(f"Space {number}", self.bristol)
            routers |= self.capability(space, self.routing, calendar_id=self.hours.id)
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            hours = routers.sudo()._hours_by_week(self.next_monday, 8)
        self.assertEqual(set(map(tuple, hours.values())), {(35.0,) * 8})

    def test_a_week_out_of_reach_has_no_hours(self):
        hours = self.router._hours_by_week(self.monday(168), 2)[self.router.id]
        self.assertEqual(hours, [35.0, 0.0])

    def test_who_names_no_last_week_is_told_of_sixty(self):
        weeks = self.env["wcm.capacity"].search([("capability_id", "=", self.router.id)]).mapped("week_start")
        self.assertEqual((min(weeks), max(weeks)), (self.monday(-8), self.monday(60)))

    def test_free_is_capacity_less_load(self):
        load = SQL(
            "SELECT %s AS capability_id, %s::date AS week_start, 50.0 AS hours",
            self.router.id,
            self.next_monday,
        )
        self.patch(type(self.env["wcm.capacity"]), "_load_query", lambda self: load)
        week = self.env["wcm.capacity"].search(
            [("capability_id", "=", self.router.id), ("week_start", "=", self.next_monday)]
        )
        self.assertEqual((week.hours_capacity, week.hours_load, week.hours_free), (35, 50, -15))
        free = self.router._hours_by_week(self.next_monday, 1, measure="hours_free")
        self.assertEqual(free[self.router.id], [-15.0])

    def test_the_id_of_a_week_opens_that_week(self):
        week = self.env["wcm.capacity"].search(
            [("capability_id", "=", self.router.id), ("week_start", "=", self.next_monday)]
        )
        again = self.env["wcm.capacity"].browse(week.id)
        self.assertEqual(again.week_start, self.next_monday)

    def assert_as_core_counts(self, calendar):
        """Every week of the view, closures and clock changes included, as Odoo counts it."""
        self.router.calendar_id = calendar
        weeks = self.router._hours_by_week(self.monday(-8), 69)[self.router.id]
        zone = pytz.timezone(calendar.tz)
        for number, hours in enumerate(weeks):
            start = datetime.combine(self.monday(number - 8), datetime.min.time())
            expected = calendar.get_work_hours_count(zone.localize(start), zone.localize(start + timedelta(weeks=1)))
            self.assertAlmostEqual(hours, expected, places=4, msg=f"week {number}")

    def test_every_week_is_as_odoo_counts_it(self):
        for week in range(-8, 60, 3):
            self.close(self.monday(week) + timedelta(days=week % 5), week % 9, 12 + week % 7)
        self.assert_as_core_counts(self.hours)

    def test_two_alternating_weeks_are_as_odoo_counts_them(self):
        calendar = self.calendar()
        calendar.switch_calendar_type()
        calendar.attendance_ids.filtered(lambda line: line.week_type == "1" and line.dayofweek == "2").unlink()
        self.assert_as_core_counts(calendar)

    def test_a_calendar_elsewhere_is_as_odoo_counts_it(self):
        self.close(self.next_monday, 6, 14)
        self.assert_as_core_counts(self.calendar(tz="America/New_York"))
