from datetime import date, timedelta

from odoo import fields, models
from odoo.tools import SQL

# From this week; a programme of three years names its last week and is told of weeks as far as the farthest.
FIRST_WEEK, LAST_WEEK, FARTHEST_WEEK = -8, 60, 168


class WcmCapacity(models.Model):
    """The hours of weeks, calendars and machines, of those weeks and capabilities that are asked for."""

    _inherit = "wcm.capacity"

    def _hours_ctes(self):
        """calendar_week: working hours less closures. downtime and broken: what machines lose."""
        return SQL(
            """%(week)s,
            %(asked)s,
            %(shift)s,
            %(closure)s,
            %(working)s,
            %(downtime)s,
            %(broken)s""",
            week=self._week_cte(),
            asked=self._asked_cte(),
            shift=self._shift_cte(),
            closure=self._closure_cte(),
            working=self._working_cte(),
            downtime=self._downtime_cte(),
            broken=self._broken_cte(),
        )

    def _week_cte(self):
        """The context may name the first and the last Monday that are looked at.

        The numbers of the weeks are given as such: the database then knows how many there are.
        """
        today = fields.Date.today()
        monday = today - timedelta(days=today.weekday())
        asked = self.env.context.get("capacity_weeks") or (date.min, date.max)
        first, last = (fields.Date.to_date(day) for day in asked)
        return SQL(
            """week AS (
                SELECT %(monday)s::date + 7 * n AS week_start FROM generate_series(%(first)s, %(last)s) AS n
            )""",
            monday=monday,
            first=max(FIRST_WEEK, -((monday - first).days // 7)),
            last=min(LAST_WEEK if last == date.max else FARTHEST_WEEK, (last - monday).days // 7),
        )

    def _asked_cte(self):
        """Capabilities that offer hours and are asked for, before there is a row for each week of them.

        Of thousands of calendars only theirs are worked out.
        """
        return SQL(
            """asked AS MATERIALIZED (
                SELECT capability.id, capability.facility_id, capability.process_id, capability.region_id,
                       capability.calendar_id, capability.machine_count, capability.share_offered
                  FROM wcm_capability AS capability
                  JOIN wcm_facility AS facility
                    ON facility.id = capability.facility_id
                   AND facility.active AND facility.status = 'active'
                 WHERE capability.active AND %s
            ),
            worked_calendar AS MATERIALIZED (
                SELECT * FROM resource_calendar WHERE id IN (SELECT calendar_id FROM asked)
            )""",
            self._asked_condition(),
        )

    def _shift_cte(self):
        """Every stretch of work, in UTC as leaves and maintenance are."""
        return SQL(
            """local_shift AS (%(fixed)s UNION ALL %(flexible)s),
            shift AS (
                SELECT calendar_id, week_start,
                       tsrange((day + hour_from * INTERVAL '1 hour')
                                   AT TIME ZONE tz AT TIME ZONE 'UTC',
                               (day + hour_to * INTERVAL '1 hour')
                                   AT TIME ZONE tz AT TIME ZONE 'UTC') AS span
                  FROM local_shift
            )""",
            fixed=self._fixed_shifts(),
            flexible=self._flexible_shifts(),
        )

    def _fixed_shifts(self):
        """A calendar of two alternating weeks counts them from 1 January of year 1, as
        resource.calendar.attendance.get_week_type() does."""
        return SQL(
            """
                SELECT calendar.id AS calendar_id, calendar.tz, week.week_start,
                       week.week_start + attendance.dayofweek::int AS day,
                       attendance.hour_from, attendance.hour_to
                  FROM resource_calendar_attendance AS attendance
                  JOIN worked_calendar AS calendar ON calendar.id = attendance.calendar_id
                  JOIN week
                    ON attendance.week_type IS NULL
                    OR calendar.two_weeks_calendar IS NOT TRUE
                    OR attendance.week_type::int
                       = mod((week.week_start - DATE '0001-01-01') / 7, 2)
                 WHERE attendance.display_type IS NULL
                   AND attendance.day_period != 'lunch'
                   AND calendar.flexible_hours IS NOT TRUE
                   AND attendance.hour_to > attendance.hour_from"""
        )

    def _flexible_shifts(self):
        """A flexible calendar has no hours of day: its week is spread over Monday to Friday around noon."""
        return SQL(
            """
                SELECT calendar.id, calendar.tz, week.week_start, week.week_start + weekday,
                       12 - calendar.hours_per_week / 10, 12 + calendar.hours_per_week / 10
                  FROM worked_calendar AS calendar, week, generate_series(0, 4) AS weekday
                 WHERE calendar.flexible_hours AND calendar.hours_per_week > 0"""
        )

    def _closure_cte(self):
        """Public holidays and closures: leave of a calendar, or of all a company's."""
        return SQL(
            """closure AS (
                SELECT calendar.id AS calendar_id,
                       range_agg(tsrange(leave.date_from, leave.date_to)) AS spans
                  FROM resource_calendar_leaves AS leave
                  JOIN worked_calendar AS calendar
                    ON calendar.id = leave.calendar_id
                    OR (leave.calendar_id IS NULL
                        AND (calendar.company_id IS NULL OR calendar.company_id = leave.company_id))
                 WHERE leave.resource_id IS NULL AND leave.time_type = 'leave'
                   AND leave.date_to >= (SELECT MIN(week_start) - 1 FROM week)
                   AND leave.date_from <= (SELECT MAX(week_start) + 8 FROM week)
              GROUP BY calendar.id
            )"""
        )

    def _working_cte(self):
        return SQL(
            """working AS MATERIALIZED (
                SELECT shift.calendar_id, shift.week_start,
                       range_agg(shift.span)
                           - COALESCE(closure.spans, '{}'::tsmultirange) AS spans
                  FROM shift
             LEFT JOIN closure ON closure.calendar_id = shift.calendar_id
              GROUP BY shift.calendar_id, shift.week_start, closure.spans
            ),
            calendar_week AS MATERIALIZED (
                SELECT calendar_id, week_start, %s AS hours FROM working
            )""",
            self._spans_hours(SQL("spans")),
        )

    def _downtime_cte(self):
        """Machine hours lost to open, scheduled maintenance within working hours."""
        lost = SQL("working.spans * tsmultirange(tsrange(request.schedule_date, request.schedule_end))")
        return SQL(
            """downtime AS (
                SELECT capability.id AS capability_id, working.week_start,
                       SUM(%(lost_hours)s) AS hours
                  FROM maintenance_request AS request
                  JOIN maintenance_stage AS stage
                    ON stage.id = request.stage_id AND stage.done IS NOT TRUE
                  JOIN maintenance_equipment AS equipment
                    ON equipment.id = request.equipment_id AND equipment.active
                   AND equipment.condition IS DISTINCT FROM 'out_of_order'
                  JOIN asked AS capability
                    ON capability.facility_id = equipment.facility_id
                   AND capability.process_id = equipment.process_id
                  JOIN working
                    ON working.calendar_id = capability.calendar_id
                   AND working.spans && tsrange(request.schedule_date, request.schedule_end)
                 WHERE request.archive IS NOT TRUE
                   AND request.schedule_date < request.schedule_end
              GROUP BY capability.id, working.week_start
            )""",
            lost_hours=self._spans_hours(lost),
        )

    def _broken_cte(self):
        """Machines out of order, per space and process that has any, and how many there are in all."""
        return SQL(
            """broken AS (
                SELECT facility_id, process_id, SUM(quantity) AS all_machines,
                       SUM(quantity) FILTER (WHERE condition = 'out_of_order') AS machines
                  FROM maintenance_equipment
                 WHERE active AND (facility_id, process_id) IN (
                           SELECT facility_id, process_id FROM maintenance_equipment
                            WHERE condition = 'out_of_order' AND active)
              GROUP BY facility_id, process_id
            )"""
        )

    def _spans_hours(self, spans):
        """Length of a tsmultirange, in hours."""
        return SQL(
            """(SELECT COALESCE(SUM(EXTRACT(EPOCH FROM upper(piece) - lower(piece))), 0) / 3600
                  FROM unnest(%s) AS piece)""",
            spans,
        )
