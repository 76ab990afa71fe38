from odoo import fields, models
from odoo.tools import SQL

# The id of a row is the capability's times this, plus the number of the week since 2000.
WEEKS_PER_CAPABILITY = 10000

class WcmCapacity(models.Model):
    """Clock hours per capability and week: what there is, what is taken, what is free.

    A query, not a table: nothing here can be out of date. It reaches from 8 weeks before
    this week to 60 weeks after it, or to 168 where the search names its last week. Odoo wraps it in the search's own
    conditions.

    machine hours = (working hours - closures) x machines - downtime
    capacity = machine hours x share, or what the space offers in that very week (wcm.capability.week)

    The hours of weeks, calendars and machines are worked out in wcm_capacity_hours.py.
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
        "wcm.capability.week": ["capability_id", "hours", "week_start"],
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
    hours_possible = fields.Float(
        "Machine Hours",
        readonly=True,
        digits=(12, 2),
        help="Clock hours that the machines can work, less closures and downtime, whoever they work for.",
    )
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
        return SQL("WITH %s %s", self._ctes(), self._select_query())

    def _ctes(self):
        return SQL(
            """%(hours)s,
            load AS (
                SELECT capability_id, week_start, SUM(hours) AS hours
                  FROM (%(load)s) AS load_query
              GROUP BY capability_id, week_start
            )""",
            hours=self._hours_ctes(),
            load=self._load_query(),
        )

    def _load_query(self):
        """Hook: rows (capability_id, week_start, hours) of work already given out.

        `asked` is a table of the capabilities that are looked at: id, facility_id, process_id.
        """
        return SQL("SELECT 0 AS capability_id, CURRENT_DATE AS week_start, 0.0 AS hours WHERE FALSE")

    def _select_query(self):
        """The id stays the same for a capability and a week, whatever else changes."""
        return SQL(
            """
            SELECT capability.id::bigint * %(weeks)s + (calendar_week.week_start - DATE '2000-01-03') / 7 AS id,
                   capability.id AS capability_id,
                   capability.facility_id,
                   capability.process_id,
                   capability.region_id,
                   calendar_week.week_start,
                   possible.hours AS hours_possible,
                   offered.hours AS hours_capacity,
                   COALESCE(load.hours, 0)::float AS hours_load,
                   offered.hours - COALESCE(load.hours, 0)::float AS hours_free
              FROM asked AS capability
              JOIN calendar_week ON calendar_week.calendar_id = capability.calendar_id
            %(joins)s
        CROSS JOIN LATERAL (SELECT %(possible)s AS hours) AS possible
        CROSS JOIN LATERAL (SELECT %(offered)s AS hours) AS offered
            """,
            weeks=WEEKS_PER_CAPABILITY,
            joins=self._week_joins(),
            possible=self._possible_hours(),
            offered=self._offered_hours(),
        )

    def _week_joins(self):
        """What is known of a capability in a week besides its calendar: at most one row each."""
        return SQL(
            """
         LEFT JOIN downtime
                ON downtime.capability_id = capability.id
               AND downtime.week_start = calendar_week.week_start
         LEFT JOIN load
                ON load.capability_id = capability.id
               AND load.week_start = calendar_week.week_start
         LEFT JOIN broken
                ON broken.facility_id = capability.facility_id
               AND broken.process_id = capability.process_id
         LEFT JOIN wcm_capability_week AS own
                ON own.capability_id = capability.id
               AND own.week_start = calendar_week.week_start
            """
        )

    def _possible_hours(self):
        """A machine out of order takes one away, unless the space has more of them than it offers."""
        return SQL(
            """GREATEST(0, calendar_week.hours * GREATEST(0, capability.machine_count
                               - GREATEST(0, COALESCE(broken.machines, 0)
                                   - GREATEST(0, COALESCE(broken.all_machines, 0) - capability.machine_count)))
                           - COALESCE(downtime.hours, 0))::float"""
        )

    def _offered_hours(self):
        """The share of all weeks; or what was said of this one, as far as the machines still run."""
        return SQL(
            """CASE WHEN own.hours IS NULL THEN possible.hours * capability.share_offered
                    ELSE LEAST(own.hours, possible.hours) END"""
        )
