from datetime import date

from odoo import fields, models
from odoo.tools import SQL


class WcmCapacity(models.Model):
    """Clock hours per capability and week: what there is, what is taken, what is free.

    A query, not a table: nothing here can be out of date. It reaches from 8 weeks before
    this week to 60 weeks after it. Odoo wraps it in the search's own conditions.

    capacity = (working hours - closures) x machines x share - downtime x share
    """

    _name = "wcm.capacity"
    _description = "Weekly Capacity"
    _auto = False
    _order = "week_start, facility_id, process_id"
    _rec_name = "capability_id"
    _depends = {
        "wcm.capability": [
            "active",
            "calendar_id",
            "facility_id",
            "machine_count",
            "process_id",
            "region_id",
            "share_offered",
        ],
        "wcm.facility": ["active", "status"],
        "maintenance.equipment": ["active", "condition", "facility_id", "process_id", "quantity"],
        "maintenance.request": [
            "archive",
            "equipment_id",
            "schedule_date",
            "schedule_end",
            "stage_id",
        ],
        "maintenance.stage": ["done"],
        "resource.calendar": [
            "company_id",
            "flexible_hours",
            "hours_per_week",
            "two_weeks_calendar",
            "tz",
        ],
        "resource.calendar.attendance": [
            "calendar_id",
            "day_period",
            "dayofweek",
            "display_type",
            "hour_from",
            "hour_to",
            "week_type",
        ],
        "resource.calendar.leaves": [
            "calendar_id",
            "company_id",
            "date_from",
            "date_to",
            "resource_id",
            "time_type",
        ],
    }

    capability_id = fields.Many2one("wcm.capability", readonly=True)
    facility_id = fields.Many2one("wcm.facility", string="Production Space", readonly=True)
    process_id = fields.Many2one("wcm.process", readonly=True)
    region_id = fields.Many2one("wcm.region", readonly=True)
    week_start = fields.Date("Week", readonly=True, help="The Monday.")
    hours_capacity = fields.Float(
        "Offered Hours",
        readonly=True,
        digits=(12, 2),
        help="Clock hours offered to the network, less closures and downtime.",
    )
    hours_load = fields.Float("Load", readonly=True, digits=(12, 2), help="Clock hours already given to work.")
    hours_free = fields.Float("Free Hours", readonly=True, digits=(12, 2))

    @property
    def _table_query(self):
        return SQL(
            """
            WITH %(week)s,
            %(shift)s,
            %(closure)s,
            working AS MATERIALIZED (
                SELECT shift.calendar_id, shift.week_start,
                       range_agg(shift.span)
                           - COALESCE(closure.spans, '{}'::tsmultirange) AS spans
                  FROM shift
             LEFT JOIN closure ON closure.calendar_id = shift.calendar_id
              GROUP BY shift.calendar_id, shift.week_start, closure.spans
            ),
            calendar_week AS MATERIALIZED (
                SELECT calendar_id, week_start, %(spans_hours)s AS hours FROM working
            ),
            %(downtime)s,
            %(broken)s,
            load AS (
                SELECT capability_id, week_start, SUM(hours) AS hours
                  FROM (%(load)s) AS load_query
              GROUP BY capability_id, week_start
            )
            %(select)s
            """,
            week=self._week_cte(),
            shift=self._shift_cte(),
            closure=self._closure_cte(),
            spans_hours=self._spans_hours(SQL("spans")),
            downtime=self._downtime_cte(),
            broken=self._broken_cte(),
            load=self._load_query(),
            select=self._select_query(),
        )

    def _load_query(self):
        """Hook: rows (capability_id, week_start, hours) of work already given out."""
        return SQL("SELECT 0 AS capability_id, CURRENT_DATE AS week_start, 0.0 AS hours WHERE FALSE")

    def _week_cte(self):
        """Fewer weeks are quicker: the context may name the first and the last Monday that are looked at."""
        first, last = self.env.context.get("capacity_weeks") or (date.min, date.max)
        return SQL(
            """week AS (
                SELECT monday AS week_start
                  FROM generate_series(-8, 60) AS n,
               LATERAL (SELECT date_trunc('week', now() AT TIME ZONE 'UTC')::date + 7 * n AS monday) AS day
                 WHERE monday BETWEEN %s AND %s
            )""",
            fields.Date.to_date(first),
            fields.Date.to_date(last),
        )

    def _shift_cte(self):
        """Every stretch of work, in UTC as leaves and maintenance are.

        A calendar of two alternating weeks counts them from 1 January of year 1, as
        resource.calendar.attendance.get_week_type() does. A flexible calendar has no
        hours of day: its week is spread over Monday to Friday around noon.
        """
        return SQL(
            """local_shift AS (
                SELECT calendar.id AS calendar_id, calendar.tz, week.week_start,
                       week.week_start + attendance.dayofweek::int AS day,
                       attendance.hour_from, attendance.hour_to
                  FROM resource_calendar_attendance AS attendance
                  JOIN resource_calendar AS calendar ON calendar.id = attendance.calendar_id
                  JOIN week
                    ON attendance.week_type IS NULL
                    OR calendar.two_weeks_calendar IS NOT TRUE
                    OR attendance.week_type::int
                       = mod((week.week_start - DATE '0001-01-01') / 7, 2)
                 WHERE attendance.display_type IS NULL
                   AND attendance.day_period != 'lunch'
                   AND calendar.flexible_hours IS NOT TRUE
                   AND attendance.hour_to > attendance.hour_from
             UNION ALL
                SELECT calendar.id, calendar.tz, week.week_start, week.week_start + weekday,
                       12 - calendar.hours_per_week / 10, 12 + calendar.hours_per_week / 10
                  FROM resource_calendar AS calendar, week, generate_series(0, 4) AS weekday
                 WHERE calendar.flexible_hours AND calendar.hours_per_week > 0
            ),
            shift AS (
                SELECT calendar_id, week_start,
                       tsrange((day + hour_from * INTERVAL '1 hour')
                                   AT TIME ZONE tz AT TIME ZONE 'UTC',
                               (day + hour_to * INTERVAL '1 hour')
                                   AT TIME ZONE tz AT TIME ZONE 'UTC') AS span
                  FROM local_shift
            )"""
        )

    def _closure_cte(self):
        """Public holidays and closures: leave of a calendar, or of all a company's."""
        return SQL(
            """closure AS (
                SELECT calendar.id AS calendar_id,
                       range_agg(tsrange(leave.date_from, leave.date_to)) AS spans
                  FROM resource_calendar_leaves AS leave
                  JOIN resource_calendar AS calendar
                    ON calendar.id = leave.calendar_id
                    OR (leave.calendar_id IS NULL
                        AND (calendar.company_id IS NULL OR calendar.company_id = leave.company_id))
                 WHERE leave.resource_id IS NULL AND leave.time_type = 'leave'
              GROUP BY calendar.id
            )"""
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
                  JOIN wcm_capability AS capability
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

    def _select_query(self):
        """The id stays the same for a capability and a week, whatever else changes.

        A machine out of order takes one away, unless the space has more of them than it offers.
        """
        return SQL(
            """
            SELECT capability.id::bigint * 10000
                       + (calendar_week.week_start - DATE '2000-01-03') / 7 AS id,
                   capability.id AS capability_id,
                   capability.facility_id,
                   capability.process_id,
                   capability.region_id,
                   calendar_week.week_start,
                   offered.hours AS hours_capacity,
                   COALESCE(load.hours, 0)::float AS hours_load,
                   offered.hours - COALESCE(load.hours, 0)::float AS hours_free
              FROM wcm_capability AS capability
              JOIN wcm_facility AS facility
                ON facility.id = capability.facility_id
               AND facility.active AND facility.status = 'active'
              JOIN calendar_week ON calendar_week.calendar_id = capability.calendar_id
         LEFT JOIN downtime
                ON downtime.capability_id = capability.id
               AND downtime.week_start = calendar_week.week_start
         LEFT JOIN load
                ON load.capability_id = capability.id
               AND load.week_start = calendar_week.week_start
         LEFT JOIN broken
                ON broken.facility_id = capability.facility_id
               AND broken.process_id = capability.process_id
        CROSS JOIN LATERAL (
                SELECT GREATEST(0, calendar_week.hours * GREATEST(0, capability.machine_count
                                       - GREATEST(0, COALESCE(broken.machines, 0)
                                           - GREATEST(0, COALESCE(broken.all_machines, 0) - capability.machine_count)))
                                   - COALESCE(downtime.hours, 0))::float
                       * capability.share_offered AS hours
              ) AS offered
             WHERE capability.active
            """
        )
