from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tests import tagged

from .common import MappingCase

FIGURES = ["hours_possible", "hours_capacity", "hours_load", "hours_free"]


@tagged("post_install", "-at_install")
class TestCapacityAsked(MappingCase):
    """Working out only what is asked for gives the figures of working out everything."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hours = cls.calendar()
        elsewhere = cls.calendar(tz="America/New_York")
        cls.router = cls.capability(cls.workshop, cls.routing, calendar_id=cls.hours.id, machine_count=2)
        cls.bench = cls.capability(cls.workshop, cls.assembly, calendar_id=elsewhere.id, share_offered=0.5)
        cls.far = cls.capability(cls.far_workshop, cls.routing, calendar_id=elsewhere.id)
        for week in (1, 3):
            cls._trouble(cls.monday(week))
        cls.env["wcm.capability.week"].create({"capability_id": cls.bench.id, "week_start": cls.monday(2), "hours": 7})

    @classmethod
    def _trouble(cls, monday):
        """A closed Tuesday and a machine that is repaired on Thursday."""
        days = [(cls.moment(monday + timedelta(days=day), 0), cls.moment(monday + timedelta(days=day), 23)) for day in (1, 3)]
        cls.env["resource.calendar.leaves"].create(
            {"name": "Closed", "calendar_id": cls.hours.id, "date_from": days[0][0], "date_to": days[0][1]}
        )
        machine = cls.equipment(cls.workshop, cls.routing)
        cls.env["maintenance.request"].create(
            {"name": "Repair", "equipment_id": machine.id, "schedule_date": days[1][0], "schedule_end": days[1][1]}
        )

    def slow_way(self, domain, user):
        """Everything worked out, then sifted."""
        capacity = self.env["wcm.capacity"].with_user(user)
        own = capacity.env["wcm.capability"].search([]).ids
        self.env.flush_all()
        rows = self.env.execute_query_dict(self.env["wcm.capacity"]._table_query)
        known = {row["id"]: row for row in rows if row["capability_id"] in own}
        found = self.env["wcm.capacity"].sudo().browse(known).filtered_domain(domain)
        return {row.id: [round(known[row.id][name], 6) for name in FIGURES] for row in found}

    def quick_way(self, domain, user):
        rows = self.env["wcm.capacity"].with_user(user).search(domain)
        return {row.id: [round(row[name], 6) for name in FIGURES] for row in rows}

    def domains(self):
        first, last = self.monday(1), self.monday(4)
        weeks = Domain("week_start", ">=", first) & Domain("week_start", "<", last)
        yield "two weeks", weeks
        yield "one week", Domain("week_start", "=", first)
        yield "some weeks", Domain("week_start", "in", [first, last])
        yield "a space", weeks & Domain("facility_id", "=", self.workshop.id)
        yield "a capability", weeks & Domain("capability_id", "in", [self.router.id])
        yield "not a capability", weeks & Domain("capability_id", "!=", self.router.id)
        yield "a name", weeks & Domain("facility_id.name", "ilike", "Bristol")
        yield "not a name", weeks & Domain("facility_id.name", "not ilike", "Bristol")
        yield "a region", weeks & Domain("region_id", "=", self.bristol.id)
        yield "hours", weeks & Domain("hours_free", "<", 30)
        yield "either", Domain("week_start", "=", first) | Domain("process_id", "=", self.assembly.id)
        yield "neither", ~(Domain("week_start", "<", first) | Domain("process_id", "=", self.assembly.id)) & weeks
        yield "week or space", weeks & (Domain("hours_load", ">", 0) | Domain("facility_id", "=", self.workshop.id))

    def test_every_question_is_answered_as_the_slow_way_does(self):
        own = self.router + self.bench + self.far
        for words, domain in self.domains():
            for user in (self.manager, self.coordinator):
                with self.subTest(words=words, user=user.login):
                    domain &= Domain("capability_id", "in", own.ids)
                    expected = self.slow_way(domain, user)
                    self.assertTrue(expected or user == self.coordinator)
                    self.assertEqual(self.quick_way(domain, user), expected)

    def test_rows_that_are_opened_by_their_ids_have_the_same_figures(self):
        rows = self.env["wcm.capacity"].search([("capability_id", "=", self.bench.id), ("week_start", ">=", self.monday(1))])
        before = {row.id: row.hours_capacity for row in rows}
        self.env.invalidate_all()
        self.assertEqual({row.id: row.hours_capacity for row in rows.browse(rows.ids)}, before)

    def test_the_heat_map_of_some_spaces_is_that_of_all_of_them_cut_off(self):
        for number in range(4):
            self.capability(self.facility(f"A {number}", self.bristol), self.routing, calendar_id=self.hours.id)
        weeks = [("week_start", ">=", self.monday(0)), ("week_start", "<", self.monday(3))]
        capacity = self.env["wcm.capacity"].with_user(self.coordinator)
        asked = (weeks, ["facility_id", "week_start:day"], ["hours_free:sum"])
        everything = capacity.formatted_read_group(*asked)
        for limit in (1, 3, 4, 7, 100):
            with self.subTest(limit=limit):
                some = capacity.formatted_read_group(*asked, limit=limit)
                for cell, expected in zip(some, everything[:limit], strict=True):
                    self.assertEqual({**cell, "__extra_domain": None}, {**expected, "__extra_domain": None})

    def test_what_a_client_writes_into_the_context_is_no_question(self):
        forged = {"capacity_of": [[["cost_per_hour", ">", 5]], [["id", "=", self.far.id]]]}
        rows = self.env["wcm.capacity"].with_user(self.coordinator).with_context(**forged).search([])
        self.assertEqual(rows.capability_id, self.env["wcm.capability"].with_user(self.coordinator).search([]) & rows.capability_id)
        self.assertIn(self.router, rows.capability_id)
        self.assertNotIn(self.far, rows.capability_id)

    def test_maintenance_of_a_week_shows_in_the_heat_map_and_to_the_finder(self):
        days = [("week_start", "=", self.monday(1))]
        [cell] = self.env["wcm.capacity"].formatted_read_group(
            [*days, ("facility_id", "=", self.workshop.id), ("process_id", "=", self.routing.id)],
            ["facility_id", "week_start:day"], ["hours_capacity:sum"], limit=10,
        )
        self.assertEqual(cell["hours_capacity:sum"], 2 * 35 - 2 * 7 - 7)
        question = self.env["wcm.capability.search"].create(
            {"process_id": self.routing.id, "hours_needed": 5, "date_before": self.monday(2), "latitude": 51.45, "longitude": -2.59}
        )
        known = question._free_hours(self.router.ids)[self.router.id]
        self.env["maintenance.request"].search([("equipment_id.facility_id", "=", self.workshop.id)]).unlink()
        self.assertAlmostEqual(question._free_hours(self.router.ids)[self.router.id], known + 7)

    def test_totals_by_process_are_the_sum_of_the_weeks(self):
        broken = self.capability(self.far_workshop, self.assembly, calendar_id=self.hours.id)
        self.equipment(self.far_workshop, self.assembly, condition="out_of_order")
        for user, regions in ((self.manager, self.bristol | broken.region_id), (self.coordinator, broken.region_id), (self.coordinator, self.bristol)):
            own, first, last = Domain("region_id", "in", regions.ids), self.monday(0), self.monday(4)
            capacity = self.env["wcm.capacity"].with_user(user)
            weeks = Domain("week_start", ">=", first) & Domain("week_start", "<=", last)
            groups = capacity._read_group(own & weeks, ["process_id"], ["hours_free:sum", "hours_capacity:sum"])
            expected = {process.id: (round(free, 6), round(offered, 6)) for process, free, offered in groups}
            totals = capacity._totals_by_process(own, first, last)
            with self.subTest(user=user.login, regions=regions.mapped("name")):
                self.assertEqual({process.id: tuple(round(hours, 6) for hours in pair) for process, pair in totals.items()}, expected)

    def test_totals_know_of_space_process_and_region_alone(self):
        with self.assertRaises(ValueError):
            self.env["wcm.capacity"]._totals_by_process([("hours_free", ">", 0)], self.monday(0), self.monday(1))

    def test_totals_are_for_who_may_read_hours(self):
        with self.assertRaises(AccessError):
            self.env["wcm.capacity"].with_user(self.outsider)._totals_by_process([], self.monday(0), self.monday(1))

    def test_a_heat_map_of_what_few_spaces_have_takes_few_questions(self):
        for number in range(40):
            self.capability(self.facility(f"Space {number}", self.bristol), self.routing, calendar_id=self.hours.id)
        domain = [("week_start", ">=", self.monday(0)), ("week_start", "<", self.monday(8)), ("hours_free", "<", 0)]
        capacity = self.env["wcm.capacity"].with_user(self.manager)
        ask = lambda: capacity.formatted_read_group(domain, ["facility_id", "week_start:day"], ["hours_free:sum"], limit=2)  # noqa: E731
        self.assertEqual(ask(), [])
        with self.assertQueryCount(20):
            ask()
