from lxml import etree

from odoo import api, fields, models
from odoo.fields import NO_ACCESS, Domain
from odoo.tools import SQL

from ..postcode import sector_position
from ..world import column_of, projected_x, projected_y, row_of

# Where nobody knows the middle of its postcode's sector: two digits are about a kilometre.
COARSE_DIGITS = 2
# How good a recorded place is where it is not exact.
ROUGH = ("street", "postcode_sector", "town")
NOWHERE = (0, 0, False)
AGREED = ("visibility", "active", "published_precision", "location_issue")
PLACE = ("published_latitude", "published_longitude", "published_place")
# In the database, beside the compute: a point that is no longer agreed to vanishes with the very row that says so,
# whoever writes it.
STILL_AGREED = SQL(
    "visibility = 'public' AND active AND location_issue IS NULL AND (published_precision = 'exact' AND published_place IS NOT NULL"
    " OR published_precision = 'postcode_sector' AND published_place IN ('postcode_sector', 'town'))"
)


# What a search of strangers looks through, as small letters; a hidden space keeps its town to itself.
WORDS = ("name", "county", "description", "city")
PUBLIC_WORDS = SQL(
    "CASE WHEN visibility = 'public' AND active THEN lower(name || ' | ' || COALESCE(county, '') || ' | ' ||"
    " COALESCE(description, '') || CASE WHEN published_precision <> 'hidden' THEN ' | ' || COALESCE(city, '') ELSE '' END) END"
)


class WcmFacility(models.Model):
    """What anybody may see of a space on a map, kept, so that the database draws the public one.

    Generated columns, NULL for what is not public: `public_x` and `public_y`, the published point in the map's
    projection, and `public_words`.
    """

    _inherit = "wcm.facility"

    _public_name_idx = models.Index("(name, id) WHERE visibility = 'public' AND active")

    published_latitude = fields.Float(
        digits=(10, 7),
        aggregator=None,
        compute="_compute_published_place",
        store=True,
        groups=NO_ACCESS,
        help="Degrees north, WGS84, as exact as agreed.",
    )
    published_longitude = fields.Float(
        digits=(10, 7),
        aggregator=None,
        compute="_compute_published_place",
        store=True,
        groups=NO_ACCESS,
        help="Degrees east, WGS84, as exact as agreed.",
    )
    published_place = fields.Selection(
        [("exact", "Exact"), ("street", "Street"), ("postcode_sector", "Postcode sector"), ("town", "Town")],
        compute="_compute_published_place",
        store=True,
        groups=NO_ACCESS,
        help="How good the published point is; nothing where none is published.",
    )

    def init(self):
        super().init()
        x, y = projected_x(SQL("published_longitude")), projected_y(SQL("published_latitude"))
        self._add_generated("public_x", SQL("int"), SQL("CASE WHEN %s THEN %s END", STILL_AGREED, x))
        self._add_generated("public_y", SQL("int"), SQL("CASE WHEN %s THEN %s END", STILL_AGREED, y))
        self._add_generated("public_words", SQL("text"), PUBLIC_WORDS)
        self.env.cr.execute(
            "CREATE INDEX IF NOT EXISTS wcm_facility_public_idx ON wcm_facility (public_x, public_y)"
            " WHERE public_x IS NOT NULL"
        )

    def _add_generated(self, column, kind, content):
        added = SQL("ADD COLUMN IF NOT EXISTS %s %s GENERATED ALWAYS AS (%s) STORED", SQL.identifier(column), kind, content)
        self.env.cr.execute(SQL("ALTER TABLE wcm_facility %s", added))

    @api.depends(*AGREED, "latitude", "longitude", "location_precision", "zip")
    def _compute_published_place(self):
        for facility in self:
            facility.update(dict(zip(PLACE, facility._agreed_point(), strict=True)))

    def _agreed_point(self):
        """Latitude, longitude and how good they are; no point that is known to be wrong."""
        position = self._position()
        listed = self.visibility == "public" and self.active and self.published_precision != "hidden"
        if not listed or position is None or self.location_issue:
            return NOWHERE
        if self.published_precision == "exact":
            return *position, self.location_precision if self.location_precision in ROUGH else "exact"
        coarse = sector_position(self.zip) or [round(degrees, COARSE_DIGITS) for degrees in position]
        return *coarse, "town" if self.location_precision == "town" else "postcode_sector"

    def _public_point(self):
        """Latitude, longitude and how good they are, as kept; None for what is not known to the public."""
        point = self.sudo()
        if not point.published_place:
            return None, None, None
        return point.published_latitude, point.published_longitude, point.published_place

    @api.model
    def _published_box_domain(self, box):
        """What lies in a box (south, west, north, east) as the public knows it."""
        return Domain("published_place", "!=", False) & Domain.custom(
            to_sql=lambda model, alias, query: model._published_box_sql(alias, query, *box)
        )

    def _published_box_sql(self, alias, query, south, west, north, east):
        x, y = SQL.identifier(alias, "public_x"), SQL.identifier(alias, "public_y")
        within = SQL("%s BETWEEN %s AND %s", x, column_of(west), column_of(east))
        return SQL("(%s AND %s BETWEEN %s AND %s)", within, y, row_of(north), row_of(south))

    @api.model
    def _published_words_domain(self, text):
        """What holds a text, letter by letter, in words that are published."""
        return Domain.custom(to_sql=lambda model, alias, query: model._published_words_sql(alias, text))

    def _published_words_sql(self, alias, text):
        self.flush_model([*AGREED, *WORDS])
        return SQL("strpos(%s, lower(%s)) > 0", SQL.identifier(alias, "public_words"), text)

    def _wcm_map_projected(self, query, arch):
        computed = super()._wcm_map_projected(query, arch)  # also when unused: it refuses who may not read the place
        if (arch.get("latitude"), arch.get("longitude")) != PLACE[:2]:
            return computed
        self.flush_model([*AGREED, *PLACE])
        return [SQL.identifier(self._table, "public_x"), SQL.identifier(self._table, "public_y")]

    @api.model
    def _published_opening(self, domain):
        """As `wcm_map_open`, of published points."""
        opening = self._wcm_map_opening(domain, self._published_map())
        opening["points"] = opening["points"] and self._published_rows(opening["points"])
        return opening

    @api.model
    def _published_window(self, domain, box, zoom):
        """As `wcm_map_marks`, of published points."""
        window = self._wcm_map_window(domain, box, zoom, self._published_map())
        return {**window, "points": self._published_rows(window["points"])}

    def _published_map(self):
        """The public map, in the words of a view of type `wcm_map`."""
        latitude, longitude, place = PLACE
        words = {"title": "name", "color": "organisation_type", "approximate": f"{place} != 'exact'"}
        return etree.Element("wcm_map", latitude=latitude, longitude=longitude, **words)

    def _published_rows(self, rows):
        """Adds the town: where a point is published, it is too."""
        spaces = self.browse(row[0] for row in rows)
        return [[*row, space.city or ""] for space, row in zip(spaces, rows, strict=True)]

    @api.model
    def _published_processes(self):
        """What at least one listed space does: one is looked for per process, as there are few of them."""
        field = self._fields["process_ids"]
        listed = self._search(self._published_domain())
        of_process = SQL(
            "%s = %s AND %s = wcm_process.id",
            SQL.identifier("done", field.column1),
            SQL.identifier(self._table, "id"),
            SQL.identifier("done", field.column2),
        )
        listed.add_join("JOIN", "done", field.relation, of_process)
        listed.limit = 1
        one = listed.subselect(SQL.identifier(self._table, "id"))
        return self.env["wcm.process"].search(Domain.custom(to_sql=lambda *_asked: SQL("%s IS NOT NULL", one)))
