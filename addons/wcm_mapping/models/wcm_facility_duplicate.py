from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..matching import SAME_PLACE_KM

# Two spaces of one website further apart than this are branches of one organisation.
SAME_WEBSITE_KM = 5.0
# An id this long is not made up twice: one list has taken it from the other.
TELLING_ID = 16
KM_PER_DEGREE = 111.0


class WcmFacilityDuplicate(models.Model):
    """Two spaces that may be one: found, looked at side by side, merged or told apart; and merged ones parted again."""

    _name = "wcm.facility.duplicate"
    _description = "Possible Duplicate"
    _order = "state, same_name desc, same_address desc, distance_km, id"
    _rec_name = "facility_id"

    facility_id = fields.Many2one("wcm.facility", "Keep", required=True, readonly=True, index=True, ondelete="cascade")
    other_id = fields.Many2one(
        "wcm.facility", "Possible Duplicate", required=True, readonly=True, index=True, ondelete="cascade"
    )
    region_id = fields.Many2one(related="facility_id.region_id", store=True)
    same_name = fields.Boolean(readonly=True)
    same_address = fields.Boolean(readonly=True)
    same_website = fields.Boolean(readonly=True)
    same_id = fields.Boolean("Same Id at Two Sources", readonly=True)
    by_hand = fields.Boolean("Chosen by Hand", readonly=True)
    distance_km = fields.Float(
        "Apart (km)", digits=(8, 2), readonly=True, aggregator=None, help="As the crow flies, in km."
    )
    reason = fields.Char("Why", compute="_compute_reason")
    state = fields.Selection(
        [("open", "To decide"), ("dismissed", "Not a duplicate"), ("merged", "Merged")],
        default="open",
        required=True,
        readonly=True,
    )
    decided_on = fields.Datetime(readonly=True)
    decided_by_id = fields.Many2one("res.users", readonly=True)

    _pair_uniq = models.UniqueIndex(
        "(LEAST(facility_id, other_id), GREATEST(facility_id, other_id))", "These two are compared already."
    )
    _are_two = models.Constraint("CHECK(facility_id != other_id)", "A space is no duplicate of itself.")

    @api.depends("facility_id.name", "other_id.name")
    def _compute_display_name(self):
        for pair in self:
            pair.display_name = f"{pair.facility_id.name or ''} / {pair.other_id.name or ''}"

    @api.depends("same_name", "same_address", "same_website", "same_id", "by_hand", "distance_km")
    def _compute_reason(self):
        for pair in self:
            words = [
                (pair.same_name, self.env._("same name")),
                (pair.same_address, self.env._("same address")),
                (pair.same_website, self.env._("same website")),
                (pair.same_id, self.env._("same id at two sources")),
                (pair.by_hand, self.env._("chosen by hand")),
                (pair.distance_km, self.env._("%(metres)s m apart", metres=round(pair.distance_km * 1000))),
            ]
            pair.reason = ", ".join(word for holds, word in words if holds).capitalize()

    def _has_field_access(self, field, operation):
        """What was found, and what a merge did, is recorded and not typed: undoing trusts it."""
        by_hand = operation == "write" and field.name != "choices" and not self.env.su
        return not by_hand and super()._has_field_access(field, operation)

    def action_look(self):
        """Search all spaces anew, whatever is selected."""
        self.browse().check_access("write")
        self.sudo()._look()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    @api.model
    def _cron_look(self):
        self._look()

    def action_dismiss(self):
        """Two spaces after all; remembered, so that nobody is asked twice."""
        self._decide("dismissed", since="open")

    def action_reopen(self):
        self._decide("open", since="dismissed")

    def action_swap(self):
        """Keep the other one."""
        self._check_open()
        for pair in self:
            kept = pair.facility_id
            pair.sudo().write({"facility_id": pair.other_id.id, "other_id": kept.id, "choices": False})

    def _decide(self, state, since):
        self.check_access("write")
        if any(pair.state != since for pair in self):
            raise UserError(self.env._("Somebody has decided about it meanwhile. Open it again."))
        self.sudo().write({"state": state, "decided_on": fields.Datetime.now(), "decided_by_id": self.env.uid})

    def _check_open(self):
        self.check_access("write")
        if any(pair.state != "open" for pair in self):
            raise UserError(self.env._("It is decided already. Open it again first."))

    @api.model
    def _standing_domain(self):
        """Pairs of which neither was archived meanwhile."""
        return Domain("facility_id.active", "=", True) & Domain("other_id.active", "=", True)

    @api.model
    def _of(self, facility, other):
        """The pair of two spaces, whoever found it; made by hand when nobody did.

        :param facility: the one to keep
        """
        (facility | other).check_access("write")
        pairs = self.sudo()
        both = [("facility_id", "in", (facility | other).ids), ("other_id", "in", (facility | other).ids)]
        pair = pairs.search(both, limit=1)
        if not pair:
            pair = pairs.create({"facility_id": facility.id, "other_id": other.id, "by_hand": True})
        elif pair.state == "dismissed":
            pair.state = "open"
        return pair.sudo(self.env.su)

    @api.model
    def _look(self):
        """List the pairs of active spaces; what was decided stays, what no longer holds goes.

        Each space is held against the first other of the same name nearby, of the same address and so on, not
        against all of them: a hundred of one name give a hundred pairs, not five thousand.
        """
        self.env["wcm.facility"].flush_model()
        self.flush_model()
        found = [pair for (pair,) in self.env.execute_query(self._look_query())]
        self.env.cr.execute(
            SQL(
                "DELETE FROM wcm_facility_duplicate WHERE state = 'open' AND NOT coalesce(by_hand, FALSE) AND id != ALL(%s)",
                found,
            )
        )
        self.env.invalidate_all()

    def _look_query(self):
        """Adds what is new, and says anew what both sides of an open pair share; the ids of all of these."""
        return SQL(
            """
            WITH twin AS (%(twins)s),
                 pair AS (SELECT DISTINCT LEAST(one, two) AS one, GREATEST(one, two) AS two FROM twin),
                 sorted AS (%(sorted)s)
            INSERT INTO wcm_facility_duplicate AS d (facility_id, other_id, region_id, same_name, same_address, same_website, same_id,
                        distance_km, state, create_uid, write_uid, create_date, write_date)
                 SELECT kept, CASE WHEN kept = one THEN two ELSE one END, f.region_id, same_name, same_address, same_website, same_id,
                        distance_km, 'open', %(uid)s, %(uid)s, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                   FROM sorted JOIN wcm_facility AS f ON f.id = kept
            ON CONFLICT (LEAST(facility_id, other_id), GREATEST(facility_id, other_id)) DO UPDATE
                    SET same_name = EXCLUDED.same_name, same_address = EXCLUDED.same_address, same_id = EXCLUDED.same_id,
                        same_website = EXCLUDED.same_website, distance_km = EXCLUDED.distance_km, write_date = EXCLUDED.write_date
                  WHERE d.state = 'open'
              RETURNING id
            """,
            twins=SQL(" UNION ALL ").join(self._twin_queries()),
            sorted=self._sorted_query(),
            uid=self.env.uid,
        )

    def _sorted_query(self):
        """Both sides of a pair are told apart by what speaks for keeping one, then by age."""
        return SQL(
            """SELECT CASE WHEN %(weight_b)s > %(weight_a)s THEN b.id ELSE a.id END AS kept, a.id AS one, b.id AS two,
                      coalesce(a.match_name = b.match_name, FALSE) AS same_name,
                      coalesce(a.match_address = b.match_address, FALSE) AS same_address,
                      coalesce(a.match_website = b.match_website, FALSE) AS same_website,
                      coalesce(a.external_id = b.external_id AND length(a.external_id) >= %(telling)s, FALSE) AS same_id,
                      CASE WHEN %(placed_a)s AND %(placed_b)s THEN %(distance)s END AS distance_km
                 FROM pair JOIN wcm_facility AS a ON a.id = one JOIN wcm_facility AS b ON b.id = two""",
            weight_a=self._weight("a"),
            weight_b=self._weight("b"),
            placed_a=_placed("a"),
            placed_b=_placed("b"),
            distance=_distance(),
            telling=TELLING_ID,
        )

    def _twin_queries(self):
        """Queries of (one, two): ids of spaces that share something telling."""
        either_unplaced = SQL("NOT (%s AND %s)", _placed("a"), _placed("b"))
        compatible = SQL("coalesce(a.zip, '') IN ('', coalesce(b.zip, '')) OR coalesce(b.zip, '') = ''")
        return [
            self._twin_query("match_name", _within(SAME_PLACE_KM)),
            self._twin_query(
                "match_name", SQL("%s AND (%s)", either_unplaced, compatible), only=SQL("NOT %s", _placed("a"))
            ),
            self._twin_query("match_address", SQL("TRUE")),
            self._twin_query("match_website", _within(SAME_WEBSITE_KM)),
            self._twin_query("match_website", either_unplaced, only=SQL("NOT %s", _placed("a"))),
            self._twin_query("external_id", SQL("TRUE"), only=SQL("length(a.external_id) >= %s", TELLING_ID)),
        ]

    def _twin_query(self, name, condition, only=None):
        """The first other of the same `name` that meets the condition, for each space whose `name` is not unique."""
        return SQL(
            """
            SELECT a.id AS one, b.id AS two
              FROM wcm_facility AS a
              JOIN (SELECT %(name)s AS word FROM wcm_facility WHERE active AND %(name)s IS NOT NULL GROUP BY 1 HAVING count(*) > 1) AS shared
                ON shared.word = a.%(name)s
              CROSS JOIN LATERAL (
                    SELECT b.id FROM wcm_facility AS b
                     WHERE b.active AND b.%(name)s = a.%(name)s AND b.id != a.id AND %(condition)s
                       AND NOT EXISTS (SELECT FROM wcm_facility_duplicate AS d
                                        WHERE LEAST(d.facility_id, d.other_id) = LEAST(a.id, b.id)
                                          AND GREATEST(d.facility_id, d.other_id) = GREATEST(a.id, b.id)
                                          AND d.state != 'open')
                     LIMIT 1) AS b
             WHERE a.active AND %(only)s
            """,
            name=SQL.identifier(name),
            condition=condition,
            only=only or SQL("TRUE"),
        )

    @api.model
    def _weight(self, alias):
        """SQL: how much speaks for keeping a space rather than its duplicate."""
        a = SQL.identifier(alias)
        return SQL(
            """(4 * (%(a)s.verified_on IS NOT NULL)::int + 2 * (%(a)s.source = 'manual')::int
                + EXISTS (SELECT FROM wcm_capability AS c WHERE c.facility_id = %(a)s.id)::int)""",
            a=a,
        )


def _placed(alias):
    a = SQL.identifier(alias)
    return SQL("(%(a)s.latitude != 0 OR %(a)s.longitude != 0 OR %(a)s.location_precision != 'unknown')", a=a)


def _within(km):
    """A box that an index serves, then the distance."""
    degrees = km / KM_PER_DEGREE
    return SQL(
        """%(placed_a)s AND %(placed_b)s
           AND b.latitude BETWEEN a.latitude - %(degrees)s AND a.latitude + %(degrees)s AND %(distance)s <= %(km)s""",
        placed_a=_placed("a"),
        placed_b=_placed("b"),
        degrees=degrees,
        distance=_distance(),
        km=km,
    )


def _distance():
    """Great circle between a and b in km (haversine)."""
    return SQL(
        """(12742.0176 * asin(sqrt(least(1, power(sin(radians(b.latitude - a.latitude) / 2), 2)
            + cos(radians(a.latitude)) * cos(radians(b.latitude)) * power(sin(radians(b.longitude - a.longitude) / 2), 2)))))"""
    )
