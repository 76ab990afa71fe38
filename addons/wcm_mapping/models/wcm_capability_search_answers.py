from datetime import timedelta
from math import cos, radians

from odoo import fields, models
from odoo.tools import SQL

from ..geo import EARTH_RADIUS_KM

# As far as this times the radius, a space is worth a remark: "70 km away".
NEAR_MISS_RADIUS = 1.5
KM_PER_DEGREE = 111.1
# Spaces whose hours are looked at, and answers that are kept.
CANDIDATES = 300
ANSWERS = 100
MOST_MISSES = 2
WORKING_DAYS = 5
MEASURED = ("envelope_x_mm", "envelope_y_mm", "envelope_z_mm", "tolerance_mm")
JUDGED = (*MEASURED, "evidence_level")


class WcmCapabilitySearch(models.Model):
    """How a question is answered: one query for everything but the hours, one for those.

    Where the asker may read the recorded capability it counts in full. Of spaces in other
    regions he may read the kit, so the kit answers for process, size, tolerance and material;
    hours and evidence stay in the region, and the answer is "ask them".
    """

    _inherit = "wcm.capability.search"

    def _answers(self):
        """Values of the answers, best first."""
        self.env.flush_all()
        rows = self.env.execute_query_dict(self._candidates_query())
        hours = self._free_hours([row["capability_id"] for row in rows if row["capability_id"]])
        for row in rows:
            row["hours_free"] = hours.get(row["capability_id"])
            self._judge(row)
        rows.sort(key=lambda row: (bool(row["missing"]), len(row["missing"]), bool(row["unknown"]), row["distance_km"] or 0))
        return [self._answer_values(rank, row) for rank, row in enumerate(rows[:ANSWERS], start=1)]

    def _answer_values(self, rank, row):
        outcome = "near_miss" if row["missing"] else "ask" if row["unknown"] else "fits"
        return {
            "search_id": self.id,
            "rank": rank,
            "facility_id": row["facility_id"],
            "capability_id": row["capability_id"],
            "outcome": outcome,
            "distance_km": row["distance_km"] or 0,
            "hours_free": row["hours_free"] or 0,
            "hours_known": row["hours_free"] is not None,
            "remark": "; ".join(row["missing"] + row["unknown"]) or False,
        }

    def _judge(self, row):
        """Put in words what is missing, and what nobody told the asker."""
        row["hours_ok"] = self._enough_hours(row["hours_free"])
        words = {
            "size_ok": (self._size_missing, self.env._("size not known: ask")),
            "tolerance_ok": (self._tolerance_missing, self.env._("tolerance not known: ask")),
            "material_ok": (self._material_missing, self.env._("materials not known: ask")),
            "evidence_ok": (self._evidence_missing, self.env._("evidence not shown to you: ask")),
            "near_ok": (self._distance_missing, ""),
            "hours_ok": (self._hours_missing, self.env._("hours not shown to you: ask")),
        }
        row["missing"] = [missing(row) for key, (missing, _ask) in words.items() if row[key] is False]
        row["unknown"] = [ask for key, (_missing, ask) in words.items() if row[key] is None]

    def _enough_hours(self, hours_free):
        if not self.hours_needed:
            return True
        return None if hours_free is None else hours_free >= self.hours_needed

    def _size_missing(self, row):
        """The bed when it is too small for the sheet either way round; else the height."""
        bed = (row["envelope_x_mm"], row["envelope_y_mm"])
        if row["flat_ok"] is not False:
            return self.env._(
                "takes %(height)d mm in height, not %(asked)d mm", height=row["envelope_z_mm"], asked=self.size_z_mm
            )
        return self.env._(
            "bed %(bed)s is smaller than %(asked)s",
            bed=self._lengths_text(*bed),
            asked=self._lengths_text(self.size_x_mm, self.size_y_mm),
        )

    def _lengths_text(self, *lengths):
        """ "1300 × 900 mm"; a length that is not limited or not known is "any"."""
        return f"{' × '.join(str(length) if length else self.env._('any') for length in lengths)} mm"

    def _tolerance_missing(self, row):
        return self.env._("holds ± %(held)g mm, not ± %(asked)g mm", held=row["tolerance_mm"], asked=self.tolerance_mm)

    def _material_missing(self, _row):
        return self.env._("its kit does not list %s", self.material_id.name)

    def _evidence_missing(self, row):
        levels = dict(self._fields["evidence_level"]._description_selection(self.env))
        return self.env._(
            "only %(level)s, not %(asked)s",
            level=levels[row["evidence_level"]].lower(),
            asked=levels[self.evidence_level].lower(),
        )

    def _distance_missing(self, row):
        return self.env._("%(km)d km away, not %(asked)d km", km=round(row["distance_km"]), asked=self.radius_km)

    def _hours_missing(self, row):
        return self.env._(
            "%(free)d of %(needed)g hours free before %(day)s",
            free=row["hours_free"],
            needed=self.hours_needed,
            day=self._day_text(),
        )

    def _free_hours(self, capability_ids):
        """{capability id: clock hours free from today until the day}; {} when nobody asks for hours.

        A week that has begun, or ends after the day, counts by its working days. What is
        overbooked in one week does not lessen another.
        """
        if not self.hours_needed or not capability_ids:
            return {}
        monday, parts = self._week_parts()
        capabilities = self.env["wcm.capability"].browse(capability_ids)
        weekly = capabilities._hours_by_week(monday, len(parts), measure="hours_free") if parts else {}
        return {
            capability_id: sum(max(0, hours) * part for hours, part in zip(weekly.get(capability_id, ()), parts, strict=False))
            for capability_id in capability_ids
        }

    def _week_parts(self):
        """This week's Monday; for it and each week after it, the part that lies between today and the day."""
        today = fields.Date.context_today(self)
        monday = today - timedelta(days=today.weekday())
        weeks = max(0, -((monday - self.date_before).days // 7))
        return monday, [self._week_part(monday + timedelta(weeks=n), today) for n in range(weeks)]

    def _week_part(self, monday, today):
        end = min(self.date_before, monday + timedelta(days=WORKING_DAYS))
        return max(0, (end - max(today, monday)).days) / WORKING_DAYS

    def _candidates_query(self):
        """Every space in reach that has the process, judged on all but its hours; the best few."""
        return SQL(
            """
            WITH near AS MATERIALIZED (%(near)s),
            recorded AS MATERIALIZED (%(recorded)s),
            offer AS (SELECT * FROM recorded UNION ALL %(kit)s),
            judged AS (%(judged)s)
            SELECT *
              FROM judged,
           LATERAL (SELECT num_nulls(size_ok, tolerance_ok, material_ok, evidence_ok) AS unknown_count,
                           (size_ok IS FALSE)::int + (tolerance_ok IS FALSE)::int + (near_ok IS FALSE)::int
                           + (material_ok IS FALSE)::int + (evidence_ok IS FALSE)::int AS miss_count) AS counted
             WHERE miss_count <= %(most)s
          ORDER BY miss_count, unknown_count, distance_km, facility_id
             LIMIT %(limit)s
            """,
            near=self._near_query(),
            recorded=self._recorded_query(),
            kit=self._kit_query(),
            judged=self._judged_query(),
            most=MOST_MISSES,
            limit=CANDIDATES,
        )

    def _judged_query(self):
        """Each offer with what is asked of it: met, not met, or not known (NULL). OFFSET 0: each is judged once."""
        return SQL(
            """SELECT *, %(material)s AS material_ok,
                       %(flat)s AND %(height)s AS size_ok,
                       %(flat)s AS flat_ok,
                       %(tolerance)s = 0 OR tolerance_mm <= %(tolerance)s AS tolerance_ok,
                       %(radius)s = 0 OR distance_km <= %(radius)s AS near_ok,
                       %(evidence)s AS evidence_ok
                  FROM offer
                OFFSET 0""",
            material=self._material_condition(),
            flat=self._flat_condition(),
            height=self._long_enough("envelope_z_mm", self.size_z_mm),
            tolerance=self.tolerance_mm,
            radius=self.radius_km,
            evidence=self._evidence_condition(),
        )

    def _near_query(self):
        """Spaces that the asker may see: a box on the index of latitude and longitude, then the distance."""
        domain = [("status", "=", "active"), ("process_ids", "in", self.process_id.ids)]
        query = self.env["wcm.facility"]._search(domain)
        query.add_where(self._box_condition())
        inside = SQL("distance_km <= %s", self.radius_km * NEAR_MISS_RADIUS) if self.radius_km else SQL("TRUE")
        return SQL(
            "SELECT * FROM (%(spaces)s) AS facility WHERE %(inside)s",
            spaces=query.select(SQL("wcm_facility.id AS facility_id"), SQL("%s AS distance_km", self._distance_sql())),
            inside=inside,
        )

    def _box_condition(self):
        """As SQL of its own: a domain's comparison also asks for NULL, which no index answers."""
        if not self.radius_km:
            return SQL("TRUE")
        reach = self.radius_km * NEAR_MISS_RADIUS / self._road_factor()
        tall = reach / KM_PER_DEGREE
        wide = tall / max(0.01, cos(radians(min(89.0, abs(self.latitude) + tall))))
        return SQL(
            "wcm_facility.latitude BETWEEN %s::numeric AND %s::numeric AND wcm_facility.longitude BETWEEN %s::numeric AND %s::numeric",
            self.latitude - tall,
            self.latitude + tall,
            self.longitude - wide,
            self.longitude + wide,
        )

    def _road_factor(self):
        return float(self.env["ir.config_parameter"].sudo().get_param("wcm_mapping.road_factor", 1.3))

    def _distance_sql(self):
        """The haversine formula, in km by road; NULL when the question or the space has no place."""
        if not self._has_place():
            return SQL("NULL::float")
        return SQL(
            """CASE WHEN wcm_facility.latitude = 0 AND wcm_facility.longitude = 0 THEN NULL
                    ELSE %(scale)s * asin(least(1, sqrt(
                        sin(radians(wcm_facility.latitude::float - %(latitude)s) / 2) ^ 2
                        + %(cosine)s * cos(radians(wcm_facility.latitude::float))
                          * sin(radians(wcm_facility.longitude::float - %(longitude)s) / 2) ^ 2))) END""",
            scale=2 * EARTH_RADIUS_KM * self._road_factor(),
            latitude=self.latitude,
            longitude=self.longitude,
            cosine=cos(radians(self.latitude)),
        )

    def _recorded_query(self):
        """What is recorded, where the asker may read it. A length of 0 is not limited."""
        query = self.env["wcm.capability"]._search([("process_id", "=", self.process_id.id)])
        return SQL(
            """SELECT near.facility_id, near.distance_km, capability.id AS capability_id,
                      COALESCE(capability.envelope_x_mm, 0) AS envelope_x_mm,
                      COALESCE(capability.envelope_y_mm, 0) AS envelope_y_mm,
                      COALESCE(capability.envelope_z_mm, 0) AS envelope_z_mm,
                      NULLIF(capability.tolerance_mm, 0) AS tolerance_mm, capability.evidence_level, TRUE AS zero_is_any
                 FROM near
                 JOIN (%s) AS capability ON capability.facility_id = near.facility_id""",
            query.select(*(SQL.identifier("wcm_capability", name) for name in ("id", "facility_id", *JUDGED))),
        )

    def _kit_query(self):
        """The largest working machine, where no capability can be read. A length of 0 is not known."""
        query = self.env["maintenance.equipment"]._search(
            [("process_id", "=", self.process_id.id), ("condition", "!=", "out_of_order")]
        )
        query.add_where(SQL("maintenance_equipment.facility_id = near.facility_id"))
        area = SQL("maintenance_equipment.envelope_x_mm::bigint * maintenance_equipment.envelope_y_mm")
        query.order = SQL("%s DESC NULLS LAST, maintenance_equipment.id", area)
        query.limit = 1
        return SQL(
            """SELECT near.facility_id, near.distance_km, NULL::int,
                      NULLIF(kit.envelope_x_mm, 0), NULLIF(kit.envelope_y_mm, 0), NULLIF(kit.envelope_z_mm, 0),
                      NULLIF(kit.tolerance_mm, 0), NULL::varchar, FALSE
                 FROM (SELECT * FROM near WHERE facility_id NOT IN (SELECT facility_id FROM recorded)) AS near
    LEFT JOIN LATERAL (%s) AS kit ON TRUE""",
            query.select(*(SQL.identifier("maintenance_equipment", name) for name in MEASURED)),
        )

    def _flat_condition(self):
        """The part lies on the bed, one way round or the other; NULL when the bed is not known."""
        x, y = self.size_x_mm, self.size_y_mm
        return SQL(
            "((%s AND %s) OR (%s AND %s))",
            self._long_enough("envelope_x_mm", x),
            self._long_enough("envelope_y_mm", y),
            self._long_enough("envelope_x_mm", y),
            self._long_enough("envelope_y_mm", x),
        )

    def _long_enough(self, column, length):
        name = SQL.identifier(column)
        return SQL("(%s = 0 OR (zero_is_any AND %s = 0) OR %s >= %s)", length, name, name, length)

    def _evidence_condition(self):
        levels = [level for level, _label in self._fields["evidence_level"]._description_selection(self.env)]
        good_enough = levels[levels.index(self.evidence_level) :]
        return SQL("%s OR evidence_level = ANY(%s)", self.evidence_level == levels[0], good_enough)

    def _material_condition(self):
        """NULL when no machine of the process has its materials listed."""
        if not self.material_id:
            return SQL("TRUE")
        field = self.env["maintenance.equipment"]._fields["material_ids"]
        query = self.env["maintenance.equipment"]._search([("process_id", "=", self.process_id.id)])
        query.add_join(
            "JOIN",
            "listed",
            field.relation,
            SQL("%s = maintenance_equipment.id", SQL.identifier("listed", field.column1)),
        )
        query.add_where(SQL("maintenance_equipment.facility_id = offer.facility_id"))
        listed = SQL.identifier("listed", field.column2)
        return SQL("(%s)", query.select(SQL("bool_or(%s = %s)", listed, self.material_id.id)))
