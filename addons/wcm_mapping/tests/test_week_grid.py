from datetime import timedelta

import psycopg2

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common import MappingCase


@tagged("post_install", "-at_install")
class TestWeekGrid(MappingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.coordinator.email = "ann@example.org"
        hours = cls.calendar()
        cls.router = cls.capability(cls.workshop, cls.routing, calendar_id=hours.id, machine_count=2, share_offered=0.5)
        cls.far = cls.capability(cls.far_workshop, cls.routing, calendar_id=hours.id)
        cls.monday_1, cls.monday_2 = cls.monday(1), cls.monday(2)

    def change(self, hours, seen=None, week=None, capability=None):
        return {"capability_id": (capability or self.router).id, "week": str(week or self.monday_1), "hours": hours, "seen": seen}

    def save(self, *changes, user=None, confirmed=False):
        return self.env["wcm.capability"].with_user(user or self.coordinator).write_weeks(list(changes), confirmed)["warnings"]

    def cell(self, week=1):
        grid = self.env["wcm.capability"].with_user(self.coordinator).week_grid(self.workshop.id)
        [row] = grid["rows"]
        return row["cells"][week]

    def offered(self, weeks=2):
        return self.router._hours_by_week(self.monday_1, weeks)[self.router.id]

    def take(self, hours):
        """Work takes so many hours of next week."""
        load = SQL("SELECT %s AS capability_id, %s::date AS week_start, %s::float AS hours", self.router.id, self.monday_1, hours)
        self.patch(type(self.env["wcm.capacity"]), "_load_query", lambda self: load)

    def test_a_week_says_what_is_possible_usual_typed_and_taken(self):
        self.take(12)
        self.assertEqual(self.cell(), {"possible": 70, "usual": 35, "typed": None, "taken": 12})

    def test_hours_typed_are_offered_in_that_week_only(self):
        self.assertEqual(self.save(self.change(10)), [])
        self.assertEqual(self.offered(), [10, 35])
        self.assertEqual(self.cell()["typed"], 10)

    def test_more_than_the_share_may_be_offered_but_not_more_than_the_machines_work(self):
        self.save(self.change(70))
        self.assertEqual(self.offered(), [70, 35])
        with self.assertRaisesRegex(ValidationError, "can work 70 hours, not 71"):
            self.save(self.change(71, seen=70))

    def test_a_closed_week_offers_nothing_and_as_usual_gives_the_share_again(self):
        self.save(self.change(0))
        self.assertEqual(self.offered(), [0, 35])
        self.save(self.change(None, seen=0))
        self.assertEqual(self.offered(), [35, 35])
        self.assertFalse(self.env["wcm.capability.week"].search([("capability_id", "=", self.router.id)]))

    def test_several_weeks_are_saved_at_once_or_not_at_all(self):
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.save(self.change(10), self.change(500, week=self.monday_2))
        self.assertEqual(self.offered(), [35, 35])

    def test_maintenance_lowers_what_was_typed(self):
        self.save(self.change(60))
        machine = self.equipment(self.workshop, self.routing, quantity=2)
        for day in (0, 1):
            start, end = (self.moment(self.monday_1 + timedelta(days=day), hour) for hour in (0, 23))
            self.env["maintenance.request"].create(
                {"name": "Repair", "equipment_id": machine.id, "schedule_date": start, "schedule_end": end}
            )
        self.assertEqual(self.offered(), [56, 35])

    def test_what_the_finder_and_the_heat_map_see_is_what_was_typed(self):
        self.save(self.change(10))
        [cell] = self.env["wcm.capacity"].formatted_read_group(
            [("capability_id", "=", self.router.id), ("week_start", "=", self.monday_1)], ["facility_id", "week_start:day"], ["hours_free:sum"]
        )
        self.assertEqual(cell["hours_free:sum"], 10)
        question = self.env["wcm.capability.search"].create(
            {"process_id": self.routing.id, "hours_needed": 5, "date_before": self.monday_2, "latitude": 51.4, "longitude": -2.5}
        )
        usual = question._free_hours(self.router.ids)[self.router.id]
        self.save(self.change(20, seen=10))
        self.assertAlmostEqual(question._free_hours(self.router.ids)[self.router.id], usual + 10)

    def test_hours_that_work_takes_are_not_withdrawn_silently(self):
        self.take(12)
        [warning] = self.save(self.change(10))
        for word in ("work takes 12 hours", "only 10", "ann@example.org"):
            self.assertIn(word, warning)
        self.assertEqual(self.offered(), [35, 35])

    def test_who_withdraws_them_all_the_same_tells_the_coordinator(self):
        self.take(12)
        self.save(self.change(10), confirmed=True)
        self.assertEqual(self.offered(), [10, 35])
        message = self.router.message_ids[0]
        self.assertIn(self.coordinator.partner_id, message.partner_ids)
        self.assertIn("work takes 12 hours", message.body)

    def test_more_hours_in_a_week_that_is_overbooked_need_no_confirmation(self):
        self.save(self.change(5))
        self.take(40)
        self.assertEqual(self.save(self.change(20, seen=5)), [])

    def test_the_chatter_keeps_who_changed_which_week_from_what_to_what(self):
        self.save(self.change(10))
        self.save(self.change(20, seen=10))
        newest, oldest = self.router.message_ids[:2]
        self.assertIn("10 h → 20 h", newest.body)
        self.assertIn("as usual → 10 h", oldest.body)
        self.assertEqual(newest.author_id, self.coordinator.partner_id)

    def test_the_second_of_two_tabs_is_told_of_the_first(self):
        self.save(self.change(10))
        with self.assertRaisesRegex(UserError, "it says 10 hours now"):
            self.save(self.change(20))
        self.save(self.change(None, seen=10))
        with self.assertRaisesRegex(UserError, "“as usual”"):
            self.save(self.change(20, seen=10))
        self.assertEqual(self.offered(), [35, 35])

    @mute_logger("odoo.sql_db")
    def test_a_week_cannot_be_typed_twice(self):
        self.save(self.change(10))
        with self.assertRaises(psycopg2.errors.UniqueViolation), self.cr.savepoint():
            self.env["wcm.capability.week"].create({"capability_id": self.router.id, "week_start": self.monday_1, "hours": 3})

    def test_hours_and_weeks_that_make_no_sense_are_refused_in_words(self):
        cases = [
            (self.change(10, week=self.monday(-1)), "over"),
            (self.change(10, week=self.monday_1 + timedelta(days=1)), "Monday"),
            (self.change(10, week=self.monday(60)), "next 52 weeks"),
            (self.change("ten"), "number"),
            (self.change(float("nan")), "number"),
            (self.change(10**400), "number"),
            ({"capability_id": self.router.id}, "number"),
        ]
        for change, words in cases:
            with self.subTest(change=change), self.assertRaisesRegex(UserError, words):
                self.save(change)

    @mute_logger("odoo.sql_db")
    def test_negative_hours_are_refused(self):
        with self.assertRaisesRegex(UserError, "negative"):
            self.save(self.change(-1))
        with self.assertRaises(psycopg2.errors.CheckViolation), self.cr.savepoint():
            self.env["wcm.capability.week"].create({"capability_id": self.router.id, "week_start": self.monday_1, "hours": -1})

    def test_a_week_that_is_over_stays_as_it_was(self):
        self.save(self.change(10, week=self.monday(0)))
        week = self.env["wcm.capability.week"].search([("capability_id", "=", self.router.id)])
        self.env.cr.execute("UPDATE wcm_capability_week SET week_start = week_start - 7 WHERE id = %s", [week.id])
        week.invalidate_recordset()
        for action in (lambda: week.write({"hours": 3}), week.unlink):
            with self.assertRaisesRegex(ValidationError, "over"):
                action()

    def test_the_coordinator_of_another_region_is_refused(self):
        for capability, user in ((self.far, self.coordinator), (self.router, self.outsider)):
            with self.assertRaises(AccessError):
                self.save(self.change(10, capability=capability), user=user)
        grid = self.env["wcm.capability"].with_user(self.coordinator).week_grid()
        self.assertEqual([row["id"] for row in grid["rows"]], [self.router.id])
        with self.assertRaises(AccessError):
            self.env["wcm.capability"].with_user(self.outsider).week_grid()

    def test_the_table_itself_is_closed_to_other_regions(self):
        self.save(self.change(10, capability=self.far), user=self.manager)
        week = self.env["wcm.capability.week"].search([("capability_id", "=", self.far.id)])
        self.assertFalse(self.env["wcm.capability.week"].with_user(self.coordinator).search([]) & week)
        with self.assertRaises(AccessError):
            week.with_user(self.coordinator).hours = 3
        with self.assertRaises(AccessError):
            self.env["wcm.capability.week"].with_user(self.coordinator).create(
                {"capability_id": self.far.id, "week_start": self.monday_2, "hours": 3}
            )

    def test_as_many_weeks_as_asked_within_reason(self):
        grid = self.env["wcm.capability"].with_user(self.coordinator).week_grid(self.workshop.id, weeks=26)
        self.assertEqual((len(grid["weeks"]), grid["weeks"][0]), (26, str(self.monday(0))))
        self.assertEqual(len(self.env["wcm.capability"].with_user(self.coordinator).week_grid(weeks=5000)["weeks"]), 52)
